"""Arithmetic of figures: shares of targets and of parts. Pure; Decimal only; unknown stays unknown."""

from collections.abc import Iterable
from decimal import Decimal

HUNDRED = Decimal(100)


def share_of_target(value: Decimal | None, target: Decimal | None, direction: str) -> Decimal | None:
    """Percent of the target reached; for «down» the inverse. None where a part is unknown or the target is 0."""
    if value is None or target is None or target == 0:
        return None
    if direction == "down":
        return HUNDRED if value <= target else target / value * HUNDRED
    return max(value / target * HUNDRED, Decimal(0))


def meets(value: Decimal | None, comparator: str, target: Decimal | None) -> bool | None:
    """Whether the value satisfies the target; «~» (左右) allows five percent either way. None where unknown."""
    if value is None or target is None:
        return None
    verdicts = {
        ">=": value >= target,
        "<=": value <= target,
        ">": value > target,
        "=": value == target,
        "~": abs(value - target) <= abs(target) * Decimal("0.05"),
    }
    return verdicts[comparator]


def total_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum over units; unknown as soon as one part is unknown, or when there is none."""
    known = list(values)
    if not known or any(value is None for value in known):
        return None
    return sum((value for value in known if value is not None), Decimal(0))
