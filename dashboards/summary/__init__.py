"""Everything the dashboard says of one round, computed from its counts, those before it and the first rows. Pure."""

from dataclasses import dataclass

from core.charts import Bullet, StackedBars, TargetActual
from dashboards.summary.areas import areas_chart
from dashboards.summary.headline import Headline, headline_of
from dashboards.summary.indicators import FigureRow, bullets, figure_rows, trends
from dashboards.summary.owing import UnitOwing, owing_of
from dashboards.summary.rows import Listed
from dashboards.summary.units import UnitComparison, units_compared
from quarters.reading import RoundReading

__all__ = ["FirstRows", "Summary", "summary_of"]
NONE = Listed()


@dataclass(frozen=True)
class FirstRows:
    """What the page names of the round's tasks: the worst, what needs a leader, where light and word differ."""

    behind: Listed = NONE
    coordination: Listed = NONE
    differing: Listed = NONE


@dataclass(frozen=True)
class Summary:
    """The parts in the order in which a leader reads them (DOMAIN §7)."""

    headline: Headline
    rows: FirstRows
    areas: StackedBars
    owing: tuple[UnitOwing, ...]
    units: UnitComparison
    bullets: Bullet
    figures: tuple[FigureRow, ...]
    trends: tuple[TargetActual, ...]


def summary_of(
    reading: RoundReading, past: tuple[RoundReading, ...] = (), rows: FirstRows = FirstRows()
) -> Summary:
    """`past` holds published rounds, newest first; last quarter's is the first of them or missing."""
    previous = past[0] if past and past[0].period == reading.period.previous() else None
    owing = owing_of(reading)
    return Summary(
        headline=headline_of(
            reading,
            previous,
            owing,
            attention_count=rows.behind.total,
            coordination_count=rows.coordination.total,
            difference_count=rows.differing.total,
        ),
        rows=rows,
        areas=areas_chart(reading),
        owing=owing,
        units=units_compared(reading, previous),
        bullets=bullets(reading),
        figures=figure_rows(reading),
        trends=trends(reading, past),
    )
