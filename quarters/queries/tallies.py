"""A round read from its tallies: a fixed small number of queries, however many tasks it has."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Sum

from core.errors import RuleViolation
from organization.models import Unit
from quarters.models import RoundTally
from quarters.picture import FigureLine, revived_figure
from quarters.queries.figure_lines import figure_lines, tallied_observations
from quarters.reading import NO_UNIT, AreaLabel, Cell, OwedCell, RoundReading, UnitLabel
from reporting.models import ReportingRound, SubmissionTally
from reporting.models.submissions import UNREPORTED
from tasks.lights import Colour, Thresholds
from tasks.models import ReformArea, TaskStanding, TaskTally
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
_CELL = ("round_id", "unit_id", "area_id", "state", "light")
_OWED = ("round_id", "unit_id", "kind", "state", "is_late", "due_on", "submissions")
Row = dict[str, Any]


def reading_of(round_: ReportingRound, on: datetime.date) -> RoundReading:
    """The round as it stands on a day; a published one as it was published, whatever the day.

    Three queries for a published round, eight for an open one; one more on the days on which a new light rule
    is in force and nothing has moved yet. `round_.group` should be loaded.
    """
    if round_.is_published:
        return readings_of([round_])[0]
    thresholds = thresholds_on(on)
    cells = _live_cells(round_, on, thresholds)
    owed = list(SubmissionTally.objects.filter(round=round_.pk).order_by().values(*_OWED))
    units = Unit.objects.filter(pk__in={row["unit_id"] for row in (*cells, *owed)} - {None})
    areas = ReformArea.objects.filter(pk__in={row["area_id"] for row in cells})
    return _reading(
        round_,
        on,
        thresholds,
        cells=cells,
        owed=owed,
        figures=tuple(figure_lines(round_, tallied_observations(round_))),
        units={
            row.pk: UnitLabel(row.code, row.short_name, row.kind, row.position)
            for row in units.only("code", "short_name", "kind", "position")
        },
        areas={row.pk: AreaLabel(row.code, row.name, row.position) for row in areas},
    )


def readings_of(rounds: Sequence[ReportingRound]) -> tuple[RoundReading, ...]:
    """Published rounds in the order given: three queries for all of them together."""
    heads = {row.round_id: row for row in RoundTally.objects.filter(round__in=rounds)}
    missing = [row for row in rounds if row.pk not in heads]
    if missing:
        raise RuleViolation(f"{missing[0]}还没有汇总数据，请系统管理员执行 rebuild_tallies。")
    cells: dict[int, list[Row]] = defaultdict(list)
    kept = TaskTally.objects.filter(round__in=rounds).order_by()
    for row in kept.values("round_id", "unit_id", "area_id", "state", "pace").annotate(number=Sum("tasks")):
        cells[row["round_id"]].append({**row, "light": row["pace"]})
    owed: dict[int, list[Row]] = defaultdict(list)
    for row in SubmissionTally.objects.filter(round__in=rounds).order_by().values(*_OWED):
        owed[row["round_id"]].append(row)
    return tuple(_published(row, heads[row.pk], cells[row.pk], owed[row.pk]) for row in rounds)


def _published(round_: ReportingRound, head: RoundTally, cells: list[Row], owed: list[Row]) -> RoundReading:
    return _reading(
        round_,
        head.judged_on,
        Thresholds(head.yellow_shortfall, head.near_days),
        cells=cells,
        owed=owed,
        figures=tuple(revived_figure(row) for row in head.figures),
        units={int(pk): UnitLabel(**label) for pk, label in head.labels["units"].items()},
        areas={int(pk): AreaLabel(**label) for pk, label in head.labels["areas"].items()},
    )


def _live_cells(round_: ReportingRound, on: datetime.date, thresholds: Thresholds) -> list[Row]:
    """From the counts; from the standings where yellow and red were told apart by another rule than the day's."""
    counts = TaskTally.objects.filter(round=round_.pk).with_light(on, thresholds).order_by()
    rows = list(counts.values(*_CELL, "yellow_shortfall").annotate(number=Sum("tasks")))
    if all(row["yellow_shortfall"] == thresholds.yellow_shortfall for row in rows):
        return rows
    standings = TaskStanding.objects.filter(round=round_.pk).with_light(on, thresholds).order_by()
    return list(standings.values(*_CELL).annotate(number=Count("pk")))


def _reading(
    round_: ReportingRound,
    on: datetime.date,
    thresholds: Thresholds,
    *,
    cells: Iterable[Row],
    owed: Iterable[Row],
    figures: tuple[FigureLine, ...],
    units: dict[int, UnitLabel],
    areas: dict[int, AreaLabel],
) -> RoundReading:
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
