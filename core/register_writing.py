"""Writes the prepared rows of an import, and finds those the database refuses when it refuses the whole."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from core.constraints import sentence_for
from core.models import Optimistic
from core.register_parts import PreparedRow
from core.register_preview import WHOLE_ROW, RowFault
from core.register_resource import Register

ALREADY_THERE = "与登记册中已有的记录重复，请核对后改正。"
AGAINST_THE_RULES = "这一行与登记册的规则不符，请核对后改正。"
# Beyond so many refused rows the rest is not looked for: the file is of another register.
MOST_REFUSED = 200


def write(register: Register, prepared: list[PreparedRow], names: list[str]) -> None:
    """Adds the new rows, changes the others, then their parts; a fixed number of statements."""
    model, rows = register.model, model_rows(prepared)
    model._default_manager.bulk_create(rows[True])
    changed = [name for name in names if name in register.names and name not in register.key]
    for part in register.parts:
        changed += part.fills if any(name in names for name in part.columns) else ()
    if issubclass(model, Optimistic):
        changed.append("lock_version")
    if rows[False] and changed:
        model._default_manager.bulk_update(rows[False], changed)
    for part in register.parts:
        if any(name in names for name in part.columns):
            part.write(rows[True] + rows[False])


def model_rows(prepared: list[PreparedRow]) -> dict[bool, list[models.Model]]:
    """The rows by whether they are new."""
    return {is_new: [row.instance for row in prepared if row.is_new is is_new] for is_new in (True, False)}


def try_to_write(register: Register, prepared: list[PreparedRow], names: list[str]) -> list[RowFault]:
    """Writes them and names each row the database refuses, by halves; the caller rolls back."""
    return _tried(register, prepared, names, [])


def _tried(
    register: Register, prepared: list[PreparedRow], names: list[str], found: list[RowFault]
) -> list[RowFault]:
    if not prepared or len(found) >= MOST_REFUSED:
        return found
    try:
        with transaction.atomic():
            write(register, prepared, names)
    except IntegrityError as refused:
        if len(prepared) == 1:
            return [*found, *_faults_of(prepared[0], register, refused)]
        _forget_keys(prepared)
        half = len(prepared) // 2
        found = _tried(register, prepared[:half], names, found)
        return _tried(register, prepared[half:], names, found)
    return found


def _forget_keys(prepared: list[PreparedRow]) -> None:
    """A rolled back insert has left its key on the row."""
    for row in prepared:
        if row.is_new:
            row.instance.pk, row.instance._state.adding = None, True


def _faults_of(row: PreparedRow, register: Register, refused: IntegrityError) -> Iterator[RowFault]:
    """The sentences of the rules the row breaks, each with the columns it speaks of."""
    _forget_keys([row])
    found = [*_not_unique(row, register), *_against_constraints(row, register)]
    if not found:
        sentence = sentence_for(refused)
        remedy = f"{sentence.rstrip('。')}，请核对后改正。" if sentence else AGAINST_THE_RULES
        found = [RowFault(row.number, WHOLE_ROW, texts(row, list(row.cells)), remedy)]
    yield from found


def _not_unique(row: PreparedRow, register: Register) -> Iterator[RowFault]:
    heads = {name: head for head, name in register.heads().items()}
    names = {constraint.name for constraint in register.model._meta.constraints}
    checks = row.instance._get_unique_checks(include_meta_constraints=False)[0]
    for name in (fields[0] for model, fields in checks if len(fields) == 1):
        if name in heads and name not in names and _is_taken(row.instance, name):
            yield RowFault(row.number, heads[name], row.cells.get(name, ""), ALREADY_THERE)


def _is_taken(instance: models.Model, name: str) -> bool:
    same = type(instance)._base_manager.filter(**{name: getattr(instance, name)})
    return same.exclude(pk=instance.pk).exists()


def _against_constraints(row: PreparedRow, register: Register) -> Iterator[RowFault]:
    heads = {name: head for head, name in register.heads().items() if name in row.cells}
    for constraint in register.model._meta.constraints:
        try:
            constraint.validate(register.model, row.instance)
        except ValidationError as error:
            fields = _fields_of(constraint)
            spoken_of = [name for name in row.cells if name in fields]
            columns = "、".join(heads[name] for name in spoken_of) or WHOLE_ROW
            yield RowFault(row.number, columns, texts(row, spoken_of or list(row.cells)), remedy_of(error))


def _fields_of(constraint: models.BaseConstraint) -> set[str]:
    """The columns a rule speaks of."""
    if isinstance(constraint, models.UniqueConstraint):
        return set(constraint.fields)
    if isinstance(constraint, models.CheckConstraint):
        return set(constraint.condition.referenced_base_fields)  # type: ignore[union-attr]
    return set()


def remedy_of(error: ValidationError) -> str:
    """The sentence of a refusal; each says what to do."""
    if error.code == "unique":
        return ALREADY_THERE
    sentence = error.messages[0]
    return sentence if "请" in sentence else f"{sentence.rstrip('。')}，请改正。"


def texts(row: PreparedRow, names: list[str]) -> str:
    """The filled cells in one line, short enough for the table of faults."""
    text = "，".join(row.cells[name] for name in names if row.cells.get(name))
    return text if len(text) <= 60 else f"{text[:60]}…"


__all__ = ["ALREADY_THERE", "NON_FIELD_ERRORS", "remedy_of", "texts", "try_to_write", "write"]
