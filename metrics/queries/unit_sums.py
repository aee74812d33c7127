"""How many units owe a figure of a period: a sum over part of them is not the figure of the whole."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from metrics.models import FigureEntry, Observation
from organization.models import CoordinationGroup, Unit

if TYPE_CHECKING:
    from organization.models import User

SUBJECTS = (Unit.Kind.COUNTY, Unit.Kind.PARK)
Key = tuple[int, int | None, int | None]


@dataclass(frozen=True)
class UnitsTotal:
    """How many units have an accepted figure of a period, and their sum; None as soon as one of them is unknown.

    `owed` is how many should have one; 0 where no round asked for it.
    """

    units: int
    total: Decimal | None
    owed: int = 0

    @property
    def is_partial(self) -> bool:
        return self.units < self.owed

    @property
    def scope(self) -> str:
        return f"{self.units}/{self.owed}家单位" if self.is_partial else f"{self.units}家单位"


def owed_by_units(
    indicators: Collection[int], group: CoordinationGroup, periods: Iterable[tuple[int, int | None]] = ()
) -> dict[Key, int]:
    """(indicator, year, quarter) → how many counties and parks have it on their sheets; one query.

    Nothing for a period without a round: of facts from before nobody knows who should have reported.
    """
    named = set(periods)
    entries = FigureEntry.objects.filter(
        indicator_id__in=indicators, sheet__round__group=group, sheet__unit__kind__in=SUBJECTS
    )
    if named:
        entries = entries.filter(
            sheet__round__year__in={year for year, _ in named},
            sheet__round__quarter__in={quarter for _, quarter in named if quarter},
        )
    counted = entries.order_by().values_list("indicator_id", "sheet__round__year", "sheet__round__quarter")
    return {(pk, year, quarter): units for pk, year, quarter, units in counted.annotate(units=Count("pk"))}


def partial_words(units: int, owed: int, total: str) -> str:
    """「4/10家单位已审核通过，合计18,624，未报齐不作判断」."""
    return f"{units}/{owed}家单位已审核通过，合计{total}，未报齐不作判断"


def unit_totals(
    latest: Iterable[Observation], user: "User", group: CoordinationGroup
) -> dict[int, UnitsTotal]:
    """Where the newest figure is a unit's, all units of that period added up; two queries."""
    by_period: dict[tuple[int, int | None], list[int]] = {}
    for row in latest:
        if row.unit_id is not None and row.year is not None:
            by_period.setdefault((row.year, row.quarter), []).append(row.indicator_id)
    if not by_period:
        return {}
    wanted = Q()
    for (year, quarter), indicators in by_period.items():
        of_quarter = Q(quarter__isnull=True) if quarter is None else Q(quarter=quarter)
        wanted |= of_quarter & Q(year=year, indicator_id__in=indicators)
    figures = Observation.objects.visible_to(user).current().filter(wanted, group=group, unit__isnull=False)
    counted = figures.order_by().values("indicator_id")
    totals = counted.annotate(units=Count("pk"), known=Count("value"), total=Sum("value"))
    periods = {pk: period for period, pks in by_period.items() for pk in pks}
    owed = owed_by_units(periods.keys(), group, by_period)
    return {
        row["indicator_id"]: UnitsTotal(
            row["units"],
            row["total"] if row["known"] == row["units"] else None,
            owed.get((row["indicator_id"], *periods[row["indicator_id"]]), 0),
        )
        for row in totals
    }
