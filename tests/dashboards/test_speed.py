"""What the page costs: literal query counts cold, warm and unchanged; and when it counts as changed."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import notices
from core.models import Notice
from dashboards.pages import PAGES
from dashboards.queries import readings
from quarters.actions import reviewing
from tests.world import add_task, moment

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/"


@pytest.fixture
def leader_client(world, client_for):
    return client_for(world.people["leader"])


def counted(client, address=PAGE, **headers):
    with CaptureQueriesContext(connection) as spent:
        answer = client.get(address, **headers)
    return answer, len(spent)


def cold(client, address=PAGE):
    """Nothing kept: no body, no session, no published reading."""
    cache.clear()
    PAGES.clear()
    readings.forget()
    return counted(client, address)[1]


def test_the_first_build_costs_the_same_for_few_and_many_tasks(world, leader_client):
    few = cold(leader_client)
    for number in range(30, 40):
        add_task(world, str(number), f"另一项{number}")
    assert (few, cold(leader_client)) == (15, 15)


def test_a_published_page_is_cheaper_still(leader_client):
    assert cold(leader_client, "/dashboard/?round=2026Q2") == 12


def test_the_kept_page_costs_three_queries_and_an_unchanged_one_too(leader_client):
    answer, _ = counted(leader_client)
    _, warm = counted(leader_client)
    unchanged, spent = counted(leader_client, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (warm, unchanged.status_code, unchanged.content, spent) == (3, 304, b"", 3)


def test_the_kept_page_is_the_same_but_for_a_token_of_its_own(world, client_for):
    client = client_for(world.people["leader"])
    client.handler.enforce_csrf_checks = True
    first, again = client.get(PAGE).content.decode(), client.get(PAGE).content.decode()
    tokens = [re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page) for page in (first, again)]
    assert (len(tokens[1]), tokens[0] == tokens[1]) == (1, False)
    assert first.replace(tokens[0][0], "") == again.replace(tokens[1][0], "")
    left = client.post(reverse("organization:logout"), {"csrfmiddlewaretoken": tokens[1][0]})
    assert left.status_code == 302


def test_a_page_is_private_and_asked_again(leader_client):
    answer = leader_client.get(PAGE)
    assert (answer["Cache-Control"], answer["ETag"][:3]) == ("private, no-cache", 'W/"')


def test_accepting_a_report_changes_the_page(world, leader_client):
    before = leader_client.get(PAGE)["ETag"]
    reviewing.accept(
        world.fresh("reviewing"),
        by=world.people["office_clerk"],
        at=moment(20),
        lock_version=world.fresh("reviewing").lock_version,
    )
    after = leader_client.get(PAGE, HTTP_IF_NONE_MATCH=before)
    assert (after.status_code, after["ETag"] == before) == (200, False)


def test_an_unread_notice_changes_the_page(world, leader_client):
    before = leader_client.get(PAGE)["ETag"]
    notices.send([world.people["leader"].uid], kind="test", subject="请看", dedupe_key="one", at=moment(20))
    after = leader_client.get(PAGE)
    assert (Notice.objects.count() > 0, after["ETag"] == before) == (True, False)


def test_two_readers_share_the_content_and_not_the_page(world, client_for):
    leader, clerk = (client_for(world.people[name]) for name in ("leader", "office_clerk"))
    one, other = leader.get(PAGE), clerk.get(PAGE)
    assert one["ETag"] != other["ETag"]
    assert (one.context["content"], "数据维护" in one.content.decode()) == (other.context["content"], False)
