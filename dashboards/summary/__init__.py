"""Everything the dashboard says of one round, computed from its picture and those before it. Pure."""

from dataclasses import dataclass

from core.charts import Bullet, StackedBars, TargetActual
from dashboards.summary.areas import areas_chart
from dashboards.summary.asks import CoordinationItem, coordination_items, differences
from dashboards.summary.behind import TaskRow, behind_rows
from dashboards.summary.headline import Headline, headline_of
from dashboards.summary.indicators import FigureRow, bullets, figure_rows, trends
from dashboards.summary.owing import UnitOwing, owing_of
from dashboards.summary.units import UnitComparison, units_compared
from quarters.picture import RoundPicture

__all__ = ["Summary", "summary_of"]


@dataclass(frozen=True)
class Summary:
    """The parts in the order in which a leader reads them (DOMAIN §7)."""

    headline: Headline
    behind: tuple[TaskRow, ...]
    areas: StackedBars
    owing: tuple[UnitOwing, ...]
    units: UnitComparison
    bullets: Bullet
    figures: tuple[FigureRow, ...]
    trends: tuple[TargetActual, ...]
    coordination: tuple[CoordinationItem, ...]
    differences: tuple[TaskRow, ...]


def summary_of(picture: RoundPicture, past: tuple[RoundPicture, ...] = ()) -> Summary:
    """`past` holds published pictures, newest first; last quarter's is the first of them or missing."""
    previous = past[0] if past and past[0].period == picture.period.previous() else None
    owing = owing_of(picture)
    coordination, differing = coordination_items(picture, past), differences(picture)
    return Summary(
        headline=headline_of(
            picture,
            previous,
            owing,
            coordination_count=len(coordination),
            difference_count=len(differing),
        ),
        behind=behind_rows(picture, past),
        areas=areas_chart(picture),
        owing=owing,
        units=units_compared(picture, previous),
        bullets=bullets(picture),
        figures=figure_rows(picture),
        trends=trends(picture, past),
        coordination=coordination,
        differences=differing,
    )
