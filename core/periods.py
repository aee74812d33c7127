"""Quarter arithmetic and the share of time that has passed; no database, no clock."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 1949, 2200
_WRITTEN = re.compile(r"([0-9]{4})Q([1-4])")
_ORDINALS = ("一", "二", "三", "四")


@dataclass(frozen=True, order=True)
class Quarter:
    """One calendar quarter; ordered, written 2026Q3."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.quarter <= 4):
            raise ValueError(
                f"“{self.year}Q{self.quarter}”不是有效的季度：年份应在{FIRST_YEAR}至{LAST_YEAR}之间。"
            )

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Reads «2026Q3»; ValueError with a sentence otherwise."""
        match = _WRITTEN.fullmatch(text.strip()) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"“{str(text)[:20]}”不是有效的季度，请写成“2026Q3”的形式。")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: dt.date) -> "Quarter":
        """The quarter a date lies in."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"

    @property
    def label(self) -> str:
        return f"{self.year}年{self.short_label}"

    @property
    def short_label(self) -> str:
        return f"{_ORDINALS[self.quarter - 1]}季度"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last_day(self) -> dt.date:
        month = 3 * self.quarter
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def is_year_end(self) -> bool:
        return self.quarter == 4

    def previous(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.quarter == 1 else Quarter(self.year, self.quarter - 1)

    def next(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.quarter == 4 else Quarter(self.year, self.quarter + 1)


def months_elapsed_share(start_on: dt.date | None, due_on: dt.date | None, at: dt.date) -> Decimal:
    """序时进度: months elapsed since `start_on` ÷ months from start to due, both days included; 0 to 1.

    Unknown dates are 1 January and 31 December of the year of `at`, so the quarters' ends give 0.25,
    0.5, 0.75 and 1. Parts of a month count by days. ValueError when the due date is before the start.
    """
    start_on = start_on or dt.date(at.year, 1, 1)
    due_on = due_on or dt.date(at.year, 12, 31)
    if due_on < start_on:
        raise ValueError("完成时限早于开始日期，无法计算序时进度。")
    if at < start_on:
        return Decimal(0)
    if at >= due_on:
        return Decimal(1)
    return _months_through(start_on, at) / _months_through(start_on, due_on)


def _months_through(start_on: dt.date, last_on: dt.date) -> Decimal:
    """Months from the morning of one day to the evening of another; a part counts by days of its month."""
    if last_on == last_on.replace(day=calendar.monthrange(last_on.year, last_on.month)[1]):
        whole_until = Decimal(_month_number(last_on) + 1)
    else:
        whole_until = _position(last_on) + _day_share(last_on)
    return whole_until - _position(start_on)


def _position(day: dt.date) -> Decimal:
    """The morning of a day on a scale of months."""
    return _month_number(day) + (day.day - 1) * _day_share(day)


def _month_number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _day_share(day: dt.date) -> Decimal:
    return Decimal(1) / calendar.monthrange(day.year, day.month)[1]
