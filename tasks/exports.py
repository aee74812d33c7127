"""Workbooks of the registers of tasks."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.exports import Column
from tasks.queries.register import TaskRow

TASK_COLUMNS = (
    Column("编号", 10),
    Column("任务名称", 52),
    Column("计划", 24),
    Column("改革领域", 12),
    Column("牵头单位", 16),
    Column("协同单位数", 12),
    Column("类型", 8),
    Column("填报频次", 10),
    Column("完成时限", 14),
    Column("状态", 10),
    Column("五结合五突出", 14),
    Column("材料章节", 12),
    Column("演示数据", 10),
)


def task_cells(rows: Iterable[TaskRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the page, in the order of TASK_COLUMNS."""
    for row in rows:
        yield (
            *(row.code, row.title, row.plan, row.area, row.lead, row.assisting, row.kind, row.frequency),
            *(row.due_on, row.state_label, row.is_highlight, row.section, row.is_demo),
        )
