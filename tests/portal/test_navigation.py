"""Which entries the head offers to whom, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from portal.navigation import Counts, entries_for
from quarters.queries.waiting import WaitingCounts, waiting_counts

READING = ["改革任务", "指标监测", "表彰激励", "资料库"]


@pytest.mark.parametrize(
    ("kind", "roles", "labels"),
    [
        ("business", [], ["首页"]),
        ("business", ["leader"], ["驾驶舱", "填报进度", *READING]),
        ("business", ["liaison"], ["本季填报", *READING]),
        ("business", ["signer"], ["本季审签", *READING]),
        ("business", ["assessor"], READING),
        ("business", ["office"], ["首页", "驾驶舱", "待审核", "填报进度", *READING, "数据维护"]),
        ("business", ["leader", "liaison"], ["驾驶舱", "本季填报", "填报进度", *READING]),
        ("audit", [], ["审计日志"]),
        ("system", [], ["账号管理"]),
        ("security", [], ["角色授权"]),
    ],
)
def test_entries_follow_the_roles(kind, roles, labels):
    assert [entry.label for entry in entries_for(kind, roles, Counts(), "/")] == labels


def test_counts_stand_beside_their_entries():
    entries = entries_for("business", ["office", "liaison"], Counts(review=14, desk=3), "/review/x/")
    assert [(entry.label, entry.badge) for entry in entries if entry.badge] == [
        ("本季填报", 3),
        ("待审核", 14),
    ]


@pytest.mark.parametrize(
    ("path", "active"),
    [("/", "首页"), ("/dashboard/tasks/", "驾驶舱"), ("/units/x/", "资料库"), ("/notices/", None)],
)
def test_the_entry_of_the_page_is_active(path, active):
    entries = entries_for("business", ["office"], Counts(), path)
    assert next((entry.label for entry in entries if entry.active), None) == active


def test_every_entry_leads_to_a_page():
    entries = entries_for("business", ["office", "liaison"], Counts(), "/")
    others = [entries_for(kind, [], Counts(), "/")[0] for kind in ("audit", "system", "security")]
    assert [entry.label for entry in (*entries, *others) if not resolve(entry.url).view_name] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("office_clerk", {"review": 2}),
        ("lead_liaison", {"owed": 4}),
        ("signer", {"signing": 1}),
        ("leader", {}),
        ("stranger", {}),
    ],
)
def test_what_waits_is_counted_in_one_query(world, person, expected):
    user = world.people[person]
    user.refresh_from_db()
    waiting_counts(user)  # the grants are read here
    del user._waiting_counts
    with CaptureQueriesContext(connection) as spent:
        counts = waiting_counts(user)
    whole = WaitingCounts(**{"unread": counts.unread, "review": 0, "owed": 0, "signing": 0, **expected})
    assert (counts, len(spent)) == (whole, 1)
