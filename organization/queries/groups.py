"""The page of a coordination group on a day: names over time, seats, people named, members."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from organization.models import CoordinationGroup, GroupMember, GroupTerm, Person, User
from organization.models.periods import holding_on
from organization.queries.seats import SeatRow, seats_on


@dataclass(frozen=True)
class GroupPage:
    """One coordination group with everything the register knows of it, as of a day."""

    group: CoordinationGroup
    on: dt.date
    terms: list[GroupTerm]
    seats: list[SeatRow]
    named_persons: list[Person]
    main_units: list[GroupMember]
    other_units: list[GroupMember]
    visible: list[CoordinationGroup]

    @property
    def main_unit_sentence(self) -> str:
        """An invented group stands in no document: only its number is told."""
        if self.group.is_demo:
            return f"{len(self.main_units)}家主要责任单位。"
        stated = next((term.main_unit_count for term in reversed(self.terms) if term.main_unit_count), None)
        named = sum(not member.is_demo for member in self.main_units)
        return main_unit_sentence(stated, named)

    @property
    def term_then(self) -> GroupTerm | None:
        """The term in force on the day."""
        held = [term for term in self.terms if term.started_on <= self.on <= (term.ended_on or self.on)]
        return held[-1] if held else None

    @property
    def below(self) -> list[CoordinationGroup]:
        return [group for group in self.visible if group.parent_id == self.group.pk]

    @property
    def above(self) -> CoordinationGroup | None:
        """The group above, where the reader may open it."""
        return next((group for group in self.visible if group.pk == self.group.parent_id), None)

    @property
    def shows_demo(self) -> bool:
        kept = (self.group, *self.main_units, *self.other_units, *self.below)
        return any(row.is_demo for row in kept) or any(row.is_demo for row in self.seats)


def group_page(group: CoordinationGroup, *, on: dt.date, user: User) -> GroupPage:
    """What the register knows of the group on a day; of other groups those the user may see."""
    group = CoordinationGroup.objects.select_related("office_unit", "section", "parent").get(pk=group.pk)
    members = list(group.members.filter(holding_on(on)).select_related("unit", "section"))
    return GroupPage(
        group=group,
        on=on,
        terms=list(group.terms.select_related("section").order_by("started_on")),
        seats=seats_on(group.seats.all(), on),
        named_persons=_named_persons(group),
        main_units=[member for member in members if member.is_main_responsible],
        other_units=[member for member in members if not member.is_main_responsible],
        visible=list(CoordinationGroup.objects.visible_to(user).order_by("code")),
    )


def main_unit_sentence(stated: int | None, named: int) -> str:
    """How many main responsible units there are and how many of them the material names."""
    if stated is None:
        return f"材料未列明主要责任单位总数，已登记{named}家。" if named else "材料未列明主要责任单位。"
    missing = stated - named
    if missing <= 0:
        return f"{stated}家主要责任单位，材料已全部列名。"
    return f"{stated}家主要责任单位，材料列名{named}家，另有{missing}家未在材料中列名。"


def _named_persons(group: CoordinationGroup) -> list[Person]:
    """Persons the material names with a post but gives no seat: they belong to the uppermost group's page."""
    if group.parent_id is not None:
        return []
    named = Person.objects.filter(Q(kept_by=None) | Q(kept_by=group), tenures=None)
    persons = named.exclude(post_as_printed="").select_related("section")
    return list(persons.order_by("pk"))
