"""The rounds a group's dashboard may show. One query."""

import functools

from django.db.models import Exists, OuterRef, Subquery

from core.models import AuditEvent
from core.prepared import Prepared
from dashboards.scope import Scope
from reporting.models import ReportingRound, Submission


@functools.lru_cache(maxsize=64)
def _rounds_of(group_pk: int) -> Prepared[ReportingRound]:
    accepted = Submission.objects.accepted().filter(round=OuterRef("pk"))
    changes = AuditEvent.objects.exclude(before__isnull=True, after__isnull=True).order_by("-position")
    return Prepared(
        ReportingRound.objects.filter(group_id=group_pk, opened_at__isnull=False)
        .annotate(has_accepted=Exists(accepted), newest_change=Subquery(changes.values("digest")[:1]))
        .order_by("-year", "-quarter")
    )


def rounds_of(scope: Scope) -> list[ReportingRound]:
    """The opened rounds of a group, newest first; from above only the published ones.

    Each row also carries the digest of the newest audited change, the same on all of them: registers, tasks
    and targets move it too; sign-ins, which have neither before nor after, do not.
    """
    found = _rounds_of(scope.group.pk).rows()
    for row in found:
        row.group = scope.group
    return [row for row in found if scope.is_own or row.is_published]
