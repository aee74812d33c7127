import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from core.models import SourceSection

pytestmark = pytest.mark.django_db(transaction=True)
TAKE = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "BEGIN; LOCK TABLE core_submittoken IN ACCESS EXCLUSIVE MODE",
}
HURRY = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = '50ms'"}


@contextmanager
def held_by_another() -> Iterator[None]:
    """Another connection holds what a form needs, and ours waits for 50 ms only."""
    other = connection.copy()
    with other.cursor() as cursor, connection.cursor() as ours:
        ours.execute(HURRY[connection.vendor])
        cursor.execute(TAKE[connection.vendor])
        yield
        cursor.execute("ROLLBACK")
    other.close()
    connection.close()


def test_locked_database_is_503_and_the_same_form_works_afterwards(site):
    form = {"submit_token": str(uuid.uuid4()), "code": "S"}
    with held_by_another():
        refused = site.post("/t/add/", form)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert refused.context["message"] == "保存未成功，数据未改变，请重试。"
    assert site.post("/t/add/", form).url == "/t/section/S0/"
    assert SourceSection.objects.count() == 1


def test_unready_database_is_said_to_the_balancer(site, settings):
    connection.close()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = (
        "/nonexistent/portal" if connection.vendor == "sqlite" else "no_such_portal"
    )
    answer = site.get("/healthz/ready")
    connection.settings_dict["NAME"] = name
    assert (answer.status_code, answer.json()) == (503, {"status": "database away"})
