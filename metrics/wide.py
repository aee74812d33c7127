"""The workbook «各季度数据»: a row per indicator, two columns per quarter, the days the figures stand for on top."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from core.exports import Column
from metrics.models import Indicator
from metrics.queries.quarters import Spread

FIXED = (Column("指标代码", 20), Column("指标名称", 34), Column("计量单位", 10))
AS_OF = "数据截至（最晚）"
Period = tuple[int, int, str]


def quarter_columns(cells: Sequence[Spread]) -> list[Column]:
    """The heads: code, name and unit of the row, then every period that has a figure or a target, oldest first."""
    heads = {_period(cell): cell.head for cell in cells}
    return [*FIXED, *(Column(heads[period], 18) for period in sorted(heads)), Column("演示数据", 10)]


def quarter_rows(cells: Sequence[Spread], indicators: Iterable[Indicator]) -> Iterator[tuple[Any, ...]]:
    """The as-of row, then every indicator of the register, with or without a figure."""
    periods = sorted({_period(cell) for cell in cells})
    latest = _latest(cells)
    yield ("", AS_OF, "", *(latest.get(period) for period in periods))
    wide, demo = _pivoted(cells), {cell.code for cell in cells if cell.is_demo}
    for row in indicators:
        values = wide.get(row.code, {})
        figures = (values.get(period) for period in periods)
        yield (row.code, row.name, row.measure_unit, *figures, row.is_demo or row.code in demo)


def _pivoted(cells: Sequence[Spread]) -> dict[str, dict[Period, Any]]:
    """Indicator × period; the values stay Decimals and words, what is missing is absent."""
    if not cells:
        return {}
    # heavy: 0.7 s and 60 MB, for the one workbook that is pivoted
    import pandas

    columns = {
        "code": [cell.code for cell in cells],
        "period": [_period(cell) for cell in cells],
        "value": [cell.value for cell in cells],
    }
    wide = pandas.DataFrame(columns, dtype=object).pivot(index="code", columns="period", values="value")
    return {str(code): row.dropna().to_dict() for code, row in wide.iterrows()}


def _latest(cells: Sequence[Spread]) -> dict[Period, date]:
    found: dict[Period, date] = {}
    for cell in cells:
        if cell.as_of:
            found[_period(cell)] = max(cell.as_of, found.get(_period(cell), cell.as_of))
    return found


def _period(cell: Spread) -> Period:
    return cell.year, cell.quarter, cell.kind
