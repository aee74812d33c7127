"""A register as django-import-export takes it: which columns, which key, and our checks between its steps.

The library is named in `resource_of` only: in memory it weighs more than a web worker that imports nothing may.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.models import Optimistic
from core.register_columns import CellGrammar, ImportColumn, RowsOf, every_row
from core.register_loader import RegisterLoader, comparable
from core.register_parts import Part, PreparedRow
from core.register_preview import CHANGED, NEW, SAME, PreviewCell, PreviewRow, ReadNumber, RowFault
from core.sheets import Sheet, SheetRefused

NumberedRow = tuple[int, dict[str, str]]
Refusal = Callable[[Any, bool], str]
Change = Callable[[Any, Mapping[str, Any]], None]


def _never(_row: Any, _is_new: bool) -> str:
    return ""


def _nothing(_row: Any, _before: Mapping[str, Any]) -> None:
    """Most registers write no more than the row."""


def _unmarked(_rows: Any) -> None:
    """Most registers fill no column on their own, and nothing is counted from them."""


@dataclass(frozen=True)
class Register:
    """What may be imported into one register, by which key, the sentence for a row it refuses, and what a changed
    row (with its former values) brings with it.

    `parts` are columns kept beside the row; `visible` the rows of this and other registers its reader may name;
    `confirmed` the columns where 17.75万 may stand; `loose` the parts of the key a file may leave out. With
    `is_append_only` a changed row is a new one that supersedes the stored; `mark` fills what no column of the
    file says, as who recorded it and when; `written` is told the rows that were, in their transaction (what is
    counted from them is counted anew).
    """

    model: type[models.Model]
    names: tuple[str, ...]
    key: tuple[str, ...]
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refusal: Refusal = _never
    changed: Change = _nothing
    parts: tuple[Part, ...] = ()
    visible: RowsOf = every_row
    confirmed: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    is_append_only: bool = False
    mark: Callable[[Any], None] = _unmarked
    written: Callable[[list[Any]], None] = _unmarked

    def columns(self) -> dict[str, CellGrammar]:
        """The columns by name, those of the table first; a query per spelling of another register."""
        own: dict[str, CellGrammar] = {name: self._own_column(name) for name in self.names}
        for part in self.parts:
            own.update(part.columns)
        return own

    def heads(self) -> dict[str, str]:
        """Names of the columns by their heads, asking no database."""
        own = {str(self._field(name).verbose_name): name for name in self.names}
        return own | {column.head: name for part in self.parts for name, column in part.columns.items()}

    def _own_column(self, name: str) -> ImportColumn:
        return ImportColumn(
            self._field(name),
            self.spellings.get(name, ()),
            rows_of=self.visible,
            may_confirm=name in self.confirmed,
        )

    def rows_of(self, sheet: Sheet) -> list[NumberedRow]:
        """The cells by field name, whatever the order of the columns; SheetRefused names a wrong head."""
        names = self.heads()
        self._check_heads(sheet.heads, names)
        return [
            (number, self._with_whole_key(_by_name(number, cells, sheet.heads, names)))
            for number, cells in sheet.rows
        ]

    def faults_of(self, sheet: Sheet) -> list[RowFault]:
        """The faults found while the file was read, by the heads of their columns."""
        return [
            RowFault(fault.row, sheet.heads[fault.place - 1], fault.value, fault.remedy)
            for fault in sheet.faults
            if fault.place <= len(sheet.heads)
        ]

    def is_owed(self, name: str) -> bool:
        """Whether the file must have the column: it says which row is meant."""
        return name in self.key and name not in self.loose and not self._field(name).null

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


class CheckedRows:
    """What our resources add to the library's: few queries, a preview of each row, nothing written by itself.

    The rows that passed wait in `prepared`; `core.register_writing` writes them.
    """

    register: Register
    columns: dict[str, CellGrammar]
    numbers: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.previewed: list[PreviewRow] = []
        self.prepared: list[PreparedRow] = []
        self.readings: list[ReadNumber] = []

    def stored_rows(self) -> models.QuerySet:
        fields = {column.name: column for column in self.register.model._meta.fields}
        relations = [name for name in self.register.names if fields[name].is_relation]
        rows = self.register.visible(self.register.model).select_for_update(of=("self",), no_key=True)
        return rows.select_related(*relations) if relations else rows

    def after_init_instance(self, instance: Any, new: bool, row: Any, **options: Any) -> None:
        self.number = self.numbers[options["row_number"] - 1]
        self.is_new = new
        if new:
            for part in self.register.parts:
                for name, value in part.empty().items():
                    setattr(instance, name, value)
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
        is_same = self._is_same(instance)
        outcome = NEW if self.is_new else SAME if is_same else CHANGED
        self.previewed.append(PreviewRow(self.number, outcome, cells))
        if not is_same:
            self.readings += self._readings(row)
        return is_same

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Every check that asks no database; what the database refuses is found by the trial."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        if self._is_same(instance):
            return
        if self.is_new and self.absent:
            raise ValidationError(f"登记册中没有这一行；新增须有列“{'”“'.join(self.absent)}”，请补上。")
        refusal = self.refused or self.register.refusal(instance, self.is_new)
        if refusal:
            raise ValidationError(refusal)
        self.register.mark(instance)
        relations = {column.name for column in instance._meta.fields if column.is_relation}
        instance.clean_fields(exclude=relations)

    def before_save_instance(self, instance: Any, row: Any, **options: Any) -> None:
        if isinstance(instance, Optimistic) and not self.is_new:
            instance.lock_version += 1
        if not self.is_new:
            self.register.changed(instance, self.before)
        if self.register.is_append_only and not self.is_new:
            instance.supersedes_id, instance.pk, instance._state.adding = instance.pk, None, True
        is_added = self.is_new or self.register.is_append_only
        self.prepared.append(PreparedRow(self.number, instance, is_added, dict(row)))

    def bulk_create(self, *args: Any, **options: Any) -> None:
        self.create_instances.clear()  # type: ignore[attr-defined]

    def bulk_update(self, *args: Any, **options: Any) -> None:
        self.update_instances.clear()  # type: ignore[attr-defined]

    def after_import(self, dataset: Any, result: Any, **options: Any) -> None:
        """The library would ask for the sequence of ids; nothing has been written yet."""

    def handle_import_error(self, result: Any, error: Exception, raise_errors: bool = False) -> None:
        """The library would note the error and go on in a broken transaction."""
        raise error

    def _is_same(self, instance: Any) -> bool:
        if self.is_new:
            return False
        return all(
            comparable(getattr(instance, name)) == comparable(old) for name, old in self.before.items()
        )

    def _cell(self, instance: Any, name: str) -> PreviewCell:
        column, value = self.columns[name], getattr(instance, name)
        if self.is_new:
            return PreviewCell(column.shown(value))
        before = self.before[name]
        is_changed = comparable(value) != comparable(before)
        return PreviewCell(column.shown(value), column.shown(before) if is_changed else "", is_changed)

    def _readings(self, row: Mapping[str, str]) -> Iterator[ReadNumber]:
        for name in self.register.confirmed & set(row):
            meant = self.columns[name].reading(row[name])
            if meant:
                yield ReadNumber(self.number, self.columns[name].head, row[name], meant)


def resource_of(register: Register, columns: dict[str, CellGrammar], numbers: list[int]) -> Any:
    """The library's resource of this register with our checks; `numbers` are the rows' places in the file."""
    # heavy: the library and its table formats are for the pages that import only
    from import_export import fields, resources

    options = {
        "fields": tuple(columns),
        "import_id_fields": register.key,
        "instance_loader_class": RegisterLoader,
        "use_bulk": True,
        "batch_size": None,
        "skip_diff": True,
    }
    cells = {
        name: fields.Field(
            attribute=name, column_name=name, widget=column, saves_null_values=name in register.names
        )
        for name, column in columns.items()
    }
    parts = {"register": register, "columns": columns, "numbers": numbers}
    checked = type("CheckedResource", (CheckedRows, resources.ModelResource), parts)
    kind = resources.modelresource_factory(
        register.model, resource_class=checked, meta_options=options, custom_fields=cells
    )
    return kind()


def _by_name(
    number: int, cells: tuple[str, ...], heads: tuple[str, ...], names: Mapping[str, str]
) -> dict[str, str]:
    padded = (*cells, *("",) * (len(heads) - len(cells)))
    strays = [cell for place, cell in enumerate(padded) if cell and (place >= len(heads) or not heads[place])]
    if strays:
        raise SheetRefused(f"第{number}行的“{strays[0][:40]}”上面没有列名，请补上列名，或删除这一格。")
    return {names[head]: cell for head, cell in zip(heads, padded, strict=False) if head}
