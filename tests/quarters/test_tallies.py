"""Tallies: what they cost, what publishing freezes, what the readings say."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import RuleViolation
from metrics.actions import refresh_figures
from metrics.models import FigureTally
from quarters.actions import handing_in, reviewing
from quarters.actions.opening import open_round
from quarters.actions.publishing import publish_round
from quarters.actions.tallies import rebuild_group, rebuild_round
from quarters.models import RoundTally
from quarters.queries.tallies import reading_of, readings_of
from reporting.models import ReportingRound, SubmissionTally
from tasks.actions.reports import save_text
from tasks.actions.standings import refresh_standings, refresh_task
from tasks.models import LightRule, TaskStanding, TaskTally
from tasks.queries.standings import words_of
from tests import factories
from tests.world import OPEN_DATES, add_task, moment

TODAY = dt.date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def tally_statements(work):
    """The statements that write or read tallies, the savepoints around them left out."""
    with CaptureQueriesContext(connection) as spent:
        work()
    return [query["sql"] for query in spent if "tally" in query["sql"] or "standing" in query["sql"]]


def standing(world, key, round_key="open"):
    return TaskStanding.objects.get(round=world.rounds[round_key], task=world.tasks[key])


def test_a_move_costs_the_same_statements_however_many_tasks_there_are(world, django_assert_num_queries):
    round_, task = world.rounds["open"], world.tasks["pending"]
    for few_and_many in (0, 10):
        for number in range(few_and_many):
            factories.progress_report(task=add_task(world, f"{number + 30}", "另一项"), round=round_)
        with django_assert_num_queries(9):
            refresh_standings(round_, [task])


def test_saving_a_draft_again_touches_no_tally(world):
    report, by = world.fresh("pending").progress_report, world.people["lead_liaison"]
    saved = {"fields": {"progress": "甲"}, "by": by, "at": moment(20)}
    first = tally_statements(lambda: save_text(report, lock_version=report.submission.lock_version, **saved))
    again = tally_statements(lambda: save_text(report, lock_version=report.submission.lock_version, **saved))
    assert (len(first), again) == (6, [])
    assert standing(world, "pending").state == "draft"


def test_a_move_changes_state_and_counts(world):
    row = world.fresh("signing")
    handing_in.sign(row, by=world.people["signer"], at=moment(20), lock_version=row.lock_version)
    counts = dict(TaskTally.objects.filter(round=row.round).values_list("state", "tasks"))
    owed = SubmissionTally.objects.filter(round=row.round, kind="progress")
    assert standing(world, "signing").state == "submitted"
    assert (counts.get("signing"), counts["submitted"]) == (None, 2)
    assert dict(owed.values_list("state", "submissions"))["submitted"] == 2


def test_the_measure_of_the_reviewer_reaches_the_standing(world):
    row = world.fresh("reviewing")
    facts = {"by": world.people["office_clerk"], "at": moment(20), "lock_version": row.lock_version}
    reviewing.accept(row, judged_share=Decimal(60), **facts)
    kept = standing(world, "reviewing")
    assert (kept.pace, kept.share, kept.shortfall, kept.pace_rule) == (
        "yellow",
        Decimal(60),
        Decimal(20),
        "完成60%，序时进度75%，差距20%",
    )
    assert kept.version.progress == "已印发实施方案。"


def test_a_reading_costs_the_same_for_few_and_many_tasks(world, django_assert_num_queries):
    rounds = ReportingRound.objects.select_related("group")
    open_, published = rounds.get(pk=world.rounds["open"].pk), rounds.get(pk=world.rounds["published"].pk)
    for number in (0, 10):
        for serial in range(number):
            add_task(world, f"{serial + 30}", "另一项")
        with django_assert_num_queries(5):
            assert reading_of(open_, TODAY).total == 7 + number
        with django_assert_num_queries(3):
            assert [reading.total for reading in readings_of([published])] == [1]


def test_another_rule_on_the_day_is_read_from_the_standings(world):
    test_the_measure_of_the_reviewer_reaches_the_standing(world)
    LightRule.objects.create(effective_on=dt.date(2026, 12, 1), yellow_shortfall=Decimal(10), near_days=0)
    lights = {
        day: {
            cell.light.value: cell.tasks
            for cell in reading_of(world.rounds["open"], day).cells
            if cell.state == "accepted"
        }
        for day in (TODAY, dt.date(2026, 12, 1))
    }
    assert lights == {
        TODAY: {"yellow": 1, "unreported": 1},
        dt.date(2026, 12, 1): {"red": 1, "unreported": 1},
    }


def test_what_was_published_is_read_the_same_on_every_day(world):
    round_ = world.rounds["published"]
    row, head = standing(world, "accepted", "published"), RoundTally.objects.get(round=round_)
    world.tasks["accepted"].title = "改了名的任务"
    world.tasks["accepted"].save()
    world.lead_unit.short_name = "改了名的单位"
    world.lead_unit.save()
    refresh_task(world.tasks["accepted"])
    on = [reading_of(round_, day) for day in (TODAY, dt.date(2030, 1, 1))]
    light = words_of(row, dt.date(2030, 1, 1), on[0].thresholds).light
    assert on[0] == on[1]
    assert (on[0].judged_on, on[0].cells[0].unit_name) == (head.judged_on, "市人社局")
    assert (light.rule, standing(world, "accepted", "published").title) == (
        row.pace_rule,
        "推进技工教育综合改革",
    )


def test_publishing_counts_the_quarters_behind_for_the_next(world):
    people = world.people
    row = world.fresh("reviewing")
    facts = {"by": people["office_clerk"], "at": moment(20)}
    reviewing.accept(row, judged_share=Decimal(10), lock_version=row.lock_version, **facts)
    row = world.fresh("submitted")
    row = reviewing.take(row, lock_version=row.lock_version, **facts)
    reviewing.send_back(row, reason_code="other", reason="请补充。", lock_version=row.lock_version, **facts)
    publish_round(world.rounds["open"], by=people["office_head"], at=moment(21), reason="试验")
    following = open_round(
        world.group,
        world.rounds["open"].period.next(),
        by=people["office_clerk"],
        at=moment(22),
        dates=OPEN_DATES,
    )
    streaks = TaskStanding.objects.filter(round=following).values_list("task__code", "behind_before")
    assert dict(streaks) == {"01": 0, "02": 0, "03": 0, "04": 0, "05": 0, "06": 1, "07": 0}


def test_a_task_without_lead_or_out_of_its_life_leaves_its_cell(world):
    task = world.tasks["pending"]
    task.assignments.all().delete()
    refresh_task(task)
    units = TaskTally.objects.filter(round=world.rounds["open"]).values_list("unit", "tasks")
    assert sum(number for unit, number in units if unit is None) == 1
    task.state = "terminated"
    task.save()
    refresh_task(task)
    assert not TaskTally.objects.filter(round=world.rounds["open"], unit=None).exists()
    assert not TaskStanding.objects.filter(round=world.rounds["open"], task=task).exists()


def test_a_published_round_is_never_refreshed(world):
    round_ = world.rounds["published"]
    before = list(TaskStanding.objects.filter(round=round_).values())
    add_task(world, "70", "后来的任务")
    refresh_standings(round_)
    assert list(TaskStanding.objects.filter(round=round_).values()) == before


def test_a_fact_counts_once_it_is_entered_and_a_correction_replaces_it(world):
    about = {"indicator": world.indicator, "group": world.group, "year": 2025, "quarter": 3}
    first = factories.observation(**about, value=Decimal(100000))
    refresh_figures([world.indicator.pk])
    [line] = reading_of(world.rounds["open"], TODAY).figures
    assert line.last_year_value == Decimal(100000)
    second = factories.observation(**about, value=Decimal(100001), supersedes=first)
    refresh_figures([world.indicator.pk], group_id=world.group.pk, year=2025)
    assert FigureTally.objects.get(indicator=world.indicator, year=2025).observation == second


def test_rebuilding_brings_back_what_was_lost(world):
    kept = list(TaskTally.objects.order_by("round", "state").values_list("round", "state", "tasks"))
    for model in (TaskStanding, TaskTally, SubmissionTally, RoundTally):
        model.objects.all().delete()
    with pytest.raises(RuleViolation) as refused:
        reading_of(world.rounds["published"], TODAY)
    assert refused.value.message == "2026年二季度还没有汇总数据，请联系系统管理员重新汇总。"
    assert rebuild_group(world.group) == 2
    assert list(TaskTally.objects.order_by("round", "state").values_list("round", "state", "tasks")) == kept


def test_an_unopened_round_has_no_tallies(world):
    round_ = factories.reporting_round(year=2027, quarter=1, opened_at=None)
    rebuild_round(round_)
    assert not TaskStanding.objects.filter(round=round_).exists()
