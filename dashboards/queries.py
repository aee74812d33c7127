"""What the dashboard reads: the rounds of a group, their pictures, the honours. Few queries, whatever the data."""

import functools
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Subquery

from core import clock
from core.models import AuditEvent
from core.prepared import Prepared
from core.shares import computed_share, share_note
from dashboards.rounds import RoundChoice
from dashboards.scope import Scope
from honors.models import HonorBatch, HonorBatchKind
from quarters.picture import RoundPicture, from_canonical
from quarters.queries.picture import live_picture
from reporting.models import ReportingRound, RoundSnapshot, Submission

REMEMBERED = 24  # revived snapshots per process
_revived: OrderedDict[str, RoundPicture] = OrderedDict()


@functools.lru_cache(maxsize=64)
def _rounds_of(group_pk: int) -> Prepared[ReportingRound]:
    accepted = Submission.objects.accepted().filter(round=OuterRef("pk"))
    snapshots = RoundSnapshot.objects.filter(round=OuterRef("pk")).order_by("-version_no")
    changes = AuditEvent.objects.exclude(before__isnull=True, after__isnull=True).order_by("-position")
    return Prepared(
        ReportingRound.objects.filter(group_id=group_pk, opened_at__isnull=False)
        .annotate(
            has_accepted=Exists(accepted),
            snapshot_sha256=Subquery(snapshots.values("sha256")[:1]),
            newest_change=Subquery(changes.values("digest")[:1]),
        )
        .order_by("-year", "-quarter")
    )


def rounds_of(scope: Scope) -> list[ReportingRound]:
    """The opened rounds of a group, newest first; from above only the published ones. One query.

    Each row also carries the digest of the newest audited change, the same on all of them: registers, tasks
    and targets move it too; sign-ins, which have neither before nor after, do not.
    """
    found = _rounds_of(scope.group.pk).rows()
    for row in found:
        row.group = scope.group
    return [row for row in found if scope.is_own or row.is_published]


def pictures_of(choice: RoundChoice) -> tuple[RoundPicture, tuple[RoundPicture, ...]]:
    """The chosen round's picture and the published ones before it, newest first."""
    published = _published(choice.needed)
    past = tuple(published[row.pk] for row in choice.past)
    if choice.chosen.is_published:
        return published[choice.chosen.pk], past
    return live_picture(choice.chosen, judged_on=clock.today()), past


def _published(rounds: Sequence[ReportingRound]) -> dict[int, RoundPicture]:
    """Snapshots by round. They never change, so this process keeps the ones it has revived, by their digest."""
    digests: dict[int, str] = {row.pk: row.snapshot_sha256 for row in rounds}  # type: ignore[attr-defined]
    missing = {digest for digest in digests.values() if digest not in _revived}
    if missing:
        stored = RoundSnapshot.objects.filter(round_id__in=digests, sha256__in=missing)
        for digest, content in stored.values_list("sha256", "content"):
            _revived[digest] = from_canonical(content)
    pictures = {pk: _revived[digest] for pk, digest in digests.items()}
    while len(_revived) > REMEMBERED:
        _revived.popitem(last=False)
    return pictures


@dataclass(frozen=True)
class HonorRow:
    """One batch of honours: facts of the founding document, with the share printed there and the computed one."""

    code: str
    names: str
    period: str
    total: int | None
    is_total_inferred: bool
    workers: int | None
    printed: str
    computed: Decimal | None
    note: str
    section: str
    section_title: str
    is_demo: bool

    @property
    def share(self) -> Decimal | None:
        """What a bar may show: the computed share, else the printed one."""
        if self.computed is not None or not self.printed.endswith("%"):
            return self.computed
        return Decimal(self.printed.removesuffix("%")) / 100


def honor_rows() -> tuple[HonorRow, ...]:
    """Every batch with the kinds it covers. One query."""
    batches: dict[HonorBatch, list[str]] = defaultdict(list)
    for row in _covered().rows():
        batches[row.batch].append(row.kind.name)
    return tuple(_honor_row(batch, names) for batch, names in batches.items())


@functools.cache
def _covered() -> Prepared[HonorBatchKind]:
    by_kind = ("kind__position", "kind__code", F("batch__year").desc(nulls_last=True), "batch__code")
    return Prepared(HonorBatchKind.objects.select_related("kind", "batch__section").order_by(*by_kind))


def _honor_row(batch: HonorBatch, names: list[str]) -> HonorRow:
    return HonorRow(
        code=batch.code,
        names="、".join(names),
        period=batch.period_label,
        total=batch.total,
        is_total_inferred=batch.is_total_inferred,
        workers=batch.workers,
        printed=batch.share_printed,
        computed=computed_share(batch.workers, batch.total),
        note=_honor_note(batch),
        section=batch.section.label if batch.section else "",
        section_title=batch.section.title if batch.section else "",
        is_demo=batch.is_demo,
    )


def _honor_note(batch: HonorBatch) -> str:
    if batch.workers is None:
        return "产业工人数未列明"
    if batch.total is None:
        return "总数未列明"
    return share_note(batch.share_printed, batch.workers, batch.total) if batch.share_printed else ""
