"""The share of industrial workers among persons honoured, by level and by year.

Only batches of one single kind whose total and workers are both known are added up: a batch over two kinds adds to
neither, and an unknown total is never guessed. What was left out is counted and said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from core.charts import ShareBars, ShareRow
from core.shares import computed_share
from honors.models import HonorBatch, HonorBatchKind, HonorKind
from honors.queries.register import COMPUTED_PLACES

KNOWN = Q(total__isnull=False, workers__isnull=False)


@dataclass(frozen=True)
class Tally:
    """Workers and total of the batches that could be added up under one heading, and how many could not."""

    label: str
    workers: int | None
    total: int | None
    counted: int
    left_out: int

    @property
    def note(self) -> str:
        if not self.left_out:
            return ""
        return (
            f"{self.left_out}批总数或人数未列明"
            if not self.counted
            else f"另有{self.left_out}批未列明，未计入"
        )


def shares_by_level(batches: QuerySet[HonorBatch]) -> ShareBars:
    """国家、省、市, in this order; a level without batches is left out."""
    found = {row["level"]: row for row in _tallied(batches, "level")}
    tallies = [
        _tally(str(level.label), found[level.value]) for level in HonorKind.Level if level.value in found
    ]
    return _chart("各级产业工人占比", "级别", tallies)


def shares_by_year(batches: QuerySet[HonorBatch]) -> ShareBars:
    """Year after year; what the material gives no single year has its own row."""
    rows = sorted(_tallied(batches, "year"), key=lambda row: (row["year"] is None, row["year"] or 0))
    tallies = [_tally(f"{row['year']}年" if row["year"] else "未注明单一年份", row) for row in rows]
    return _chart("历年产业工人占比", "年份", tallies)


def spanning_batches(batches: QuerySet[HonorBatch]) -> int:
    """How many batches cover two or more kinds and are therefore in no sum."""
    return _with_single_kind(batches).filter(kinds_in__gt=1).count()


def _with_single_kind(batches: QuerySet[HonorBatch]) -> Any:
    """Annotated: `kinds_in`, and `level` and `recipients` of one of the kinds."""
    kinds = HonorBatchKind.objects.filter(batch=OuterRef("pk")).order_by()
    return batches.annotate(
        kinds_in=Subquery(kinds.values("batch").annotate(n=Count("pk")).values("n")),
        level=Subquery(kinds.values("kind__level")[:1]),
        recipients=Subquery(kinds.values("kind__recipients")[:1]),
    )


def _tallied(batches: QuerySet[HonorBatch], heading: str) -> Iterable[dict]:
    single = _with_single_kind(batches).filter(kinds_in=1, recipients=HonorKind.Recipients.PERSONS)
    return (
        single.order_by()
        .values(heading)
        .annotate(
            workers_sum=Sum("workers", filter=KNOWN),
            total_sum=Sum("total", filter=KNOWN),
            counted=Count("pk", filter=KNOWN),
            left_out=Count("pk", filter=~KNOWN),
        )
    )


def _tally(label: str, row: dict) -> Tally:
    return Tally(label, row["workers_sum"], row["total_sum"], row["counted"], row["left_out"])


def _chart(title: str, row_label: str, tallies: list[Tally]) -> ShareBars:
    rows = tuple(
        ShareRow(
            tally.label,
            share=computed_share(tally.workers, tally.total),
            note=tally.note,
            numerator=tally.workers,
            denominator=tally.total,
        )
        for tally in tallies
    )
    return ShareBars(title=title, rows=rows, places=COMPUTED_PLACES, row_label=row_label)
