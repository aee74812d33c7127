"""What waits for a person, as the head of every page counts it: one query for all counts.

The statement is written out: it runs on every page, and through the ORM it costs ten times as much.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from core.models import Notice
from organization import permissions as who
from organization.models import User
from organization.roles import LIAISON, OFFICE, OFFICE_HEAD, SIGNER
from reporting.models import ReportingRound, Submission
from reporting.models.submissions import BUSY_STATES, WITH_UNIT
from reporting.workflow import State
from tasks.life import TaskState
from tasks.models import Assignment, Task

_UNREAD = f"""SELECT COUNT(*) FROM {Notice._meta.db_table} WHERE recipient_uid = %s AND read_at IS NULL"""  # noqa: S608 (names of our own tables)
_RUNNING = f"""SELECT COUNT(*) FROM {Submission._meta.db_table} s
    JOIN {ReportingRound._meta.db_table} r ON r.id = s.round_id AND r.opened_at IS NOT NULL AND r.published_at IS NULL
    WHERE s.state IN ({{states}}) AND {{scope}} IN ({{ids}})"""  # noqa: S608 (names of our own tables)

_HANDED_OUT = f"""SELECT COUNT(*) FROM {Task._meta.db_table} t
    JOIN {Assignment._meta.db_table} a ON a.task_id = t.id
    WHERE t.state = %s AND a.role = %s AND a.unit_id IN ({{ids}})"""  # noqa: S608 (names of our own tables)


@dataclass(frozen=True)
class WaitingCounts:
    """Unread notices; reports to review; things a unit has to fill in, to sign; tasks it has to take over."""

    unread: int
    review: int
    owed: int
    signing: int
    to_receive: int = 0


def waiting_counts(user: User) -> WaitingCounts:
    """The counts of this request, read once: they hang on the user object that the request loaded."""
    cached: WaitingCounts | None = getattr(user, "_waiting_counts", None)
    if cached is None:
        cached, _ = _read(user)
        user._waiting_counts = cached  # type: ignore[attr-defined]
    return cached


Part = tuple[str, list[object]]


def read_beside(user: User, *also: Part) -> tuple[object, ...]:
    """The values of further scalar statements, read together with the counts in one query.

    Each is a SELECT of one value with its parameters; a page that needs both saves a query.
    """
    counts, values = _read(user, *also)
    user._waiting_counts = counts  # type: ignore[attr-defined]
    return values


def _read(user: User, *also: Part) -> tuple[WaitingCounts, tuple[object, ...]]:
    uid = Notice._meta.get_field("recipient_uid").get_db_prep_value(user.uid, connection)
    parts = [
        (_UNREAD, [uid]),
        _running(BUSY_STATES, "r.group_id", who.group_ids(user, OFFICE, OFFICE_HEAD)),
        _running(WITH_UNIT, "s.unit_id", who.unit_ids(user, LIAISON)),
        _running((State.SIGNING.value,), "s.unit_id", who.unit_ids(user, SIGNER)),
        _to_receive(who.unit_ids(user, LIAISON)),
        *also,
    ]
    columns = ", ".join(f"({sql})" for sql, _ in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _, values in parts for value in values])
        found = cursor.fetchone()
    own = len(parts) - len(also)
    return WaitingCounts(*found[:own]), found[own:]


def _running(states: Collection[str], scope: str, ids: Collection[int]) -> Part:
    """Submissions of running rounds in these states, of these groups or units; 0 where there are none of them.

    The group is the round's: asked of the submission, the running rounds of all groups would be gone through.
    """
    if not ids:
        return "SELECT 0", []
    marks = {"states": ", ".join(["%s"] * len(states)), "ids": ", ".join(["%s"] * len(ids))}
    return _RUNNING.format(scope=scope, **marks), [*states, *ids]


def _to_receive(unit_ids: Collection[int]) -> Part:
    """Tasks the units lead that were handed out and wait for 签收."""
    if not unit_ids:
        return "SELECT 0", []
    ids = ", ".join(["%s"] * len(unit_ids))
    return _HANDED_OUT.format(ids=ids), [TaskState.HANDED_OUT.value, Assignment.Role.LEAD.value, *unit_ids]
