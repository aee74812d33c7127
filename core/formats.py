"""How figures and dates read in the portal; unknown is always «—», never 0 and never empty."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

UNKNOWN = "—"
HUNDRED_MILLION = Decimal(100_000_000)


def decimal_text(value: Decimal | int | None, precision: int | None = None) -> str:
    """Thousands separated; as many places as `precision` says, else as the value has without idle zeros."""
    if value is None:
        return UNKNOWN
    number = Decimal(value)
    if precision is None:
        text = f"{number:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{_rounded(number, precision):,f}"


def is_large_amount(unit: str, *values: Decimal | int | None) -> bool:
    """Whether figures in 元 read better in 亿元: from a hundred million on."""
    return unit == "元" and any(
        value is not None and abs(Decimal(value)) >= HUNDRED_MILLION for value in values
    )


def hundred_millions_text(value: Decimal | int | None) -> str:
    """In 亿, to four places: 307890000 reads 3.0789."""
    return UNKNOWN if value is None else decimal_text(_rounded(Decimal(value) / HUNDRED_MILLION, 4))


def percent_text(share: Decimal | None, places: int = 1) -> str:
    """A share of one as a percentage: 0.0426 reads 4.3%."""
    return UNKNOWN if share is None else f"{_rounded(Decimal(share) * 100, places):f}%"


def wan_text(value: Decimal | int | None, places: int = 2) -> str:
    """From ten thousand on in 万: 336100 reads 33.61万; smaller values as they are."""
    if value is None or abs(Decimal(value)) < 10_000:
        return decimal_text(value)
    return f"{decimal_text(_rounded(Decimal(value) / 10_000, places))}万"


def date_text(day: dt.date | None) -> str:
    """2026年9月30日."""
    return UNKNOWN if day is None else f"{day.year}年{day.month}月{day.day}日"


def datetime_text(moment: dt.datetime | None) -> str:
    """2026年9月30日 18:05; the caller passes the moment in the zone it is to be read in."""
    return UNKNOWN if moment is None else f"{date_text(moment)} {moment:%H:%M}"


def days_in_words(days: int | None) -> str:
    """Days until a due date: «还有3天», «今天到期», «逾期5天»."""
    if days is None:
        return UNKNOWN
    if days == 0:
        return "今天到期"
    return f"还有{days}天" if days > 0 else f"逾期{-days}天"


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
