"""A register taken in from a workbook: checked row by row, shown first, then written all or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from core import audit
from core.constraints import sentence_for
from core.errors import RuleViolation, StaleObject
from core.register_columns import ImportColumn
from core.register_preview import WHOLE_ROW, Preview, RowFault
from core.register_resource import NumberedRow, Register, comparable, resource_of

MOST_FAULTS = 200
CHANGED_SINCE = "预览之后登记册已有改动，什么都没有导入。请核对下面重新生成的预览后再确认。"
ALREADY_THERE = "与登记册中已有的记录重复，请核对后改正。"


def preview_import(register: Register, rows: list[NumberedRow]) -> Preview:
    """What the rows would do to the register; all of it is tried in the database and taken back."""
    columns = register.columns()
    resource = resource_of(register, columns, [number for number, _ in rows])
    faults = list(_told_twice(register, columns, rows))
    try:
        result = resource.import_data(_dataset(rows), dry_run=True, use_transactions=True)
        faults += _faults_of(result, rows, columns)
    except IntegrityError as refused:
        faults += _refused_by_the_database(resource, rows, refused) if not faults else []
    faults.sort(key=lambda fault: fault.row)
    return Preview(_heads(rows, columns), tuple(resource.previewed), tuple(faults[:MOST_FAULTS]))


def commit_import(
    register: Register, rows: list[NumberedRow], *, seen: str, file: Mapping[str, str], by: audit.Actor
) -> Preview:
    """Writes every row in one transaction with one audit event, exactly as the preview `seen` showed it.

    `file` has the name and the SHA-256 of what was uploaded. StaleObject where the register has moved since.
    """
    columns = register.columns()
    resource = resource_of(register, columns, [number for number, _ in rows])
    with transaction.atomic():
        try:
            result = resource.import_data(_dataset(rows), use_transactions=True)
        except IntegrityError:
            raise StaleObject(CHANGED_SINCE) from None
        done = Preview(_heads(rows, columns), tuple(resource.previewed))
        if result.has_errors() or result.has_validation_errors() or done.digest != seen:
            raise StaleObject(CHANGED_SINCE)
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


def _heads(rows: list[NumberedRow], columns: Mapping[str, ImportColumn]) -> tuple[str, ...]:
    return tuple(columns[name].head for name in rows[0][1])


def _told_twice(
    register: Register, columns: Mapping[str, ImportColumn], rows: list[NumberedRow]
) -> Iterator[RowFault]:
    """Rows of the file that name the same record, or share what only one record may have."""
    unique = [(name,) for name, column in columns.items() if column.field.unique and name in rows[0][1]]
    for names in {register.key, *unique}:
        first: dict[tuple[Any, ...], int] = {}
        for number, row in rows:
            key = _key(columns, names, row)
            if key is None:
                continue
            if key in first:
                heads = "、".join(columns[name].head for name in names)
                yield RowFault(number, heads, _texts(row, names), f"与第{first[key]}行重复，请只保留一行。")
            first.setdefault(key, number)


def _key(
    columns: Mapping[str, ImportColumn], names: Iterable[str], row: Mapping[str, str]
) -> tuple[Any, ...] | None:
    """None where a part of the key cannot be read: that is another fault."""
    try:
        return tuple(comparable(columns[name].clean(row[name])) for name in names)
    except ValueError:
        return None


def _faults_of(
    result: Any, rows: list[NumberedRow], columns: Mapping[str, ImportColumn]
) -> Iterator[RowFault]:
    for invalid in result.invalid_rows:
        number, row = rows[invalid.number - 1]
        yield from _faults_in(invalid.error, number, row, columns)
    for failed in result.error_rows:
        number, row = rows[failed.number - 1]
        error = failed.errors[0].error
        if not isinstance(error, RuleViolation):
            raise error
        yield RowFault(number, WHOLE_ROW, _texts(row, row), error.message)


def _faults_in(
    error: ValidationError, number: int, row: Mapping[str, str], columns: Mapping[str, ImportColumn]
) -> Iterator[RowFault]:
    by_name = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, errors in by_name.items():
        is_cell = name in row
        head = columns[name].head if is_cell else WHOLE_ROW
        value = row[name] if is_cell else _texts(row, row)
        for one in errors:
            yield RowFault(number, head, value, _remedy(one))


def _remedy(error: ValidationError) -> str:
    """The sentence of a refusal; each says what to do."""
    if error.code == "unique":
        return ALREADY_THERE
    sentence = error.messages[0]
    return sentence if "请" in sentence else f"{sentence.rstrip('。')}，请改正。"


def _refused_by_the_database(
    resource: Any, rows: list[NumberedRow], refused: IntegrityError
) -> Iterator[RowFault]:
    """Which rows the database refused: they are asked one by one, because a bulk statement names none."""
    typed, found = dict(rows), False
    for number, instance in resource.prepared:
        try:
            instance.validate_unique()
            instance.validate_constraints()
        except ValidationError as error:
            found = True
            yield from _faults_in(error, number, typed[number], resource.columns)
    if not found:
        sentence = sentence_for(refused) or "这些行合在一起与登记册的规则不符。"
        yield RowFault(rows[0][0], WHOLE_ROW, "", f"{sentence.rstrip('。')}，请核对全部行后改正。")


def _texts(row: Mapping[str, str], names: Iterable[str]) -> str:
    """The filled cells in one line, short enough for the table of faults."""
    text = "，".join(row[name] for name in names if row[name])
    return text if len(text) <= 60 else f"{text[:60]}…"
