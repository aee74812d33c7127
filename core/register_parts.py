"""Columns of a file that are rows of another table: the spellings of a unit, the units and milestones of a task."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.register_columns import CellGrammar, every_row, row_named, rows_by_name
from core.register_preview import RowFault

_BETWEEN = re.compile(r"[、；;，,\n]")


@dataclass(frozen=True)
class PreparedRow:
    """One row of the file as it would be written, with the cells it came from."""

    number: int
    instance: Any
    is_new: bool
    cells: Mapping[str, str]


class Part:
    """Some columns of the file that are kept beside the register's row, written after it in its transaction.

    Each column is an attribute of the row while the import lasts: `load` sets what is stored, `write` writes
    what the file says. Where the file lacks the columns nothing is touched.
    """

    columns: Mapping[str, CellGrammar] = {}
    # Columns of the row itself that the part fills in.
    fills: tuple[str, ...] = ()

    def empty(self) -> dict[str, Any]:
        """What a row that is not stored yet has."""
        return dict.fromkeys(self.columns, ())

    def load(self, rows: list[Any]) -> None:
        raise NotImplementedError

    def faults(self, prepared: list[PreparedRow]) -> Iterator[RowFault]:
        """What no cell alone tells: what stands against other rows or other columns. Comes before every writing."""
        return iter(())

    def write(self, instances: list[Any]) -> None:
        raise NotImplementedError


class ListColumn(CellGrammar):
    """Several entries in one cell, separated by 、 or ；."""

    def __init__(self, head: str, hint: str, example: str = "") -> None:
        self.head, self.hint, self.example = head, hint, example

    def clean(self, value: Any, row: Any = None, **_options: Any) -> tuple[Any, ...]:
        texts = dict.fromkeys(text.strip() for text in _BETWEEN.split(str(value or "")) if text.strip())
        return self.ordered(self.entry(text) for text in texts)

    def entry(self, text: str) -> Any:
        return text

    def ordered(self, entries: Iterable[Any]) -> tuple[Any, ...]:
        """The order says nothing: both sides of a comparison stand in the same one."""
        return tuple(sorted(entries))

    def shown(self, value: Any) -> str:
        return "、".join(str(entry) for entry in value or ())


class RowsColumn(ListColumn):
    """Several rows of another register in one cell, by any of their spellings."""

    def __init__(
        self,
        head: str,
        model: type[models.Model],
        spellings: Iterable[str] = (),
        *,
        rows_of: Callable[[type[models.Model]], models.QuerySet] = every_row,
    ) -> None:
        noun = model._meta.verbose_name
        super().__init__(head, f"填写{noun}的代码或名称，多个用“、”隔开。")
        self.model, self.rows_by_name = model, rows_by_name(rows_of(model), spellings)
        self.place = {row.pk: place for place, row in enumerate(self._rows())}
        self.example = "、".join(str(row) for row in list(self._rows())[:2])

    def entry(self, text: str) -> models.Model:
        try:
            return row_named(self.model, self.rows_by_name, text)
        except ValueError as refused:
            raise ValueError(f"“{text}”：{refused}") from None

    def ordered(self, entries: Iterable[Any]) -> tuple[Any, ...]:
        once = {entry.pk: entry for entry in entries}
        return tuple(sorted(once.values(), key=lambda row: self.place.get(row.pk, 0)))

    def _rows(self) -> Iterable[models.Model]:
        known = {pk: row for rows in self.rows_by_name.values() for pk, row in rows.items()}
        return known.values()


class OneRowColumn(RowsColumn):
    """One row of another register."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hint = f"填写{self.model._meta.verbose_name}的代码或名称，只填一个。"
        self.options = tuple(dict.fromkeys(str(row) for row in self._rows()))
        self.example = self.options[0] if self.options else ""

    def clean(self, value: Any, row: Any = None, **_options: Any) -> tuple[Any, ...]:
        text = str(value or "").strip()
        return (self.entry(text),) if text else ()


def replace_rows(
    model: type[models.Model], owner: str, other: str, wanted: Mapping[int, Iterable[Any]], **fixed: Any
) -> None:
    """Makes the rows `owner`–`other` of `model` those wanted for each owner; what stands and stays keeps its row."""
    stored: dict[tuple[int, Any], int] = {}
    for row in model._base_manager.filter(**{f"{owner}__in": list(wanted)}, **fixed):
        stored[getattr(row, f"{owner}_id"), _key(getattr(row, other))] = row.pk
    kept = {(pk, _key(entry)): entry for pk, entries in wanted.items() for entry in entries}
    model._base_manager.filter(pk__in=[pk for key, pk in stored.items() if key not in kept]).delete()
    missing = [(key[0], entry) for key, entry in kept.items() if key not in stored]
    model._base_manager.bulk_create(
        [model(**{f"{owner}_id": pk, other: entry}, **fixed) for pk, entry in missing]
    )


def _key(entry: Any) -> Any:
    return entry.pk if isinstance(entry, models.Model) else entry
