"""The small city of tests/world.py with the people of tests/people.py."""

import pytest

from dashboards.pages import PAGES
from dashboards.queries import readings
from tests.world import World, build

PEOPLE = ("office_clerk", "office_clerk2", "office_head", "leader", "lead_liaison", "signer", "stranger")


@pytest.fixture(autouse=True)
def _no_kept_pages():
    """Bodies kept by one test are not another's: databases are rolled back, what is kept is not."""
    PAGES.clear()
    readings.forget()


@pytest.fixture
def world(request: pytest.FixtureRequest, city_group, lead_unit) -> World:
    people = {name: request.getfixturevalue(name) for name in PEOPLE}
    return build(people, city_group, lead_unit)
