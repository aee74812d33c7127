"""The one date grammar of forms and imports: 2026-09-30 or 2026年9月30日, full-width digits folded."""

import datetime as dt
import re

_FOLDED = str.maketrans("０１２３４５６７８９－", "0123456789-")
_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
FIRST_YEAR, LAST_YEAR = 1949, 2200


def parse_date(text: str) -> dt.date:
    """Reads one date; ValueError with the value and the remedy."""
    typed = text.strip()
    match = _WRITTEN.fullmatch(typed.translate(_FOLDED))
    if match is None:
        raise ValueError(f"“{_shown(typed)}”不是日期，请写成“2026-09-30”或“2026年9月30日”。")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"“{_shown(typed)}”的年份应在{FIRST_YEAR}至{LAST_YEAR}之间。")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"“{_shown(typed)}”这一天不存在，请核对月和日。") from None


def _shown(typed: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in typed)[:20]
