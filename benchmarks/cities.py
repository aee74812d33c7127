"""Databases of invented cities that outlive a run: one PostgreSQL cluster or SQLite file per factor.

They stand in PORTAL_SCALE_DIR (var/scale when unset), so that what takes long to load is loaded once. Loading
runs with a server that syncs nothing and writes no log; measuring with one that is set up as for service.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2  # type: ignore[import-untyped]

from tests import postgres
from tests.demo_server import ROOT, environment

TODAY = "2026-11-22"
SEED = 20260101
QUIET = ("listen_addresses=", "max_connections=20", "shared_buffers=1GB", "max_wal_size=2GB")
LOADING = (
    *QUIET,
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off"),
    # Rows of a table emptied in the same transaction are then not logged.
    *("wal_level=minimal", "max_wal_senders=0", "checkpoint_timeout=30min"),
    *("maintenance_work_mem=2GB", "max_parallel_maintenance_workers=2"),
)
SERVING = (
    *QUIET,
    "effective_cache_size=4GB",
    "random_page_cost=1.1",
    "wal_level=minimal",
    "max_wal_senders=0",
)


@dataclass(frozen=True)
class Cities:
    """A loaded database: where it is, and how long loading took when it was loaded."""

    factor: int
    vendor: str
    url: str
    seconds: float

    @property
    def variables(self) -> dict[str, str]:
        return environment(self.url, TODAY)


def directory() -> Path:
    return Path(os.environ.get("PORTAL_SCALE_DIR") or ROOT / "var" / "scale")


@contextmanager
def cities(factor: int, vendor: str = "postgresql") -> Iterator[Cities]:
    """The database with so many cities, loaded first where it is not there."""
    place = directory() / f"{vendor}-{factor}"
    place.mkdir(parents=True, exist_ok=True)
    if vendor == "sqlite":
        url = f"sqlite:///{place / 'cities.sqlite3'}"
        yield Cities(factor, vendor, url, _loaded(place, url, factor))
        return
    if not _note(place).exists():
        with postgres.kept_in(place, LOADING) as url:
            _loaded(place, url, factor)
            _vacuum(url)
    with postgres.kept_in(place, SERVING) as url:
        yield Cities(factor, vendor, url, _loaded(place, url, factor))


def _note(place: Path) -> Path:
    return place / "loaded.json"


def _loaded(place: Path, url: str, factor: int) -> float:
    """Brings schema and static files up to date and loads the cities unless they are there; the seconds loading took."""
    variables = environment(url, TODAY)
    patient = {**variables, "DATABASE_URL": _without_limit(url)}
    _manage(patient, "migrate", "--no-input", "-v", "0")
    _manage(variables, "collectstatic", "--no-input", "-v", "0")
    if not _note(place).exists():
        started = time.perf_counter()
        _manage(variables, "make_scale_data", "--factor", str(factor), "--seed", str(SEED))
        _note(place).write_text(
            json.dumps({"seconds": round(time.perf_counter() - started, 1), "seed": SEED})
        )
    return float(json.loads(_note(place).read_text())["seconds"])


def _without_limit(url: str) -> str:
    """The same database for migrations: an index on many millions of rows takes longer than any page may."""
    if not url.startswith("postgres"):
        return url
    return f"{url}{'&' if '?' in url else '?'}options=-c%20statement_timeout%3D0"


def _manage(variables: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=sys.stderr)


def _vacuum(url: str) -> None:
    """As autovacuum would have left it: pages known to be visible to all, fresh statistics."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    connection.close()


def counts(url: str) -> dict[str, int]:
    """Rows of the tables that make a city large, as the statistics have them; nothing on SQLite."""
    if not url.startswith("postgres"):
        return {}
    names = [
        *("metrics_observation", "metrics_figuretally", "reporting_submission", "tasks_reportversion"),
        *("tasks_task", "tasks_taskstanding", "tasks_tasktally", "organization_unit"),
    ]
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples::bigint FROM pg_class WHERE relname = ANY(%s)", [names])
        found = dict(cursor.fetchall())
    connection.close()
    return found
