"""Workbooks of the register of honours."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.exports import Column
from honors.queries.register import BatchRow

BATCH_COLUMNS = (
    Column("荣誉", 40),
    Column("级别", 10),
    Column("对象", 10),
    Column("年份", 16),
    Column("总数", 10),
    Column("总数为推算", 12),
    Column("产业工人数", 12),
    Column("占比（印刷值）", 14),
    Column("占比（计算值）", 14),
    Column("核对", 36),
    Column("占比基数", 30),
    Column("授予机关", 16),
    Column("材料章节", 12),
    Column("演示数据", 10),
)


def batch_cells(rows: Iterable[BatchRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the page, in the order of BATCH_COLUMNS; unknown cells read «—»."""
    for row in rows:
        yield (
            *(row.name, row.levels, row.recipients, row.period),
            row.total if row.total is not None else row.total_text,
            row.is_total_inferred,
            row.workers if row.workers is not None else row.workers_text,
            *(row.printed, row.computed_text, row.note, row.basis, row.awarded_by, row.section, row.is_demo),
        )
