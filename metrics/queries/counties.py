"""The figures of counties and parks side by side, and whether they add up to the whole's."""

import functools
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from core.formats import UNKNOWN, date_text, decimal_text
from core.periods import Quarter
from metrics.formulas import total_of
from metrics.models import Indicator, Observation
from metrics.queries.register import WHOLE, is_ratio, parts_of, reading_of, state_of
from metrics.wording import amount_of
from organization.models import CoordinationGroup

if TYPE_CHECKING:
    from organization.models import User

MOST_PERIODS = 5
Period = tuple[int, int]


@dataclass(frozen=True)
class CountyCell:
    """One figure as printed, with what stands behind it."""

    text: str
    hint: str = ""


@dataclass(frozen=True)
class CountyLine:
    """One unit, or the sum, or the whole, over the periods."""

    label: str
    cells: tuple[CountyCell, ...]
    url: str = ""


@dataclass(frozen=True)
class CountyTable:
    """Units down, periods across, the newest first; the sum and the whole below, and what is said of their difference."""

    periods: tuple[str, ...]
    lines: tuple[CountyLine, ...]
    totals: tuple[CountyLine, ...]
    checks: tuple[str, ...]
    is_demo: bool

    @property
    def is_right(self) -> bool:
        return not any(check.startswith("相差") for check in self.checks)


def county_table(indicator: Indicator, user: "User", group: CoordinationGroup) -> CountyTable | None:
    """Two queries; None where no unit has a figure. Sums only where the indicator's rule adds units up."""
    rows = Observation.objects.visible_to(user).current().filter(indicator=indicator, group=group)
    of_units = rows.filter(year__isnull=False, quarter__isnull=False, unit__isnull=False)
    spoken_of = of_units.order_by("-year", "-quarter").values_list("year", "quarter").distinct()
    periods = list(spoken_of[:MOST_PERIODS])
    if not periods:
        return None
    wanted = functools.reduce(operator.or_, (Q(year=year, quarter=quarter) for year, quarter in periods))
    known = rows.filter(wanted).select_related("unit", "sheet__round")
    figures = list(known.order_by("unit__position", "unit__code", "as_of_on", "pk"))
    found = {(row.unit_id, (row.year, row.quarter)): row for row in figures}
    units = {row.unit_id: row.unit for row in figures if row.unit_id}
    lines = [
        CountyLine(
            unit.short_name,
            tuple(_cell(indicator, found.get((pk, period))) for period in periods),
            unit.get_absolute_url(),
        )
        for pk, unit in units.items()
        if unit is not None
    ]
    whole = tuple(_cell(indicator, found.get((None, period))) for period in periods)
    totals, checks = [CountyLine(WHOLE, whole)], ("",) * len(periods)
    if indicator.over_units == Indicator.OverUnits.SUM:
        sums = [_sum(indicator, [found.get((pk, period)) for pk in units]) for period in periods]
        totals.insert(0, CountyLine("各单位合计", tuple(CountyCell(decimal_text(total)) for total in sums)))
        pairs = zip(sums, [found.get((None, period)) for period in periods], strict=True)
        checks = tuple(_check(total, _amount(indicator, row)) for total, row in pairs)
    labels = tuple(Quarter(year, quarter).label for year, quarter in _pairs(periods))
    return CountyTable(labels, tuple(lines), tuple(totals), checks, any(row.is_demo for row in figures))


def _pairs(periods: Iterable[tuple[int | None, int | None]]) -> list[Period]:
    return [(year, quarter) for year, quarter in periods if year and quarter]


def _cell(indicator: Indicator, figure: Observation | None) -> CountyCell:
    if figure is None:
        return CountyCell(UNKNOWN)
    reading = reading_of(indicator, figure)
    as_of = f"截至{date_text(figure.as_of_on)}，" if figure.as_of_on else ""
    return CountyCell(f"{reading.shown}{reading.bound}", f"{as_of}{state_of(figure)}")


def _amount(indicator: Indicator, figure: Observation | None) -> Decimal | None:
    return amount_of(parts_of(figure), is_ratio=is_ratio(indicator)) if figure else None


def _sum(indicator: Indicator, figures: Iterable[Observation | None]) -> Decimal | None:
    """Unknown as soon as one unit's figure is: a part sum passes for the whole otherwise."""
    return total_of(_amount(indicator, figure) for figure in figures)


def _check(total: Decimal | None, whole: Decimal | None) -> str:
    if total is None:
        return "缺少单位数据，不能核对"
    if whole is None:
        return "没有全市数据"
    return "与全市一致" if total == whole else f"相差{decimal_text(total - whole)}"
