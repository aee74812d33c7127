"""Reading the audit log: filtered, newest first, in pages that cost the same at any depth."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from core.audit import SUCCESS
from core.canonical import canonical_json
from core.models import AuditEvent
from organization.models import User

PER_PAGE = 50
MOST_EXPORTED = 50_000
RECENT = 2_000
LONGEST_CELL = 32_000


@dataclass(frozen=True)
class EventPage:
    """One page by keyset: `newer` and `older` are the positions from which the next pages start."""

    events: tuple[AuditEvent, ...]
    newer: int | None
    older: int | None


def matching_events(asked: Mapping[str, Any]) -> QuerySet[AuditEvent]:
    """`asked` is the cleaned form: who (name or login name), action, since, until, result."""
    events = AuditEvent.objects.all()
    if asked.get("who"):
        events = events.filter(
            Q(actor_name__contains=asked["who"]) | Q(actor_username__contains=asked["who"])
        )
    if asked.get("action"):
        events = events.filter(action__contains=asked["action"])
    if asked.get("since"):
        events = events.filter(recorded_at__gte=clock.start_of_day(asked["since"]))
    if asked.get("until"):
        events = events.filter(
            recorded_at__lt=clock.start_of_day(asked["until"] + datetime.timedelta(days=1))
        )
    if asked.get("result"):
        is_done = Q(result=SUCCESS)
        events = events.filter(is_done if asked["result"] == "done" else ~is_done)
    return events


def event_page(
    events: QuerySet[AuditEvent], *, before: int | None, after: int | None, per_page: int = PER_PAGE
) -> EventPage:
    """The page older than `before`, or newer than `after`, or the newest. One query, one row more than shown."""
    if after is not None:
        rows = list(events.filter(position__gt=after).order_by("position")[: per_page + 1])
        shown = rows[:per_page][::-1]
        has_newer, has_older = len(rows) > per_page, True
    else:
        older = events.filter(position__lt=before) if before is not None else events
        rows = list(older.order_by("-position")[: per_page + 1])
        shown = rows[:per_page]
        has_newer, has_older = before is not None, len(rows) > per_page
    return EventPage(
        events=tuple(shown),
        newer=shown[0].position if shown and has_newer else None,
        older=shown[-1].position if shown and has_older else None,
    )


def has_demo_persons(events: Iterable[AuditEvent]) -> bool:
    """Whether an invented person is among those who acted."""
    actors = {event.actor_uid for event in events if event.actor_uid}
    return User.objects.filter(uid__in=actors, is_demo=True).exists()


def recent_actions() -> list[str]:
    """The kinds of actions among the newest events: what the filter suggests."""
    newest = AuditEvent.objects.order_by("-position").values("position")[:RECENT]
    events = AuditEvent.objects.filter(position__in=newest).order_by("action")
    return list(events.values_list("action", flat=True).distinct())


def export_rows(events: QuerySet[AuditEvent]) -> Iterator[tuple[Any, ...]]:
    for event in events.order_by("-position")[:MOST_EXPORTED].iterator(chunk_size=2_000):
        yield (
            event.position, event.recorded_at, event.actor_name, event.actor_username, event.role, event.unit_name,
            event.action, event.object_label, event.result, event.address, event.request_id,
            _cell(event.before), _cell(event.after), event.digest,
        )  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field before and after; None where the side has no such field."""

    name: str
    before: str | None
    after: str | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def differences_of(event: AuditEvent) -> list[Difference]:
    """The fields of both sides in one list."""
    before, after = _fields(event.before), _fields(event.after)
    return [Difference(name, before.get(name), after.get(name)) for name in {**before, **after}]


def _fields(side: Any) -> dict[str, str]:
    if side is None:
        return {}
    return (
        {name: _text(value) for name, value in side.items()}
        if isinstance(side, dict)
        else {"内容": _text(side)}
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value == "":
        return "（空）"
    return value if isinstance(value, str) else canonical_json(value)


def _cell(side: Any) -> str:
    text = "" if side is None else canonical_json(side)
    return text if len(text) <= LONGEST_CELL else "内容过长，请在门户中查看这条记录。"
