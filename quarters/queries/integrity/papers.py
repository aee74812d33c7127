"""Texts and snapshots against their digests, and envelopes without content."""

import hashlib
from collections.abc import Iterator

from django.db.models import F, Q

from organization.models import CoordinationGroup
from reporting.models import RoundSnapshot, Submission
from tasks.models import ReportVersion

CHUNK = 500


def snapshot_faults(group: CoordinationGroup) -> Iterator[str]:
    """A published round says what was published: the content still has its SHA-256; every published round has one."""
    for round_ in group.rounds.filter(published_at__isnull=False, snapshots__isnull=True):
        yield f"{round_}已发布，却没有快照。"
    rows = RoundSnapshot.objects.filter(round__group=group).select_related("round")
    for row in rows.iterator(chunk_size=20):
        if hashlib.sha256(row.content.encode()).hexdigest() != row.sha256:
            yield f"{row}的内容与摘要不符。"


def version_faults(group: CoordinationGroup) -> Iterator[str]:
    """What was handed in is unchanged."""
    rows = ReportVersion.objects.filter(report__round__group=group).select_related(
        "report__task", "report__round"
    )
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        if row.content_digest() != row.sha256:
            yield f"{row}的内容与摘要不符。"


def orphan_faults(group: CoordinationGroup) -> Iterator[str]:
    """Every envelope holds the paper its kind names, of the same round and unit."""
    rows = Submission.objects.filter(round__group=group).select_related("round", "unit")
    empty = Q(kind=Submission.Kind.PROGRESS, progress_report__isnull=True) | Q(
        kind=Submission.Kind.FIGURES, figure_sheet__isnull=True
    )
    for row in rows.filter(empty).order_by("pk"):
        yield f"{row}只有报送件，没有内容。"
    strayed = (
        ~Q(group=F("round__group"))
        | (Q(progress_report__isnull=False) & ~Q(progress_report__round=F("round")))
        | (Q(figure_sheet__isnull=False) & ~Q(figure_sheet__round=F("round")))
        | (Q(figure_sheet__isnull=False) & ~Q(figure_sheet__unit=F("unit")))
    )
    for row in rows.filter(strayed).order_by("pk"):
        yield f"{row}与其内容不属于同一填报周期或单位。"
