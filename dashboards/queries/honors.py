"""The honours as the dashboard lists them. One query."""

import functools
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from core.prepared import Prepared
from core.shares import computed_share, share_note
from honors.models import HonorBatch, HonorBatchKind


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
