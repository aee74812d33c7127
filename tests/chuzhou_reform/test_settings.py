import os
import subprocess
import sys

import pytest
from django.db import connection

ASK = "from django.conf import settings; print(settings.DEBUG, settings.PORTAL_DEMO, settings.PORTAL_TODAY)"
COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "sqlite:////nonexistent/db",
}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Production settings in a fresh process that knows only these variables."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "chuzhou_reform.settings.prod",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )


def test_production_starts_with_its_secrets():
    assert start(**COMPLETE).stdout == "False False None\n"


def test_production_names_every_missing_secret():
    last_line = start(ALLOWED_HOSTS="portal.example").stderr.splitlines()[-1]
    assert last_line.endswith("The portal cannot start: set SECRET_KEY, DATABASE_URL in the environment.")


@pytest.mark.parametrize("name", ["PORTAL_DEMO", "PORTAL_TODAY", "DEMO_PASSWORD"])
def test_production_refuses_the_demonstration(name):
    last_line = start(**COMPLETE, **{name: "1"}).stderr.splitlines()[-1]
    assert last_line.endswith(f"The portal cannot start: {name} must not be set in production.")


def test_postgresql_runs_on_the_second_driver_generation():
    if connection.vendor == "postgresql":
        from django.db.backends.postgresql.psycopg_any import is_psycopg3

        assert is_psycopg3 is False


@pytest.mark.django_db
def test_sqlite_is_a_file_with_the_pragmas_of_production():
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        values = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert values == ["wal", 2, 1]
