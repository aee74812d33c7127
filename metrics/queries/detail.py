"""One indicator in full: its definition, its figures with their origin, its targets, the tasks it measures."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, QuerySet, Sum

from core.charts import Period, TargetActual
from core.formats import UNKNOWN, decimal_text
from core.periods import Quarter
from metrics.models import Indicator, Observation, Target
from metrics.models.observations import ObservationQuerySet
from metrics.queries.register import (
    WHOLE,
    is_ratio,
    parts_of,
    period_of,
    reading_of,
    state_of,
    target_for,
)
from metrics.queries.unit_sums import owed_by_units
from metrics.wording import Reading, amount_of, as_of_text
from organization.models import CoordinationGroup
from tasks.models import Task

if TYPE_CHECKING:
    from organization.models import User

MOST_POINTS = 12
SORTS: dict[str, tuple[str, ...]] = {
    "period": ("-year", "-quarter", "unit__position", "-version_no", "-recorded_at"),
    "unit": ("unit__position", "-year", "-quarter"),
    "as_of": ("-as_of_on", "unit__position"),
}
DEFAULT_SORT = "period"


@dataclass(frozen=True)
class FigureRow:
    """One figure with everything a reader may ask of it."""

    period: str
    scope: str
    reading: Reading
    as_of: str
    state: str
    remark: str
    source: str
    section: str
    is_superseded: bool
    is_demo: bool


@dataclass(frozen=True)
class TargetRow:
    """One target: the raw wording beside how it was read."""

    period: str
    scope: str
    wording: str
    parsed: str
    is_soft: bool
    is_demo: bool


def figures_of(indicator: Indicator, user: "User", group: CoordinationGroup) -> QuerySet[Observation]:
    """Every accepted figure the reader sees, superseded ones too: a correction never hides what stood."""
    figures = Observation.objects.visible_to(user).filter(indicator=indicator, group=group)
    return figures.select_related("unit", "section", "superseded_by", "sheet__round")


def figure_row(indicator: Indicator, figure: Observation) -> FigureRow:
    remarks = (figure.definition_note, figure.explanation, figure.correction_reason)
    return FigureRow(
        period=period_of(figure),
        scope=figure.unit.short_name if figure.unit else WHOLE,
        reading=reading_of(indicator, figure),
        as_of=as_of_text(figure.as_of_on, figure.as_of_note),
        state=state_of(figure),
        remark="；".join(remark for remark in remarks if remark),
        source=figure.source,
        section=str(figure.section) if figure.section else "",
        is_superseded=hasattr(figure, "superseded_by"),
        is_demo=figure.is_demo,
    )


def targets_of(indicator: Indicator, group: CoordinationGroup) -> list[Target]:
    rows = Target.objects.filter(indicator=indicator, group=group).select_related("unit")
    return sorted(rows, key=lambda row: (-row.year, row.quarter or 0, row.unit.position if row.unit else -1))


def target_row(target: Target, indicator: Indicator) -> TargetRow:
    value = decimal_text(target.value)
    parsed = (
        UNKNOWN
        if target.value is None
        else f"{target.get_comparator_display()}{value}{indicator.measure_unit}"
    )
    return TargetRow(
        period=Quarter(target.year, target.quarter).label if target.quarter else f"{target.year}年全年",
        scope=target.unit.short_name if target.unit else WHOLE,
        wording=target.wording,
        parsed=parsed if target.value is not None else "由审核人判断",
        is_soft=target.is_soft,
        is_demo=target.is_demo,
    )


def target_chart(
    indicator: Indicator, user: "User", group: CoordinationGroup, targets: Iterable[Target]
) -> TargetActual:
    """The whole's last quarters against their targets; a figure without a quarter stands at its as-of date."""
    figures = Observation.objects.visible_to(user).current().filter(indicator=indicator, group=group)
    newest = _newest_points(indicator, figures, group)
    whole = [target for target in targets if target.unit_id is None]
    placed = [figure for figure in reversed(newest) if figure.as_of_on or (figure.year and figure.quarter)]
    points = tuple(_point(indicator, figure, whole) for figure in placed)
    return TargetActual(
        title="目标与实际",
        unit=indicator.measure_unit,
        points=points,
        as_of=newest[0].as_of_on if newest else None,
        precision=indicator.precision,
    )


def _newest_points(
    indicator: Indicator, figures: ObservationQuerySet, group: CoordinationGroup
) -> list[Observation]:
    """Those of the whole; where the whole hands in none and units add up, one sum per quarter all units know."""
    known_last = F("as_of_on").desc(nulls_last=True)
    whole = list(figures.about(None).order_by(known_last, "-pk")[:MOST_POINTS])
    if whole or indicator.over_units != Indicator.OverUnits.SUM:
        return whole
    quarters = figures.filter(year__isnull=False, quarter__isnull=False).order_by().values("year", "quarter")
    totals = quarters.annotate(
        units=Count("pk"), known=Count("value"), total=Sum("value"), last_on=Max("as_of_on")
    )
    owed = owed_by_units([indicator.pk], group)
    return [
        Observation(
            year=row["year"],
            quarter=row["quarter"],
            value=row["total"]
            if row["known"] == row["units"] >= owed.get((indicator.pk, row["year"], row["quarter"]), 0)
            else None,
            as_of_on=row["last_on"],
        )
        for row in totals.order_by(F("last_on").desc(nulls_last=True), "-year", "-quarter")[:MOST_POINTS]
    ]


def _point(indicator: Indicator, figure: Observation, targets: list[Target]) -> Period:
    amount = amount_of(parts_of(figure), is_ratio=is_ratio(indicator))
    target = target_for(targets, figure.year, figure.quarter) if figure.year else None
    aimed: Decimal | None = target.value if target else None
    if figure.year and figure.quarter:
        period = Quarter(figure.year, figure.quarter)
        return Period(period.short_label, amount, aimed, group=f"{figure.year}年")
    day = figure.as_of_on
    return Period(
        f"{day.month}月{day.day}日" if day else UNKNOWN, amount, aimed, group=f"{day.year}年" if day else ""
    )


def tasks_measured(indicator: Indicator, user: "User") -> list[Task]:
    """The tasks this indicator measures, as far as the reader sees them."""
    tasks = Task.objects.visible_to(user).filter(task_indicators__indicator=indicator)
    return list(tasks.select_related("plan").order_by("-plan__year", "code").distinct())
