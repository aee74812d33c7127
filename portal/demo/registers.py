"""The units, groups, seats and tenures of the demonstration, beside those of the facts."""

import datetime
from dataclasses import dataclass
from typing import Any

from organization.models import (
    CoordinationGroup,
    GroupMember,
    GroupTerm,
    Person,
    Seat,
    Tenure,
    Unit,
    UnitName,
    UnitSet,
    UnitSetMember,
)
from portal.demo.content import Content
from portal.demo.sources import Sources

DEMO_NOTE = "演示数据"
# Phones of people with accounts begin at 1, of people who only hold a seat here.
SEAT_PHONES = 500


@dataclass(frozen=True)
class Registers:
    """Both groups, every unit by name, and what tasks rest on."""

    city: CoordinationGroup
    county: CoordinationGroup
    units: dict[str, Unit]
    sources: Sources


def make_registers(content: Content, sources: Sources, city: CoordinationGroup) -> Registers:
    _make_units(content["units"])
    _make_units(content["county"]["units"], position=300)
    units = {unit.name: unit for unit in Unit.objects.all()}
    for stated in content["names_before"]:
        UnitName.objects.create(
            unit=units[stated["unit"]],
            name=stated["name"],
            started_on=stated["from"],
            ended_on=stated.get("until"),
        )
    main = [units[row["name"]] for row in content["units"]]
    _join(city, main, content["joined_on"], is_main_responsible=True)
    _join(city, [units[name] for name in content["areas"]], content["joined_on"])
    county = _make_county(content["county"], city, units)
    _make_seats(content, city, units)
    _make_sets(content["unit_sets"], units)
    return Registers(city, county, units, sources)


def invented_phone(number: int) -> str:
    """A number nobody has: no exchange of the city begins with 000."""
    return f"0550-000 {number:04}"


def _make_units(stated: list[Content], position: int = 0) -> None:
    Unit.objects.bulk_create(
        Unit(
            code=row["code"],
            name=row["name"],
            short_name=str(row.get("short", row["name"])),
            kind=row["kind"],
            position=row.get("position", position + number),
            note=DEMO_NOTE,
            is_demo=True,
        )
        for number, row in enumerate(stated)
    )


def _join(
    group: CoordinationGroup, units: list[Unit], since: datetime.date, *, is_main_responsible: bool = False
) -> None:
    GroupMember.objects.bulk_create(
        GroupMember(
            group=group, unit=unit, started_on=since, is_main_responsible=is_main_responsible, is_demo=True
        )
        for unit in units
    )


def _make_county(stated: Content, city: CoordinationGroup, units: dict[str, Unit]) -> CoordinationGroup:
    """A group below the city's, with one term, its members and its seats."""
    group = CoordinationGroup.objects.create(
        code=stated["code"],
        name=stated["name"],
        level=CoordinationGroup.Level.COUNTY,
        parent=city,
        office_unit=units[stated["office_unit"]],
        office_duties=city.office_duties,
        meeting_practice=city.meeting_practice,
        is_demo=True,
    )
    since: datetime.date = stated["since"]
    GroupTerm.objects.create(
        group=group,
        name=stated["name"],
        started_on=since,
        started_printed=f"{since:%Y-%m}",
        event=stated["event"],
        main_unit_count=len(stated["units"]),
    )
    _join(group, [units[row["name"]] for row in stated["units"]], since, is_main_responsible=True)
    for rank, row in enumerate(stated["tenures"], start=1):
        seat = Seat.objects.create(
            group=group, role=row["role"], position_title=row["title"], rank=rank, is_demo=True
        )
        _hold(seat, row["held"])
    return group


def _make_seats(content: Content, city: CoordinationGroup, units: dict[str, Unit]) -> None:
    """Holders for the seats of the facts, and a member's seat for each unit."""
    for row in content["tenures"]:
        _hold(Seat.objects.get(group=city, position_title=row["seat"]), row["held"])
    for rank, row in enumerate(content["member_seats"], start=11):
        seat = Seat.objects.create(
            group=city,
            role=Seat.Role.MEMBER,
            position_title=row["title"],
            rank=rank,
            unit=units[row["unit"]],
            is_demo=True,
        )
        _hold(seat, row["held"])


def _make_sets(stated: list[Content], units: dict[str, Unit]) -> None:
    """Collective names with the units they stand for."""
    for row in stated:
        whole = UnitSet.objects.create(name=row["name"], is_demo=True)
        UnitSetMember.objects.bulk_create(
            UnitSetMember(unit_set=whole, unit=units[name]) for name in row["units"]
        )


def _hold(seat: Seat, held: list[dict[str, Any]]) -> None:
    for row in held:
        person = Person.objects.create(
            name=row["name"], phone=invented_phone(SEAT_PHONES + Person.objects.count()), is_demo=True
        )
        Tenure.objects.create(
            seat=seat, person=person, started_on=row["from"], ended_on=row.get("until"), is_demo=True
        )
