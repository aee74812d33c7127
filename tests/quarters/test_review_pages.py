"""/review/: the queue, and one thing under review."""

import datetime as dt

import pytest

from tasks.models import Milestone, TaskMeasure
from tests import factories
from tests.people import post
from tests.quarters.pages import MISSING, address, count_queries, send, sentences
from tests.world import OPEN_DATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world, client_for):
    return client_for(world.people["office_clerk"])


@pytest.fixture
def colleague(world, client_for):
    return client_for(world.people["office_clerk2"])


def test_own_reviews_stand_first(world, office):
    rows = office.get("/review/").context["rows"]
    assert [(row.title, row.state_label, row.is_mine, row.age_words) for row in rows] == [
        ("第6项任务", "审核中", True, "12 天"),
        ("第5项任务", "已报送", False, "12 天"),
    ]


def test_reviewing_begins_with_what_nobody_else_holds(world, colleague):
    answer = colleague.get("/review/")
    first = answer.context["first"]
    assert [(row.title, bool(row.reviewer)) for row in answer.context["rows"]] == [
        ("第5项任务", False),
        ("第6项任务", True),
    ]
    assert (first.title, answer.content.decode().count(f'href="{first.url}">从第一件开始审核')) == (
        "第5项任务",
        1,
    )


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?state=reviewing", 1),
        ("?kind=figures", 0),
        ("?unit=lead-unit", 2),
        ("?area=skills&kind=progress", 2),
        ("?unit=nobody&state=x&kind=y", 2),
        ("?sort=-returns&page=99", 2),
    ],
)
def test_filters_are_bounded(world, office, query, count):
    assert len(office.get(f"/review/{query}").context["rows"]) == count


def test_empty_queue_says_what_to_do(office_clerk, client_for):
    page = client_for(office_clerk).get("/review/")
    assert (page.status_code, page.content.decode().count("没有待审核的材料")) == (200, 1)


def test_overdue_reviews_of_the_office_are_shown(world, office):
    world.rounds["open"].__class__.objects.update(
        opens_on=dt.date(2026, 10, 1),
        assist_due_on=dt.date(2026, 10, 10),
        lead_due_on=dt.date(2026, 10, 15),
        review_due_on=dt.date(2026, 10, 20),
    )
    assert [row.is_old for row in office.get("/review/").context["rows"]] == [True, True]


def test_taking_over_freezes_it(world, office):
    answer = send(office, "review-take", world.fresh("submitted"))
    assert sentences(answer) == ["已接手审核，办结前单位不能撤回修改。"]
    assert world.fresh("submitted").taken_by == world.people["office_clerk"]


def test_accepting_records_the_judgement_and_goes_on(world, office):
    answer = send(office, "review-accept", world.fresh("reviewing"), judged_share="75")
    assert answer.headers["Location"] == address("review-item", world.fresh("submitted"))
    measure = TaskMeasure.objects.get(task=world.tasks["reviewing"])
    assert (measure.share, measure.source, world.fresh("reviewing").state) == (75, "reviewer", "accepted")


def test_after_deciding_nothing_already_taken_over_stands_under_the_same_button(world, office):
    send(office, "review-take", world.fresh("submitted"))
    answer = send(office, "review-accept", world.fresh("reviewing"), judged_share="75")
    assert answer.headers["Location"] == "/review/"
    assert sentences(answer)[-1].endswith("以下是接手后尚未办完的材料。")


def test_judgement_is_prefilled_with_the_units_percent(world, office):
    page = office.get(address("review-item", world.fresh("reviewing")))
    assert page.context["accept_form"]["judged_share"].value() == "80"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "这个字段是必填项。"),
        ("1e3", "“1e3”是科学计数法：请写出全部数字，例如“1000”。"),
        ("120", "“120”过大：不应大于100。"),
    ],
)
def test_refused_judgement_comes_back(world, office, typed, sentence):
    answer = send(office, "review-accept", world.fresh("reviewing"), judged_share=typed)
    assert (answer.status_code, answer.context["accept_form"].errors["judged_share"]) == (200, [sentence])
    assert world.fresh("reviewing").state == "reviewing"


def test_task_with_a_milestone_needs_no_judgement(world, office):
    Milestone.objects.create(task=world.tasks["reviewing"], title="印发方案", due_on=dt.date(2026, 9, 30))
    send(office, "review-accept", world.fresh("reviewing"))
    assert TaskMeasure.objects.filter(task=world.tasks["reviewing"]).count() == 0


def test_return_keeps_category_and_text(world, office):
    send(office, "review-return", world.fresh("reviewing"), reason_code="figures", reason="人数有误。")
    row = world.fresh("reviewing")
    event = row.events.last()
    assert (row.state, row.return_count, event.get_reason_code_display(), event.reason_text) == (
        *("returned", 1, "数据有误", "人数有误。"),
    )


def test_return_without_text_comes_back_with_the_box_open(world, office):
    answer = send(office, "review-return", world.fresh("reviewing"), reason_code="figures", reason="")
    assert answer.context["return_form"].errors["reason"] == ["请写明退回原因，让单位知道要补充或改正什么。"]
    assert (answer.status_code, answer.context["return_is_open"]) == (200, True)


def test_stale_return_shows_the_typed_reason_and_what_stands(world, office):
    row = world.fresh("reviewing")
    typed = {"lock_version": row.lock_version - 1, "reason_code": "other", "reason": "请补充人数。"}
    answer = post(office, address("review-return", row), typed)
    assert (answer.status_code, answer.context["mine"], answer.context["theirs"]) == (
        409,
        {"您要办理的": "退回", "您填写的原因": "请补充人数。"},
        {"目前状态": "审核中", "目前版本": "第1次报送"},
    )


def test_colleague_cannot_decide_what_another_has_taken(world, colleague):
    answer = send(colleague, "review-accept", world.fresh("reviewing"), judged_share="75")
    assert (answer.status_code, world.fresh("reviewing").state) == (409, "reviewing")


def test_released_is_free_for_the_colleague(world, office, colleague):
    send(office, "review-release", world.fresh("reviewing"))
    send(colleague, "review-take", world.fresh("reviewing"))
    assert world.fresh("reviewing").taken_by == world.people["office_clerk2"]


def test_previous_quarter_history_and_receipt_stand_beside(world, office):
    page = office.get(address("review-item", world.fresh("accepted"))).context["page"]
    assert (page.previous.period, [entry.title for entry in page.history]) == (
        "2026年二季度",
        ["审核通过", "接手审核", "审签", "提交（第1次报送）", "开始填写"],
    )


def test_next_and_previous_follow_the_queue(world, office):
    first, second = world.fresh("reviewing"), world.fresh("submitted")
    page = office.get(address("review-item", first)).context["page"]
    assert (page.position, page.total, page.previous_url, page.next_url) == (
        *(1, 2, "", address("review-item", second)),
    )


def test_another_groups_office_finds_nothing(world, client_for):
    clerk = factories.grant("office", group=factories.group(code="341126")).user
    client = client_for(clerk)
    answers = [
        client.get(address("review-item", world.fresh("submitted"))),
        client.get(f"/review/{MISSING}/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_city_office_does_not_review_for_the_county(world, office):
    factories.group(code="341126", parent=world.group)
    assert office.get("/review/?group=341126").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(office_clerk, lead_unit, client_for, rows):
    round_ = factories.reporting_round(year=2026, quarter=3, **OPEN_DATES)
    for _ in range(rows):
        report = factories.progress_report(
            task=factories.task(), unit=lead_unit, round=round_, state="submitted"
        )
        report.submission.__class__.objects.filter(pk=report.submission_id).update(
            submitted_at=round_.opened_at, submitted_by=office_clerk
        )
    client = client_for(office_clerk)
    assert count_queries(client, "/review/") == 7
    assert count_queries(client, address("review-item", report.submission)) == 10


@pytest.mark.parametrize(
    ("address", "back"), [("/review/{uid}/take/", "/review/{uid}/"), ("/logout/", "/"), ("/nowhere/", None)]
)
def test_address_of_a_button_opened_as_a_page_leads_back(world, client_for, address, back):
    uid = world.submissions["submitted"].uid
    answer = client_for(world.people["office_clerk"]).get(address.format(uid=uid))
    found = (answer.status_code, answer.context["title"], answer.context.get("back_url"))
    if back is None:
        assert found == (404, "没有找到", None)
    else:
        assert found == (405, "这个地址不能直接打开", back.format(uid=uid))


@pytest.mark.parametrize(
    ("sort", "titles"),
    [("title", ["第5项任务", "第6项任务"]), ("-title", ["第6项任务", "第5项任务"])],
)
def test_a_head_of_the_queue_leads_to_its_sort(office, sort, titles):
    assert 'href="?sort=title' in office.get("/review/").content.decode()
    assert [row.title for row in office.get(f"/review/?sort={sort}").context["rows"]] == titles
