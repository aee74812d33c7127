"""A register taken in from a workbook: checked row by row, shown first, then written all or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from core import audit
from core.errors import RuleViolation, StaleObject
from core.register_columns import CellGrammar
from core.register_loader import comparable
from core.register_parts import PreparedRow
from core.register_preview import WHOLE_ROW, Preview, RowFault
from core.register_resource import NumberedRow, Register, resource_of
from core.register_writing import remedy_of, texts, try_to_write, write

# More is not shown: the file is of another register, or one column is wrong throughout.
MOST_FAULTS = 2000
CHANGED_SINCE = "预览之后登记册已有改动，什么都没有导入。请核对下面重新生成的预览后再确认。"
Columns = Mapping[str, CellGrammar]


def preview_import(register: Register, rows: list[NumberedRow], known: Iterable[RowFault] = ()) -> Preview:
    """What the rows would do to the register; all of it is tried in the database and taken back.

    `known` are the faults found while the file was read (formulas): they stand in place of others in their cells.
    """
    columns = register.columns()
    resource = resource_of(register, columns, [number for number, _ in rows])
    faults = [*known, *_told_twice(register, columns, rows)]
    with transaction.atomic():
        result = resource.import_data(_dataset(rows), dry_run=False, use_transactions=False)
        faults += _faults_of(result, rows, columns)
        faults += _refused_parts(register, resource.prepared)
        faults += _refused_by_the_database(register, resource.prepared, faults, list(rows[0][1]))
        transaction.set_rollback(True)
    return Preview(
        _heads(rows, columns), tuple(resource.previewed), _once_per_cell(faults), tuple(resource.readings)
    )


def commit_import(
    register: Register, rows: list[NumberedRow], *, seen: str, file: Mapping[str, str], by: audit.Actor
) -> Preview:
    """Writes every row in one transaction with one audit event, exactly as the preview `seen` showed it.

    `file` has the name and the SHA-256 of what was uploaded. StaleObject where the register has moved since.
    """
    columns = register.columns()
    resource = resource_of(register, columns, [number for number, _ in rows])
    with transaction.atomic():
        result = resource.import_data(_dataset(rows), dry_run=False, use_transactions=False)
        done = Preview(_heads(rows, columns), tuple(resource.previewed))
        is_refused = result.has_errors() or result.has_validation_errors() or done.digest != seen
        if is_refused or any(_refused_parts(register, resource.prepared)):
            raise StaleObject(CHANGED_SINCE)
        try:
            with transaction.atomic():
                write(register, resource.prepared, list(rows[0][1]))
        except IntegrityError:
            raise StaleObject(CHANGED_SINCE) from None
        register.written([row.instance for row in resource.prepared])
        audit.record(
            "导入登记册",
            by=by,
            label=f"{register.model._meta.verbose_name_plural}：{file['name']}",
            after={**done.counts, "行数": len(rows), "摘要": done.digest, "文件摘要": file["digest"]},
        )
    return done


def _dataset(rows: list[NumberedRow]) -> Any:
    from import_export.resources import tablib  # heavy: the table the library reads

    names = list(rows[0][1])
    return tablib.Dataset(*([row[name] for name in names] for _, row in rows), headers=names)


def _heads(rows: list[NumberedRow], columns: Columns) -> tuple[str, ...]:
    return tuple(columns[name].head for name in rows[0][1])


def _told_twice(register: Register, columns: Columns, rows: list[NumberedRow]) -> Iterator[RowFault]:
    """Rows of the file that name the same record, or share what only one record may have."""
    unique = [(name,) for name, column in columns.items() if column.is_unique and name in rows[0][1]]
    for names in dict.fromkeys([register.key, *unique]):
        first: dict[tuple[Any, ...], int] = {}
        for number, row in rows:
            key = _key(columns, names, row)
            if key is None:
                continue
            if key in first:
                heads = "、".join(columns[name].head for name in names)
                row_ = PreparedRow(number, None, False, row)
                yield RowFault(
                    number, heads, texts(row_, list(names)), f"与第{first[key]}行重复，请只保留一行。"
                )
            first.setdefault(key, number)


def _key(columns: Columns, names: Iterable[str], row: Mapping[str, str]) -> tuple[Any, ...] | None:
    """None where a part of the key cannot be read: that is another fault."""
    try:
        return tuple(comparable(columns[name].clean(row[name])) for name in names)
    except ValueError:
        return None


def _faults_of(result: Any, rows: list[NumberedRow], columns: Columns) -> Iterator[RowFault]:
    for invalid in result.invalid_rows:
        yield from _faults_in(invalid.error, rows[invalid.number - 1], columns)
    for failed in result.error_rows:
        number, row = rows[failed.number - 1]
        error = failed.errors[0].error
        if not isinstance(error, RuleViolation):
            raise error
        yield RowFault(number, WHOLE_ROW, _row_text(row), error.message)


def _faults_in(error: ValidationError, numbered: NumberedRow, columns: Columns) -> Iterator[RowFault]:
    number, row = numbered
    by_name = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, errors in by_name.items():
        is_cell = name in row
        head = columns[name].head if is_cell else WHOLE_ROW
        value = row[name] if is_cell else _row_text(row)
        for one in errors:
            yield RowFault(number, head, value, remedy_of(one))


def _refused_parts(register: Register, prepared: list[PreparedRow]) -> Iterator[RowFault]:
    for part in register.parts:
        yield from part.faults(prepared)


def _refused_by_the_database(
    register: Register, prepared: list[PreparedRow], faults: list[RowFault], names: list[str]
) -> list[RowFault]:
    """What only the database knows, of the rows nothing else was said of."""
    faulty = {fault.row for fault in faults}
    return try_to_write(register, [row for row in prepared if row.number not in faulty], names)


def _once_per_cell(faults: list[RowFault]) -> tuple[RowFault, ...]:
    """By row; the first fault of a cell stands, because the others follow from it."""
    first: dict[tuple[int, str], RowFault] = {}
    for fault in faults:
        first.setdefault((fault.row, fault.column), fault)
    return tuple(sorted(first.values(), key=lambda fault: fault.row)[:MOST_FAULTS])


def _row_text(row: Mapping[str, str]) -> str:
    return texts(PreparedRow(0, None, False, row), list(row))
