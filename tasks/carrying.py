"""How a task reads in a later plan: its dates, and a number nobody has there yet. Pure."""

import datetime
import itertools
import re
from collections.abc import Container

MOST_CODE = 16
_NUMBERED = re.compile(r"(.*?)(\d+)")


def moved_by_years(day: datetime.date | None, years: int) -> datetime.date | None:
    """The same day so many years later; 29 February becomes the 28th where there is none; unknown stays so."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def proposed_code(code: str, *, from_year: int, to_year: int, taken: Container[str]) -> str:
    """The code with the new plan's year where it began with the old one's; the next free number if it is taken."""
    wanted = f"{to_year}{code.removeprefix(str(from_year))}" if code.startswith(f"{from_year}-") else code
    if wanted not in taken:
        return wanted
    return next(candidate for candidate in _following(wanted) if candidate not in taken)


def _following(code: str):
    """What comes after a code: 2026-07 → 2026-08, 2026-09, …; 甲 → 甲-2, 甲-3, …"""
    found = _NUMBERED.fullmatch(code)
    stem, digits = (found[1], found[2]) if found else (f"{code}-", "1")
    for number in itertools.count(int(digits) + 1):
        written = str(number).zfill(len(digits))
        yield f"{stem[: MOST_CODE - len(written)]}{written}"
