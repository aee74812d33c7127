"""After any sequence of moves the tallies say, cell by cell, what a plain count says; and rebuilding changes nothing."""

import datetime as dt
import os
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metrics.models import FigureTally
from quarters.actions.tallies import rebuild_group
from quarters.models import RoundTally
from quarters.queries.integrity import figure_faults, round_faults
from quarters.queries.tallies import reading_of
from reporting.models import ReportingRound, SubmissionTally
from tasks.actions.standings import refresh_plan
from tasks.models import TaskStanding, TaskTally
from tests import factories
from tests.quarters import plain_counts as plain
from tests.quarters.tally_moves import MOVES, City, attempt

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]
DAYS = (dt.date(2026, 11, 22), dt.date(2026, 12, 9), dt.date(2026, 12, 20), dt.date(2027, 1, 2))
# Each example plays and counts a whole small city; PORTAL_TALLY_EXAMPLES asks for more of them.
EXAMPLES = int(os.environ.get("PORTAL_TALLY_EXAMPLES", "12"))
sequences = st.lists(
    st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 9), st.integers(0, 100)), min_size=1, max_size=12
)
often = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking replays whole cities for minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def city(world, assisting_unit) -> City:
    world.plan.last_year = 2027
    world.plan.save()
    refresh_plan(world.plan)
    return City(world, [world.lead_unit, assisting_unit], [world.area, factories.reform_area(code="other")])


def cells(reading):
    counted = Counter()
    for cell in reading.cells:
        counted[cell.unit_code, cell.area_code, cell.state, cell.light.value] += cell.tasks
    return counted


def owed(reading):
    counted = Counter()
    for cell in reading.owed:
        counted[cell.unit_code, cell.kind, cell.state, cell.is_late, cell.is_overdue] += cell.submissions
    return counted


def stored():
    kept = (TaskStanding, TaskTally, SubmissionTally, FigureTally, RoundTally)
    return {model: Counter(map(repr, model.objects.values_list(*columns(model)))) for model in kept}


def columns(model):
    return [field.attname for field in model._meta.concrete_fields if field.name != "id"]


def compare(city):
    for round_ in ReportingRound.objects.select_related("group").order_by("year", "quarter"):
        (compare_published if round_.is_published else compare_open)(round_)
        assert list(round_faults(round_)) == []
        for row in TaskStanding.objects.filter(round=round_).select_related("task"):
            streaks = plain.streak(row.task, round_), plain.streak(row.task, round_, raised=True)
            assert (row.behind_before, row.raised_before) == streaks
    kept = FigureTally.objects.values_list("indicator_id", "unit_id", "year", "quarter", "observation_id")
    assert {row[:-1]: row[-1] for row in kept} == plain.figures(city.world.group.pk)
    assert list(figure_faults(city.world.group)) == []


def compare_open(round_):
    for day in DAYS:
        reading, expected = reading_of(round_, day), plain.lights(round_, day)
        assert (cells(reading), owed(reading)) == (expected, plain.owed(round_, day))
        lit = TaskStanding.objects.filter(round=round_).with_light(day, reading.thresholds)
        assert (lit.count(), lit.behind().count()) == (
            sum(expected.values()),
            sum(number for cell, number in expected.items() if cell[3] in {"red", "yellow"}),
        )


def compare_published(round_):
    content = plain.published(round_)
    for day in DAYS:
        reading = reading_of(round_, day)
        assert cells(reading) == plain.published_lights(content)
        assert owed(reading) == plain.published_owed(content)
        assert reading.judged_on.isoformat() == content["judged_on"]


@often
@given(sequence=sequences)
def test_tallies_follow_every_move(city, sequence):
    with transaction.atomic():
        for name, number, size in sequence:
            attempt(MOVES[name], city, number, size)
        compare(city)
        before = stored()
        rebuild_group(city.world.group)
        assert stored() == before
        transaction.set_rollback(True)
