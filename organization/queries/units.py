"""The register of units and the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from organization.models import (
    CoordinationGroup,
    GroupMember,
    RoleGrant,
    Unit,
    UnitAlias,
    UnitName,
    UnitSet,
)


@dataclass(frozen=True)
class UnitPage:
    """One unit with everything the register knows of it."""

    unit: Unit
    names: list[UnitName]
    aliases: list[UnitAlias]
    memberships: list[GroupMember]
    collective_names: list[UnitSet]
    people: list[RoleGrant]

    @property
    def shows_demo(self) -> bool:
        return any(row.is_demo for row in (self.unit, *self.memberships, *self.people))


def unit_register(group: CoordinationGroup, *, kind: str = "", text: str = "") -> QuerySet[Unit]:
    """Units with their part in the group (`is_main`, `is_member`, invented?), narrowed by kind and by words.

    Words are looked for in names, past names, other spellings and codes.
    """
    membership = GroupMember.objects.filter(group=group, unit=OuterRef("pk"), ended_on=None)
    units = Unit.objects.for_list().annotate(
        is_member=Exists(membership),
        is_main=Exists(membership.filter(is_main_responsible=True)),
        has_demo_part=Exists(membership.filter(is_demo=True)),
    )
    if kind:
        units = units.filter(kind=kind)
    return units.filter(_named_like(text)) if text else units


def unit_page(unit: Unit) -> UnitPage:
    """The unit's names over time, spellings, memberships, collective names and the people who act for it."""
    people = unit.grants.active().select_related("user").order_by("role", "user__display_name")
    return UnitPage(
        unit=unit,
        names=list(unit.names.order_by("started_on")),
        aliases=list(unit.aliases.all()),
        memberships=list(unit.memberships.select_related("group", "section").order_by("group__code")),
        collective_names=list(unit.sets.all()),
        people=list(people),
    )


def part_in_group(unit: Unit) -> str:
    """What an annotated unit is in the group: 主要责任单位, 成员单位 or nothing."""
    if getattr(unit, "is_main", False):
        return "主要责任单位"
    return "成员单位" if getattr(unit, "is_member", False) else ""


def shows_demo(units: Iterable[Unit]) -> bool:
    """Whether any of these annotated units, or its part in the group, is invented."""
    return any(unit.is_demo or getattr(unit, "has_demo_part", False) for unit in units)


def _named_like(text: str) -> Q:
    spelled = UnitAlias.objects.filter(unit=OuterRef("pk"), alias__icontains=text)
    once_named = UnitName.objects.filter(unit=OuterRef("pk"), name__icontains=text)
    own = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__icontains=text)
    return own | Exists(spelled) | Exists(once_named)
