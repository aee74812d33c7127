"""Rows for tests, one function per model: every required field has a plain default, everything can be given.

Append the functions of your models below those of the floors your app stands on.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from core import clock
from core.models import SourceSection
from organization.models import (
    CoordinationGroup,
    GroupMember,
    GroupTerm,
    PastPassword,
    Person,
    RoleGrant,
    Seat,
    Tenure,
    Unit,
    UnitAlias,
    UnitName,
    UnitSet,
    UnitSetMember,
    User,
)
from organization.roles import UNIT_ROLES

PASSWORD = "Right-horse-77"
CITY = "341100"
_numbers = itertools.count(1)


def number() -> int:
    """A number no other row of this run has."""
    return next(_numbers)


# --- core ---------------------------------------------------------------------------------------


def section(**fields: Any) -> SourceSection:
    code = fields.pop("code", "S1")
    return SourceSection.objects.get_or_create(code=code, defaults={"title": "高度重视", **fields})[0]


# --- organization -------------------------------------------------------------------------------


def unit(**fields: Any) -> Unit:
    serial = number()
    name = fields.pop("name", f"市第{serial}局")
    defaults = {
        "code": f"unit-{serial}",
        "short_name": name,
        "kind": Unit.Kind.DEPARTMENT,
        "position": serial,
    }
    return Unit.objects.create(**{**defaults, "name": name, **fields})


def unit_name(**fields: Any) -> UnitName:
    defaults = {"name": "市旧局", "started_on": dt.date(2017, 1, 1)}
    return UnitName.objects.create(**{**defaults, "unit": fields.get("unit") or unit(), **fields})


def unit_alias(**fields: Any) -> UnitAlias:
    return UnitAlias.objects.create(
        **{"alias": f"别名{number()}", "unit": fields.get("unit") or unit(), **fields}
    )


def unit_set(*units: Unit, **fields: Any) -> UnitSet:
    whole = UnitSet.objects.create(**{"name": f"各单位{number()}", **fields})
    for member in units:
        unit_set_member(unit_set=whole, unit=member)
    return whole


def unit_set_member(**fields: Any) -> UnitSetMember:
    whole = fields.pop("unit_set", None) or unit_set()
    return UnitSetMember.objects.create(unit_set=whole, unit=fields.pop("unit", None) or unit(), **fields)


def group(**fields: Any) -> CoordinationGroup:
    """The city's group, made once; another `code` makes another group."""
    code = fields.pop("code", CITY)
    found = CoordinationGroup.objects.filter(code=code).first()
    if found is not None:
        return found
    is_city = code == CITY
    defaults = {
        "name": "滁州市推进新时代产业工人队伍建设改革协调小组" if is_city else f"{code}协调小组",
        "level": CoordinationGroup.Level.CITY if is_city else CoordinationGroup.Level.COUNTY,
        "office_unit": fields.get("office_unit") or unit(name=f"{code}总工会", kind=Unit.Kind.MASS),
    }
    return CoordinationGroup.objects.create(code=code, **{**defaults, **fields})


def group_term(**fields: Any) -> GroupTerm:
    defaults = {"name": "协调小组", "started_on": dt.date(2017, 9, 1), "started_printed": "2017年9月"}
    return GroupTerm.objects.create(**{**defaults, "group": fields.get("group") or group(), **fields})


def group_member(**fields: Any) -> GroupMember:
    return GroupMember.objects.create(
        **{"group": fields.get("group") or group(), "unit": fields.get("unit") or unit(), **fields}
    )


def person(**fields: Any) -> Person:
    return Person.objects.create(**{"name": f"张{number()}", **fields})


def seat(**fields: Any) -> Seat:
    defaults = {"role": Seat.Role.DEPUTY, "position_title": f"副市长{number()}"}
    return Seat.objects.create(**{**defaults, "group": fields.get("group") or group(), **fields})


def tenure(**fields: Any) -> Tenure:
    defaults = {"started_on": dt.date(2026, 1, 1)}
    held = fields.get("seat") or seat()
    return Tenure.objects.create(
        **{**defaults, "seat": held, "person": fields.get("person") or person(), **fields}
    )


def user(**fields: Any) -> User:
    """A business account that may go straight to its pages; its password is PASSWORD."""
    serial = number()
    defaults = {
        "username": f"user{serial}",
        "display_name": f"李{serial}",
        "password_changed_at": clock.now(),
    }
    return User.objects.create_user(**{**defaults, "password": PASSWORD, **fields})


def past_password(**fields: Any) -> PastPassword:
    holder = fields.pop("user", None) or user()
    return PastPassword.objects.create(
        **{"user": holder, "password": holder.password, "set_at": clock.now(), **fields}
    )


def grant(role: str = RoleGrant.Role.LIAISON, **fields: Any) -> RoleGrant:
    """A grant in force; the unit or group the role asks for is made where none is given."""
    if role in UNIT_ROLES:
        fields.setdefault("unit", None)
        fields["unit"] = fields["unit"] or unit()
    else:
        fields["group"] = fields.get("group") or group()
    fields["user"] = fields.get("user") or user()
    return RoleGrant.objects.create(**{"role": role, "granted_at": clock.now(), **fields})
