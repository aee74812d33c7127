"""The tasks behind a figure as rows of a workbook."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.exports import Column
from dashboards.summary.rows import TaskRow

TASK_COLUMNS = (
    Column("灯", 8),
    Column("编号", 10),
    Column("任务名称", 52),
    Column("改革领域", 12),
    Column("牵头单位", 16),
    Column("依据", 44),
    Column("连续未达（季）", 12),
    Column("完成时限", 14),
    Column("单位自评", 14),
    Column("自评与测算不一致", 14),
    Column("报送", 12),
    Column("逾期报送", 10),
    Column("逾期未报", 10),
    Column("单位最近的说法", 60),
    Column("需协调事项", 40),
    Column("季度", 14),
    Column("截至", 12),
    Column("演示数据", 10),
)


def task_cells(rows: Iterable[TaskRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the page, in the order of TASK_COLUMNS."""
    for row in rows:
        yield (
            *(row.word, row.code, row.title, row.area_name, row.lead_name or "—", row.rule),
            *(
                row.quarters or None,
                row.due_on or "长期",
                row.declared_label,
                not row.agrees,
                row.state_label,
            ),
            *(row.is_late, row.is_overdue, row.said, row.coordination),
            *(row.period.label, row.period.last_day, row.is_demo),
        )
