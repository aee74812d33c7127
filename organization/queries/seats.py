"""Seats of groups and who held them: on a day, and before."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from core.formats import date_text
from organization.models import Seat, Tenure

NO_HOLDER = "材料未列明任职人员"
VACANT = "空缺"


@dataclass(frozen=True)
class SeatRow:
    """A seat, who holds it on the day and who held it before; a seat whose holder is not stated says so, one whose
    last holder has left is vacant."""

    seat: Seat
    holders: list[Tenure]
    former: list[Tenure]

    @property
    def holder_text(self) -> str:
        names = "、".join(tenure.person.name for tenure in self.holders)
        return names or (VACANT if self.former else NO_HOLDER)

    @property
    def former_text(self) -> str:
        return "；".join(f"{tenure.person.name}（{span_text(tenure)}）" for tenure in self.former)

    @property
    def since_text(self) -> str:
        return "、".join(f"{date_text(tenure.started_on)}起" for tenure in self.holders)

    @property
    def phone_text(self) -> str:
        return "、".join(tenure.person.phone for tenure in self.holders if tenure.person.phone)

    @property
    def has_demo_holder(self) -> bool:
        return any(tenure.is_demo for tenure in self.holders)

    @property
    def is_demo(self) -> bool:
        return self.seat.is_demo or any(tenure.is_demo for tenure in (*self.holders, *self.former))


def seats_on(seats: QuerySet[Seat], on: dt.date) -> list[SeatRow]:
    """The seats in their order with holders and predecessors as of a day; tenures of later days are not told."""
    begun = Tenure.objects.filter(started_on__lte=on).select_related("person").order_by("-started_on")
    rows = seats.select_related("section", "group", "unit").prefetch_related(
        Prefetch("tenures", begun, to_attr="begun_tenures")
    )
    return [_row(seat, seat.begun_tenures, on) for seat in rows.order_by("group__code", "rank", "pk")]


def span_text(tenure: Tenure) -> str:
    """2023年1月1日至2024年6月30日."""
    return f"{date_text(tenure.started_on)}至{date_text(tenure.ended_on) if tenure.ended_on else '今'}"


def _row(seat: Seat, begun: list[Tenure], on: dt.date) -> SeatRow:
    former = [tenure for tenure in begun if tenure.ended_on is not None and tenure.ended_on < on]
    return SeatRow(seat, [tenure for tenure in begun if tenure not in former], former)
