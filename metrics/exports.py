"""Workbooks of the register of indicators."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.exports import Column
from metrics.queries.register import IndicatorRow
from metrics.wording import PERCENT

INDICATOR_COLUMNS = (
    Column("指标代码", 20),
    Column("指标名称", 34),
    Column("类型", 8),
    Column("计量单位", 10),
    Column("责任单位", 16),
    Column("最新数据", 18),
    Column("印刷值", 16),
    Column("计算过程", 30),
    Column("核对", 36),
    Column("范围", 14),
    Column("时期", 16),
    Column("截至", 22),
    Column("审核状态", 16),
    Column("目标", 24),
    Column("达到目标", 10),
    Column("材料章节", 12),
    Column("演示数据", 10),
)


def indicator_cells(rows: Iterable[IndicatorRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the page, in the order of INDICATOR_COLUMNS; a share stays the text that was shown."""
    for row in rows:
        is_number = row.amount is not None and row.unit != PERCENT and not row.reading.bound
        figure = row.amount if is_number else f"{row.reading.shown}{row.reading.bound}"
        yield (
            *(
                row.code,
                row.name,
                row.kind,
                row.unit,
                row.owner,
                figure,
                row.reading.printed,
                row.reading.working,
            ),
            *(
                row.reading.note,
                row.scope,
                row.period,
                row.as_of,
                row.state,
                row.target,
                row.verdict,
                row.section,
                row.is_demo,
            ),
        )
