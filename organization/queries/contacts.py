"""The contact directory of a group (通讯录): who acts for it and for its members today, and how to reach them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from core import clock
from organization.models import CoordinationGroup, GroupMember, RoleGrant, UnitAlias
from organization.models.periods import holding_on
from organization.queries.seats import SeatRow, seats_on
from organization.queries.units import acting_on
from organization.roles import GROUP_ROLES, UNIT_ROLES

# Office first, then the leaders' side, then the units' people.
ROLE_ORDER = ("office_head", "office", "leader", "assessor", "liaison", "signer")


@dataclass(frozen=True)
class ContactRow:
    """One line of the directory, ready to print."""

    name: str
    part: str
    duty: str
    place: str
    place_url: str
    phone: str
    is_demo: bool


def contacts(
    group: CoordinationGroup, *, role: str = "", unit: str = "", text: str = ""
) -> QuerySet[RoleGrant]:
    """Grants in force of the group and of its present members, narrowed by role, by unit (its code) and by words."""
    today = clock.today()
    members = GroupMember.objects.filter(holding_on(today), group=group)
    grants = acting_on(today).filter(
        Q(role__in=GROUP_ROLES, group=group) | Q(role__in=UNIT_ROLES, unit__in=members.values("unit"))
    )
    order = [When(role=role_, then=Value(place)) for place, role_ in enumerate(ROLE_ORDER)]
    grants = grants.select_related("user", "unit", "group__office_unit").annotate(
        role_place=Case(*order, default=Value(len(order))),
        unit_place=Coalesce(F("unit__position"), Value(0)),
    )
    if role:
        grants = grants.filter(role=role)
    if unit:
        grants = grants.filter(unit__code=unit)
    return grants.filter(_about(text)) if text else grants


def contact_row(grant: RoleGrant) -> ContactRow:
    unit = grant.unit
    group = grant.group
    return ContactRow(
        name=grant.user.display_name,
        part="办事人员",
        duty=grant.get_role_display(),
        place=unit.name if unit else group.name if group else "",
        place_url=unit.get_absolute_url() if unit else "",
        phone=grant.user.phone,
        is_demo=grant.is_demo,
    )


def seat_contacts(group: CoordinationGroup, *, unit: str = "", text: str = "") -> list[ContactRow]:
    """The holders of the group's seats today, narrowed the same way (they hold no role)."""
    seats = group.seats.filter(unit__code=unit) if unit else group.seats.all()
    rows = [row for seat in seats_on(seats, clock.today()) for row in _of_seat(seat)]
    return [row for row in rows if not text or any(text in word for word in (row.name, row.duty, row.place))]


def member_choices(group: CoordinationGroup) -> list[tuple[str, str]]:
    """The present members by code, for the filter."""
    members = group.members.filter(holding_on(clock.today())).order_by("unit__position", "unit__code")
    return list(members.values_list("unit__code", "unit__short_name"))


def _of_seat(row: SeatRow) -> Iterator[ContactRow]:
    for tenure in row.holders:
        unit = row.seat.unit
        yield ContactRow(
            name=tenure.person.name,
            part="小组组成人员",
            duty=row.seat.get_role_display(),
            place=row.seat.position_title,
            place_url=unit.get_absolute_url() if unit else "",
            phone=tenure.person.phone,
            is_demo=tenure.is_demo,
        )


def _about(text: str) -> Q:
    return (
        Q(user__display_name__icontains=text)
        | Q(user__phone__icontains=text)
        | Q(unit__name__icontains=text)
        | Q(unit__short_name__icontains=text)
        | Q(Exists(UnitAlias.objects.filter(unit=OuterRef("unit"), alias__icontains=text)))
    )
