"""Pages of plans: what they list, what the office does there, and what a refusal says."""

from __future__ import annotations

import datetime as dt

import pytest

from tasks.models import Plan, Task
from tests import factories
from tests.people import post

pytestmark = pytest.mark.django_db
PAGE = "/plans/341100-2026-1/"
LIST_QUERIES = 5  # user, grants, unread notices, plans, counts
# User, grants, notices; the plan, its successor; count, rows, merged, states; the plan before, what it left (twice).
PAGE_QUERIES = 12


@pytest.fixture
def plans(city_group):
    return factories.plan(year=2025), factories.plan(year=2026)


def test_list_asks_the_same_queries_for_1_and_3_plans(
    office_clerk, city_group, client_for, django_assert_num_queries
):
    client = client_for(office_clerk)
    for count, years in ((1, (2024,)), (3, (2025, 2026))):
        for year in years:
            factories.task(plan=factories.plan(year=year))
        with django_assert_num_queries(LIST_QUERIES):
            assert len(client.get("/plans/").context["years"]) == count


def test_list_tells_versions_apart(office_clerk, plans, client_for):
    factories.task(plan=plans[1])
    factories.plan(year=2026, version_no=2, supersedes=plans[1])
    years = client_for(office_clerk).get("/plans/").context["years"]
    assert [[(row.version, row.standing, row.supersedes) for row in year.rows] for year in years] == [
        [("第2版", "拟定中", "取代第1版"), ("第1版", "已被第2版取代", "")],
        [("第1版", "拟定中", "")],
    ]


def test_empty_list_offers_a_plan_to_the_office_only(office_clerk, leader, client_for):
    assert client_for(office_clerk).get("/plans/").content.decode().count('href="/plans/new/"') == 1
    page = client_for(leader).get("/plans/").content.decode()
    assert (page.count("还没有年度计划"), page.count("/plans/new/")) == (1, 0)


def test_unit_sees_only_plans_with_its_tasks(lead_liaison, lead_unit, plans, client_for):
    factories.task(plan=plans[0], lead=lead_unit)
    factories.task(plan=plans[1], lead=lead_unit, state="draft")
    client = client_for(lead_liaison)
    assert [year.years for year in client.get("/plans/").context["years"]] == ["2025年"]
    assert client.get(PAGE).status_code == 404


def test_page_asks_the_same_queries_for_1_and_3_tasks(
    office_clerk, lead_unit, plans, client_for, django_assert_num_queries
):
    client = client_for(office_clerk)
    earlier = factories.task(plan=plans[0])
    factories.task(plan=plans[1], lead=lead_unit, carried_from=earlier)
    for wanted in (1, 3):
        with django_assert_num_queries(PAGE_QUERIES):
            assert len(client.get(PAGE).context["rows"]) == wanted
        factories.task(plan=plans[1])
        merged = factories.task(plan=plans[1])
        factories.task_origin(task=merged, origin=factories.task(plan=plans[0]))


def test_page_tells_where_tasks_come_from_and_what_was_left(office_clerk, plans, client_for):
    old = [factories.task(plan=plans[0], code=f"0{number}", title=f"旧{number}") for number in range(1, 5)]
    factories.task(plan=plans[1], code="1", carried_from=old[0])
    merged = factories.task(plan=plans[1], code="2")
    factories.task_origin(task=merged, origin=old[1])
    factories.task_origin(task=merged, origin=old[2])
    factories.task(plan=plans[1], code="3")
    context = client_for(office_clerk).get(PAGE).context
    origins = [(row.origin.word, [title for _, title, _ in row.origin.earlier]) for row in context["rows"]]
    assert origins == [("沿用", ["旧1"]), ("2项合并", ["旧2", "旧3"]), ("新增", [])]
    assert context["left"] == [old[3]]


def test_office_opens_a_plan_with_last_years_tasks(office_clerk, plans, client_for):
    factories.task(plan=plans[1], code="2026-01", title="甲")
    factories.task(plan=plans[1], code="2026-02", state="terminated")
    form = {"year": "2027", "name": "2027年计划", "content": "carried"}
    answer = post(client_for(office_clerk), "/plans/new/", form)
    assert answer.headers["Location"] == "/plans/341100-2027-1/"
    drafts = Task.objects.filter(plan__year=2027).values_list("code", "title", "state")
    assert list(drafts) == [("2027-01", "甲", "draft")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"year": "二〇二七"}, "“年度”须为四位数字，如2027。"),
        ({"year": "1999"}, "“年度”应在2000至2100之间，请核对。"),
        ({"year": "2026"}, "起始年份2026年已有计划“2026年工作计划”"),
        ({"name": ""}, "请填写“名称”"),
    ],
)
def test_refused_plan_says_what_to_do(office_clerk, plans, client_for, typed, sentence):
    form = {"year": "2027", "name": "2027年计划", "content": "empty", **typed}
    errors = post(client_for(office_clerk), "/plans/new/", form).context["form"].errors
    assert [text.startswith(sentence) for texts in errors.values() for text in texts] == [True]
    assert Plan.objects.count() == 2


def test_office_carries_ticked_tasks(office_clerk, plans, client_for):
    chosen, left = factories.task(plan=plans[0]), factories.task(plan=plans[0])
    answer = post(client_for(office_clerk), f"{PAGE}carry/", {"task": str(chosen.uid)})
    assert answer.headers["Location"] == PAGE
    assert [task.carried_from for task in plans[1].tasks.all()] == [chosen]
    assert not left.carried_to.exists()


@pytest.mark.parametrize("ticked", [[], ["x"], ["8c9a1a5e-0000-4000-8000-000000000000"]])
def test_carrying_nothing_known_is_refused(office_clerk, plans, client_for, ticked):
    factories.task(plan=plans[0])
    page = post(client_for(office_clerk), f"{PAGE}carry/", {"task": ticked})
    assert page.status_code == 200
    assert plans[1].tasks.count() == 0


def test_office_merges_ticked_tasks(office_clerk, plans, client_for):
    tasks = [factories.task(plan=plans[0]) for _ in range(2)]
    form = {"task": [str(task.uid) for task in tasks], "title": "合并的任务", "area": "suzhi-tisheng"}
    post(client_for(office_clerk), f"{PAGE}merge/", form)
    assert {link.origin for link in plans[1].tasks.get().origins.all()} == set(tasks)


def test_merge_offers_units_the_group_may_ask(office_clerk, plans, lead_unit, assisting_unit, client_for):
    carrying = factories.unit(code="carrying")
    for _ in range(2):
        factories.task(plan=plans[0], lead=carrying)
    factories.unit(code="stranger")
    left = factories.unit(code="left")
    factories.group_member(group=plans[0].group, unit=left, ended_on=dt.date(2020, 1, 1))
    form = client_for(office_clerk).get(f"{PAGE}merge/").context["form"]
    assert set(form.fields["lead"].queryset) == {lead_unit, assisting_unit, carrying}


def test_merge_of_differing_tasks_says_what_is_open(office_clerk, plans, client_for):
    tasks = [factories.task(plan=plans[0], frequency=often) for often in ("quarter", "year")]
    form = {"task": [str(task.uid) for task in tasks], "title": "合并的任务", "area": "suzhi-tisheng"}
    client = client_for(office_clerk)
    page = client.get(post(client, f"{PAGE}merge/", form).headers["Location"]).content.decode()
    assert page.count("请在“修改”中填写后再送审。") == 1
    assert plans[1].tasks.get().frequency == ""


@pytest.mark.parametrize(
    ("asked", "ticked"), [("", 0), ("?ticked=all", 3), ("?ticked=none", 0), ("?ticked=x", 0)]
)
def test_all_tasks_are_ticked_without_a_script(office_clerk, plans, client_for, asked, ticked):
    for _ in range(3):
        factories.task(plan=plans[0])
    answer = client_for(office_clerk).get(f"{PAGE}carry/{asked}")
    assert (len(answer.context["chosen"]), answer.content.decode().count(" checked")) == (ticked, ticked)
    assert answer.content.decode().count(f"?from={plans[0].code}&amp;ticked=all") == 1


@pytest.mark.parametrize(("state", "offered"), [("draft", 0), ("approved", 0), ("active", 1)])
def test_a_new_version_is_offered_once_something_was_handed_out(
    office_clerk, plans, client_for, state, offered
):
    factories.task(plan=plans[1], state=state)
    assert client_for(office_clerk).get(PAGE).content.decode().count(f'href="{PAGE}supersede/"') == offered


def test_office_supersedes_with_the_drafts_it_ticked(office_clerk, plans, client_for):
    kept, dropped = (factories.task(plan=plans[1], state="draft") for _ in range(2))
    form = {"name": "第二版", "reason": "市委要求", "task": str(kept.uid)}
    client = client_for(office_clerk)
    answer = post(client, f"{PAGE}supersede/", form)
    assert answer.headers["Location"] == "/plans/341100-2026-2/"
    lines = client.get(PAGE).context["lines"]
    assert {line.title: line.became for line in lines} == {
        kept.title: "转入第2版",
        dropped.title: "随换版终止",
    }


def test_superseded_plan_takes_nothing_more(office_clerk, plans, client_for):
    factories.plan(year=2026, version_no=2, supersedes=plans[1], name="第二版")
    client = client_for(office_clerk)
    for move in ("carry", "merge", "supersede"):
        answer = client.get(f"{PAGE}{move}/")
        assert (answer.status_code, answer.content.decode().count("已被第2版“第二版”取代")) == (409, 1)


def test_form_sent_twice_counts_once(office_clerk, plans, client_for):
    task = factories.task(plan=plans[0])
    form = {"task": str(task.uid), "submit_token": "8c9a1a5e-0000-4000-8000-000000000001"}
    client = client_for(office_clerk)
    for _ in range(2):
        client.post(f"{PAGE}carry/", form)
    assert plans[1].tasks.count() == 1


@pytest.mark.parametrize("address", ["341100-2026-9", "341100-1-1", "nowhere-2026-1"])
def test_missing_plan(office_clerk, plans, client_for, address):
    assert client_for(office_clerk).get(f"/plans/{address}/").status_code == 404
