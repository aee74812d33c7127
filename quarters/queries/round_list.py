"""The rounds of a group with their counts."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from organization.models import CoordinationGroup, User
from reporting.models import ReportingRound
from reporting.models.submissions import UNREPORTED, overdue_rows
from reporting.workflow import State

WITH_OFFICE = (State.SUBMITTED, State.REVIEWING)
HANDED_IN = (*WITH_OFFICE, State.ACCEPTED)


@dataclass(frozen=True)
class RoundRow:
    """One round in the list: `overdue` counts while it runs, `missing` what was published as 未报."""

    round: ReportingRound
    url: str
    phase: ReportingRound.Phase
    total: int
    handed_in: int
    accepted: int
    waiting: int
    overdue: int
    missing: int


def rounds_of(group: CoordinationGroup, user: User, today: datetime.date) -> list[RoundRow]:
    """The group's rounds the user may see, newest first, with their counts; one query."""
    state = "submissions__state"
    rows = (
        ReportingRound.objects.visible_to(user)
        .filter(group=group)
        .select_related("group")
        .annotate(
            total=Count("submissions"),
            handed_in=Count("submissions", filter=Q(**{f"{state}__in": HANDED_IN})),
            accepted=Count("submissions", filter=Q(**{state: State.ACCEPTED})),
            waiting=Count("submissions", filter=Q(**{f"{state}__in": WITH_OFFICE})),
            unreported=Count("submissions", filter=Q(**{f"{state}__in": UNREPORTED})),
            past_due=Count("submissions", filter=overdue_rows(today)),
        )
        .newest_first()
    )
    return [_round_row(row, today) for row in rows]


def _round_row(row: ReportingRound, today: datetime.date) -> RoundRow:
    counts = {name: getattr(row, name) for name in ("total", "handed_in", "accepted", "waiting")}
    return RoundRow(
        round=row,
        url=row.get_absolute_url(),
        phase=row.phase_on(today),
        overdue=0 if row.is_published else getattr(row, "past_due"),  # noqa: B009 (an annotation)
        missing=getattr(row, "unreported") if row.is_published else 0,  # noqa: B009 (an annotation)
        **counts,
    )
