"""How one figure reads: value, printed string, what was computed from its parts, and what must be said beside it. Pure."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from core.formats import UNKNOWN, date_text, decimal_text, percent_text
from core.numbers import NumberRefused, parse_number
from core.periods import Quarter
from core.shares import computed_share, share_note

PERCENT = "%"


@dataclass(frozen=True)
class Parts:
    """What was stored of one figure."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    printed: str = ""
    is_lower_bound: bool = False


@dataclass(frozen=True)
class Reading:
    """One figure in words: the value, the printed string, the sum behind a share, the flag, «以上» of a bound."""

    shown: str
    printed: str
    working: str
    note: str
    bound: str = ""


def read_figure(parts: Parts, *, is_ratio: bool, precision: int, unit: str) -> Reading:
    """A share is computed from its parts where both are known, else shown as printed and flagged."""
    if is_ratio and parts.value is None:
        return _read_share(parts, precision)
    shown = decimal_text(parts.value, precision if is_ratio else None)
    if unit == PERCENT and parts.value is not None:
        shown += PERCENT
    bound = "以上" if parts.is_lower_bound and parts.value is not None else ""
    return Reading(shown, _printed(parts), "", _mismatch(parts, unit), bound)


def amount_of(parts: Parts, *, is_ratio: bool) -> Decimal | None:
    """The figure as a number, a share in percent; None where nothing can be computed."""
    if not is_ratio or parts.value is not None:
        return parts.value
    share = computed_share(parts.numerator, parts.denominator)
    return None if share is None else share * 100


def period_text(*, year: int | None, quarter: int | None, printed: str) -> str:
    """The period a figure is about: as printed, else the quarter, else the year."""
    if printed or year is None:
        return printed or UNKNOWN
    return Quarter(year, quarter).label if quarter else f"{year}年"


def as_of_text(day: datetime.date | None, note: str) -> str:
    return date_text(day) if day else note or UNKNOWN


def _read_share(parts: Parts, precision: int) -> Reading:
    share = computed_share(parts.numerator, parts.denominator)
    note = share_note(parts.printed, parts.numerator, parts.denominator)
    if share is None:
        known = decimal_text(parts.numerator)
        working = f"分子 {known}，分母 {decimal_text(parts.denominator)}"
        return Reading(parts.printed or UNKNOWN, parts.printed, working, note)
    shown = percent_text(share, precision)
    working = f"{decimal_text(parts.numerator)} ÷ {decimal_text(parts.denominator)} = {shown}"
    return Reading(shown, parts.printed, working, note)


def _printed(parts: Parts) -> str:
    """The printed string where it says more than the plain value does (33.61万人, not 336100)."""
    is_plain = parts.value is not None and parts.printed == decimal_text(parts.value).replace(",", "")
    return "" if is_plain else parts.printed


def _mismatch(parts: Parts, unit: str) -> str:
    """Whether the printed string, read as a number, is another than the value kept."""
    if not parts.printed or parts.value is None:
        return ""
    try:
        read = parse_number(parts.printed.strip().removesuffix(unit))
    except NumberRefused:
        return ""
    return (
        "" if read.value == parts.value else f"印刷值{parts.printed}与数值{decimal_text(parts.value)}不一致"
    )
