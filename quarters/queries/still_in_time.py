"""Which units may still report in a round: publishing now would take that time away from them."""

import datetime
from dataclasses import dataclass

from reporting.models import ReportingRound
from reporting.models.submissions import UNREPORTED


@dataclass(frozen=True)
class UnitInTime:
    """A unit with something unreported whose own last day has not passed."""

    name: str
    due_on: datetime.date
    left: int
    is_extended: bool


def units_in_time(round_: ReportingRound, on: datetime.date) -> list[UnitInTime]:
    """By unit, in the order of the register; one query. Empty where nobody loses anything by publishing."""
    rows = (
        round_.submissions.with_extension()
        .filter(state__in=UNREPORTED)
        .select_related("unit", "round")
        .order_by("unit__position", "unit__code", "pk")
    )
    found: dict[str, UnitInTime] = {}
    for row in rows:
        if on <= row.due_on:
            left = found[row.unit.code].left if row.unit.code in found else 0
            is_extended = row.due_on > round_.lead_due_on
            found[row.unit.code] = UnitInTime(row.unit.short_name, row.due_on, left + 1, is_extended)
    return list(found.values())
