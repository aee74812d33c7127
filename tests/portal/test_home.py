"""The first page of each role, and what its head offers."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("leader", "/dashboard/"),
        ("lead_liaison", "/my/"),
        ("signer", "/my/"),
        ("auditor", "/audit/"),
        ("sysadmin", "/accounts/"),
        ("secadmin", "/grants/"),
    ],
)
def test_home_leads_each_role_to_its_work(person, address, request, client_for):
    answer = client_for(request.getfixturevalue(person)).get("/")
    assert (answer.status_code, answer.url) == (302, address)


def test_a_person_without_a_role_learns_whom_to_ask(city_group, client_for):
    page = client_for(factories.user()).get("/").content.decode()
    assert "您的账号还没有角色" in page


def test_the_office_sees_what_waits(world, client_for):
    answer = client_for(world.people["office_clerk"]).get("/")
    assert (answer.status_code, answer.context["desk"].in_review, len(answer.context["desk"].waiting)) == (
        200,
        2,
        2,
    )
