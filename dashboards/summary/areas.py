"""Lights by area as stacked bars; each part leads to its tasks. Pure."""

from collections import defaultdict

from core.charts import BarRow, Series, StackedBars
from dashboards.links import tasks_url
from dashboards.summary.tally import PARTS, TONES, Tally
from quarters.picture import RoundPicture, TaskLine

SERIES = tuple(Series(word, TONES[part]) for part, word in PARTS.items())


def areas_chart(picture: RoundPicture) -> StackedBars:
    """One bar per area in the official order; its note says how many of the assessed reach the pace."""
    by_area: dict[tuple[str, str], list[TaskLine]] = defaultdict(list)
    for line in picture.tasks:
        by_area[line.area_code, line.area_name].append(line)
    rows = tuple(_row(picture, code, name, lines) for (code, name), lines in by_area.items())
    return StackedBars("各领域进展", "项", SERIES, rows, picture.as_of_on, "领域")


def _row(picture: RoundPicture, code: str, name: str, lines: list[TaskLine]) -> BarRow:
    tally = Tally.of(lines)
    to = picture.group_code, picture.period
    return BarRow(
        label=name,
        values=tally.values,
        note=f"{tally.reached} / {tally.assessed} 项" if tally.assessed else "不考核",
        url=tasks_url(*to, area=code),
        urls=tuple(tasks_url(*to, area=code, light=part) for part in PARTS),
    )
