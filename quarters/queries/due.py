"""Until when a unit may hand in: the lead units' due date, or the day a named exception grants."""

import datetime
from collections.abc import Iterable

from reporting.models import RoundException, Submission


def deadlines_of(round_ids: Iterable[int]) -> dict[tuple[int, int], datetime.date]:
    """The exceptions of some rounds by (round, unit), in one query."""
    rows = RoundException.objects.filter(round_id__in=set(round_ids))
    return {(row.round_id, row.unit_id): row.until_on for row in rows}


def due_on(row: Submission, extended: dict[tuple[int, int], datetime.date]) -> datetime.date:
    """The row's own last day."""
    return max(row.round.lead_due_on, extended.get((row.round_id, row.unit_id), row.round.lead_due_on))
