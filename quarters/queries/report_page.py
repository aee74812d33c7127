"""The signed report as it is read: one version of it, and the way to the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from organization import permissions as who
from organization.models import User
from quarters.queries.content import Content, previous_of, versions_of
from quarters.queries.history import HistoryEntry, history_of
from quarters.queries.titles import facts_of, title_of
from reporting.models import Submission
from tasks.models import TaskMeasure


@dataclass(frozen=True)
class ReportPage:
    """One submission with the version shown, who stands behind it, and all its versions."""

    submission: Submission
    title: str
    facts: str
    content: Content | None
    versions: Sequence[Content]
    previous: Content | None
    history: Sequence[HistoryEntry]
    measure: TaskMeasure | None
    is_office: bool
    is_own_unit: bool

    @property
    def is_newest(self) -> bool:
        return self.content is not None and self.content is self.versions[0]


def report_page(submission: Submission, user: User, *, version: str = "") -> ReportPage:
    """The newest version handed in, or the one asked for; nothing of a draft."""
    versions = versions_of(submission)
    content = next((row for row in versions if str(row.version_no) == version), None)
    return ReportPage(
        submission=submission,
        title=title_of(submission),
        facts=facts_of(submission),
        content=content or next(iter(versions), None),
        versions=versions,
        previous=previous_of(submission),
        history=history_of(submission),
        measure=_measure(submission),
        is_office=who.holds_for_group(user, submission.group_id, "office", "office_head"),
        is_own_unit=who.holds_for_unit(user, submission.unit_id, "liaison")
        or who.holds_for_unit(user, submission.unit_id, "signer"),
    )


def _measure(submission: Submission) -> TaskMeasure | None:
    """The share recorded for the task in this round; the last row counts."""
    if submission.kind == Submission.Kind.FIGURES:
        return None
    rows = TaskMeasure.objects.filter(round_id=submission.round_id, task=submission.progress_report.task_id)
    return rows.order_by("-recorded_at", "-pk").first()
