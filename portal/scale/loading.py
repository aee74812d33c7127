"""Makes the cities in one transaction: all of them, or none."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, models, transaction

from core import audit, clock
from core.errors import RuleViolation
from organization.demo_accounts import demo_password
from organization.models import CoordinationGroup, Unit, User
from portal.scale.cloning import CLONED, LARGE, clone_city
from portal.scale.figures import Figures, write_indicators
from portal.scale.history import History
from portal.scale.indexes import set_aside
from portal.scale.registers import Registers
from portal.scale.reports import Reports
from portal.scale.shape import CITIES_IN_PROVINCE, CITY_SPACE, FIRST_CITY, Shape, id_of, marker, place
from portal.scale.tables import Table
from portal.scale.texts import AREAS
from quarters.actions.tallies import rebuild_group
from quarters.models import RoundTally
from quarters.picture import to_canonical
from quarters.queries.picture import live_picture
from reporting.models import ReportingRound, RoundSnapshot
from tasks.models import ReformArea, Task

NATION = 1
Say = Callable[[str], None]


class ScaleRefused(RuleViolation):
    """The cities cannot be made here; the message says why."""


def make_scale_data(*, factor: int, shape: Shape, seed: int, say: Say) -> None:
    """`factor` cities of `shape`. ScaleRefused unless the database is migrated and otherwise empty."""
    if any(model.objects.exists() for model in (Unit, User, CoordinationGroup, Task)):
        raise ScaleRefused("规模数据只能载入刚建好的空数据库：这个数据库里已有单位、账号或任务。")
    with _unchecked(), transaction.atomic():
        _prepare_tables()
        timed = _timed(say)
        _make_first_city(shape, seed, factor)
        timed("city 1: rows")
        rebuild_group(CoordinationGroup.objects.get(pk=id_of(1)))
        timed("city 1: tallies")
        if factor > 1:
            with set_aside(LARGE):
                for city in range(FIRST_CITY + 1, FIRST_CITY + factor):
                    clone_city(city)
                    timed(f"city {city}")
            timed("indexes")
        _finish(factor, seed)
    with transaction.atomic(), connection.cursor() as cursor:
        _wait_as_long_as_it_takes()
        cursor.execute("ANALYZE")
    timed("statistics")


def _timed(say: Say) -> Say:
    last = time.perf_counter()

    def note(what: str) -> None:
        nonlocal last
        now = time.perf_counter()
        say(f"{what}: {now - last:.1f} s")
        last = now

    return note


@contextmanager
def _unchecked() -> Iterator[None]:
    """References are right by construction; checking each would cost as much as writing it.

    PostgreSQL switches its triggers off for the transaction, which the owner of the server may do.
    """
    with connection.constraint_checks_disabled():
        yield


def _prepare_tables() -> None:
    """Rows the portal's own code adds to city 1 get ids of city 1, too."""
    tables = [model._meta.db_table for model in CLONED]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _wait_as_long_as_it_takes()
            cursor.execute("SET LOCAL session_replication_role = replica")
            # A table emptied in this transaction needs no write-ahead log where the server's level is minimal.
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            for table in tables:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {FIRST_CITY * CITY_SPACE})"
                )
            return
        for table in tables:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FIRST_CITY * CITY_SPACE]
            )


def _wait_as_long_as_it_takes() -> None:
    """The limits of a page are none for loading."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")


def _make_first_city(shape: Shape, seed: int, factor: int) -> None:
    history = History(shape, seed, clock.today())
    years = (history.quarters[0].year, history.quarters[-1].year)
    _make_groups(factor)
    rows = [(number + 1, f"scale-{number + 1}", AREAS[number], number) for number in range(shape.areas)]
    Table(ReformArea, "id code name position").write(rows)
    write_indicators(shape)
    registers = Registers(shape, seed, years, clock.today())
    registers.write(make_password(demo_password()))
    reports = Reports(history, registers)
    reports.write()
    Figures(history, reports).write()
    with connection.cursor() as cursor:
        for model in CLONED:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
    _make_snapshots()


def _make_groups(factor: int) -> None:
    """The nation, its provinces, the cities; the upper ones' offices stand in units of their own."""
    level = CoordinationGroup.Level.PROVINCE
    provinces = range(NATION + 1, NATION + 1 + -(-factor // CITIES_IN_PROVINCE))
    upper = [NATION, *provinces]
    Table(Unit, "id code name short_name", kind=Unit.Kind.MASS, is_demo=True).write(
        (number, f"scale-{number}", f"规模总工会{number}", f"总工会{number}") for number in upper
    )
    rows = [
        (
            number,
            f"scale-{number}",
            f"规模小组{number}",
            level,
            NATION if number > NATION else None,
            number,
        )
        for number in upper
    ]
    for city in range(FIRST_CITY, FIRST_CITY + factor):
        province = provinces[(city - FIRST_CITY) // CITIES_IN_PROVINCE]
        name = f"{place(city)}协调小组"
        rows.append(
            (
                id_of(1, city),
                marker(city),
                name,
                CoordinationGroup.Level.CITY,
                province,
                id_of(1, city),
            )
        )
    Table(CoordinationGroup, "id code name level parent_id office_unit_id", is_demo=True).write(rows)


def _make_snapshots() -> None:
    """What publishing would have frozen of each quarter; its tallies are made from it."""
    published = ReportingRound.objects.published().select_related("group").order_by("year", "quarter")
    phase = ReportingRound.Phase.PUBLISHED
    for round_ in published:
        at = round_.published_at or clock.now()
        picture = live_picture(round_, judged_on=clock.shanghai_date(at), version_no=1, phase=phase)
        content = to_canonical(picture)
        RoundSnapshot.objects.create(
            round=round_,
            version_no=1,
            content=content,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            published_at=at,
        )


def _finish(factor: int, seed: int) -> None:
    """Later rows go on after the last city; the chain says what was made."""
    shared: list[type[models.Model]] = [CoordinationGroup, RoundTally, *CLONED]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), shared):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")
    audit.record("生成规模数据", by=None, label=f"{factor}×", after={"倍数": factor, "种子": seed})
