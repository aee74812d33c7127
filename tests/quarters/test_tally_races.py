"""Moves at the same moment in one slice of a round: no count is lost."""

import datetime as dt

import pytest

from metrics.actions import refresh_figures
from organization.models import User
from quarters.actions import handing_in, reviewing
from quarters.queries.integrity import figure_faults, round_faults
from reporting.models import Submission, SubmissionTally
from tasks.actions.reports import save_text
from tasks.actions.standings import refresh_task
from tasks.models import Task, TaskTally
from tests import factories
from tests.core.threads import in_threads
from tests.world import moment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def together(*moves):
    assert in_threads(lambda number: moves[number](), len(moves)) == []


def acting(world, action, key, person, **more):
    row, user = world.fresh(key), world.people[person]

    def move():
        by = User.objects.get(pk=user.pk)
        action(Submission.objects.get(pk=row.pk), by=by, at=moment(20), lock_version=row.lock_version, **more)

    return move


def saving(world, key):
    row = world.fresh(key)
    by = User.objects.get(pk=world.people["lead_liaison"].pk)

    def save():
        report = Submission.objects.get(pk=row.pk).progress_report
        save_text(report, fields={"progress": "甲"}, lock_version=row.lock_version, by=by, at=moment(20))

    return save


def test_four_moves_in_one_slice_at_once(world):
    """Sign, take, return and the first words of a draft: all of one unit and area."""
    together(
        acting(world, handing_in.sign, "signing", "signer"),
        acting(world, reviewing.take, "submitted", "office_clerk2"),
        acting(
            world, reviewing.send_back, "reviewing", "office_clerk", reason_code="other", reason="请补充。"
        ),
        saving(world, "pending"),
    )
    round_ = world.rounds["open"]
    states = {"accepted": 1, "draft": 2, "returned": 2, "submitted": 1, "reviewing": 1}
    assert dict(TaskTally.objects.filter(round=round_).values_list("state", "tasks")) == states
    owed = SubmissionTally.objects.filter(round=round_, kind="progress").values_list("state", "submissions")
    assert dict(owed) == states
    assert list(round_faults(round_)) == []


def test_a_register_change_and_a_move_at_once(world):
    task = world.tasks["signing"]

    def change_due():
        row = Task.objects.get(pk=task.pk)
        row.due_on = dt.date(2026, 11, 30)
        row.save(update_fields=["due_on"])
        refresh_task(row)

    together(acting(world, handing_in.sign, "signing", "signer"), change_due)
    assert list(round_faults(world.rounds["open"])) == []


def test_two_facts_of_one_period_at_once(world):
    about = {"indicator": world.indicator, "group": world.group, "year": 2025, "quarter": 3}

    def enter():
        factories.observation(**about)
        refresh_figures([world.indicator.pk])

    together(enter, enter)
    assert list(figure_faults(world.group)) == []
