"""Finds the stored rows of a file's rows."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from core.errors import RuleViolation


class RegisterLoader:
    """Finds the stored row of each row of the file: one query, locked until the import is over."""

    def __init__(self, resource: Any, dataset: Any) -> None:
        self.resource = resource
        self.stored: dict[tuple[Any, ...], list[models.Model]] = {}
        first = resource.register.key[0]
        wanted = {value for line in dataset.dict if (value := self._read(line, first)) is not None}
        for row in resource.stored_rows().filter(**{f"{first}__in": wanted}):
            self.stored.setdefault(self._key_of(row), []).append(row)
        found = [row for same in self.stored.values() for row in same]
        for part in resource.register.parts:
            part.load(found)

    def get_instance(self, line: Mapping[str, str]) -> models.Model | None:
        values = [self._read(line, name) for name in self.resource.register.key]
        found = self.stored.get(tuple(comparable(value) for value in values), [])
        if len(found) > 1:
            raise RuleViolation(f"登记册中有{len(found)}条相同的记录，请在后台逐条修改。")
        return found[0] if found else None

    def _read(self, line: Mapping[str, str], name: str) -> Any:
        """The value of a key; a wrong one is refused later, with its place."""
        try:
            return self.resource.columns[name].clean(line[name])
        except ValueError:
            return None

    def _key_of(self, row: models.Model) -> tuple[Any, ...]:
        return tuple(comparable(getattr(row, name)) for name in self.resource.register.key)


def comparable(value: Any) -> Any:
    """A row of another register counts by its key."""
    if isinstance(value, tuple):
        return tuple(comparable(entry) for entry in value)
    return value.pk if isinstance(value, models.Model) else value
