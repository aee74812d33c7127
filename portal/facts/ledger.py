"""Keeps rows equal to the facts and counts what had to be added or changed."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from core.models import SourceSection

Row = TypeVar("Row", bound=models.Model)


class Ledger:
    """One loading of the facts. A row already as it should be is not touched."""

    def __init__(self) -> None:
        self.added = 0
        self.changed = 0
        self._sections: dict[str, SourceSection] = {}

    @property
    def touched(self) -> int:
        return self.added + self.changed

    def keep_section(self, code: str, title: str, sort_order: int) -> None:
        self._sections[code] = self.keep(SourceSection, {"code": code}, title=title, sort_order=sort_order)

    def section(self, code: str) -> SourceSection:
        """The section of this code; a fact that names an unknown one is an error of the file (KeyError)."""
        return self._sections[code]

    def keep(
        self,
        model: type[Row],
        key: Mapping[str, Any],
        *,
        once: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> Row:
        """The row found by `key` with these values. `once` is what the portal needs and the document does not
        say: set when the row is made, the office's to change afterwards."""
        row = model._default_manager.filter(**key).first()
        if row is None:
            self.added += 1
            return model._default_manager.create(**key, **(once or {}), **values)
        stale = {name: value for name, value in values.items() if getattr(row, name) != value}
        if stale:
            self.changed += 1
            model._default_manager.filter(pk=row.pk).update(**stale)
            row.refresh_from_db()
        return row
