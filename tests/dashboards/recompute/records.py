"""Dumped rows, and the arithmetic of days, months and rounding. Standard library only."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Records:
    """Dumped rows by model, each with its key as «pk»; found by any of their columns."""

    def __init__(self, dumped: Iterable[Row]) -> None:
        self._rows: dict[str, dict[int, Row]] = defaultdict(dict)
        self._found: dict[tuple[str, str], dict[Any, list[Row]]] = {}
        for row in dumped:
            self._rows[row["model"]][row["pk"]] = {"pk": row["pk"], **row["fields"]}

    def of(self, model: str, **wanted: Any) -> list[Row]:
        """The rows of a model with these values, in the order of their keys."""
        if not wanted:
            return list(self._rows[model].values())
        (column, value), *others = wanted.items()
        rows = self._by(model, column).get(value, [])
        return [row for row in rows if all(row[name] == asked for name, asked in others)]

    def one(self, model: str, pk: int) -> Row:
        return self._rows[model][pk]

    def _by(self, model: str, column: str) -> dict[Any, list[Row]]:
        if (model, column) not in self._found:
            found: dict[Any, list[Row]] = defaultdict(list)
            for row in sorted(self._rows[model].values(), key=lambda row: row["pk"]):
                found[row[column]].append(row)
            self._found[model, column] = found
        return self._found[model, column]


def day(text: str | None) -> Any:
    return dt.date.fromisoformat(text) if text else None


def moment(text: str | None) -> Any:
    return dt.datetime.fromisoformat(text) if text else None


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def shanghai(at: dt.datetime) -> dt.date:
    return at.astimezone(SHANGHAI).date()


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def elapsed(start: dt.date, due: dt.date, at: dt.date) -> Decimal:
    """Months from start to `at` ÷ months from start to due; a part of a month counts by its days."""
    if at < start:
        return Decimal(0)
    return min(Decimal(1), months(start, at) / months(start, due))


def months(first: dt.date, last: dt.date) -> Decimal:
    """Both days included."""
    return months_until(last, last.day) - months_until(first, first.day - 1)


def months_until(on: dt.date, days: int) -> Decimal:
    return on.year * 12 + on.month + Decimal(days) / calendar.monthrange(on.year, on.month)[1]
