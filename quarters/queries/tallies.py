"""A round read from its tallies: a fixed small number of queries, however many tasks it has."""

import datetime
import functools
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum

from core import clock
from core.errors import RuleViolation
from core.prepared import Prepared, PreparedValues
from quarters.models import RoundTally
from quarters.picture import FigureLine, revived_figure
from quarters.queries.figure_lines import figure_lines, tallied_observations
from quarters.reading import NO_UNIT, AreaLabel, Cell, OwedCell, RoundReading, UnitLabel
from reporting.models import ReportingRound, SubmissionTally
from reporting.models.submissions import UNREPORTED
from tasks.lights import Colour, Thresholds
from tasks.models import TaskStanding, TaskTally
from tasks.queries.in_round import thresholds_on

__all__ = [
    "NO_UNIT",
    "AreaLabel",
    "Cell",
    "FigureLine",
    "OwedCell",
    "RoundReading",
    "UnitLabel",
    "reading_of",
    "readings_of",
]
_UNIT = ("unit__code", "unit__short_name", "unit__kind", "unit__position")
_AREA = ("area__code", "area__name", "area__position")
_CELL = ("round_id", "unit_id", "area_id", "state", "light", *_UNIT, *_AREA)
_OWED = ("round_id", "unit_id", "kind", "state", "is_late", "due_on", "submissions", *_UNIT)
Row = dict[str, Any]
Rows = dict[int, list[Row]]
Names = tuple[dict[int, UnitLabel], dict[int, AreaLabel]]
# Each statement is written once per process for its rounds and day (core.prepared).
written_once = functools.lru_cache(maxsize=64)


def reading_of(round_: ReportingRound, on: datetime.date) -> RoundReading:
    """The round as it stands on a day; a published one as it was published, whatever the day.

    Three queries for a published round, five for an open one; one more on the days on which a new light rule
    is in force and nothing has moved yet. `round_.group` should be loaded.
    """
    return readings_of([round_], on)[0]


def readings_of(
    rounds: Sequence[ReportingRound], on: datetime.date | None = None
) -> tuple[RoundReading, ...]:
    """Rounds in the order given: three queries for all of them together, three more where one is open.

    An open one is read as it stands `on` a day.
    """
    keys = tuple(row.pk for row in rounds)
    day = on or clock.today()
    heads = _heads([row for row in rounds if row.is_published])
    thresholds = thresholds_on(day) if len(heads) < len(rounds) else Thresholds()
    cells, owed = _by_round(_cells(keys, day, thresholds).rows()), _by_round(_owed_cells(keys).rows())
    return tuple(
        _published(row, heads[row.pk], cells[row.pk], owed[row.pk])
        if row.is_published
        else _live(row, day, thresholds, cells[row.pk], owed[row.pk])
        for row in rounds
    )


@written_once
def _cells(keys: tuple[int, ...], on: datetime.date, thresholds: Thresholds) -> PreparedValues:
    """Those of a published round have no deadline left to be looked at: their light is their pace."""
    counts = TaskTally.objects.filter(round__in=keys).with_light(on, thresholds).order_by()
    return PreparedValues(counts.values(*_CELL, "yellow_shortfall").annotate(number=Sum("tasks")))


@written_once
def _owed_cells(keys: tuple[int, ...]) -> PreparedValues:
    return PreparedValues(SubmissionTally.objects.filter(round__in=keys).order_by().values(*_OWED))


def _heads(published: list[ReportingRound]) -> dict[int, RoundTally]:
    keys = tuple(row.pk for row in published)
    heads = {row.round_id: row for row in _kept_heads(keys).rows()} if keys else {}
    missing = [row for row in published if row.pk not in heads]
    if missing:
        raise RuleViolation(f"{missing[0]}还没有汇总数据，请联系系统管理员重新汇总。")
    return heads


@written_once
def _kept_heads(keys: tuple[int, ...]) -> Prepared[RoundTally]:
    return Prepared(RoundTally.objects.filter(round__in=keys).order_by())


def _by_round(rows: list[Row]) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[row["round_id"]].append(row)
    return found


def _published(round_: ReportingRound, head: RoundTally, cells: list[Row], owed: list[Row]) -> RoundReading:
    """By the names of then, which the head keeps."""
    units = {int(pk): UnitLabel(**label) for pk, label in head.labels["units"].items()}
    areas = {int(pk): AreaLabel(**label) for pk, label in head.labels["areas"].items()}
    thresholds = Thresholds(head.yellow_shortfall, head.near_days)
    figures = tuple(revived_figure(row) for row in head.figures)
    return _reading(round_, head.judged_on, thresholds, (units, areas), cells, owed, figures)


def _live(
    round_: ReportingRound, on: datetime.date, thresholds: Thresholds, cells: list[Row], owed: list[Row]
) -> RoundReading:
    """By today's names. From the standings where yellow and red were told apart by another rule than the day's."""
    if any(row["yellow_shortfall"] != thresholds.yellow_shortfall for row in cells):
        standings = TaskStanding.objects.filter(round=round_.pk).with_light(on, thresholds).order_by()
        cells = list(standings.values(*_CELL).annotate(number=Count("pk")))
    figures = tuple(figure_lines(round_, tallied_observations(round_)))
    return _reading(round_, on, thresholds, _names_of(cells, owed), cells, owed, figures)


def _names_of(cells: list[Row], owed: list[Row]) -> Names:
    units = {row["unit_id"]: UnitLabel(*(row[name] for name in _UNIT)) for row in (*cells, *owed)}
    areas = {row["area_id"]: AreaLabel(*(row[name] for name in _AREA)) for row in cells}
    units.pop(None, None)
    return units, areas


def _reading(
    round_: ReportingRound,
    on: datetime.date,
    thresholds: Thresholds,
    names: Names,
    cells: list[Row],
    owed: list[Row],
    figures: tuple[FigureLine, ...],
) -> RoundReading:
    units, areas = names

    def place(row: Row) -> tuple[int, int, str]:
        unit = units.get(row["unit_id"], NO_UNIT)
        return areas[row["area_id"]].position if "area_id" in row else 0, unit.position, unit.code

    return RoundReading(
        round_id=round_.pk,
        group_code=round_.group.code,
        period=round_.period,
        phase=round_.phase_on(on).value,
        judged_on=on,
        as_of_on=round_.period.last_day,
        lead_due_on=round_.lead_due_on,
        thresholds=thresholds,
        shows_demo=round_.is_demo,
        cells=tuple(_cell(row, units, areas) for row in sorted(cells, key=place)),
        owed=tuple(_owed(row, units, on) for row in sorted(owed, key=place)),
        figures=figures,
        units=units,
        areas=areas,
    )


def _cell(row: Row, units: dict[int, UnitLabel], areas: dict[int, AreaLabel]) -> Cell:
    unit, area = units.get(row["unit_id"], NO_UNIT), areas[row["area_id"]]
    return Cell(
        unit_code=unit.code,
        unit_name=unit.name,
        unit_kind=unit.kind,
        area_code=area.code,
        area_name=area.name,
        state=row["state"],
        light=Colour(row["light"]),
        is_done=row["light"] == Colour.DONE,
        tasks=row["number"],
    )


def _owed(row: Row, units: dict[int, UnitLabel], on: datetime.date) -> OwedCell:
    unit = units[row["unit_id"]]
    return OwedCell(
        unit_code=unit.code,
        unit_name=unit.name,
        unit_kind=unit.kind,
        kind=row["kind"],
        state=row["state"],
        is_late=row["is_late"],
        is_overdue=row["state"] in UNREPORTED and on > row["due_on"],
        submissions=row["submissions"],
    )
