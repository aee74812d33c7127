"""What a unit does with what it owes: submit, sign, send back, withdraw, recall."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core import notices
from metrics import actions as figures
from organization.models import RoleGrant
from quarters.actions.tallies import refresh_task_of
from quarters.queries.titles import title_of
from reporting import actions as reporting
from reporting.models import Submission
from reporting.workflow import State
from tasks.actions import reports

if TYPE_CHECKING:
    from organization.models import User


@transaction.atomic
def submit(submission: Submission, *, by: "User", at: datetime.datetime, lock_version: int) -> Submission:
    """Hands the content in as a new version: complete or refused with the list of what is missing."""
    content = _content(submission)
    content.refuse_incomplete()
    moved = reporting.move(submission, "submit", by=by, at=at, lock_version=lock_version)
    refresh_task_of(moved)
    content.record(version_no=moved.version_no, by=by, at=at)
    _tell_next(moved, at=at)
    return moved


@transaction.atomic
def sign(submission: Submission, *, by: "User", at: datetime.datetime, lock_version: int) -> Submission:
    """The signer lets the submitted version leave the unit."""
    moved = reporting.move(submission, "sign", by=by, at=at, lock_version=lock_version)
    refresh_task_of(moved)
    _tell_next(moved, at=at)
    return moved


@transaction.atomic
def send_back(
    submission: Submission, *, reason: str, by: "User", at: datetime.datetime, lock_version: int
) -> Submission:
    """The signer returns it to the liaison with a reason."""
    moved = reporting.move(
        submission, "send_back", by=by, at=at, lock_version=lock_version, reason_text=reason
    )
    refresh_task_of(moved)
    _tell_liaisons(moved, "审签退回", reason, at=at)
    return moved


@transaction.atomic
def take_back(submission: Submission, *, by: "User", at: datetime.datetime, lock_version: int) -> Submission:
    """The liaison takes it back, from the signer (撤回) or from the office before it is being reviewed (撤回报送)."""
    name = "withdraw" if submission.state == State.SIGNING else "recall"
    moved = reporting.move(submission, name, by=by, at=at, lock_version=lock_version)
    refresh_task_of(moved)
    return moved


class _ReportContent:
    """A progress report as something that can be handed in."""

    def __init__(self, submission: Submission) -> None:
        self.report = submission.progress_report

    def refuse_incomplete(self) -> None:
        reports.refuse_incomplete(self.report)

    def record(self, *, version_no: int, by: "User", at: datetime.datetime) -> None:
        reports.record_version(self.report, version_no=version_no, by=by, at=at)


class _FigureContent:
    """A figure sheet as something that can be handed in."""

    def __init__(self, submission: Submission) -> None:
        self.sheet = submission.figure_sheet

    def refuse_incomplete(self) -> None:
        figures.refuse_incomplete(self.sheet)

    def record(self, *, version_no: int, by: "User", at: datetime.datetime) -> None:
        figures.append_observations(self.sheet, version_no=version_no, by=by, at=at)


def _content(submission: Submission) -> _ReportContent | _FigureContent:
    return (
        _FigureContent(submission)
        if submission.kind == Submission.Kind.FIGURES
        else _ReportContent(submission)
    )


def _tell_next(submission: Submission, *, at: datetime.datetime) -> None:
    if submission.state != State.SIGNING:
        return
    signers = RoleGrant.objects.active().filter(unit_id=submission.unit_id, role=RoleGrant.Role.SIGNER)
    notices.send(
        list(signers.values_list("user__uid", flat=True)),
        kind="signing",
        subject=f"待审签：{title_of(submission)}",
        body=f"{submission.round}填报已由联络员提交，请审签。",
        url=f"/my/{submission.uid}/",
        dedupe_key=f"signing:{submission.uid}:{submission.version_no}",
        at=at,
    )


def _tell_liaisons(submission: Submission, word: str, reason: str, *, at: datetime.datetime) -> None:
    liaisons = RoleGrant.objects.active().filter(unit_id=submission.unit_id, role=RoleGrant.Role.LIAISON)
    notices.send(
        list(liaisons.values_list("user__uid", flat=True)),
        kind="returned",
        subject=f"{word}：{title_of(submission)}",
        body=reason,
        url=f"/my/{submission.uid}/",
        dedupe_key=f"returned:{submission.uid}:{submission.lock_version}",
        at=at,
    )


def tell_returned(submission: Submission, reason: str, *, at: datetime.datetime) -> None:
    """The liaison learns that the office returned it, and why."""
    _tell_liaisons(submission, "办公室退回", reason, at=at)
