"""P2: whether every page's fetch plan finds its rows by an index: no large table is read from end to end.

Run in a process whose database is one of the large ones on PostgreSQL.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import django

django.setup()

from django.conf import settings  # noqa: E402 (models exist only after setup)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.city_pages import CITY, ROLES  # noqa: E402
from benchmarks.crawl import addresses  # noqa: E402
from benchmarks.measure import Line, at_most  # noqa: E402
from organization.models import User  # noqa: E402
from portal.scale.cloning import LARGE  # noqa: E402
from tasks.models import Assignment, Task  # noqa: E402

TABLES = {model._meta.db_table for model in (*LARGE, Task, Assignment)}
READ_WHOLE = re.compile(r"Seq Scan on (\w+)")


def lines() -> Iterator[Line]:
    """One line for all pages of the three roles; what is found is told on stderr."""
    pages = 0
    found: set[tuple[str, ...]] = set()
    for role in ROLES:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(User.objects.get(username=f"{CITY}-{role}"), settings.AUTHENTICATION_BACKENDS[-1])

        def ask(path: str, client: Client = client, role: str = role) -> str | None:
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                return None
            found.update((role, path, *whole) for query in captured for whole in _read_whole(query["sql"]))
            return answer.content.decode()

        pages += len(addresses(ask))
    for fault in sorted(found):
        print(*fault, file=sys.stderr)
    name = f"P2 large tables read from end to end on {pages} pages"
    yield at_most(name, len({(path, table) for _, path, table, _ in found}), 0)


def _read_whole(statement: str) -> Iterator[tuple[str, str]]:
    """The large tables a query reads without an index, with the beginning of its text."""
    if not statement.startswith("SELECT"):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement.replace('%', '%%')}", [])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    for table in READ_WHOLE.findall(plan):
        if table in TABLES:
            yield table, re.sub(r"^SELECT .*? FROM ", "", statement)[:300]


if __name__ == "__main__":
    for line in lines():
        line.say()
