"""The table under a chart: the same figures as text, unknown as «—»."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.formats import decimal_text

Number = Decimal | int | None


@dataclass(frozen=True)
class ChartTable:
    """Head and rows of ready text; the first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def with_unit(label: str, unit: str) -> str:
    """A column head that says its unit: 「任务（项）」."""
    return f"{label}（{unit}）" if unit else label


def texts(values: Sequence[Number], precision: int | None = None) -> tuple[str, ...]:
    """Figures as they are printed."""
    return tuple(decimal_text(value, precision) for value in values)
