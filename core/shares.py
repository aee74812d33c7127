"""Shares as fractions of one (0.0426 is 4.26 %), and what a printed share is worth beside its parts."""

import re
from decimal import ROUND_HALF_UP, Decimal

_PRINTED = re.compile(r"([0-9]+(?:\.([0-9]+))?)\s*[%％]")


def computed_share(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """Numerator ÷ denominator as a fraction of one; None where a part is unknown or the whole is zero."""
    if numerator is None or not denominator:
        return None
    return Decimal(numerator) / Decimal(denominator)


def share_note(printed: str, numerator: Decimal | int | None, denominator: Decimal | int | None) -> str:
    """What must be said beside a printed share: an unknown part, or a difference from the computed one.

    The computed share is rounded half up to as many places as were printed: «4.25%» of 2/47 is flagged.
    """
    missing = _missing_part(numerator, denominator)
    if missing or not printed:
        return missing
    match = _PRINTED.fullmatch(printed.strip())
    if match is None:
        return f"印刷值{printed}不是百分比，无法核对"
    share = computed_share(numerator, denominator) or Decimal(0)
    percent = (share * 100).quantize(Decimal(1).scaleb(-len(match[2] or "")), rounding=ROUND_HALF_UP)
    return "" if percent == Decimal(match[1]) else f"印刷值{match[1]}%与计算值{percent}%不一致"


def _missing_part(numerator: Decimal | int | None, denominator: Decimal | int | None) -> str:
    if denominator is None:
        return "分母未列明"
    if numerator is None:
        return "分子未列明"
    return "" if denominator else "分母为零，无法计算"
