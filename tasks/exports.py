"""Workbooks of the registers of tasks."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.exports import Column
from tasks.queries.documents import DocumentRow
from tasks.queries.register import TaskRow, task_row

TASK_COLUMNS = (
    Column("编号", 10),
    Column("任务名称", 52),
    Column("计划", 24),
    Column("改革领域", 12),
    Column("中央意见章节", 16),
    Column("牵头单位", 16),
    Column("协同单位数", 12),
    Column("类型", 8),
    Column("填报频次", 10),
    Column("开始日期", 14),
    Column("完成时限", 14),
    Column("状态", 10),
    Column("五结合五突出", 14),
    Column("来源文件", 32),
    Column("材料章节", 12),
    Column("演示数据", 10),
)


# Columns only the workbook has, beyond those of the page.
TASK_EXTRAS = ("start_on", "section_name", "document__title", "document__number")


def task_cells(found: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """The rows of the page with TASK_EXTRAS, in the order of TASK_COLUMNS."""
    for values in found:
        row = task_row(values)
        yield (
            *(row.code, row.title, row.plan, row.area, values["section_name"], row.lead),
            *(values["assisting"] or 0, row.kind, row.frequency, values["start_on"], _due(row)),
            *(row.state_label, row.is_highlight, values["document__title"] or values["document__number"]),
            *(row.section, row.is_demo),
        )


def _due(row: TaskRow) -> datetime.date | str | None:
    """A date where there is one, for sorting; the word of the page for a task without a deadline."""
    return row.due if row.is_long_term else row.due_on


DOCUMENT_COLUMNS = (
    Column("体系位置", 16),
    Column("文件", 60),
    Column("文号", 22),
    Column("发文机关", 18),
    Column("层级", 8),
    Column("发文时间", 16),
    Column("主要内容", 40),
    Column("配套于", 40),
    Column("来源任务数", 12),
    Column("材料章节", 12),
    Column("演示数据", 10),
)


def document_cells(rows: Iterable[DocumentRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the page, in the order of DOCUMENT_COLUMNS."""
    for row in rows:
        yield (
            *(row.place_label, row.name, row.number, row.issuer, row.level, row.issued, row.subject),
            *(row.supports, row.task_count, row.section, row.is_demo),
        )
