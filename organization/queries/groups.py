"""The page of a coordination group: its names over time, seats, people named and responsible units."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from organization.models import CoordinationGroup, GroupMember, GroupTerm, Person, Seat, Tenure, User

NO_HOLDER = "材料未列明任职人员"


@dataclass(frozen=True)
class SeatRow:
    """A seat and who holds it; a seat whose holder the material does not name says so."""

    seat: Seat
    holders: list[Tenure]

    @property
    def holder_text(self) -> str:
        return "、".join(tenure.person.name for tenure in self.holders) or NO_HOLDER


@dataclass(frozen=True)
class GroupPage:
    """One coordination group with everything the register knows of it."""

    group: CoordinationGroup
    terms: list[GroupTerm]
    seats: list[SeatRow]
    named_persons: list[Person]
    main_units: list[GroupMember]
    other_units: list[GroupMember]
    below: list[CoordinationGroup]

    @property
    def main_unit_sentence(self) -> str:
        stated = next((term.main_unit_count for term in reversed(self.terms) if term.main_unit_count), None)
        named = sum(not member.is_demo for member in self.main_units)
        return main_unit_sentence(stated, named)

    @property
    def shows_demo(self) -> bool:
        units = (*self.main_units, *self.other_units)
        seats = (row.seat for row in self.seats)
        return any(row.is_demo for row in (self.group, *units, *self.below, *seats))


def group_page(group: CoordinationGroup, *, on: dt.date, user: User) -> GroupPage:
    """What the register knows of the group on a day; of groups below those the user may see."""
    group = CoordinationGroup.objects.select_related("office_unit", "section").get(pk=group.pk)
    members = group.members.filter(ended_on=None).select_related("unit", "section")
    return GroupPage(
        group=group,
        terms=list(group.terms.select_related("section").order_by("started_on")),
        seats=_seats(group, on),
        named_persons=_named_persons(group),
        main_units=[member for member in members if member.is_main_responsible],
        other_units=[member for member in members if not member.is_main_responsible],
        below=list(CoordinationGroup.objects.visible_to(user).filter(parent=group)),
    )


def main_unit_sentence(stated: int | None, named: int) -> str:
    """How many main responsible units there are and how many of them the material names."""
    if stated is None:
        return f"材料未列明主要责任单位总数，已登记{named}家。" if named else "材料未列明主要责任单位。"
    missing = stated - named
    if missing <= 0:
        return f"{stated}家主要责任单位，材料已全部列名。"
    return f"{stated}家主要责任单位，材料列名{named}家，另有{missing}家未在材料中列名。"


def _seats(group: CoordinationGroup, on: dt.date) -> list[SeatRow]:
    current = Tenure.objects.filter(Q(ended_on=None) | Q(ended_on__gte=on), started_on__lte=on)
    held = Prefetch("tenures", current.select_related("person"), to_attr="current_tenures")
    seats = group.seats.select_related("section").prefetch_related(held).order_by("rank", "pk")
    return [SeatRow(seat, seat.current_tenures) for seat in seats]


def _named_persons(group: CoordinationGroup) -> list[Person]:
    """Persons the material names with a post but gives no seat: they belong to the uppermost group's page."""
    if group.parent_id is not None:
        return []
    persons = Person.objects.filter(tenures=None).exclude(post_as_printed="").select_related("section")
    return list(persons.order_by("pk"))
