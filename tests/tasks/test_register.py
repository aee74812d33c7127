"""The register of tasks: who sees what, what a filter does, the same queries for any number of rows."""

from __future__ import annotations

import datetime as dt

import pytest

from core.models import AuditEvent
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
ALL_PLANS = "/tasks/?plan=all"
QUERIES = 6  # user, grants, unread notices, choices, count, rows


def titles(response) -> list[str]:
    return [row.title for row in response.context["rows"]]


def test_list_asks_the_same_queries_for_1_and_3_rows(
    office_clerk, lead_unit, assisting_unit, client_for, django_assert_num_queries
):
    client = client_for(office_clerk)
    factories.task(lead=lead_unit, assisting=(assisting_unit,))
    for wanted in (1, 3):
        with django_assert_num_queries(QUERIES):
            assert len(client.get("/tasks/").context["rows"]) == wanted
        factories.task(lead=lead_unit)
        factories.task(lead=assisting_unit, assisting=(lead_unit,))


def test_list_of_a_liaison_stays_within_the_budget(
    lead_liaison, lead_unit, client_for, django_assert_max_num_queries
):
    client = client_for(lead_liaison)
    factories.task(lead=lead_unit)
    with django_assert_max_num_queries(8):
        assert len(client.get("/tasks/").context["rows"]) == 1


def test_list_without_tasks_says_what_to_do(office_clerk, client_for):
    page = client_for(office_clerk).get("/tasks/").content.decode()
    assert page.count("还没有任务") == 1


@pytest.mark.parametrize(("person", "offered"), [("office_clerk", 1), ("leader", 0)])
def test_only_the_office_is_offered_a_new_task(request, client_for, person, offered):
    factories.task()
    page = client_for(request.getfixturevalue(person)).get("/tasks/").content.decode()
    assert page.count('href="/admin/tasks/task/add/"') == offered


def test_filter_without_match_offers_all_plans(office_clerk, client_for):
    factories.task()
    page = client_for(office_clerk).get("/tasks/", {"q": "没有这样的任务"}).content.decode()
    assert page.count("没有符合条件的任务") == 1
    assert page.count('href="/tasks/?plan=all"') == 1


def test_newest_plan_is_shown_first_and_all_on_request(office_clerk, client_for):
    client = client_for(office_clerk)
    factories.task(title="旧任务", plan=factories.plan(year=2025))
    factories.task(title="新任务", plan=factories.plan(year=2026))
    assert titles(client.get("/tasks/")) == ["新任务"]
    assert titles(client.get("/tasks/?plan=2025-1")) == ["旧任务"]
    assert sorted(titles(client.get(ALL_PLANS))) == ["新任务", "旧任务"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"q": "学徒"}, ["甲"]),
        ({"q": "0002"}, ["乙"]),
        ({"area": "sixiang"}, ["乙"]),
        ({"unit": "lead-unit"}, ["甲", "乙"]),
        ({"unit": "lead-unit", "role": "lead"}, ["甲"]),
        ({"unit": "assisting-unit", "role": "assist"}, ["甲"]),
        ({"role": "assist"}, ["甲", "乙"]),
        ({"state": "handed_out"}, ["乙"]),
        ({"highlight": "1"}, ["甲"]),
        ({"lead": "lead-unit"}, ["甲"]),
        ({"assist": "lead-unit"}, ["乙"]),
        ({"lead": "lead-unit", "assist": "lead-unit"}, []),
        ({"kind": "milestone"}, ["乙"]),
        ({"frequency": "year"}, ["乙"]),
        ({"document": "one"}, ["甲"]),
        ({"due_before": "2026-10-01"}, ["甲"]),
        ({"due_before": "2026年9月30日"}, []),
    ],
)
def test_filters_choose(office_clerk, lead_unit, assisting_unit, client_for, query, wanted):
    factories.task(
        code="0001",
        title="甲",
        wording="现代学徒制",
        lead=lead_unit,
        assisting=(assisting_unit,),
        is_highlight=True,
        document=factories.policy_document(code="one"),
        due_on=dt.date(2026, 9, 30),
    )
    area = factories.reform_area(code="sixiang")
    factories.task(
        code="0002",
        title="乙",
        area=area,
        lead=assisting_unit,
        assisting=(lead_unit,),
        state="handed_out",
        kind="milestone",
        frequency="year",
    )
    assert titles(client_for(office_clerk).get("/tasks/", query)) == wanted


@pytest.mark.parametrize(
    "query",
    [
        {"page": "x"}, {"page": "-1"}, {"page": "9" * 30}, {"sort": "password"}, {"sort": "--code"}, {"plan": "x"},
        {"plan": "9999-99"}, {"state": "x"}, {"role": "x"}, {"highlight": "x"},
        {"kind": "x"}, {"frequency": "x"}, {"due_before": "明天"}, {"due_before": "9" * 90},
    ],
)  # fmt: skip
def test_bad_input_counts_as_not_asked(office_clerk, client_for, query):
    factories.task(title="甲")
    assert titles(client_for(office_clerk).get("/tasks/", query)) == ["甲"]


def test_chips_name_each_filter_and_take_it_off(office_clerk, lead_unit, client_for):
    factories.task(lead=lead_unit)
    query = {"q": "推进", "lead": "lead-unit", "state": "active", "plan": "2026-1", "page": "1"}
    bar = client_for(office_clerk).get("/tasks/", query).context["bar"]
    assert [(chip.words, "q=" in chip.url, "plan=2026-1" in chip.url) for chip in bar.chips()] == [
        ("含“推进”", False, True),
        ("推进中", True, True),
        ("牵头：市人社局", True, True),
    ]
    assert bar.cleared() == "?plan=2026-1"


def test_plan_of_a_coming_year_is_not_shown_first(office_clerk, client_for):
    factories.task(title="今年", plan=factories.plan(year=2026))
    factories.task(title="以后", plan=factories.plan(year=2099))
    assert titles(client_for(office_clerk).get("/tasks/")) == ["今年"]


def test_unknown_area_or_unit_gives_an_empty_list(office_clerk, client_for):
    factories.task()
    client = client_for(office_clerk)
    assert titles(client.get("/tasks/", {"area": "x'--"})) == []
    assert titles(client.get("/tasks/", {"unit": "不存在"})) == []


def test_sorts_with_unknown_dates_last(office_clerk, client_for):
    factories.task(title="早", code="3", due_on=dt.date(2026, 3, 1))
    factories.task(title="晚", code="1", due_on=dt.date(2026, 9, 1))
    factories.task(title="无", code="2")
    client = client_for(office_clerk)
    assert titles(client.get("/tasks/?sort=due")) == ["早", "晚", "无"]
    assert titles(client.get("/tasks/?sort=-due")) == ["晚", "早", "无"]
    assert titles(client.get("/tasks/?sort=code")) == ["晚", "无", "早"]


def test_unit_sees_its_tasks_only_after_they_were_handed_out(lead_liaison, lead_unit, client_for):
    client = client_for(lead_liaison)
    factories.task(title="草拟中", lead=lead_unit, state="draft")
    factories.task(title="已交办", lead=lead_unit, state="handed_out")
    factories.task(title="别家的")
    assert titles(client.get("/tasks/")) == ["已交办"]


def test_founding_tasks_are_open_to_every_role(stranger, client_for):
    facts = factories.plan(year=2018, last_year=2021, is_founding=True)
    factories.task(title="事实", plan=facts, state="draft", kind="", frequency="")
    assert titles(client_for(stranger).get("/tasks/")) == ["事实"]


def test_administrators_are_refused(auditor, sysadmin, secadmin, client_for):
    answers = {client_for(person).get("/tasks/").status_code for person in (auditor, sysadmin, secadmin)}
    assert answers == {403}


def test_foreign_group_is_not_found(office_clerk, client_for):
    factories.group(code="341122")
    assert client_for(office_clerk).get("/tasks/?group=341122").status_code == 404


def test_export_equals_the_list(office_clerk, lead_unit, client_for):
    factories.task(code="0002", title="=1+1", lead=lead_unit, due_on=dt.date(2026, 9, 30))
    factories.task(code="0001", title="甲", state="handed_out")
    client = client_for(office_clerk)
    sheet = rows_of(client.get("/tasks/export/?sort=-code"))
    assert [row[1] for row in sheet[1:]] == titles(client.get("/tasks/?sort=-code"))
    assert [row[1] for row in sheet[1:]] == ["=1+1", "甲"]
    assert sheet[1][5] == "市人社局"


def test_export_is_audited_with_its_count(office_clerk, client_for):
    factories.task()
    client_for(office_clerk).get("/tasks/export/")
    event = AuditEvent.objects.get(action="导出表格")
    assert (event.actor_username, event.after["行数"]) == ("office-clerk", 1)
