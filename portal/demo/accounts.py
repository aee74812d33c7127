"""The people of the demonstration: invented names, one account each, and the roles they hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from organization.demo_accounts import demo_password
from organization.models import RoleGrant, User
from portal.demo.calendar import FIRST, ONE_DAY, DemoCalendar
from portal.demo.content import Content
from portal.demo.registers import Registers, invented_phone

Role = RoleGrant.Role
Kind = User.AccountKind
# Everybody held the role before the first quarter began.
GRANTED_ON = FIRST.first_day - 30 * ONE_DAY


@dataclass(frozen=True)
class DemoPerson:
    """One account: a role in a group, or in the unit of this name, or an administrator's kind."""

    username: str
    name: str
    role: str = ""
    unit: str = ""
    group: str = ""
    kind: str = Kind.BUSINESS


def people_of(content: Content) -> list[DemoPerson]:
    """Everybody the fixtures name, in their order."""
    county = content["county"]
    return [
        *(_officer(row, "city") for row in content["office"]),
        *(_officer(row, "county") for row in county["office"]),
        *(
            DemoPerson(f"demo-{row['login']}", row["name"], kind=row["kind"])
            for row in content["administrators"]
        ),
        *(person for row in content["unit_people"] for person in _unit_people(row, row["unit"])),
        *(person for row in county["units"] for person in _unit_people(row, row["name"])),
    ]


def _officer(row: Content, group: str) -> DemoPerson:
    return DemoPerson(f"demo-{row['login']}", row["name"], row["role"], group=group)


def _unit_people(row: Content, unit: str) -> Iterator[DemoPerson]:
    """A liaison, and a signer where the unit has one."""
    login = row.get("liaison_login", f"liaison-{row['key']}")
    yield DemoPerson(f"demo-{login}", row["liaison"], Role.LIAISON, unit)
    if "signer" in row:
        login = row.get("signer_login", f"signer-{row['key']}")
        yield DemoPerson(f"demo-{login}", row["signer"], Role.SIGNER, unit)


class People:
    """The demonstration's users, found by login name or by what they are for a unit."""

    def __init__(self, persons: list[DemoPerson], users: dict[str, User]) -> None:
        self._users = users
        self._by_duty = {
            (person.role, person.unit): users[person.username] for person in persons if person.unit
        }

    def __getitem__(self, username: str) -> User:
        return self._users[username]

    def liaison_of(self, unit_name: str) -> User:
        return self._by_duty[Role.LIAISON, unit_name]

    def signer_of(self, unit_name: str) -> User | None:
        return self._by_duty.get((Role.SIGNER, unit_name))


def make_people(content: Content, registers: Registers, calendar: DemoCalendar) -> People:
    """Accounts and grants. Raises ImproperlyConfigured outside demonstrations.

    The password is common and printed by `make demo`, so its digest is made once and shared.
    """
    persons, digest = people_of(content), make_password(demo_password())
    User.objects.bulk_create(
        User(
            username=person.username,
            password=digest,
            display_name=person.name,
            account_kind=person.kind,
            password_changed_at=calendar.now,
            phone=invented_phone(number),
            is_demo=True,
        )
        for number, person in enumerate(persons, start=1)
    )
    users = {user.username: user for user in User.objects.filter(is_demo=True)}
    groups = {"city": registers.city, "county": registers.county}
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=users[person.username],
            role=person.role,
            unit=registers.units[person.unit] if person.unit else None,
            group=groups[person.group] if person.group else None,
            granted_at=calendar.moment(GRANTED_ON, 9),
            granted_by=users["demo-secadmin"],
            is_demo=True,
        )
        for person in persons
        if person.role
    )
    return People(persons, users)
