"""The leader's page: who may open it, what it says, and what it must never say."""

import pytest

pytestmark = pytest.mark.django_db


def test_readers_open_the_dashboard(world, client_for):
    answers = [
        client_for(world.people[name]).get("/dashboard/").status_code
        for name in ("leader", "office_clerk", "office_head")
    ]
    assert answers == [200, 200, 200]
