"""The whole city's figures and targets, one per indicator and period, for the workbook spread over quarters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from core.formats import decimal_text
from core.periods import Quarter
from metrics.formulas import total_of
from metrics.models import Indicator, Observation, Target
from metrics.queries.register import is_ratio, parts_of, reading_of
from metrics.queries.unit_sums import owed_by_units, partial_words
from metrics.wording import amount_of
from organization.models import CoordinationGroup

if TYPE_CHECKING:
    from organization.models import User

ACTUAL, TARGET = "实际", "目标"
WHOLE_YEAR = 5  # stands after the four quarters


@dataclass(frozen=True)
class Spread:
    """One cell: which indicator, which period, figure or target; `value` is text where a number would say less."""

    code: str
    year: int
    quarter: int
    kind: str
    value: Decimal | str | None
    is_demo: bool
    as_of: date | None = None

    @property
    def head(self) -> str:
        period = (
            f"{self.year}年全年" if self.quarter == WHOLE_YEAR else Quarter(self.year, self.quarter).label
        )
        return f"{period}{self.kind}"


def spread_cells(user: "User", group: CoordinationGroup) -> list[Spread]:
    """Current accepted figures of the whole by quarter, and the whole's targets by quarter or year; three queries.

    Where an indicator's rule adds units up and no figure of the whole was handed in, the units' sum stands; it is
    unknown as soon as one of them is, and words where not all units have handed in.
    """
    return [*_actuals(user, group), *_targets(group)]


def _actuals(user: "User", group: CoordinationGroup) -> Iterable[Spread]:
    figures = Observation.objects.visible_to(user).current().filter(group=group)
    counted = Q(unit__isnull=True) | Q(indicator__over_units=Indicator.OverUnits.SUM)
    rows = figures.filter(counted, year__isnull=False, quarter__isnull=False).select_related("indicator")
    found: dict[tuple[str, int, int], list[Observation]] = {}
    for row in rows.order_by("as_of_on", "recorded_at", "pk"):
        if row.year and row.quarter:
            found.setdefault((row.indicator.code, row.year, row.quarter), []).append(row)
    owed = owed_by_units({rows[0].indicator_id for rows in found.values()}, group)
    for (code, year, quarter), same in found.items():
        whole = [row for row in same if row.unit_id is None]
        value = _value(whole[-1]) if whole else _sum(same, owed.get((same[0].indicator_id, year, quarter), 0))
        days = [row.as_of_on for row in (whole[-1:] or same) if row.as_of_on]
        is_demo = any(row.is_demo for row in whole[-1:] or same)
        yield Spread(code, year, quarter, ACTUAL, value, is_demo, max(days, default=None))


def _sum(figures: list[Observation], owed: int) -> Decimal | str | None:
    total = total_of(row.value for row in figures)
    return partial_words(len(figures), owed, decimal_text(total)) if len(figures) < owed else total


def _value(figure: Observation) -> Decimal | str | None:
    """The number, a share rounded as its indicator asks; «460,900以上» stays the words it was."""
    reading = reading_of(figure.indicator, figure)
    if reading.bound:
        return f"{reading.shown}{reading.bound}"
    amount = amount_of(parts_of(figure), is_ratio=is_ratio(figure.indicator))
    if amount is None or not is_ratio(figure.indicator):
        return amount
    return round(amount, figure.indicator.precision)


def _targets(group: CoordinationGroup) -> Iterable[Spread]:
    for target in Target.objects.filter(group=group, unit__isnull=True).select_related("indicator"):
        value = target.wording if target.value is None else target.value
        quarter = target.quarter or WHOLE_YEAR
        yield Spread(target.indicator.code, target.year, quarter, TARGET, value, target.is_demo)
