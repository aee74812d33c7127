"""Who holds what: predicates, visible rows, and the one table role → model permissions."""

import pytest

from organization import permissions
from organization.models import CoordinationGroup, RoleGrant, User
from organization.role_table import ROLE_PERMISSIONS, permissions_of
from tests import factories

pytestmark = pytest.mark.django_db
PERSONS = [
    *("office_clerk", "office_head", "leader", "lead_liaison", "assisting_liaison", "stranger", "signer"),
    *("sysadmin", "secadmin", "auditor"),
]


@pytest.mark.parametrize(
    ("person", "city", "lead"),
    [
        ("office_clerk", {"office"}, set()),
        ("office_head", {"office_head"}, set()),
        ("leader", {"leader"}, set()),
        ("lead_liaison", set(), {"liaison"}),
        ("signer", set(), {"signer"}),
        ("stranger", set(), set()),
        ("sysadmin", set(), set()),
        ("auditor", set(), set()),
    ],
)
def test_roles_by_group_and_unit(request, city_group, lead_unit, person, city, lead):
    user = request.getfixturevalue(person)
    roles = RoleGrant.Role.values
    assert {r for r in roles if permissions.holds_for_group(user, city_group.pk, r)} == city
    assert {r for r in roles if permissions.holds_for_unit(user, lead_unit.pk, r)} == lead
    assert {r for r in roles if permissions.holds(user, r)} >= city | lead


def test_grants_are_read_once_per_user_object(lead_liaison, django_assert_num_queries):
    user = User.objects.get(pk=lead_liaison.pk)
    with django_assert_num_queries(1):
        assert permissions.acting_units(user) == permissions.acting_units(user) != ()
        assert [grant.unit.name for grant in permissions.active_grants(user)] == ["市人社局"]


def test_grants_of_an_administrator_would_not_count(lead_unit):
    user = factories.user(account_kind="system")
    factories.grant("liaison", user=user, unit=lead_unit)
    assert permissions.active_grants(user) == ()


@pytest.mark.parametrize("person", PERSONS)
def test_visible_groups_agree_with_the_predicate(request, city_group, person):
    factories.group(code="341122", parent=city_group)
    factories.group(code="341124")
    user = request.getfixturevalue(person)
    visible = set(CoordinationGroup.objects.visible_to(user))
    assert {g for g in CoordinationGroup.objects.all() if permissions.can_view_group(user, g)} == visible
    above = {"office_clerk", "office_head", "leader"}
    expected = {"341100", "341122"} if person in above else {"341100"} if user.is_business else set()
    assert {group.code for group in visible} == expected


@pytest.mark.parametrize("person", PERSONS)
def test_accounts_and_grants_are_seen_by_their_keepers_only(request, person):
    user = request.getfixturevalue(person)
    factories.grant()
    assert User.objects.visible_to(user).exists() == (person in {"sysadmin", "secadmin"})
    assert RoleGrant.objects.visible_to(user).exists() == (person == "secadmin")


def test_account_without_a_group_looks_at_the_city(city_group):
    user = factories.user()
    assert permissions.own_group(user) == city_group
    assert list(CoordinationGroup.objects.visible_to(user)) == [city_group]


def test_liaison_of_a_county_unit_starts_at_the_uppermost_group(city_group):
    county = factories.group(code="341122", parent=city_group)
    unit = factories.unit()
    factories.group_member(group=county, unit=unit)
    user = factories.grant(unit=unit).user
    assert permissions.own_group(user) == county
    factories.group_member(group=city_group, unit=unit)
    assert permissions.own_group(User.objects.get(pk=user.pk)) == city_group


@pytest.mark.parametrize("person", PERSONS)
def test_only_the_office_has_model_permissions(request, person):
    user = request.getfixturevalue(person)
    is_office = person in {"office_clerk", "office_head"}
    assert user.is_staff == is_office
    assert user.has_perm("organization.change_unit") == is_office
    assert user.has_module_perms("tasks") == is_office


@pytest.mark.parametrize(
    "name",
    ["user", "rolegrant", "pastpassword", "auditevent", "submission", "observation", "roundsnapshot"],
)
def test_nobody_changes_accounts_states_or_audit_in_the_admin(name):
    held = permissions_of(frozenset(ROLE_PERMISSIONS))
    verbs = {perm.split(".")[1].split("_")[0] for perm in held if perm.endswith(f"_{name}")}
    # Historical figures come in from a file; nobody types or changes one.
    assert verbs <= ({"view", "add"} if name == "observation" else {"view"})


def test_a_disabled_office_has_no_permissions(office_clerk):
    office_clerk.is_active = False
    assert (office_clerk.has_perm("organization.change_unit"), office_clerk.is_staff) == (False, False)
