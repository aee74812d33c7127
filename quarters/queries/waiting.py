"""What waits for a person, as the head of every page counts it: one query for all counts."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.models import Notice
from organization import permissions as who
from organization.models import User
from organization.roles import LIAISON, OFFICE, OFFICE_HEAD, SIGNER
from reporting.models import Submission


@dataclass(frozen=True)
class WaitingCounts:
    """Unread notices; reports for the office to review; things a unit still has to fill in; to be signed."""

    unread: int
    review: int
    owed: int
    signing: int


def waiting_counts(user: User) -> WaitingCounts:
    """The counts of this request, read once: they hang on the user object that the request loaded."""
    cached: WaitingCounts | None = getattr(user, "_waiting_counts", None)
    if cached is None:
        cached = _read(user)
        user._waiting_counts = cached  # type: ignore[attr-defined]
    return cached


def _read(user: User) -> WaitingCounts:
    running = Submission.objects.filter(round__opened_at__isnull=False, round__published_at__isnull=True)
    columns = {"unread": Notice.objects.inbox(user.uid).unread()}
    offices = who.group_ids(user, OFFICE, OFFICE_HEAD)
    if offices:
        columns["review"] = running.in_review().filter(group_id__in=offices)
    liaison_of = who.unit_ids(user, LIAISON)
    if liaison_of:
        columns["owed"] = running.with_unit().filter(unit_id__in=liaison_of)
    signer_of = who.unit_ids(user, SIGNER)
    if signer_of:
        columns["signing"] = running.signing().filter(unit_id__in=signer_of)
    counted = {f"{name}_count": _count(rows) for name, rows in columns.items()}
    row = User.objects.filter(pk=user.pk).values(**counted).get()
    return WaitingCounts(*(row.get(f"{name}_count", 0) for name in ("unread", "review", "owed", "signing")))


def _count(rows: QuerySet) -> Coalesce:
    """The number of rows as a column of another query."""
    counted = rows.order_by().annotate(whole=Value(1)).values("whole").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
