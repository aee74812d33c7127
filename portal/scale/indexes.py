"""Indexes and unique constraints of the large tables, set aside while rows pour in; primary keys stay."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models

# Everything PostgreSQL keeps of a table beside its primary key, constraints first: their indexes go with them.
CONSTRAINTS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'u' ORDER BY conname
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = %s::regclass AND NOT indisprimary ORDER BY 1
"""
SQLITE_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
)


@contextmanager
def set_aside(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """Drops them and makes them again from their own definitions."""
    names = [model._meta.db_table for model in tables]
    statements = [statement for name in names for statement in _drop(name)]
    yield
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop(table: str) -> list[str]:
    """Drops what can be made again; returns the statements that do."""
    restoring = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(CONSTRAINTS, [table])
            for name, definition in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
                restoring.append(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
        cursor.execute(INDEXES if connection.vendor == "postgresql" else SQLITE_INDEXES, [table])
        for name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name.strip(chr(34)))}")
            restoring.append(definition)
    return restoring
