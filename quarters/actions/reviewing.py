"""What the office does with what was handed in: take over, accept, return, release."""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from core.errors import RuleViolation
from metrics import actions as figures
from quarters.actions.handing_in import tell_returned
from quarters.actions.tallies import refresh_task_of
from reporting import actions as reporting
from reporting.models import Submission
from tasks.actions import reports
from tasks.models import TaskMeasure

if TYPE_CHECKING:
    from organization.models import User


@transaction.atomic
def take(submission: Submission, *, by: "User", at: datetime.datetime, lock_version: int) -> Submission:
    """Takes it over for review: frozen for the unit from here on."""
    moved = reporting.move(submission, "take", by=by, at=at, lock_version=lock_version)
    refresh_task_of(moved)
    return moved


@transaction.atomic
def release(submission: Submission, *, by: "User", at: datetime.datetime, lock_version: int) -> Submission:
    """Puts it back into the queue for a colleague."""
    moved = reporting.move(submission, "release", by=by, at=at, lock_version=lock_version)
    refresh_task_of(moved)
    return moved


@transaction.atomic
def accept(
    submission: Submission,
    *,
    by: "User",
    at: datetime.datetime,
    lock_version: int,
    judged_share: Decimal | None = None,
) -> Submission:
    """Accepts the version under review.

    Figures pass their share on to the tasks they measure. For a task that no figure measures the reviewer's
    judgement (percent, 0–100; the unit's own percent unless given) is recorded.
    """
    if submission.kind == Submission.Kind.FIGURES:
        return _accept_figures(submission, by=by, at=at, lock_version=lock_version)
    moved = reporting.move(submission, "accept", by=by, at=at, lock_version=lock_version)
    if needs_judgement(moved):
        report = moved.progress_report
        share = report.percent if judged_share is None else judged_share
        if share is None:
            raise RuleViolation("请核定累计完成比例（0至100），再审核通过。")
        reports.record_measure(
            report.task, moved.round, share=share, source=TaskMeasure.Source.REVIEWER, by=by, at=at
        )
    else:
        refresh_task_of(moved)
    return moved


def _accept_figures(
    submission: Submission, *, by: "User", at: datetime.datetime, lock_version: int
) -> Submission:
    sheet = submission.figure_sheet
    figures.hold_indicators(sheet.entries.values_list("indicator_id", flat=True))
    moved = reporting.move(submission, "accept", by=by, at=at, lock_version=lock_version)
    figures.pass_to_tasks(moved.figure_sheet, by=by, at=at)
    return moved


def needs_judgement(submission: Submission) -> bool:
    """Whether nothing but the reviewer measures the task: no indicator and no milestone stands for it."""
    if submission.kind == Submission.Kind.FIGURES:
        return False
    task = submission.progress_report.task
    return not task.task_indicators.exists() and not task.milestones.exists()


@transaction.atomic
def send_back(
    submission: Submission,
    *,
    reason_code: str,
    reason: str,
    by: "User",
    at: datetime.datetime,
    lock_version: int,
) -> Submission:
    """Returns it to the unit with a category and a text; every return is kept and counted."""
    moved = reporting.move(
        submission,
        "return",
        by=by,
        at=at,
        lock_version=lock_version,
        reason_code=reason_code,
        reason_text=reason,
    )
    refresh_task_of(moved)
    tell_returned(moved, reason, at=at)
    return moved
