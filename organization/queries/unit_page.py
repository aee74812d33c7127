"""The page of one unit: names over time, spellings, people on a day, groups it belonged to."""

import datetime as dt
from dataclasses import dataclass

from core.formats import date_text
from organization.models import (
    CoordinationGroup,
    GroupMember,
    RoleGrant,
    Unit,
    UnitAlias,
    UnitName,
    UnitSet,
    User,
)
from organization.permissions import active_grants
from organization.queries.seats import SeatRow, seats_on
from organization.queries.units import acting_on


@dataclass(frozen=True)
class NameSpan:
    """A name and the time it was borne, in words."""

    name: str
    started: str
    ended: str
    is_present: bool = False


@dataclass(frozen=True)
class UnitPage:
    """One unit with everything the register knows of it, its people on one day."""

    unit: Unit
    names: list[NameSpan]
    aliases: list[UnitAlias]
    memberships: list[GroupMember]
    collective_names: list[UnitSet]
    predecessors: list[Unit]
    people: list[RoleGrant]
    seats: list[SeatRow]
    shows_phones: bool

    @property
    def shows_demo(self) -> bool:
        seats = (row.seat for row in self.seats)
        return any(row.is_demo for row in (self.unit, *self.memberships, *self.people, *seats))


def unit_page(unit: Unit, *, on: dt.date, reader: User) -> UnitPage:
    """What the register knows of the unit; people as of a day, phones for readers of one of its groups only."""
    people = acting_on(on).filter(unit=unit).select_related("user").order_by("role", "user__display_name")
    return UnitPage(
        unit=unit,
        names=name_spans(unit, list(unit.names.order_by("started_on", "ended_on"))),
        aliases=list(unit.aliases.all()),
        memberships=list(
            unit.memberships.select_related("group", "section").order_by("group__code", "started_on")
        ),
        collective_names=list(unit.sets.all()),
        predecessors=list(unit.predecessors.order_by("valid_to", "code")),
        people=list(people),
        seats=seats_on(unit.seats.all(), on),
        shows_phones=can_see_phones(reader, unit),
    )


def name_spans(unit: Unit, dated: list[UnitName]) -> list[NameSpan]:
    """The dated names, the earliest first, and the present one where it is not among them."""
    spans = [
        NameSpan(row.name, _from(row.started_on), _until(row.ended_on), row.ended_on is None) for row in dated
    ]
    if dated and not any(span.is_present for span in spans):
        began = max(row.ended_on for row in dated if row.ended_on) + dt.timedelta(days=1)
        spans.append(NameSpan(unit.name, _from(began), _until(unit.valid_to), True))
    return spans


def can_see_phones(reader: User, unit: Unit) -> bool:
    """Phones are for those who share a group with the unit, as in the directory of the group."""
    if not active_grants(reader):
        return False
    groups = CoordinationGroup.objects.visible_to(reader)
    return unit.memberships.filter(ended_on=None, group__in=groups).exists()


def named_on(unit: Unit, on: dt.date) -> str:
    """The name of a past day in words, where it was another one; empty otherwise."""
    name = unit.name_on(on)
    return "" if name == unit.name else f"{date_text(on)}名称：{name or '未列明'}"


def _from(day: dt.date | None) -> str:
    return date_text(day) if day else "启用日期未列明"


def _until(day: dt.date | None) -> str:
    return date_text(day) if day else "沿用至今"
