"""The history of one row in words, read from the audit chain."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.audit import object_id
from core.models import AuditEvent

MOST_EVENTS = 200
NOTHING = "—"


@dataclass(frozen=True)
class Change:
    """One column of a change: its name, what stood there and what stands there now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One event of a row: who did what, and which columns changed."""

    event: AuditEvent
    changes: tuple[Change, ...]


def history_of(row: models.Model) -> list[Entry]:
    """The newest first; ids are names again, one query per register the row names."""
    events = AuditEvent.objects.filter(object_kind=row._meta.label, object_id=object_id(row))
    found = list(events.order_by("-position")[:MOST_EVENTS])
    words = _Words(type(row), found)
    return [Entry(event, words.changes(event)) for event in found]


class _Words:
    """Turns stored values into what a form shows for them."""

    def __init__(self, model: type[models.Model], events: Iterable[AuditEvent]) -> None:
        self.fields = {str(field.verbose_name): field for field in model._meta.concrete_fields}
        self.names = {
            name: _names_of(field, {_told(event, name) for event in events})
            for name, field in self.fields.items()
            if field.related_model is not None
        }

    def changes(self, event: AuditEvent) -> tuple[Change, ...]:
        before, after = event.before or {}, event.after or {}
        names = [name for name in {**before, **after} if name in self.fields and name != "ID"]
        told = (Change(name, self._shown(name, before), self._shown(name, after)) for name in names)
        return tuple(change for change in told if change.before != change.after)

    def _shown(self, name: str, told: dict[str, Any]) -> str:
        value = told.get(name)
        if value in (None, ""):
            return NOTHING
        if name in self.names:
            return self.names[name].get(str(value), f"编号{value}")
        labels = {str(key): str(label) for key, label in self.fields[name].flatchoices}
        if isinstance(value, bool):
            return "是" if value else "否"
        return labels.get(str(value), str(value))


def _told(event: AuditEvent, name: str) -> frozenset[str]:
    sides = (event.before or {}, event.after or {})
    return frozenset(str(side[name]) for side in sides if side.get(name) not in (None, ""))


def _names_of(field: models.Field, told: Iterable[frozenset[str]]) -> dict[str, str]:
    keys = {key for one in told for key in one}
    related: Any = field.related_model
    if not keys:
        return {}
    return {str(row.pk): str(row) for row in related._base_manager.filter(pk__in=keys)}
