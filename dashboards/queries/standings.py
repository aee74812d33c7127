"""Tasks of a round as rows: the first of each list of the dashboard, and the pages behind its figures."""

import datetime
import functools

from django.db.models import Case, CharField, Count, OuterRef, Subquery, When, Window

from core.prepared import Prepared
from dashboards.links import board_url
from dashboards.summary import FirstRows
from dashboards.summary.rows import Listed, TaskRow, last_words, unsettled_words
from metrics.models import FigureSheet
from quarters.reading import NO_UNIT, RoundReading
from reporting.models.submissions import UNREPORTED
from reporting.workflow import State
from tasks.lights import Colour, Thresholds
from tasks.models import Task, TaskStanding
from tasks.models.standings import TaskStandingQuerySet
from tasks.queries.standings import words_of

BEHIND_SHOWN, COORDINATION_SHOWN, DIFFERING_SHOWN = 6, 4, 5
_MOST_OFTEN = ("-raised_before", "severity", "area__position", "code")
_COLUMNS = (
    *("code", "title", "unit_id", "area_id", "state", "report_due_on", "is_late", "declared", "pace"),
    *("pace_rule", "shortfall", "due_on", "has_deadline", "is_final", "behind_before"),
    *("raised_before", "has_coordination"),
    *(
        "task__uid",
        "task__frequency",
        "submission__uid",
        "version__progress",
        "version__problems",
        "version__coordination",
    ),
)


def first_rows(reading: RoundReading) -> FirstRows:
    """The worst of what is behind, the first matters to be coordinated, the first differences. Three queries."""
    asked = (reading.round_id, reading.judged_on, reading.thresholds)
    return FirstRows(
        behind=_listed(_behind(*asked), reading),
        coordination=_listed(_raised(*asked), reading),
        differing=_listed(_differing(*asked), reading),
    )


def standings_of(reading: RoundReading) -> TaskStandingQuerySet:
    """The round's tasks with their light on the day of the reading, with what a row shows.

    `sheet_state` is that of the sheet whose figures are to measure a task that is still unsettled.
    """
    sheets = FigureSheet.objects.filter(
        round=OuterRef("round"),
        unit=OuterRef("unit"),
        entries__indicator__task_indicators__task=OuterRef("task"),
    )
    unsettled = When(
        state=State.ACCEPTED, pace=Colour.UNREPORTED, then=Subquery(sheets.values("submission__state")[:1])
    )
    rows = _standings(reading.round_id, reading.judged_on, reading.thresholds)
    return rows.annotate(sheet_state=Case(unsettled, output_field=CharField()))


def row_of(standing: TaskStanding, reading: RoundReading) -> TaskRow:
    """Names are those the round calls units and areas by."""
    words = words_of(standing, reading.judged_on, reading.thresholds)
    lead = reading.units.get(standing.unit_id or 0, NO_UNIT)
    said = standing.version if standing.state == State.ACCEPTED else None
    sheet = getattr(standing, "sheet_state", None) if words.light.colour is Colour.UNREPORTED else None
    return TaskRow(
        uid=str(standing.task.uid),
        code=standing.code,
        title=standing.title,
        lead_code=lead.code,
        lead_name=lead.name,
        area_name=reading.areas[standing.area_id].name,
        period=reading.period,
        light=words.light.colour,
        rule=unsettled_words(sheet) if sheet else words.light.rule,
        quarters=words.quarters,
        due_on=None if standing.task.frequency == Task.Frequency.LONG_TERM else standing.due_on,
        state=standing.state,
        state_label=_state_words(standing.state, reading),
        is_late=standing.is_late,
        is_overdue=words.is_overdue,
        declared=standing.declared,
        declared_label=standing.get_declared_display(),
        said=last_words(said.problems, said.progress) if said else "",
        coordination=said.coordination.strip() if said else "",
        raised=max(1, words.times_raised),
        submission_uid=str(standing.submission.uid) if standing.submission else "",
        sheet_url=board_url(reading.group_code, reading.period, unit=lead.code) if sheet else "",
        is_demo=reading.shows_demo,
    )


def _state_words(state: str, reading: RoundReading) -> str:
    """In a published round nobody is waited for any more: what was not handed in is 未报."""
    if reading.is_published and state in UNREPORTED:
        return "未报"
    return State(state).label if state else "本期不报"


def _standings(round_id: int, on: datetime.date, thresholds: Thresholds) -> TaskStandingQuerySet:
    rows = TaskStanding.objects.filter(round=round_id).with_light(on, thresholds)
    return rows.select_related("task", "submission", "version").only(*_COLUMNS)


# Each statement is written once per process for its round and day (core.prepared).
written_once = functools.lru_cache(maxsize=64)


@written_once
def _behind(round_id: int, on: datetime.date, thresholds: Thresholds) -> Prepared[TaskStanding]:
    rows = _standings(round_id, on, thresholds).behind_or_overdue(on).worst_first()
    return _first(rows, BEHIND_SHOWN)


@written_once
def _raised(round_id: int, on: datetime.date, thresholds: Thresholds) -> Prepared[TaskStanding]:
    rows = _standings(round_id, on, thresholds).raising()
    return _first(rows.order_by(*_MOST_OFTEN), COORDINATION_SHOWN)


@written_once
def _differing(round_id: int, on: datetime.date, thresholds: Thresholds) -> Prepared[TaskStanding]:
    return _first(_standings(round_id, on, thresholds).differing().worst_first(), DIFFERING_SHOWN)


def _first(rows: TaskStandingQuerySet, number: int) -> Prepared[TaskStanding]:
    """The first rows, each with how many there are in all."""
    return Prepared(rows.annotate(in_all=Window(Count("*")))[:number])


def _listed(prepared: Prepared[TaskStanding], reading: RoundReading) -> Listed:
    found = prepared.rows()
    total: int = getattr(found[0], "in_all", 0) if found else 0
    return Listed(tuple(row_of(row, reading) for row in found), total)
