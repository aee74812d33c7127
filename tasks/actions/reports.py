"""What happens to a progress report: drafted, submitted as a version, measured."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import audit
from core.errors import RuleViolation, StaleObject
from reporting.actions import claim_draft
from reporting.models import ReportingRound
from reporting.workflow import State
from tasks.actions.standings import refresh_standings
from tasks.completeness import report_gaps
from tasks.models import ProgressReport, ReportVersion, Task, TaskMeasure

if TYPE_CHECKING:
    from organization.models import User


@transaction.atomic
def save_text(
    report: ProgressReport, *, fields: Mapping[str, Any], lock_version: int, by: "User", at: datetime.datetime
) -> int:
    """Writes the draft's text under the submission's lock; returns the new version.

    StaleObject carries both texts, so that the page can show what was typed beside what stands.
    """
    was_draft = report.submission.state == State.DRAFT
    typed = ProgressReport(**{name: fields[name] for name in ProgressReport.TEXT_FIELDS if name in fields})
    try:
        version = claim_draft(report.submission, by=by, at=at, lock_version=lock_version)
    except StaleObject as stale:
        current = ProgressReport.objects.get(pk=report.pk)
        raise StaleObject(stale.message, mine=typed.as_words(), theirs=current.as_words()) from None
    for name in ProgressReport.TEXT_FIELDS:
        if name in fields:
            setattr(report, name, fields[name])
    report.save(update_fields=[name for name in ProgressReport.TEXT_FIELDS if name in fields])
    if not was_draft:
        refresh_standings(report.submission.round, [report.task_id])
    return version


def refuse_incomplete(report: ProgressReport) -> None:
    """RuleViolation naming everything that is missing."""
    gaps = report_gaps(
        progress=report.progress,
        problems=report.problems,
        next_steps=report.next_steps,
        declared_status=report.declared_status,
        is_nil=report.is_nil,
    )
    if gaps:
        raise RuleViolation(f"“{report.task}”还不能提交：" + "".join(gap.sentence for gap in gaps))


def record_version(
    report: ProgressReport, *, version_no: int, by: "User", at: datetime.datetime, reason: str = ""
) -> ReportVersion:
    """Keeps the text as submitted, with the SHA-256 of its canonical form. Runs in the caller's transaction."""
    version = ReportVersion(
        report=report,
        version_no=version_no,
        reason=reason,
        recorded_at=at,
        recorded_by=by,
        **{name: getattr(report, name) for name in ProgressReport.TEXT_FIELDS},
    )
    version.sha256 = version.content_digest()
    version.save()
    return version


@transaction.atomic
def record_measure(
    task: Task,
    round: ReportingRound,
    *,
    share: Decimal,
    source: TaskMeasure.Source,
    by: "User | None",
    at: datetime.datetime,
    actual: str = "",
    target: str = "",
    comparator: str = "",
) -> TaskMeasure:
    """Appends the cumulative share (percent) that figures or the reviewer give a task for a round.

    `comparator` «>=» means that a level was compared with this period's own target; empty means that the
    share is measured against the pace. The last row counts.
    """
    measure = TaskMeasure.objects.create(
        task=task,
        round=round,
        share=share.quantize(Decimal("0.01")),
        actual=actual,
        target=target,
        comparator=comparator,
        source=source,
        recorded_at=at,
        recorded_by=by,
    )
    refresh_standings(round, [task])
    audit.record(
        "记录完成度",
        by=by,
        obj=task,
        label=task.title,
        group_code=round.group.code,
        after={
            "季度": str(round.period),
            "累计完成（%）": measure.share,
            "来源": measure.get_source_display(),
        },
    )
    return measure
