"""The register of units: filtered by what they are, when they existed and who acts for them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from core import clock
from organization.models import CoordinationGroup, GroupMember, RoleGrant, Unit, UnitAlias, UnitName
from organization.models.periods import holding_on

MAIN, MEMBER, NONE = "main", "member", "none"
IN_FORCE, ENDED = "in_force", "ended"


@dataclass(frozen=True)
class UnitQuestion:
    """What the reader asked of the register; empty words narrow nothing. `on` is the day it is about."""

    on: dt.date
    kind: str = ""
    standing: str = ""
    part: str = ""
    staff: str = ""
    text: str = ""


def unit_register(group: CoordinationGroup, asked: UnitQuestion) -> QuerySet[Unit]:
    """Units with their part in the group and the people who act for them on the day asked for.

    Annotated: `is_member`, `is_main`, `has_demo_part`, `has_liaison`, `has_signer`, `name_then` (a dated name that
    covers the day). Words are looked for in names, past names, other spellings and codes.
    """
    membership = GroupMember.objects.filter(holding_on(asked.on), group=group, unit=OuterRef("pk"))
    names = UnitName.objects.filter(holding_on(asked.on), unit=OuterRef("pk")).order_by("started_on")
    units = Unit.objects.for_list().annotate(
        is_member=Exists(membership),
        is_main=Exists(membership.filter(is_main_responsible=True)),
        has_demo_part=Exists(membership.filter(is_demo=True)),
        has_liaison=Exists(acting_on(asked.on).filter(unit=OuterRef("pk"), role=RoleGrant.Role.LIAISON)),
        has_signer=Exists(acting_on(asked.on).filter(unit=OuterRef("pk"), role=RoleGrant.Role.SIGNER)),
        name_then=Subquery(names.values("name")[:1]),
    )
    return _in_part(_standing(units, asked), asked).filter(_described(asked))


def acting_on(day: dt.date) -> QuerySet[RoleGrant]:
    """Grants in force at the end of a day; from today on only those of accounts that may sign in."""
    late = clock.end_of_day(day)
    grants = RoleGrant.objects.filter(Q(ended_at=None) | Q(ended_at__gte=late), granted_at__lt=late)
    return grants.filter(user__is_active=True) if day >= clock.today() else grants


def part_in_group(unit: Unit) -> str:
    """What an annotated unit is in the group: 主要责任单位, 成员单位 or nothing."""
    if getattr(unit, "is_main", False):
        return "主要责任单位"
    return "成员单位" if getattr(unit, "is_member", False) else ""


def staff_words(unit: Unit) -> str:
    """Whether somebody acts for an annotated unit."""
    found = [
        word
        for word, has in (("联络员", "has_liaison"), ("审签人", "has_signer"))
        if getattr(unit, has, False)
    ]
    return "、".join(found)


def shows_demo(units: Iterable[Unit]) -> bool:
    """Whether any of these annotated units, or its part in the group, is invented."""
    return any(unit.is_demo or getattr(unit, "has_demo_part", False) for unit in units)


def _standing(units: QuerySet[Unit], asked: UnitQuestion) -> QuerySet[Unit]:
    if asked.standing == IN_FORCE:
        return units.in_force(asked.on)  # type: ignore[attr-defined]
    return units.ended(asked.on) if asked.standing == ENDED else units  # type: ignore[attr-defined]


def _in_part(units: QuerySet[Unit], asked: UnitQuestion) -> QuerySet[Unit]:
    wanted = {
        MAIN: Q(is_main=True),
        MEMBER: Q(is_member=True),
        NONE: Q(is_member=False),
        "": Q(),
    }[asked.part]
    return units.filter(wanted)


def _described(asked: UnitQuestion) -> Q:
    wanted = Q(kind=asked.kind) if asked.kind else Q()
    if asked.staff:
        wanted &= Q(has_liaison=False) if asked.staff == RoleGrant.Role.LIAISON else Q(has_signer=False)
    return wanted & _named_like(asked.text) if asked.text else wanted


def _named_like(text: str) -> Q:
    spelled = UnitAlias.objects.filter(unit=OuterRef("pk"), alias__icontains=text)
    once_named = UnitName.objects.filter(unit=OuterRef("pk"), name__icontains=text)
    own = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__icontains=text)
    return own | Exists(spelled) | Exists(once_named)
