"""Bullet rows: what is reached of a target, with the mark of where the pace asks it to be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any

from django.utils.safestring import SafeString

from core.charts import figures, marks
from core.charts.bars import Series
from core.charts.tables import ChartTable, Number, texts
from core.formats import decimal_text, hundred_millions_text, is_large_amount

ROW = 60
NAME, BAR_TOP, BAR, NOTE = 16, 24, 12, 52
LINE = 18
SQUARES = 23  # Chinese characters on a line of a telephone


@dataclass(frozen=True)
class BulletRow:
    """One indicator. `pace` is the value due by now; `target_text` is the raw wording where it is not a number."""

    label: str
    actual: Number
    target: Number
    unit: str = ""
    pace: Number = None
    last_year: Number = None
    note: str = ""
    target_text: str = ""
    precision: int | None = None
    tone: str = "actual"
    url: str = ""

    @property
    def words(self) -> str:
        """「43.1 / 45 万人」; without a target the value alone; large amounts in 亿元."""
        target = self.target_text or (self.text_of(self.target) if self.target is not None else "")
        return self._joined(self.text_of(self.actual), target, self.shown_unit)

    @property
    def exact_words(self) -> str:
        """The same in the unit of the indicator, to the last place."""
        target = self.target_text or (
            decimal_text(self.target, self.precision) if self.target is not None else ""
        )
        return self._joined(decimal_text(self.actual, self.precision), target, self.unit)

    @property
    def shown_unit(self) -> str:
        return "亿元" if self.is_large else self.unit

    @property
    def is_large(self) -> bool:
        return is_large_amount(self.unit, self.actual, self.target)

    @property
    def is_long(self) -> bool:
        """Whether name and figures need a line each."""
        return marks.width_of(self.label) + marks.width_of(self.words) > SQUARES - 1

    @property
    def printed(self) -> tuple[str, ...]:
        """Actual, pace, target and last year as a row of a printed table."""
        target = self.target_text or self.text_of(self.target)
        return (self.text_of(self.actual), self.text_of(self.pace), target, self.text_of(self.last_year))

    def text_of(self, value: Number) -> str:
        """One figure in the unit the row is written in."""
        return hundred_millions_text(value) if self.is_large else decimal_text(value, self.precision)

    @staticmethod
    def _joined(value: str, target: str, unit: str) -> str:
        return " ".join(part for part in (f"{value} / {target}" if target else value, unit) if part)


@dataclass(frozen=True)
class Bullet:
    """One row per indicator, each on its own scale: the track ends at the target or at a value beyond it."""

    title: str
    rows: tuple[BulletRow, ...]
    as_of: date | None = None
    unit: str = ""
    row_label: str = "指标"
    series: tuple[Series, ...] = ()
    reading: str = "竖线为序时应达"

    @cached_property
    def svg(self) -> SafeString:
        tops = [0, *accumulate(_height(row) for row in self.rows)]
        parts = [part for top, row in zip(tops, self.rows, strict=False) for part in _row(top, row)]
        return marks.picture(self.title, tops[-1], parts, linked=any(row.url for row in self.rows))

    @property
    def table(self) -> ChartTable:
        rows = tuple(
            (row.label, row.unit or self.unit or "—", decimal_text(row.actual, row.precision), _target(row),
             *texts((row.pace, row.last_year), row.precision))
            for row in self.rows
        )  # fmt: skip
        return ChartTable((self.row_label, "计量单位", "实际", "目标", "序时应达", "去年同期"), rows)

    @property
    def plotly(self) -> dict[str, Any]:
        """Indicators of different units share one axis only as per cent of their targets."""
        labels = [row.label for row in self.rows]
        reached = [_share(row.actual, row.target) for row in self.rows]
        paces = [_share(row.pace, row.target) for row in self.rows]
        traces = [
            figures.bars("实际", labels, reached, "actual", across=True),
            figures.bars("序时应达", labels, paces, "grey", across=True),
        ]
        return figures.figure("占目标的百分比", traces, across=True)


def _height(row: BulletRow) -> int:
    return ROW + LINE * row.is_long


def _row(top: float, row: BulletRow) -> Iterator[SafeString]:
    """A long name stands whole on a line of its own, its figures below it."""
    name = marks.name(0, top + NAME, row.label, SQUARES)
    yield marks.link(row.url, row.label, name)
    top += LINE * row.is_long
    hint = row.exact_words if row.is_large else ""
    yield marks.text(100, top + NAME, row.words, anchor="end", hint=hint)
    if row.note:
        yield marks.text(0, top + NOTE, row.note, css="faint")
    if row.last_year is not None:
        words = f"去年同期 {row.text_of(row.last_year)}"
        yield marks.text(100, top + NOTE, words, anchor="end", css="faint")
    yield from _bar(top + BAR_TOP, row)


def _bar(top: float, row: BulletRow) -> Iterator[SafeString]:
    limit = max((Decimal(v) for v in (row.actual, row.target, row.pace) if v is not None), default=Decimal(0))
    if row.actual is None or limit <= 0:
        yield marks.rect(0.1, top, 99.8, BAR, "gap", f"{row.label}：{row.exact_words}")
    else:
        yield marks.rect(0, top, 100, BAR, "track")
        width = max(0.0, _place(row.actual, limit))
        words = f"{row.label}：{row.exact_words}"
        yield marks.link(row.url, words, marks.rect(0, top, width, BAR, f"mark tone-{row.tone}", words))
    if limit <= 0:
        return
    if row.pace is not None:
        x, words = _place(row.pace, limit), f"序时应达 {decimal_text(row.pace, row.precision)}"
        yield marks.line(x, top - 3, x, top + BAR + 3, "pace", words)
    if row.target is not None and row.actual is not None and row.actual > row.target:
        x, words = _place(row.target, limit), f"目标 {_target(row)}"
        yield marks.line(x, top, x, top + BAR, "target", words)


def _place(value: Decimal | int, limit: Decimal) -> float:
    return min(99.8, float(value / limit) * 100)


def _share(value: Number, target: Number) -> Number:
    return None if value is None or not target else Decimal(value) / Decimal(target) * 100


def _target(row: BulletRow) -> str:
    return row.target_text or decimal_text(row.target, row.precision)
