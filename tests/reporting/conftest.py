"""The small city of tests/world.py with the people of tests/people.py."""

import pytest

from tests.world import World, build

PEOPLE = ("office_clerk", "office_clerk2", "office_head", "leader", "lead_liaison", "signer", "stranger")


@pytest.fixture
def world(request: pytest.FixtureRequest, city_group, lead_unit) -> World:
    people = {name: request.getfixturevalue(name) for name in PEOPLE}
    return build(people, city_group, lead_unit)
