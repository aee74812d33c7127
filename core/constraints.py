"""Named database rules with Chinese sentences, and the no-overlap rule both databases can keep."""

from dataclasses import dataclass

from django.db import IntegrityError, models
from django.db.migrations.operations.base import Operation

_MESSAGES: dict[str, str] = {}


def check(name: str, condition: models.Q, message: str) -> models.CheckConstraint:
    """A CHECK whose violation reads as `message` in forms."""
    declare_message(name, message)
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=_verbatim(message))


def unique(
    name: str, *fields: str, message: str, condition: models.Q | None = None
) -> models.UniqueConstraint:
    """A UNIQUE (partial where a condition is given) whose violation reads as `message` in forms."""
    declare_message(name, message)
    return models.UniqueConstraint(
        name=name, fields=fields, condition=condition, violation_error_message=_verbatim(message)
    )


def paired(name: str, first: str, second: str, message: str) -> models.CheckConstraint:
    """A CHECK that two nullable columns (`*_by` and `*_at`) are filled together or not at all."""
    both = models.Q((f"{first}__isnull", False), (f"{second}__isnull", False))
    neither = models.Q((f"{first}__isnull", True), (f"{second}__isnull", True))
    return check(name, both | neither, message)


def declare_message(name: str, message: str) -> None:
    """Gives a named rule its sentence for `sentence_for`; no-overlap rules call it beside their model."""
    _MESSAGES[name] = message


def sentence_for(error: IntegrityError) -> str | None:
    """The Chinese sentence of the named rule an IntegrityError speaks of, None for an unknown one."""
    text = str(error)
    named = [name for name in _MESSAGES if name in text]
    return _MESSAGES[max(named, key=len)] if named else None


def _verbatim(message: str) -> str:
    """Django formats the message with %: a percent sign in it stays one."""
    return message.replace("%", "%%")


@dataclass(frozen=True)
class _Overlap:
    """The SQL of one no-overlap rule; both ends belong to the range, an unknown end is open."""

    name: str
    table: str
    keys: tuple[str, ...]
    starts: str
    ends: str

    def postgresql(self) -> list[str]:
        keys = ", ".join(f'"{key}" WITH =' for key in self.keys)
        span = f"""daterange("{self.starts}", "{self.ends}", '[]') WITH &&"""
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{self.name}" EXCLUDE USING gist ({keys}, {span})',
        ]

    def postgresql_reverse(self) -> list[str]:
        return [f'ALTER TABLE "{self.table}" DROP CONSTRAINT IF EXISTS "{self.name}"']

    def sqlite(self) -> list[str]:
        return [self._trigger("insert", "INSERT"), self._trigger("update", "UPDATE")]

    def sqlite_reverse(self) -> list[str]:
        return [f'DROP TRIGGER IF EXISTS "{self.name}_{kind}"' for kind in ("insert", "update")]

    def _trigger(self, kind: str, event: str) -> str:
        same_keys = " AND ".join(f'other."{key}" = NEW."{key}"' for key in self.keys)
        return f"""
            CREATE TRIGGER "{self.name}_{kind}" BEFORE {event} ON "{self.table}"
            BEGIN
                SELECT RAISE(ABORT, '{self.name}') WHERE EXISTS (
                    SELECT 1 FROM "{self.table}" AS other
                    WHERE other."id" IS NOT NEW."id" AND {same_keys}
                      AND coalesce(other."{self.starts}", '0000-01-01') <= coalesce(NEW."{self.ends}", '9999-12-31')
                      AND coalesce(NEW."{self.starts}", '0000-01-01') <= coalesce(other."{self.ends}", '9999-12-31')
                );
            END"""


class RunVendorSQL(Operation):
    """Statements per database vendor: PostgreSQL and SQLite say the same rule in different words."""

    reduces_to_sql = True

    def __init__(
        self,
        *,
        postgresql: list[str],
        postgresql_reverse: list[str],
        sqlite: list[str],
        sqlite_reverse: list[str],
        note: str = "",
    ) -> None:
        self.postgresql = postgresql
        self.postgresql_reverse = postgresql_reverse
        self.sqlite = sqlite
        self.sqlite_reverse = sqlite_reverse
        self.note = note

    def state_forwards(self, app_label, state):
        """The rule is no part of Django's model state."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, getattr(self, schema_editor.connection.vendor))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, getattr(self, f"{schema_editor.connection.vendor}_reverse"))

    def describe(self) -> str:
        return self.note or "Run SQL of this database vendor"

    @staticmethod
    def _run(schema_editor, statements: list[str]) -> None:
        for statement in statements:
            schema_editor.execute(statement, params=None)


def no_overlap_operation(
    name: str, *, table: str, keys: tuple[str, ...], starts: str, ends: str
) -> RunVendorSQL:
    """A migration operation: rows of `table` with equal `keys` never overlap in [starts, ends].

    Both dates are inclusive; a NULL date is open on that side; a NULL key never conflicts. PostgreSQL
    takes an exclusion constraint (btree_gist, a trusted extension), SQLite a trigger pair. The error of
    both names the rule, so `sentence_for` finds the sentence `declare_message` gave it. `table`, `keys`,
    `starts` and `ends` are database names (`organization_tenure`, `seat_id`). A later migration that makes
    SQLite rebuild the table (AlterField, AddConstraint) drops its triggers: repeat the operation after it.
    """
    rule = _Overlap(name, table, tuple(keys), starts, ends)
    return RunVendorSQL(
        postgresql=rule.postgresql(),
        postgresql_reverse=rule.postgresql_reverse(),
        sqlite=rule.sqlite_reverse() + rule.sqlite(),
        sqlite_reverse=rule.sqlite_reverse(),
        note=f"No overlap rule {name} on {table}",
    )
