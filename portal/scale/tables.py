"""Rows into a table as fast as the database takes them: COPY on PostgreSQL, executemany on SQLite."""

import datetime
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, models

ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
IN_COPY: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: r"\N",
    bool: lambda value: "t" if value else "f",
    str: lambda value: value.translate(ESCAPED),
    dict: lambda value: json.dumps(value, ensure_ascii=False).translate(ESCAPED),
}
IN_SQLITE: dict[type, Callable[[Any], Any]] = {
    uuid.UUID: lambda value: value.hex,
    datetime.datetime: lambda value: value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(" "),
    datetime.date: lambda value: value.isoformat(),
    dict: lambda value: json.dumps(value, ensure_ascii=False),
}


class Table:
    """One model's table: the columns that vary from row to row, then all others at a fixed value or default."""

    def __init__(self, model: type[models.Model], varying: str, **fixed: Any) -> None:
        self.name = model._meta.db_table
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.varying = varying.split()
        rest = [name for name in fields if name not in self.varying]
        self.rest = [fixed[name] if name in fixed else fields[name].get_default() for name in rest]
        self.columns = [str(fields[name].column) for name in (*self.varying, *rest)]

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Streams the rows; each names the varying columns in their order."""
        if connection.vendor == "postgresql":
            self._copy(rows)
        else:
            self._insert(rows)

    def _copy(self, rows: Iterable[tuple[Any, ...]]) -> None:
        tail = "".join("\t" + _copied(value) for value in self.rest) + "\n"
        lines = ("\t".join([_copied(value) for value in row]) + tail for row in rows)
        columns = ", ".join(connection.ops.quote_name(column) for column in self.columns)
        with connection.cursor() as cursor:
            cursor.copy_expert(f'COPY "{self.name}" ({columns}) FROM STDIN', _Stream(lines))

    def _insert(self, rows: Iterable[tuple[Any, ...]]) -> None:
        rest = [_stored(value) for value in self.rest]
        columns = ", ".join(connection.ops.quote_name(column) for column in self.columns)
        marks = ", ".join(["%s"] * len(self.columns))
        statement = f'INSERT INTO "{self.name}" ({columns}) VALUES ({marks})'  # noqa: S608 (names of our models)
        with connection.cursor() as cursor:
            stored = ([_stored(value) for value in row] + rest for row in rows)
            cursor.executemany(statement, stored)  # type: ignore[arg-type]  # it takes any iterable


def _copied(value: Any) -> str:
    return IN_COPY.get(type(value), str)(value)


def _stored(value: Any) -> Any:
    change = IN_SQLITE.get(type(value))
    return change(value) if change else value


class _Stream:
    """A file whose lines are made while it is read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.left = b""

    def read(self, size: int) -> bytes:
        chunks, length = [self.left], len(self.left)
        while length < size and (line := next(self.lines, None)) is not None:
            chunks.append(line.encode())
            length += len(chunks[-1])
        text = b"".join(chunks)
        self.left = text[size:]
        return text[:size]
