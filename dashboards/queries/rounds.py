"""The rounds a group's dashboard may show, and the version of everything it shows of them."""

import functools

from django.db.models import Exists, OuterRef

from core.models import AuditEvent
from core.prepared import Prepared
from dashboards.scope import Scope
from organization.models import User
from quarters.queries.waiting import read_beside
from reporting.models import ReportingRound, Submission

# Stamps only grow and rounds are only added, so that the four numbers together never come back.
_ROUNDS = f"""SELECT COUNT(*) || '-' || COUNT(published_at) || '-' || COALESCE(SUM(stamp), 0) || '-' || COALESCE(MAX(id), 0)
    FROM {ReportingRound._meta.db_table} WHERE group_id = %s AND opened_at IS NOT NULL"""  # noqa: S608 (names of our own tables)
_NEWEST_CHANGE = f"""SELECT digest FROM {AuditEvent._meta.db_table}
    WHERE before IS NOT NULL OR after IS NOT NULL ORDER BY position DESC LIMIT 1"""  # noqa: S608 (names of our own tables)


def version_of(scope: Scope, user: User) -> tuple[object, ...]:
    """What a page of this group depends on: its rounds with their stamps, and the newest audited change.

    Registers, tasks and targets move the second; sign-ins, which have neither before nor after, do not. Read
    in one query with what waits for the person, which the head of the page says anyway.
    """
    return read_beside(user, (_ROUNDS, [scope.group.pk]), (_NEWEST_CHANGE, []))


def rounds_of(scope: Scope) -> list[ReportingRound]:
    """The opened rounds of a group, newest first; from above only the published ones. One query."""
    found = _rounds_of(scope.group.pk).rows()
    for row in found:
        row.group = scope.group
    return [row for row in found if scope.is_own or row.is_published]


@functools.lru_cache(maxsize=64)
def _rounds_of(group_pk: int) -> Prepared[ReportingRound]:
    accepted = Submission.objects.accepted().filter(round=OuterRef("pk"))
    return Prepared(
        ReportingRound.objects.filter(group_id=group_pk, opened_at__isnull=False)
        .annotate(has_accepted=Exists(accepted))
        .order_by("-year", "-quarter")
    )
