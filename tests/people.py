"""The people of the tests: a pytest plugin with one fixture per role, and a client that is signed in as one.

`lead_liaison` and `signer` work for `lead_unit`, `assisting_liaison` for `assisting_unit`, `stranger` for a
third unit; all three are members of the city's group.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core import clock
from organization import session_times
from organization.models import CoordinationGroup, RoleGrant, Unit, User
from tests import factories

ClientFor = Callable[[User], Client]


@pytest.fixture
def city_group(db: None) -> CoordinationGroup:
    return factories.group()


@pytest.fixture
def lead_unit(city_group: CoordinationGroup) -> Unit:
    return _member_unit(city_group, code="lead-unit", name="市人社局", position=1)


@pytest.fixture
def assisting_unit(city_group: CoordinationGroup) -> Unit:
    return _member_unit(city_group, code="assisting-unit", name="市教体局", position=2)


@pytest.fixture
def other_unit(city_group: CoordinationGroup) -> Unit:
    return _member_unit(city_group, code="other-unit", name="市委宣传部", position=3)


@pytest.fixture
def office_clerk(city_group: CoordinationGroup) -> User:
    return _with_role("office-clerk", RoleGrant.Role.OFFICE, group=city_group)


@pytest.fixture
def office_clerk2(city_group: CoordinationGroup) -> User:
    return _with_role("office-clerk2", RoleGrant.Role.OFFICE, group=city_group)


@pytest.fixture
def office_head(city_group: CoordinationGroup) -> User:
    return _with_role("office-head", RoleGrant.Role.OFFICE_HEAD, group=city_group)


@pytest.fixture
def leader(city_group: CoordinationGroup) -> User:
    return _with_role("leader", RoleGrant.Role.LEADER, group=city_group)


@pytest.fixture
def lead_liaison(lead_unit: Unit) -> User:
    return _with_role("lead-liaison", RoleGrant.Role.LIAISON, unit=lead_unit)


@pytest.fixture
def assisting_liaison(assisting_unit: Unit) -> User:
    return _with_role("assisting-liaison", RoleGrant.Role.LIAISON, unit=assisting_unit)


@pytest.fixture
def stranger(other_unit: Unit) -> User:
    return _with_role("stranger", RoleGrant.Role.LIAISON, unit=other_unit)


@pytest.fixture
def signer(lead_unit: Unit) -> User:
    return _with_role("signer", RoleGrant.Role.SIGNER, unit=lead_unit)


@pytest.fixture
def auditor(db: None) -> User:
    return factories.user(username="auditor", display_name="审计员", account_kind=User.AccountKind.AUDIT)


@pytest.fixture
def sysadmin(db: None) -> User:
    return factories.user(
        username="sysadmin", display_name="系统管理员", account_kind=User.AccountKind.SYSTEM
    )


@pytest.fixture
def secadmin(db: None) -> User:
    return factories.user(
        username="secadmin", display_name="安全管理员", account_kind=User.AccountKind.SECURITY
    )


@pytest.fixture
def client_for() -> ClientFor:
    """Signs a person in without the sign-in page; the session is fresh, so pages cost their own queries only."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        session_times.begin(session, clock.now())
        session.save()
        return client

    return signed_in


def post(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """Posts a form with a fresh submit token (give `submit_token` to repeat one)."""
    return client.post(url, {"submit_token": str(uuid.uuid4()), **(data or {})}, **extra)


def _member_unit(group: CoordinationGroup, **fields: Any) -> Unit:
    unit = factories.unit(**fields)
    factories.group_member(group=group, unit=unit)
    return unit


def _with_role(username: str, role: str, **scope: Any) -> User:
    person = factories.user(username=username, display_name=RoleGrant.Role(role).label)
    factories.grant(role, user=person, **scope)
    return person
