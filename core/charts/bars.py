"""Bars that lie down: what a whole consists of, and what share of a whole something is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from core.charts import figures, marks
from core.charts.tables import ChartTable, Number, texts, with_unit
from core.formats import decimal_text, percent_text

SIDE_ROW = 32  # one line: name, bar, note
STACKED_ROW = 46  # two lines: name and note above the bar
BAR = 14
# Widest name (in characters) that still fits beside the bar on a telephone of 390 pixels, and its column.
COLUMNS = ((4, 18.0), (6, 26.0))
NOTE_COLUMN = 20.0
NOTE_SQUARES = 5.5
LABEL_SQUARES = 17
MIN_MARK = 0.6  # a value above zero stays visible


@dataclass(frozen=True)
class Series:
    """One part every bar may have; `tone` is a class of charts.css without `tone-`."""

    label: str
    tone: str


@dataclass(frozen=True)
class BarRow:
    """One bar: a value per series (None is unknown), words at its end, where name and parts lead."""

    label: str
    values: tuple[Number, ...]
    note: str = ""
    url: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Where a row's bar lies; names move above the bars when one of them is long."""

    left: float
    right: float
    row: int

    @classmethod
    def fitting(cls, labels: list[str], notes: list[str]) -> "Frame":
        widest = max((marks.width_of(words) for words in labels), default=0)
        note = max((marks.width_of(words) for words in notes), default=0)
        for squares, column in COLUMNS:
            if widest <= squares and note <= NOTE_SQUARES:
                return cls(column, 100 - NOTE_COLUMN if note else 100, SIDE_ROW)
        return cls(0, 100, STACKED_ROW)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def beside(self) -> bool:
        return self.row == SIDE_ROW

    def bar_top(self, index: int) -> float:
        return index * self.row + ((SIDE_ROW - BAR) / 2 if self.beside else 24)

    def words(self, index: int, label: str, note: str, url: str) -> Iterator[SafeString]:
        """The name of the row and the words at its end."""
        base = index * self.row + (21 if self.beside else 16)
        name = marks.name(0, base, label, LABEL_SQUARES)
        yield marks.link(url, label, name)
        if note:
            x = self.right + 2 if self.beside else 100
            yield marks.text(x, base, note, anchor="start" if self.beside else "end")


@dataclass(frozen=True)
class StackedBars:
    """Each row is one whole cut into the parts of `series`; the bar shows the proportion, the note the count."""

    title: str
    unit: str
    series: tuple[Series, ...]
    rows: tuple[BarRow, ...]
    as_of: date | None = None
    row_label: str = "项目"

    @cached_property
    def svg(self) -> SafeString:
        frame = Frame.fitting([row.label for row in self.rows], [row.note for row in self.rows])
        parts = [part for index, row in enumerate(self.rows) for part in self._row(frame, index, row)]
        linked = any(row.url or any(row.urls) for row in self.rows)
        return marks.picture(self.title, len(self.rows) * frame.row, parts, linked=linked)

    @property
    def table(self) -> ChartTable:
        heads = tuple(with_unit(series.label, self.unit) for series in self.series)
        rows = tuple((row.label, *texts(row.values), row.note) for row in self.rows)
        return ChartTable((self.row_label, *heads, "说明"), rows)

    @property
    def plotly(self) -> dict[str, Any]:
        labels = [row.label for row in self.rows]
        traces = [
            figures.bars(
                series.label, labels, [row.values[place] for row in self.rows], series.tone, across=True
            )
            for place, series in enumerate(self.series)
        ]
        return figures.figure(self.unit, traces, across=True, stacked=True)

    def _row(self, frame: Frame, index: int, row: BarRow) -> Iterator[SafeString]:
        yield from frame.words(index, row.label, row.note, row.url)
        top, known = frame.bar_top(index), [value for value in row.values if value is not None]
        total = Decimal(sum(known))
        if not known or not total:
            yield _gap(frame, top, f"{row.label}：{'—' if not known else '0'}")
            return
        left = frame.left
        for place, (series, value) in enumerate(zip(self.series, row.values, strict=True)):
            if not value:
                continue
            width = frame.width * float(value / total)
            hint = f"{row.label} · {series.label}：{decimal_text(value)}{self.unit}"
            mark = marks.rect(left, top, width - 0.2, BAR, f"mark tone-{series.tone}", hint)
            yield marks.link(row.urls[place] if place < len(row.urls) else "", hint, mark)
            left += width


@dataclass(frozen=True)
class ShareRow:
    """One share of one (0.309 is 30.9 %). `printed` is the source's own string and wins over the computed text."""

    label: str
    share: Decimal | None
    printed: str = ""
    note: str = ""
    numerator: Number = None
    denominator: Number = None
    tone: str = "actual"
    url: str = ""


@dataclass(frozen=True)
class ShareBars:
    """Shares of a whole on one common scale from 0 to `limit` (1 is the whole)."""

    title: str
    rows: tuple[ShareRow, ...]
    as_of: date | None = None
    unit: str = "%"
    limit: Decimal = Decimal(1)
    places: int = 1
    row_label: str = "项目"
    series: tuple[Series, ...] = ()

    @cached_property
    def svg(self) -> SafeString:
        frame = Frame(0, 100, STACKED_ROW)
        parts = [part for index, row in enumerate(self.rows) for part in self._row(frame, index, row)]
        return marks.picture(
            self.title, len(self.rows) * frame.row, parts, linked=any(row.url for row in self.rows)
        )

    @property
    def table(self) -> ChartTable:
        rows = tuple(
            (row.label, self._text(row), *texts((row.numerator, row.denominator)), row.note)
            for row in self.rows
        )
        return ChartTable((self.row_label, "占比", "分子", "分母", "说明"), rows)

    @property
    def plotly(self) -> dict[str, Any]:
        shares = [None if row.share is None else row.share * 100 for row in self.rows]
        trace = figures.bars(self.title, [row.label for row in self.rows], shares, "actual", across=True)
        return figures.figure(self.unit, [trace], across=True)

    def _text(self, row: ShareRow) -> str:
        return row.printed or percent_text(row.share, self.places)

    def _row(self, frame: Frame, index: int, row: ShareRow) -> Iterator[SafeString]:
        words = self._text(row)
        yield from frame.words(index, row.label, f"{words}（{row.note}）" if row.note else words, row.url)
        top = frame.bar_top(index)
        if row.share is None:
            yield _gap(frame, top, f"{row.label}：{words}")
            return
        yield marks.rect(0, top, 100, BAR, "track")
        width = min(100.0, float(row.share / self.limit) * 100)
        if row.share > 0:
            width = max(width, MIN_MARK)
        mark = marks.rect(0, top, width, BAR, f"mark tone-{row.tone}", f"{row.label}：{words}")
        yield marks.link(row.url, f"{row.label}：{words}", mark)


def _gap(frame: Frame, top: float, hint: str) -> SafeString:
    """Where nothing is known: an empty outline, never a bar of length zero."""
    return marks.rect(frame.left + 0.1, top, frame.width - 0.2, BAR, "gap", hint)
