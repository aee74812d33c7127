"""/my/: everything owed and everything that waits for a signature."""

import datetime as dt

import pytest

from quarters.queries.desk import desk_of
from quarters.queries.waiting import waiting_counts
from reporting.models import RoundException, Submission
from tests import factories
from tests.people import post
from tests.quarters.pages import count_queries
from tests.world import OPEN_DATES, moment

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


def desk(world, person="lead_liaison", today=TODAY):
    return desk_of(world.people[person], today)


def test_what_came_back_stands_first_with_its_reason(world):
    [part] = desk(world).rounds
    assert (part.items[0].title, part.items[0].reason) == (
        "第7项任务",
        "办公室11月10日退回（事实不清）：请写明新增招生人数。",
    )


def test_sections_states_and_progress(world):
    [part] = desk(world).rounds
    assert [(item.section, item.state.value) for item in part.items] == [
        ("已退回，请先修改", "returned"),
        ("任务进展", "accepted"),
        ("任务进展", "pending"),
        ("任务进展", "draft"),
        ("任务进展", "signing"),
        ("任务进展", "submitted"),
        ("任务进展", "reviewing"),
        ("指标数据", "draft"),
    ]
    assert (part.done, part.total, part.left) == (4, 8, 4)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2026, 11, 21), "2026年11月27日24:00截止 · 还有 6 天"),
        (dt.date(2026, 11, 27), "2026年11月27日24:00截止 · 今天截止"),
        (dt.date(2026, 11, 29), "2026年11月27日24:00截止 · 逾期 2 天"),
        (dt.date(2026, 9, 30), "2026年10月1日开始填报"),
    ],
)
def test_countdown_in_words(world, today, words):
    [part] = desk(world, today=today).rounds
    assert part.due_words == words


def test_past_the_due_date_what_is_in_hand_is_overdue(world):
    [part] = desk(world, today=dt.date(2026, 11, 28)).rounds
    assert [item.tone for item in part.items] == [
        *("returned", "accepted", "overdue", "overdue", "signing", "submitted", "reviewing", "overdue"),
    ]


def test_exception_moves_the_due_date(world):
    RoundException.objects.create(
        round=world.rounds["open"],
        unit=world.lead_unit,
        until_on=dt.date(2026, 12, 1),
        reason="数据未出",
        granted_at=moment(20),
    )
    [part] = desk(world).rounds
    assert (part.due_on, part.days_left) == (dt.date(2026, 12, 1), 9)


def test_signer_has_one_list(world):
    found = desk(world, "signer")
    assert [(row.title, row.handed_in_by, row.version_no) for row in found.to_sign] == [
        ("第4项任务", "联络员", 1)
    ]
    assert (found.fills_in, found.signs) == (False, True)


def test_nothing_owed_says_what_comes_next(world):
    found = desk(world, "stranger")
    assert (found.rounds, found.next_item) == ((), None)
    assert found.next_hint == "您的单位还没有承担填报任务；任务交办、填报开启后，您会收到消息。"


def test_page_shows_the_primary_action(world, client_for):
    page = client_for(world.people["lead_liaison"]).get("/my/")
    assert page.status_code == 200
    assert page.content.decode().count("修改退回的材料") == 1


def owing(unit, count):
    """A round of its own with some reports owed."""
    round_ = factories.reporting_round(year=2026, quarter=3, **OPEN_DATES)
    for _ in range(count):
        factories.progress_report(task=factories.task(lead=unit), unit=unit, round=round_, state="pending")


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_queries_do_not_grow(lead_liaison, lead_unit, client_for, rows):
    owing(lead_unit, rows)
    assert Submission.objects.count() == rows
    assert count_queries(client_for(lead_liaison), "/my/") == 7


@pytest.mark.parametrize("handed_out", [1, 3])
def test_liaison_appointed_after_handing_out_sees_what_to_receive(lead_unit, client_for, handed_out):
    """The list comes from where the tasks stand: nobody was told at 交办, when the unit had no liaison."""
    for _ in range(handed_out):
        factories.task(lead=lead_unit, state="handed_out")
    late = factories.user()
    factories.grant("liaison", user=late, unit=lead_unit)
    client = client_for(late)
    desk = client.get("/my/").context["desk"]
    assert (len(desk.to_receive), desk.next_hint[:9]) == (handed_out, "请先签收上面的任务")
    assert waiting_counts(late).to_receive == handed_out
    assert count_queries(client, "/my/") == 5


def test_task_is_received_from_the_desk(
    lead_liaison, lead_unit, assisting_liaison, assisting_unit, client_for
):
    task = factories.task(lead=lead_unit, assisting=(assisting_unit,), state="handed_out")
    [shown] = client_for(lead_liaison).get("/my/").context["desk"].to_receive
    assert [button.label for button in shown.buttons] == ["签收", "提出异议"]
    post(client_for(lead_liaison), shown.buttons[0].action, dict(shown.buttons[0].hidden))
    task.refresh_from_db()
    assert task.state == "active"
    assert client_for(assisting_liaison).get("/my/").context["desk"].to_receive == ()
