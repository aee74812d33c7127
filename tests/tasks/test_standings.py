"""The light of a day by SQL is the light of a day by the pure rule, for every row there can be."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.periods import Quarter
from tasks.actions.standings import recount
from tasks.lights import Colour, MilestoneFact, Pace, TaskFacts, Thresholds, judge, light_on, pace_of
from tasks.models import TaskStanding, TaskTally
from tasks.models.reports import STATUS_VALUES
from tasks.models.standings import BEHIND, SEVERITY
from tasks.queries.standings import light_of, words_of
from tests import factories

pytestmark = pytest.mark.hypothesis
DAY = dt.date(2026, 11, 22)
days = st.dates(dt.date(2026, 9, 1), dt.date(2027, 3, 1))
percents = st.decimals(0, 100, places=2)
rules = st.builds(Thresholds, percents, st.integers(0, 60))
milestones = st.builds(
    MilestoneFact, st.just("节点"), days, st.none() | days, st.none() | st.decimals(0, 100, places=2)
)
facts = st.builds(
    TaskFacts,
    start_on=st.just(dt.date(2026, 1, 1)),
    due_on=days,
    period=st.builds(Quarter, st.just(2026), st.integers(1, 4)),
    is_finished=st.booleans(),
    is_long_term=st.booleans(),
    is_yearly=st.booleans(),
    is_due_this_round=st.booleans(),
    is_accepted=st.booleans(),
    share=st.none() | st.decimals(0, 200, places=2),
    is_level=st.booleans(),
    milestones=st.lists(milestones, max_size=3),
)


@given(facts, days, rules, rules)
def test_a_pace_kept_under_one_rule_gives_the_light_of_another(given_facts, day, kept_under, rule):
    pace = pace_of(given_facts, kept_under)
    on = {"due_on": given_facts.due_on, "has_deadline": not given_facts.is_long_term, "today": day}
    assert light_on(pace, **on, thresholds=rule) == judge(given_facts, day, rule)


@given(facts, days, rules)
def test_a_pace_knows_no_day(given_facts, day, rule):
    """The light of a task without a deadline is its pace on every day."""
    pace = pace_of(given_facts, rule)
    light = light_on(pace, due_on=given_facts.due_on, has_deadline=False, today=day, thresholds=rule)
    assert (light.colour, light.rule, light.shortfall) == (pace.colour, pace.rule, pace.shortfall)


def test_what_is_done_keeps_no_deadline():
    light = light_on(Pace(Colour.DONE, "已办结"), due_on=DAY, has_deadline=True, today=dt.date(2030, 1, 1))
    assert light.colour is Colour.DONE


def rows():
    """Standings that moves can make: only what is behind has a shortfall, only accepted ones a pace."""
    behind = st.tuples(st.sampled_from(BEHIND), st.just("accepted"), percents)
    on_pace = st.tuples(st.sampled_from(["green", "unreported"]), st.just("accepted"), st.just(Decimal(0)))
    missing = st.tuples(st.just("unreported"), st.sampled_from(["draft", "submitted"]), st.just(Decimal(0)))
    rest = st.tuples(st.sampled_from(["exempt", "done"]), st.just(""), st.just(Decimal(0)))
    pace = behind | on_pace | missing | rest
    declared = st.sampled_from(STATUS_VALUES)
    row = st.tuples(pace, days, st.booleans(), st.booleans(), declared)
    return st.lists(row, min_size=1, max_size=12)


@pytest.fixture
def tasks(db):
    return [factories.task() for _ in range(12)]


often = settings(
    max_examples=max(settings().max_examples // 4, 10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def written(tasks, drawn):
    made = [
        TaskStanding(
            round=factories.reporting_round(),
            task=task,
            area=task.area,
            code=task.code,
            title=task.title,
            due_on=due,
            has_deadline=has_deadline,
            is_final=is_final,
            pace=pace,
            state=state,
            shortfall=shortfall,
            declared=declared,
            report_due_on=dt.date(2026, 10, 15) if state else None,
        )
        for task, ((pace, state, shortfall), due, has_deadline, is_final, declared) in zip(
            tasks, drawn, strict=False
        )
    ]
    return TaskStanding.objects.bulk_create(made)


@often
@given(drawn=rows(), day=days, rule=rules)
def test_the_light_by_sql_is_the_light_by_the_rule(tasks, drawn, day, rule):
    with transaction.atomic():
        written(tasks, drawn)
        found = list(TaskStanding.objects.with_light(day, rule).worst_first())
        for row in found:
            light = light_of(row, day, rule)
            assert (row.light, row.light_shortfall) == (light.colour.value, light.shortfall)
            assert row.severity == SEVERITY.index(light.colour)
        assert [row.severity for row in found] == sorted(row.severity for row in found)
        differing = {row.pk for row in found if not words_of(row, day, rule).agrees}
        assert {row.pk for row in TaskStanding.objects.with_light(day, rule).differing()} == differing
        transaction.set_rollback(True)


@often
@given(drawn=rows(), day=days, rule=rules)
def test_the_counts_have_the_light_of_their_standings(tasks, drawn, day, rule):
    """Where yellow and red were told apart by the same rule, as in every cell written under it."""
    with transaction.atomic():
        made = written(tasks, drawn)
        for row in made:
            if row.pace in BEHIND and not row.is_final:
                row.pace = "yellow" if row.shortfall <= rule.yellow_shortfall else "red"
        TaskStanding.objects.bulk_update(made, ["pace"])
        recount(made[0].round_id, rule)
        counted: Counter[str] = Counter()
        for cell in TaskTally.objects.with_light(day, rule):
            counted[cell.light] += cell.tasks
        assert counted == Counter(row.light for row in TaskStanding.objects.with_light(day, rule))
        transaction.set_rollback(True)
