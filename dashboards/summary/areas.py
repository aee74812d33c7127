"""Lights by area as stacked bars; each part leads to its tasks. Pure."""

from collections import defaultdict

from core.charts import BarRow, Series, StackedBars
from dashboards.links import tasks_url
from dashboards.summary.tally import PARTS, TONES, Tally
from quarters.reading import Cell, RoundReading

SERIES = tuple(Series(word, TONES[part]) for part, word in PARTS.items())


def areas_chart(reading: RoundReading) -> StackedBars:
    """One bar per area in the official order; its note says how many of the assessed reach the pace."""
    by_area: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in reading.cells:
        by_area[cell.area_code, cell.area_name].append(cell)
    rows = tuple(_row(reading, code, name, cells) for (code, name), cells in by_area.items())
    return StackedBars("各领域进展", "项", SERIES, rows, reading.as_of_on, "领域")


def _row(reading: RoundReading, code: str, name: str, cells: list[Cell]) -> BarRow:
    tally = Tally.of(cells)
    to = reading.group_code, reading.period
    return BarRow(
        label=name,
        values=tally.values,
        note=f"{tally.reached} / {tally.assessed} 项" if tally.assessed else "不考核",
        url=tasks_url(*to, area=code),
        urls=tuple(tasks_url(*to, area=code, light=part) for part in PARTS),
    )
