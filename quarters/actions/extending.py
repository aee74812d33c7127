"""Leave for a unit to report later: the office's decision, and the new last day wherever it is shown."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from reporting import actions as reporting
from reporting.models import ReportingRound, RoundException, Submission
from tasks.actions.standings import refresh_standings
from tasks.models import ProgressReport

if TYPE_CHECKING:
    from organization.models import Unit, User


@transaction.atomic
def grant_exception(
    round_: ReportingRound,
    unit: "Unit",
    *,
    until_on: datetime.date,
    reason: str,
    by: "User",
    at: datetime.datetime,
) -> RoundException:
    """As `reporting.actions.grant_exception`; the standings of the unit's reports get the new last day."""
    granted = reporting.grant_exception(round_, unit, until_on=until_on, reason=reason, by=by, at=at)
    reports = ProgressReport.objects.filter(submission__in=Submission.objects.filter(round=round_, unit=unit))
    refresh_standings(round_, list(reports.values_list("task_id", flat=True)))
    return granted
