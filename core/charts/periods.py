"""Standing bars over periods with the target of each: did we get where we said we would."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from core.charts import figures, marks
from core.charts.bars import Series
from core.charts.tables import ChartTable, Number, texts, with_unit
from core.formats import decimal_text, hundred_millions_text, is_large_amount

HEIGHT, TOP, FLOOR = 210, 22, 166
BASE_LABEL, BASE_GROUP = 184, 202
MOST_LABELS = 8  # more periods than this: not every one is named
BAR_SHARE, WIDEST_BAR = 0.5, 9.0


@dataclass(frozen=True)
class Period:
    """One period: 「三季度」 in 「2026年」, its value, its target, where it leads."""

    label: str
    actual: Number
    target: Number = None
    group: str = ""
    url: str = ""

    @property
    def name(self) -> str:
        return f"{self.group}{self.label}"


@dataclass(frozen=True)
class TargetActual:
    """Bars of what was reached, a line of what was aimed at; an unknown value is an outline with 「—」."""

    title: str
    unit: str
    points: tuple[Period, ...]
    as_of: date | None = None
    precision: int | None = None
    row_label: str = "时期"

    @property
    def shown_unit(self) -> str:
        """What the labels are written in; table and hints keep the exact figures."""
        return "亿元" if self._is_large else self.unit

    @property
    def series(self) -> tuple[Series, ...]:
        return (Series("实际", "actual"), Series("目标", "target"))

    @cached_property
    def svg(self) -> SafeString:
        if not self.points:
            return marks.picture(self.title, 0, (), linked=False)
        parts = [part for index in range(len(self.points)) for part in self._column(index)]
        floor = marks.line(0, self._y(Decimal(0)), 100, self._y(Decimal(0)), "axis")
        return marks.picture(
            self.title, HEIGHT, [floor, *parts], linked=any(point.url for point in self.points)
        )

    @property
    def table(self) -> ChartTable:
        rows = tuple(
            (point.name, *texts((point.actual, point.target), self.precision)) for point in self.points
        )
        return ChartTable((self.row_label, with_unit("实际", self.unit), with_unit("目标", self.unit)), rows)

    @property
    def plotly(self) -> dict[str, Any]:
        labels = [point.name for point in self.points]
        actual = figures.bars("实际", labels, [point.actual for point in self.points], "actual", across=False)
        target = {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "目标",
            "x": actual["x"],
            "y": [figures.plain(point.target) for point in self.points],
            "line": {"color": "#1b2633", "width": 2, "shape": "hvh"},
        }
        return figures.figure(self.unit, [actual, target], across=False)

    @cached_property
    def _is_large(self) -> bool:
        return is_large_amount(
            self.unit, *(value for point in self.points for value in (point.actual, point.target))
        )

    @cached_property
    def _bounds(self) -> tuple[Decimal, Decimal]:
        known = [Decimal(v) for point in self.points for v in (point.actual, point.target) if v is not None]
        low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
        return (low, high) if low != high else (Decimal(0), Decimal(1))

    def _y(self, value: Decimal | int) -> float:
        low, high = self._bounds
        return FLOOR - float((value - low) / (high - low)) * (FLOOR - TOP)

    def _column(self, index: int) -> Iterator[SafeString]:
        point, slot = self.points[index], 100 / len(self.points)
        middle = slot * (index + 0.5)
        yield marks.link(
            point.url, self._hint(point), self._bar(point, middle, min(slot * BAR_SHARE, WIDEST_BAR))
        )
        yield from self._words(index, point, middle)
        if point.target is not None:
            y = self._y(point.target)
            yield marks.line(
                slot * index,
                y,
                slot * (index + 1),
                y,
                "target",
                f"{point.name}目标：{self._text(point.target)}",
            )

    def _bar(self, point: Period, middle: float, width: float) -> SafeString:
        zero, left = self._y(Decimal(0)), middle - width / 2
        if point.actual is None:
            return marks.rect(left, zero - 24, width, 24, "mark gap", self._hint(point))
        y = self._y(point.actual)
        height = max(abs(zero - y), 1)
        return marks.rect(left, min(y, zero), width, height, "mark tone-actual", self._hint(point))

    def _words(self, index: int, point: Period, middle: float) -> Iterator[SafeString]:
        step = -(-len(self.points) // MOST_LABELS)
        # Counted from the end: the latest period is always named.
        if (len(self.points) - 1 - index) % step == 0:
            yield marks.text(middle, self._top(point) - 6, self._label(point.actual), anchor="middle")
            yield marks.text(middle, BASE_LABEL, point.label, anchor="middle", css="faint")
        if point.group and (index == 0 or self.points[index - 1].group != point.group):
            yield marks.text(middle, BASE_GROUP, point.group, anchor="middle", css="faint")

    def _top(self, point: Period) -> float:
        """The highest thing drawn for a period: its words stand above bar and target line."""
        zero = self._y(Decimal(0))
        bar = zero - 24 if point.actual is None else self._y(point.actual)
        return min(zero, bar, zero if point.target is None else self._y(point.target))

    def _hint(self, point: Period) -> str:
        return f"{point.name}：{self._text(point.actual)}"

    def _label(self, value: Number) -> str:
        return hundred_millions_text(value) if self._is_large else decimal_text(value, self.precision)

    def _text(self, value: Number) -> str:
        return decimal_text(value, self.precision) + (self.unit if value is not None else "")
