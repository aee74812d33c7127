"""The people of the demonstration: invented names, one account each, and the roles they hold."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from organization.demo_accounts import DEMO_ACCOUNTS, demo_password
from organization.models import CoordinationGroup, RoleGrant, Unit, User

if TYPE_CHECKING:
    from portal.demo.calendar import DemoCalendar

__all__ = ["DEMO_ACCOUNTS", "PEOPLE", "DemoPerson", "People", "make_people"]

Role = RoleGrant.Role
Kind = User.AccountKind


@dataclass(frozen=True)
class DemoPerson:
    """One account: a role in the group, or in the unit of this name, or an administrator's kind."""

    username: str
    name: str
    role: str = ""
    unit: str = ""
    kind: str = Kind.BUSINESS


PEOPLE = (
    DemoPerson("demo-office", "林晓舟", Role.OFFICE),
    DemoPerson("demo-office2", "顾明远", Role.OFFICE),
    DemoPerson("demo-officehead", "沈知秋", Role.OFFICE_HEAD),
    DemoPerson("demo-leader", "陆景行", Role.LEADER),
    DemoPerson("demo-liaison", "周以宁", Role.LIAISON, "市人社局"),
    DemoPerson("demo-liaison2", "许清禾", Role.LIAISON, "市教体局"),
    DemoPerson("demo-signer", "方致和", Role.SIGNER, "市人社局"),
    DemoPerson("demo-auditor", "何若谷", kind=Kind.AUDIT),
    DemoPerson("demo-sysadmin", "罗一鸣", kind=Kind.SYSTEM),
    DemoPerson("demo-secadmin", "温书言", kind=Kind.SECURITY),
    # Not offered at sign-in: they filled in the history of the other units.
    DemoPerson("demo-liaison-zonggonghui", "孟繁星", Role.LIAISON, "市总工会"),
    DemoPerson("demo-liaison-xuanchuanbu", "秦若水", Role.LIAISON, "市委宣传部"),
    DemoPerson("demo-liaison-fengyang", "江望舒", Role.LIAISON, "凤阳县"),
    DemoPerson("demo-signer-jiaotiju", "童嘉木", Role.SIGNER, "市教体局"),
)


class People:
    """The demonstration's users, found by login name or by what they are for a unit."""

    def __init__(self, users: dict[str, User]) -> None:
        self._users = users
        self._by_duty = {
            (person.role, person.unit): users[person.username] for person in PEOPLE if person.unit
        }

    def __getitem__(self, username: str) -> User:
        return self._users[username]

    def liaison_of(self, unit_name: str) -> User:
        return self._by_duty[Role.LIAISON, unit_name]

    def signer_of(self, unit_name: str) -> User:
        return self._by_duty[Role.SIGNER, unit_name]


def make_people(group: CoordinationGroup, calendar: "DemoCalendar") -> People:
    """Accounts and grants, held since before the first quarter began. Raises ImproperlyConfigured outside demonstrations."""
    password = demo_password()
    since = calendar.moment(calendar.quarters[0].first_day, 9)
    users = {person.username: _make_user(person, password, calendar) for person in PEOPLE}
    units = {unit.name: unit for unit in Unit.objects.filter(name__in={person.unit for person in PEOPLE})}
    for person in PEOPLE:
        if person.role:
            RoleGrant.objects.create(
                user=users[person.username],
                role=person.role,
                unit=units[person.unit] if person.unit else None,
                group=None if person.unit else group,
                granted_at=since,
                granted_by=users["demo-secadmin"],
                is_demo=True,
            )
    return People(users)


def _make_user(person: DemoPerson, password: str, calendar: "DemoCalendar") -> User:
    return User.objects.create_user(
        person.username,
        password,
        display_name=person.name,
        account_kind=person.kind,
        password_changed_at=calendar.now,
        is_demo=True,
    )
