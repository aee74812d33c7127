"""Triggers that refuse UPDATE and DELETE on a table, and the owner's way around them.

Flushing test databases: PostgreSQL's TRUNCATE fires no row trigger; SQLite's DELETE does, so
`core.audit.reset_for_tests` empties the table first and the flush then finds no row to refuse.
Production grants the application role no TRUNCATE on the table (docs/threat-model.md).
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from core.constraints import RunVendorSQL


def append_only_operation(table: str) -> RunVendorSQL:
    """A migration operation: rows of `table` can be added and read, nothing else."""
    return RunVendorSQL(
        postgresql=_impose_statements("postgresql", table),
        postgresql_reverse=_lift_statements("postgresql", table),
        sqlite=_impose_statements("sqlite", table),
        sqlite_reverse=_lift_statements("sqlite", table),
        note=f"Append-only triggers on {table}",
    )


def impose(connection: BaseDatabaseWrapper, table: str) -> None:
    """Puts the triggers (back) in place."""
    _execute(connection, _impose_statements(connection.vendor, table))


def lift(connection: BaseDatabaseWrapper, table: str) -> None:
    """Takes the triggers away; only inside a transaction that imposes them again."""
    _execute(connection, _lift_statements(connection.vendor, table))


def is_imposed(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether both triggers stand: a rebuilt SQLite table loses them without a word."""
    catalogue = {
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname IN (%s, %s) AND tgenabled = 'O'",
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (%s, %s)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(catalogue, _names(table))
        return cursor.fetchone()[0] == len(_names(table))


def _names(table: str) -> list[str]:
    return [f"{table}_no_update", f"{table}_no_delete"]


def _impose_statements(vendor: str, table: str) -> list[str]:
    no_update, no_delete = _names(table)
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return [
            f'CREATE TRIGGER IF NOT EXISTS "{no_update}" BEFORE UPDATE ON "{table}" {body}',
            f'CREATE TRIGGER IF NOT EXISTS "{no_delete}" BEFORE DELETE ON "{table}" {body}',
        ]
    call = "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()"
    return [
        """CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        f'CREATE TRIGGER "{no_update}" BEFORE UPDATE ON "{table}" {call}',
        f'CREATE TRIGGER "{no_delete}" BEFORE DELETE ON "{table}" {call}',
    ]


def _lift_statements(vendor: str, table: str) -> list[str]:
    place = f' ON "{table}"' if vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{name}"{place}' for name in _names(table)]


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
