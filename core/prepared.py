"""Queries whose SQL is written once per process; their rows are read anew on every call.

Writing SQL through the ORM costs more than the answer on pages that are asked for often. Nothing but the
statement is kept. One `Prepared` belongs to one set of parameters: keep it in a bounded `functools.lru_cache` by them.
"""

from typing import Any, Generic, TypeVar

import django
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)
# Stands in a queryset for the one primary key that differs from call to call; no row has it.
OPEN = -7_070_707
# Django 6.1 asks how columns that were left out are fetched: one by one, as ever.
_FETCH_MODE: tuple[Any, ...] = ()
if django.VERSION >= (6, 1):
    from django.db.models import FETCH_ONE

    _FETCH_MODE = (FETCH_ONE,)


class Prepared(Generic[Row]):
    """A queryset of model rows with `select_related`, `only` and annotations; it does not prefetch."""

    def __init__(self, queryset: QuerySet[Row]) -> None:
        compiler: Any = queryset.query.get_compiler(queryset.db)
        self._database = queryset.db
        self._sql, self._parameters = compiler.as_sql()
        chosen, first, last = compiler.select, *_span(compiler.klass_info)
        self._model = queryset.model
        self._fields, self._span = (
            [column[0].target.attname for column in chosen[first:last]],
            slice(first, last),
        )
        self._related = get_related_populators(compiler.klass_info, chosen, self._database, *_FETCH_MODE)
        self._annotated = compiler.annotation_col_map or {}
        self._converters = compiler.get_converters([column[0] for column in chosen])

    def rows(self, key: int = OPEN) -> list[Row]:
        """As the queryset reads now, with `key` wherever OPEN stands in it."""
        connection = connections[self._database]
        given = [key if value == OPEN else value for value in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, given)
            found = cursor.fetchall()
        return [self._row(self._converted(values, connection)) for values in found]

    def _converted(self, values: tuple[Any, ...], connection: Any) -> list[Any]:
        converted = list(values)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                converted[place] = convert(converted[place], expression, connection)
        return converted

    def _row(self, values: list[Any]) -> Row:
        row = self._model.from_db(self._database, self._fields, values[self._span])
        for related in self._related:
            related.populate(values, row)
        for name, place in self._annotated.items():
            setattr(row, name, values[place])
        return row


def _span(shape: dict[str, Any]) -> tuple[int, int]:
    """Where the model's own columns stand in a row."""
    places = shape["select_fields"]
    return places[0], places[-1] + 1


class PreparedValues:
    """A queryset of `values(…)`, grouped or not; its rows are dicts by the names asked for."""

    def __init__(self, queryset: QuerySet[Any, dict[str, Any]]) -> None:
        query: Any = queryset.query
        compiler: Any = query.get_compiler(queryset.db)
        self._database = queryset.db
        self._sql, self._parameters = compiler.as_sql()
        self._names = [*query.selected]
        self._converters = compiler.get_converters([column[0] for column in compiler.select])

    def rows(self) -> list[dict[str, Any]]:
        """As the queryset reads now."""
        connection = connections[self._database]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._parameters)
            found = [list(values) for values in cursor.fetchall()]
        for place, (converters, expression) in self._converters.items():
            for values in found:
                for convert in converters:
                    values[place] = convert(values[place], expression, connection)
        return [dict(zip(self._names, values, strict=True)) for values in found]
