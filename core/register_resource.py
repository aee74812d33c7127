"""A register as django-import-export takes it: which columns, which key, and our checks between its steps.

The library is named in `resource_of` only: in memory it weighs more than a web worker that imports nothing may.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.errors import RuleViolation
from core.models import Optimistic
from core.register_columns import ImportColumn, columns_of, shown
from core.register_preview import CHANGED, NEW, SAME, PreviewCell, PreviewRow
from core.sheets import Sheet, SheetRefused

NumberedRow = tuple[int, dict[str, str]]
Refusal = Callable[[Any, bool], str]
Change = Callable[[Any, Mapping[str, Any]], None]


def _never(_row: Any, _is_new: bool) -> str:
    return ""


def _nothing(_row: Any, _before: Mapping[str, Any]) -> None:
    """Most registers write no more than the row."""


@dataclass(frozen=True)
class Register:
    """What may be imported into one register, by which key, the sentence for a row it refuses, and what a changed
    row (with its former values) brings with it."""

    model: type[models.Model]
    names: tuple[str, ...]
    key: tuple[str, ...]
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refusal: Refusal = _never
    changed: Change = _nothing

    def columns(self) -> dict[str, ImportColumn]:
        return columns_of(self.model, self.names, self.spellings)

    def rows_of(self, sheet: Sheet) -> list[NumberedRow]:
        """The cells by field name, whatever the order of the columns; SheetRefused names a wrong head."""
        names = {str(self._field(name).verbose_name): name for name in self.names}
        self._check_heads(sheet.heads, names)
        return [
            (number, self._with_whole_key(_by_name(number, cells, sheet.heads, names)))
            for number, cells in sheet.rows
        ]

    def is_owed(self, name: str) -> bool:
        """Whether the file must have the column: it says which row is meant."""
        return name in self.key and not self._field(name).null

    def _field(self, name: str) -> models.Field:
        return next(column for column in self.model._meta.fields if column.name == name)

    def _check_heads(self, heads: tuple[str, ...], names: Mapping[str, str]) -> None:
        for place, head in enumerate(heads, start=1):
            if head and head not in names:
                raise SheetRefused(
                    f"第{place}列“{head[:40]}”不是这个登记册的列名，请按模板改名，或删除这一列。"
                )
            if head and head in heads[: place - 1]:
                raise SheetRefused(f"第{place}列“{head}”与前面的列重名，请只保留一列。")
        owed = [head for head, name in names.items() if head not in heads and self.is_owed(name)]
        if owed:
            raise SheetRefused(f"缺少列“{'”“'.join(owed)}”，请从模板补上后再导入。")

    def _with_whole_key(self, row: dict[str, str]) -> dict[str, str]:
        """A part of the key that may stay empty (no unit: the whole city) is empty where the file has no such column."""
        return {**row, **{name: "" for name in self.key if name not in row}}


class RegisterLoader:
    """Finds the stored row of each row of the file: one query, locked until the import is over."""

    def __init__(self, resource: Any, dataset: Any) -> None:
        self.resource = resource
        self.stored: dict[tuple[Any, ...], list[models.Model]] = {}
        first = resource.register.key[0]
        wanted = {value for line in dataset.dict if (value := self._read(line, first)) is not None}
        for row in resource.stored_rows().filter(**{f"{first}__in": wanted}):
            self.stored.setdefault(self._key_of(row), []).append(row)

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


class CheckedRows:
    """What our resources add to the library's: few queries, a preview of each row, nothing half saved."""

    register: Register
    columns: dict[str, ImportColumn]
    numbers: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.previewed: list[PreviewRow] = []
        self.prepared: list[tuple[int, models.Model]] = []

    def stored_rows(self) -> models.QuerySet:
        relations = [name for name, column in self.columns.items() if column.field.is_relation]
        rows = self.register.model._default_manager.select_for_update(of=("self",))
        return rows.select_related(*relations) if relations else rows

    def after_init_instance(self, instance: Any, new: bool, row: Any, **options: Any) -> None:
        self.number = self.numbers[options["row_number"] - 1]
        self.is_new = new
        self.before = {} if new else {name: getattr(instance, name) for name in row}
        self.absent = [
            column.head for name, column in self.columns.items() if column.is_required and name not in row
        ]
        self.refused = "" if new else self.register.refusal(instance, False)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Notes what becomes of the row; an unchanged one is not written."""
        if import_validation_errors:
            return False
        cells = tuple(self._cell(instance, name) for name in row)
        is_same = not self.is_new and not any(cell.is_changed for cell in cells)
        outcome = NEW if self.is_new else SAME if is_same else CHANGED
        self.previewed.append(PreviewRow(self.number, outcome, cells))
        return is_same

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Every check that asks no database; what the database refuses is found by the trial."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        if self.is_new and self.absent:
            raise ValidationError(f"登记册中没有这一行；新增须有列“{'”“'.join(self.absent)}”，请补上。")
        refusal = self.refused or self.register.refusal(instance, self.is_new)
        if refusal:
            raise ValidationError(refusal)
        relations = {column.name for column in instance._meta.fields if column.is_relation}
        instance.clean_fields(exclude=relations)

    def before_save_instance(self, instance: Any, row: Any, **options: Any) -> None:
        if isinstance(instance, Optimistic) and not self.is_new:
            instance.lock_version += 1
        if not self.is_new:
            self.register.changed(instance, self.before)
        self.prepared.append((self.number, instance))

    def get_bulk_update_fields(self) -> list[str]:
        versions = ["lock_version"] if issubclass(self.register.model, Optimistic) else []
        return [name for name in self.columns if name not in self.register.key] + versions

    def bulk_create(self, *args: Any, **options: Any) -> None:
        if not _is_refused(options["result"]):
            super().bulk_create(*args, **options)  # type: ignore[misc]

    def bulk_update(self, *args: Any, **options: Any) -> None:
        if not _is_refused(options["result"]):
            super().bulk_update(*args, **options)  # type: ignore[misc]

    def handle_import_error(self, result: Any, error: Exception, raise_errors: bool = False) -> None:
        """The library would note the error and go on in a broken transaction."""
        raise error

    def _cell(self, instance: Any, name: str) -> PreviewCell:
        column, value = self.columns[name].field, getattr(instance, name)
        if self.is_new:
            return PreviewCell(shown(column, value))
        before = self.before[name]
        is_changed = comparable(value) != comparable(before)
        return PreviewCell(shown(column, value), shown(column, before) if is_changed else "", is_changed)


def resource_of(register: Register, columns: dict[str, ImportColumn], numbers: list[int]) -> Any:
    """The library's resource of this register with our checks; `numbers` are the rows' places in the file."""
    # heavy: the library and its table formats are for the pages that import only
    from import_export import fields, resources

    options = {
        "fields": register.names,
        "import_id_fields": register.key,
        "instance_loader_class": RegisterLoader,
        "use_bulk": True,
        "batch_size": None,
        "skip_diff": True,
    }
    cells = {
        name: fields.Field(attribute=name, column_name=name, widget=column)
        for name, column in columns.items()
    }
    parts = {"register": register, "columns": columns, "numbers": numbers}
    checked = type("CheckedResource", (CheckedRows, resources.ModelResource), parts)
    kind = resources.modelresource_factory(
        register.model, resource_class=checked, meta_options=options, custom_fields=cells
    )
    return kind()


def comparable(value: Any) -> Any:
    """A row of another register counts by its key."""
    return value.pk if isinstance(value, models.Model) else value


def _by_name(
    number: int, cells: tuple[str, ...], heads: tuple[str, ...], names: Mapping[str, str]
) -> dict[str, str]:
    padded = (*cells, *("",) * (len(heads) - len(cells)))
    strays = [cell for place, cell in enumerate(padded) if cell and (place >= len(heads) or not heads[place])]
    if strays:
        raise SheetRefused(f"第{number}行的“{strays[0][:40]}”上面没有列名，请补上列名，或删除这一格。")
    return {names[head]: cell for head, cell in zip(heads, padded, strict=False) if head}


def _is_refused(result: Any) -> bool:
    return bool(result.has_errors() or result.has_validation_errors())
