"""Plans: opened, carried into, merged into, superseded, discarded; who may not, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.models import AuditEvent
from core.periods import Quarter
from quarters.queries.due_work import due_tasks
from tasks.actions.carrying import carry_over, merge_tasks
from tasks.actions.plans import create_plan, discard_plan, supersede_plan
from tasks.models import Plan, PlanLine, Task, TaskEvent
from tests import factories

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def last_year(city_group):
    return factories.plan(year=2025)


@pytest.fixture
def this_year(city_group):
    return factories.plan(year=2026)


def superseded(plan, by, *, kept=()) -> Plan:
    return supersede_plan(plan, name="第二版", reason="市委常委会要求调整", kept=kept, by=by, at=AT)


def test_plan_is_created_once_per_year(office_clerk, city_group):
    plan = create_plan(group=city_group, year=2027, name="2027年计划", by=office_clerk, at=AT)
    assert (plan.year, plan.last_year, plan.version_no) == (2027, 2027, 1)
    assert AuditEvent.objects.get(action="新建计划").after["起始年份"] == 2027
    with pytest.raises(RuleViolation, match="2027年已有计划“2027年计划”"):
        create_plan(group=city_group, year=2027, name="又一份", by=office_clerk, at=AT)


@pytest.mark.parametrize("person", ["leader", "lead_liaison", "signer", "stranger"])
def test_only_the_office_keeps_plans(request, person, city_group, this_year):
    by = request.getfixturevalue(person)
    with pytest.raises(NotAllowed, match="由本协调小组的办公室维护"):
        create_plan(group=city_group, year=2027, name="计划", by=by, at=AT)
    with pytest.raises(NotAllowed, match="由本协调小组的办公室维护"):
        superseded(this_year, by)


def test_carried_task_is_a_draft_with_proposals(
    office_clerk, last_year, this_year, lead_unit, assisting_unit
):
    source = factories.task(
        plan=last_year,
        code="2025-03",
        lead=lead_unit,
        assisting=(assisting_unit,),
        due_on=dt.date(2025, 9, 30),
    )
    factories.milestone(
        task=source, title="印发方案", due_on=dt.date(2025, 3, 31), done_on=dt.date(2025, 3, 1)
    )
    (task,) = carry_over(this_year, [source], by=office_clerk, at=AT).tasks
    task = Task.objects.get(pk=task.pk)
    assert (task.code, task.state, task.due_on) == ("2026-03", "draft", dt.date(2026, 9, 30))
    assert (task.title, task.carried_from, task.plan) == (source.title, source, this_year)
    units = task.assignments.order_by("unit__position").values_list("unit__name", "role")
    assert list(units) == [("市人社局", "lead"), ("市教体局", "assist")]
    steps = task.milestones.values_list("title", "due_on", "done_on")
    assert list(steps) == [("印发方案", dt.date(2026, 3, 31), None)]
    assert source.state == "active"


def test_ended_units_are_left_out(office_clerk, last_year, this_year, assisting_unit):
    ended = factories.unit(valid_to=dt.date(2025, 12, 31))
    source = factories.task(plan=last_year, lead=ended, assisting=(assisting_unit,))
    done = carry_over(this_year, [source], by=office_clerk, at=AT)
    assert done.dropped_units == 1
    assert [row.unit for row in done.tasks[0].assignments.all()] == [assisting_unit]


def test_a_task_is_carried_once(office_clerk, last_year, this_year):
    source = factories.task(plan=last_year, title="甲")
    carry_over(this_year, [source], by=office_clerk, at=AT)
    with pytest.raises(RuleViolation, match="任务“甲”已列入“2026年工作计划”，请取消勾选"):
        carry_over(this_year, [source], by=office_clerk, at=AT)
    assert this_year.tasks.count() == 1


def test_what_cannot_be_carried_is_named(office_clerk, last_year, this_year):
    ended = factories.task(plan=last_year, title="停了的", state="terminated")
    own = factories.task(plan=this_year, title="本年的")
    for tasks, sentence in (
        ([], "“任务”没有勾选"),
        ([ended], "“停了的”已终止"),
        ([own], "不是本小组2026年以前的计划"),
    ):
        with pytest.raises(RuleViolation, match=sentence):
            carry_over(this_year, tasks, by=office_clerk, at=AT)


def test_merged_task_keeps_every_origin(office_clerk, last_year, this_year, lead_unit, assisting_unit):
    first = factories.task(plan=last_year, lead=lead_unit, due_on=dt.date(2025, 6, 30), frequency="quarter")
    second = factories.task(
        plan=last_year, lead=assisting_unit, due_on=dt.date(2025, 12, 31), frequency="year"
    )
    task = merge_tasks(
        this_year,
        [second, first],
        title="合并的任务",
        wording="",
        area=first.area,
        lead=lead_unit,
        by=office_clerk,
        at=AT,
    )
    assert {link.origin for link in task.origins.all()} == {first, second}
    assert (task.state, task.due_on, task.kind, task.frequency) == (
        *("draft", dt.date(2026, 12, 31), "quality", ""),
    )
    roles = dict(task.assignments.values_list("unit__name", "role"))
    assert roles == {"市人社局": "lead", "市教体局": "assist"}


def merged(sources, plan, by, **chosen) -> Task:
    words = {"title": "合并的任务", "wording": "", "area": sources[0].area, "lead": None}
    return merge_tasks(plan, sources, **words, **chosen, by=by, at=AT)


def test_merged_task_keeps_kind_and_frequency_where_all_agree(office_clerk, last_year, this_year):
    said = {"kind": "quantity", "frequency": "half_year", "frequency_printed": "半年报"}
    task = merged([factories.task(plan=last_year, **said) for _ in range(3)], this_year, office_clerk)
    assert (task.kind, task.frequency, task.frequency_printed) == ("quantity", "half_year", "半年报")


def test_merged_task_takes_the_chosen_kind_and_frequency(office_clerk, last_year, this_year):
    sources = [
        factories.task(plan=last_year, kind="quantity", frequency="quarter", frequency_printed="季报"),
        factories.task(plan=last_year, kind="quality", frequency="quarter", frequency_printed="季报"),
    ]
    task = merged(sources, this_year, office_clerk, kind="milestone", frequency="year")
    assert (task.kind, task.frequency, task.frequency_printed) == ("milestone", "year", "")


def test_merging_wants_two(office_clerk, last_year, this_year):
    source = factories.task(plan=last_year)
    with pytest.raises(RuleViolation, match="合并须至少勾选两项"):
        merge_tasks(
            this_year,
            [source, source],
            title="一项",
            wording="",
            area=source.area,
            lead=None,
            by=office_clerk,
            at=AT,
        )


def test_new_version_takes_over_what_was_handed_out(office_clerk, this_year, lead_unit):
    active = factories.task(plan=this_year, lead=lead_unit, due_on=dt.date(2026, 9, 30))
    closed = factories.task(plan=this_year, state="closed", done_on=dt.date(2026, 5, 1))
    kept, dropped = (factories.task(plan=this_year, state=state) for state in ("approved", "draft"))
    new = superseded(this_year, office_clerk, kept=[kept])
    stands = dict(Task.objects.values_list("pk", "plan__version_no"))
    assert stands == {active.pk: 2, closed.pk: 2, kept.pk: 2, dropped.pk: 1}
    states = dict(Task.objects.values_list("pk", "state"))
    assert states == {active.pk: "active", closed.pk: "closed", kept.pk: "draft", dropped.pk: "terminated"}
    lines = PlanLine.objects.filter(plan=this_year).values_list("task", "state", "lead", "due_on")
    assert set(lines) == {
        (active.pk, "active", "市人社局", dt.date(2026, 9, 30)),
        (closed.pk, "closed", "", None),
        (kept.pk, "approved", "", None),
        (dropped.pk, "draft", "", None),
    }
    assert (new.version_no, new.supersedes) == (2, this_year)
    assert TaskEvent.objects.filter(move="replan").count() == 3


def test_no_round_counts_a_task_twice(office_clerk, city_group, this_year, lead_unit):
    task = factories.task(plan=this_year, lead=lead_unit)
    before = due_tasks(city_group, Quarter(2026, 3))
    superseded(this_year, office_clerk)
    assert due_tasks(city_group, Quarter(2026, 3)) == before == [task]


def test_superseded_version_makes_no_rows(office_clerk, city_group, this_year):
    factories.task(plan=factories.plan(year=2026, version_no=2, supersedes=this_year))
    factories.task(plan=this_year)
    assert [task.plan.version_no for task in due_tasks(city_group, Quarter(2026, 3))] == [2]


def test_ended_draft_stays_hidden_from_its_unit(office_clerk, lead_liaison, this_year, lead_unit):
    never = factories.task(plan=this_year, lead=lead_unit, state="draft")
    superseded(this_year, office_clerk)
    stopped = factories.task(lead=lead_unit, state="terminated")
    factories.task_event(task=stopped, move="hand_out", from_state="approved", to_state="handed_out")
    assert list(Task.objects.visible_to(lead_liaison)) == [stopped]
    assert set(Task.objects.visible_to(office_clerk)) == {never, stopped}


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda plan: Plan.objects.filter(pk=plan.pk).update(is_founding=True), "经验材料载明的事实"),
        (
            lambda plan: factories.plan(year=2026, version_no=2, supersedes=plan, name="调整后的计划"),
            "已被第2版“调整后的计划”取代",
        ),
        (lambda plan: None, "还没有任务，不需要换版"),
    ],
)
def test_plans_that_cannot_be_superseded(office_clerk, this_year, spoil, sentence):
    spoil(this_year)
    with pytest.raises(RuleViolation, match=sentence):
        superseded(this_year, office_clerk)


def test_a_version_is_superseded_once(this_year):
    factories.plan(year=2026, version_no=2, supersedes=this_year)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.plan(year=2026, version_no=3, supersedes=this_year)


def test_unused_plan_is_discarded_with_its_drafts(office_clerk, last_year, this_year):
    source = factories.task(plan=last_year)
    carry_over(this_year, [source], by=office_clerk, at=AT)
    discard_plan(this_year, by=office_clerk)
    assert list(Plan.objects.all()) == [last_year]
    assert list(Task.objects.all()) == [source]
    assert AuditEvent.objects.get(action="放弃计划").object_label == "2026年工作计划"


def test_used_plan_is_not_discarded(office_clerk, this_year):
    task = factories.task(plan=this_year, title="甲", state="draft")
    factories.task_event(task=task)
    with pytest.raises(RuleViolation, match="任务“甲”已有办理记录，不能放弃"):
        discard_plan(this_year, by=office_clerk)


def test_plan_others_lean_on_is_not_discarded(office_clerk, last_year, this_year):
    source = factories.task(plan=last_year, state="draft")
    carry_over(this_year, [source], by=office_clerk, at=AT)
    with pytest.raises(RuleViolation, match="被其他任务沿用，不能放弃"), transaction.atomic():
        discard_plan(last_year, by=office_clerk)
    assert Plan.objects.count() == 2
