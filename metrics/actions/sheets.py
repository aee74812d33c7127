"""Sheets of figures: typed, observed when submitted, passed down to tasks when accepted."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from core.errors import RuleViolation, StaleObject
from core.formats import decimal_text
from core.numbers import NumberRefused, parse_number, plain_text
from metrics.actions.tallies import refresh_figures
from metrics.formulas import share_of_target
from metrics.models import FigureEntry, FigureSheet, Indicator, Observation, Target, TaskIndicator
from metrics.queries.doubts import comparisons_of
from reporting.actions import claim_draft
from tasks.actions.reports import record_measure
from tasks.models import TaskMeasure
from tasks.models.task import REPORTING_STATES

if TYPE_CHECKING:
    from organization.models import User


@dataclass(frozen=True)
class TypedFigure:
    """One line of the sheet: what was typed, what it means (None when left empty), the explanation."""

    raw: str
    value: Decimal | None
    explanation: str = ""


@transaction.atomic
def save_figures(
    sheet: FigureSheet,
    *,
    figures: Mapping[int, TypedFigure],
    lock_version: int,
    by: "User",
    at: datetime.datetime,
) -> int:
    """Writes what was typed, by indicator id, under the submission's lock; returns the new version."""
    entries = {entry.indicator_id: entry for entry in sheet.entries.select_related("indicator")}
    try:
        version = claim_draft(sheet.submission, by=by, at=at, lock_version=lock_version)
    except StaleObject as stale:
        mine = {entry.indicator.name: figures[key].raw for key, entry in entries.items() if key in figures}
        theirs = {entry.indicator.name: entry.raw for entry in entries.values()}
        raise StaleObject(stale.message, mine=mine, theirs=theirs) from None
    for indicator_id, figure in figures.items():
        entry = entries[indicator_id]
        entry.raw, entry.value, entry.explanation = figure.raw, figure.value, figure.explanation
    FigureEntry.objects.bulk_update(entries.values(), ["raw", "value", "explanation"])
    return version


def refuse_incomplete(sheet: FigureSheet) -> None:
    """RuleViolation naming every figure that still stands in the way."""
    gaps = sheet_gaps(sheet)
    if gaps:
        raise RuleViolation("指标表还不能提交：" + "".join(sentence for _, sentence in gaps))


def sheet_gaps(sheet: FigureSheet) -> list[tuple[str, str]]:
    """Indicator code and sentence of each figure that is refused, unconfirmed, empty or implausible without a word.

    An empty figure needs an explanation; blank is never 0. A doubt of metrics/plausibility.py needs one too.
    """
    rows = list(sheet.entries.select_related("indicator").order_by("indicator__position", "pk"))
    compared = comparisons_of(sheet, previous=previous_figures(sheet), subject_id=sheet.subject_unit_id)
    typed = [(row.indicator, row.value, row.raw) for row in rows]
    refused, doubted = compared.refusals(typed), compared.doubts(typed)
    found = (
        (
            row.indicator.code,
            _entry_gap(row, refused.get(row.indicator_id, []), doubted.get(row.indicator_id, [])),
        )
        for row in rows
    )
    return [(code, sentence) for code, sentence in found if sentence]


def _entry_gap(entry: FigureEntry, refused: list[str], doubted: list[str]) -> str:
    name = entry.indicator.name
    if entry.value is None and entry.raw:
        return f"“{name}”填写的{_refusal(entry)}"
    if entry.value is None and not entry.explanation:
        return f"“{name}”没有数值，请填写数值；尚不掌握的请写明说明。"
    if refused:
        return f"“{name}”{'，'.join(refused)}，请改正。"
    if doubted and not entry.explanation:
        return f"“{name}”{'；'.join(doubted)}，请核对数值或写明说明。"
    return ""


def _refusal(entry: FigureEntry) -> str:
    """Why what was typed is no figure yet."""
    try:
        parsed = parse_number(entry.raw, precision=entry.indicator.precision)
    except NumberRefused as refused:
        return str(refused)
    return f"“{entry.raw}”尚未确认：是否为{plain_text(parsed.value)}？请勾选确认。"


def previous_figures(sheet: FigureSheet) -> dict[int, Observation]:
    """The unit's accepted figures of the quarter before, by indicator."""
    before = sheet.round.period.previous()
    rows = (
        Observation.objects.current()
        .filter(
            sheet__unit_id=sheet.unit_id,
            group_id=sheet.round.group_id,
            year=before.year,
            quarter=before.quarter,
        )
        .select_related("indicator")
    )
    return {row.indicator_id: row for row in rows}


def append_observations(
    sheet: FigureSheet, *, version_no: int, by: "User", at: datetime.datetime
) -> list[Observation]:
    """Submitting turns what was typed into observations; a later version supersedes the earlier one."""
    round_, subject_id = sheet.round, sheet.subject_unit_id
    heads = {
        row.indicator_id: row for row in Observation.objects.filter(sheet=sheet, superseded_by__isnull=True)
    }
    rows = [
        Observation(
            indicator_id=entry.indicator_id,
            group_id=round_.group_id,
            unit_id=subject_id,
            year=round_.year,
            quarter=round_.quarter,
            value=entry.value,
            printed=entry.raw,
            explanation=entry.explanation,
            as_of_on=round_.period.last_day,
            source=f"{round_}指标表",
            sheet=sheet,
            version_no=version_no,
            supersedes=heads.get(entry.indicator_id),
            correction_reason=f"第{version_no}次报送" if entry.indicator_id in heads else "",
            recorded_at=at,
            recorded_by=by,
            is_demo=sheet.is_demo,
        )
        for entry in sheet.entries.all()
    ]
    return Observation.objects.bulk_create(rows)


def pass_to_tasks(sheet: FigureSheet, *, by: "User", at: datetime.datetime) -> list[TaskMeasure]:
    """Accepted figures count from here on, and become the measured share of the tasks they stand for.

    Metrics calls down, never up.
    """
    observed = {
        row.indicator_id: row for row in Observation.objects.filter(sheet=sheet, superseded_by__isnull=True)
    }
    links = TaskIndicator.objects.filter(
        indicator_id__in=observed,
        task__state__in=REPORTING_STATES,
        task__plan__group_id=sheet.round.group_id,
        task__plan__year__lte=sheet.round.year,
        task__plan__last_year__gte=sheet.round.year,
        task__assignments__unit_id=sheet.unit_id,
        task__assignments__role="lead",
    ).select_related("task", "indicator")
    measures = []
    for link in links:
        measure = _measure(link, observed[link.indicator_id], sheet, by=by, at=at)
        if measure is not None:
            measures.append(measure)
    round_, subject_id = sheet.round, sheet.subject_unit_id
    period = {"year": round_.year, "quarter": round_.quarter}
    refresh_figures(observed.keys(), group_id=round_.group_id, unit_id=subject_id, **period)
    return measures


def _measure(
    link: TaskIndicator, observation: Observation, sheet: FigureSheet, *, by: "User", at: datetime.datetime
) -> TaskMeasure | None:
    target = applicable_target(link.indicator, sheet)
    share = share_of_target(observation.value, target.value if target else None, link.indicator.direction)
    if target is None or share is None:
        return None
    return record_measure(
        link.task,
        sheet.round,
        share=share,
        source=TaskMeasure.Source.FIGURES,
        by=by,
        at=at,
        actual=decimal_text(observation.value, link.indicator.precision),
        target=target.wording,
        comparator=">=" if target.quarter else "",
    )


def applicable_target(indicator: Indicator, sheet: FigureSheet) -> Target | None:
    """This quarter's target, else the year's, for whom the sheet speaks of."""
    round_, subject_id = sheet.round, sheet.subject_unit_id
    candidates = Target.objects.filter(
        Q(quarter=round_.quarter) | Q(quarter__isnull=True),
        Q(unit__isnull=True) if subject_id is None else Q(unit_id=subject_id),
        indicator=indicator,
        group_id=round_.group_id,
        year=round_.year,
    )
    return min(candidates, key=lambda row: row.quarter is None, default=None)
