"""The page of one batch, and the batches a unit awarded."""

from dataclasses import dataclass

from django.db.models import Prefetch

from core.models import SourceSection
from core.shares import share_note
from honors.models import HonorBatch, HonorKind
from honors.queries.register import (
    INFERRED,
    SPANS_KINDS,
    UNKNOWN_TOTAL,
    BatchRow,
    HonorFilter,
    batch_row,
    matching_batches,
)
from organization.models import Unit

UNKNOWN_WORKERS = "产业工人数未列明"
MOST_OF_A_UNIT = 10


@dataclass(frozen=True)
class BatchPage:
    """One batch: its row, its kinds, what must be said of its figures, where it stands, others of its kinds."""

    row: BatchRow
    kinds: list[HonorKind]
    notes: list[str]
    section: SourceSection | None
    others: list[BatchRow]


def batch_page(batch: HonorBatch) -> BatchPage:
    kinds = list(batch.kinds.all())
    same = matching_batches(HonorFilter()).filter(kinds__in=kinds).exclude(pk=batch.pk).distinct()
    return BatchPage(
        row=batch_row(batch),
        kinds=kinds,
        notes=_notes(batch, kinds),
        section=batch.section,
        others=[batch_row(other) for other in same.order_by("-year", "-since_year", "code")],
    )


def batches_by_unit(unit: Unit) -> list[BatchRow]:
    """The batches whose awarding authority is written with a name, an alias or a former name of the unit."""
    spellings = {unit.name, unit.short_name, *unit.aliases.values_list("alias", flat=True)}
    spellings |= set(unit.names.values_list("name", flat=True))
    found = matching_batches(HonorFilter()).filter(awarded_by__in=spellings)
    return [batch_row(batch) for batch in found.order_by("-year", "-since_year", "code")[:MOST_OF_A_UNIT]]


def with_kinds() -> Prefetch:
    return Prefetch(
        "kinds", queryset=HonorKind.objects.select_related("section").order_by("position", "code")
    )


def _notes(batch: HonorBatch, kinds: list[HonorKind]) -> list[str]:
    """Everything a reader must know before using the figures, most important first."""
    compared = share_note(batch.share_printed, batch.workers, batch.total)
    has_both = batch.total is not None and batch.workers is not None
    kept = "，只保留印刷值。" if batch.share_printed else "。"
    said = (
        (batch.total is None, f"{UNKNOWN_TOTAL}，占比无法计算{kept}"),
        (batch.workers is None, f"{UNKNOWN_WORKERS}，占比无法计算。"),
        (has_both and bool(compared), f"{compared}，两者并列保留。"),
        (batch.is_total_inferred, f"{INFERRED}，不是材料原文。"),
        (len(kinds) > 1, f"{SPANS_KINDS}。"),
        (not batch.year and not batch.since_year, "材料未注明这一批的年份。"),
    )
    return [sentence for applies, sentence in said if applies]
