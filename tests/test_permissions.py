"""Every address × role × own or another unit's object × method, against tests/permissions.csv.

The table is written by hand, never derived from the predicates. A row names the address, the object it is
asked for (`lead_liaison` and `signer` own it, `stranger` does not), the method with its form fields, and for
each person the code expected; `text` must stand in every page answered with 200. An address without rows
for GET and POST fails the build.
"""

from __future__ import annotations

import csv
import uuid
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import World, build
from tests.world_objects import address_arguments, lock_version_of

TABLE = Path(__file__).with_name("permissions.csv")
PEOPLE = (
    "office_clerk", "office_head", "leader", "lead_liaison", "signer", "stranger", "auditor", "sysadmin", "secadmin",
)  # fmt: skip
REFUSALS = {403: "没有权限", 404: "您访问的页面或记录不存在", 405: ""}
Row = dict[str, str]


def rows_by_address() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    with TABLE.open(newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            found[row["address"]].append(row)
    return found


ROWS = rows_by_address()


def project_addresses(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """The names of all addresses of ours; the admin has tests of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from project_addresses(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_stands_in_the_table_with_get_and_post():
    wanted = {(name, method) for name in project_addresses() for method in ("GET", "POST")}
    assert {(row["address"], row["method"]) for rows in ROWS.values() for row in rows} == wanted


@pytest.fixture
def world(request: pytest.FixtureRequest, city_group, lead_unit) -> World:
    people = {name: request.getfixturevalue(name) for name in (*PEOPLE, "office_clerk2")}
    return build(people, city_group, lead_unit)


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(ROWS))
def test_codes_of(address, world, client_for):
    clients = {name: client_for(world.people[name]) for name in PEOPLE} | {"anonymous": Client()}
    found, wanted = {}, {}
    for number, row in enumerate(ROWS[address], start=1):
        for name, client in clients.items():
            label = f"{number} {row['method']} {row['object']} {name}"
            wanted[label] = row[name]
            found[label] = _outcome(client, row, world)
    assert found == wanted


def _outcome(client: Client, row: Row, world: World) -> str:
    """The code; after a slash what the page lacks, so that a 200 or 404 with the wrong content fails."""
    url = reverse(row["address"], kwargs=address_arguments(world, row["object"]))
    with transaction.atomic():
        response = _ask(client, row, world, url)
        transaction.set_rollback(True)
    code = response.status_code
    expected = row["text"] if code == 200 else REFUSALS.get(code, "")
    body = "" if response.streaming else response.content.decode(errors="replace")
    if code == 200 and not expected.strip():
        return f"{code}/no text in the table"
    is_page = code == 200 or response.headers["Content-Type"].startswith("text/html")
    if code in (200, 403, 404) and is_page and expected not in body and expected != "xlsx":
        return f"{code}/“{expected}” is missing"
    return "login" if _is_sign_in(response) else str(code)


def _ask(client: Client, row: Row, world: World, url: str) -> HttpResponse:
    if row["method"] == "GET":
        return client.get(url, dict(parse_qsl(row["fields"])))  # type: ignore[return-value]
    version = lock_version_of(world, row["object"])
    form = {"submit_token": str(uuid.uuid4()), "lock_version": version, **dict(parse_qsl(row["fields"]))}
    return client.post(url, form)  # type: ignore[return-value]


def _is_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/login/")
