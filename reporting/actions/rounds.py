"""What concerns a whole round: its stamp, its last day, who may still report after it."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from core import audit
from core.errors import NotAllowed, RuleViolation
from core.formats import date_text
from reporting import permissions
from reporting.actions.tallies import refresh_submissions
from reporting.models import ReportingRound, RoundException, Submission

if TYPE_CHECKING:
    from organization.models import Unit, User


def touch_round(round_id: int) -> None:
    """Advances the round's stamp: whatever was built from its rows is now old."""
    ReportingRound.objects.filter(pk=round_id).update(stamp=F("stamp") + 1)


def hold_open_round(round_id: int) -> bool:
    """Takes the row of a round and advances its stamp; False, and nothing is held, where it is not open.

    Tallies are recomputed after this only: whoever comes second waits, and then sees what the first has written.
    """
    return bool(ReportingRound.objects.opened().filter(pk=round_id).update(stamp=F("stamp") + 1))


def refuse_late(submission: Submission, today: datetime.date) -> None:
    """After the lead units' due date only a named exception, or a return by the office, opens the way."""
    round_ = submission.round
    if today < round_.opens_on:
        raise RuleViolation(f"{round_}填报于{date_text(round_.opens_on)}开始，请届时提交。")
    if today <= round_.lead_due_on or submission.return_count:
        return
    if RoundException.objects.filter(round=round_, unit_id=submission.unit_id, until_on__gte=today).exists():
        return
    raise RuleViolation(
        f"{round_}填报已于{date_text(round_.lead_due_on)}截止。如需补报，请联系协调小组办公室准予延期填报。"
    )


@transaction.atomic
def grant_exception(
    round: ReportingRound,
    unit: "Unit",
    *,
    until_on: datetime.date,
    reason: str,
    by: "User",
    at: datetime.datetime,
) -> RoundException:
    """Lets one unit report after the due date, until a named day; the office's decision with its reason.

    Called through `quarters.actions.extending`, which also moves the last day in the standings of tasks.
    """
    if not permissions.can_open_round(by, round.group_id):
        raise NotAllowed("准予延期填报由协调小组办公室办理。")
    if round.is_published:
        raise RuleViolation(f"{round}已发布，不能再准予延期填报。")
    if until_on <= round.lead_due_on:
        raise RuleViolation(
            f"延至日期“{date_text(until_on)}”须晚于牵头单位截止日期{date_text(round.lead_due_on)}。"
        )
    exception, _ = RoundException.objects.update_or_create(
        round=round,
        unit=unit,
        defaults={"until_on": until_on, "reason": reason, "granted_at": at, "granted_by": by},
    )
    touch_round(round.pk)
    refresh_submissions(round.pk, unit.pk)
    audit.record(
        "准予延期填报",
        by=by,
        obj=exception,
        label=str(exception),
        group_code=round.group.code,
        unit_name=unit.name,
        after={"延至": str(until_on), "原因": reason},
    )
    return exception
