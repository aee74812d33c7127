"""City 1 copied inside the database: the same rows with another city's ids, uids, codes and names.

The order follows the foreign keys. Ids of one city differ from another's by a fixed distance, so a copy is one
INSERT … SELECT per table and costs what the rows cost to write.
"""

import hashlib
import json
from collections.abc import Iterator

from django.db import connection, models

from metrics.models import (
    FigureEntry,
    FigureSheet,
    FigureTally,
    Observation,
    Target,
    TaskIndicator,
)
from organization.models import CoordinationGroup, GroupMember, RoleGrant, Unit, User
from portal.scale.shape import CITY_SPACE, FIRST_CITY, marker, place
from quarters.models import RoundTally
from reporting.models import ReportingRound, ReviewEvent, RoundSnapshot, Submission, SubmissionTally
from tasks.models import (
    Assignment,
    Plan,
    ProgressReport,
    ReportVersion,
    Task,
    TaskMeasure,
    TaskStanding,
    TaskTally,
)

# Columns in which a city's code or name may stand.
NAMED = (Unit, User)
LARGE = (
    *(Submission, ProgressReport, ReportVersion, TaskMeasure, ReviewEvent, FigureSheet, FigureEntry),
    *(Observation, FigureTally, TaskStanding, TaskTally, SubmissionTally),
)
BEFORE = (Unit, GroupMember, User, RoleGrant, Plan, Task, Assignment, TaskIndicator, Target, ReportingRound)
CLONED: tuple[type[models.Model], ...] = (*BEFORE, *LARGE, RoundSnapshot)
OF_A_CITY = frozenset({CoordinationGroup, *CLONED})


def clone_city(city: int) -> None:
    """Every row of city 1 once more. The group's own row stands already: its parent differs."""
    with connection.cursor() as cursor:
        for model in CLONED:
            cursor.execute(*_copy(model, city))
    _seal_snapshots(city)
    RoundTally.objects.bulk_create(_heads_of(city))


def _copy(model: type[models.Model], city: int) -> tuple[str, list[str | int]]:
    quote = connection.ops.quote_name
    columns: list[str] = []
    values: list[str] = []
    parameters: list[str | int] = []
    for field in model._meta.concrete_fields:
        columns.append(quote(str(field.column)))
        text, wanted = _value(model, field, city)
        values.append(text)
        parameters += wanted
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    low = FIRST_CITY * CITY_SPACE
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} "  # noqa: S608
        f"WHERE {key} >= %s AND {key} < %s ORDER BY {key}"
    )
    return statement, [*parameters, low, low + CITY_SPACE]


def _value(model: type[models.Model], field: models.Field, city: int) -> tuple[str, list[str | int]]:
    """The SQL of one column in the copy, with its parameters."""
    column = connection.ops.quote_name(str(field.column))
    if field.primary_key or (field.is_relation and field.related_model in OF_A_CITY):
        return f"{column} + %s", [(city - FIRST_CITY) * CITY_SPACE]
    if isinstance(field, models.UUIDField):
        return _uid(column), [f"{city:08x}"]
    if model is RoundSnapshot and field.name == "content":
        return _replaced(column, [*_names(city), (f'"{FIRST_CITY:08x}-', f'"{city:08x}-')])
    if model in NAMED and isinstance(field, models.CharField):
        return _replaced(column, _names(city))
    return column, []


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _uid(column: str) -> str:
    if _is_postgres():
        return f"(%s || substr({column}::text, 9))::uuid"
    return f"%s || substr({column}, 9)"


def _names(city: int) -> list[tuple[str, str]]:
    return [(marker(FIRST_CITY), marker(city)), (place(FIRST_CITY), place(city))]


def _replaced(column: str, pairs: list[tuple[str, str]]) -> tuple[str, list[str | int]]:
    text: str = column
    parameters: list[str | int] = []
    for old, new in pairs:
        text = f"replace({text}, %s, %s)"
        parameters += [old, new]
    return text, parameters


def _seal_snapshots(city: int) -> None:
    """A snapshot's digest is that of its own content."""
    for snapshot in _snapshots_of(city):
        snapshot.sha256 = hashlib.sha256(snapshot.content.encode()).hexdigest()
        snapshot.save(update_fields=["sha256"])


def _heads_of(city: int) -> Iterator[RoundTally]:
    """Heads of published rounds: their names stand under the ids of units."""
    distance = (city - FIRST_CITY) * CITY_SPACE
    for head in RoundTally.objects.filter(round__group=FIRST_CITY * CITY_SPACE + 1).iterator(chunk_size=10):
        head.pk = head.round_id + distance
        head.round_id, head.snapshot_id = head.round_id + distance, head.snapshot_id + distance
        head.labels, head.figures = (
            json.loads(_renamed(json.dumps(content, ensure_ascii=False), city))
            for content in (head.labels, head.figures)
        )
        units = head.labels["units"]
        head.labels["units"] = {str(int(key) + distance): label for key, label in units.items()}
        yield head


def _renamed(text: str, city: int) -> str:
    for old, new in (*_names(city), (f'"{FIRST_CITY:08x}-', f'"{city:08x}-')):
        text = text.replace(old, new)
    return text


def _snapshots_of(city: int) -> Iterator[RoundSnapshot]:
    low = city * CITY_SPACE
    found = RoundSnapshot.objects.filter(pk__gte=low, pk__lt=low + CITY_SPACE)
    return found.only("content", "sha256").iterator(chunk_size=2)
