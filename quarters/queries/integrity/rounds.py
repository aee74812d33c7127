"""Standings and counts of a round, cell by cell, against the rows or the snapshot they were made from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from core import clock
from quarters.models import RoundTally
from quarters.picture import from_canonical
from quarters.queries.frozen import frozen_round, newest_snapshots
from reporting.models import ReportingRound, Submission, SubmissionTally
from tasks.lights import Colour, Thresholds
from tasks.models import TaskStanding, TaskTally
from tasks.models.standings import BEHIND
from tasks.queries.in_round import standing_of, tasks_in_round, thresholds_on

_OWED = ("unit_id", "kind", "state", "is_late", "due_on")
_CELL = ("unit_id", "area_id", "state", "pace", "due_on", "is_done")
_STREAKS = ("behind_before", "raised_before")


def round_faults(round_: ReportingRound) -> Iterator[str]:
    """Everything the tallies of one opened round say otherwise than its rows, or its snapshot."""
    if round_.is_published:
        yield from _published_faults(round_)
    else:
        yield from _live_faults(round_)


def _live_faults(round_: ReportingRound) -> Iterator[str]:
    rule, slices = thresholds_on(clock.today()), _rules_of_slices(round_)
    wanted = []
    for found in tasks_in_round(round_):
        row = standing_of(found, rule)
        # Behind the pace is told apart by the rule the cell was counted with; reading tells it apart by the day's.
        kept = slices.get((row.unit_id, row.area_id), rule.yellow_shortfall)
        wanted.append(standing_of(found, Thresholds(kept, rule.near_days)))
    yield from _standing_faults(round_, wanted)
    yield from _count_faults(round_, wanted)
    submissions = Submission.objects.filter(round=round_.pk).with_extension().order_by()
    counted = Counter(
        (
            row.unit_id,
            row.kind,
            row.state,
            row.is_late,
            max(round_.lead_due_on, row.extended_to or round_.lead_due_on),
        )
        for row in submissions
    )
    yield from _owed_faults(round_, counted)
    if RoundTally.objects.filter(round=round_.pk).exists():
        yield f"{round_}尚未发布，却有已发布周期概要。"


def _published_faults(round_: ReportingRound) -> Iterator[str]:
    snapshot = newest_snapshots([round_]).get(round_.pk)
    if snapshot is None:
        return  # `snapshot_faults` names it
    frozen = frozen_round(snapshot, from_canonical(snapshot.content))
    head = RoundTally.objects.filter(round=round_.pk).first()
    if head is None or _differing(head, frozen.head, but=("id",)):
        yield f"{round_}的概要与快照不一致。"
    yield from _standing_faults(round_, frozen.standings)
    yield from _count_faults(round_, frozen.standings)
    counted = {tuple(getattr(row, name) for name in _OWED): row.submissions for row in frozen.owed}
    yield from _owed_faults(round_, counted)


def _rules_of_slices(round_: ReportingRound) -> dict[tuple[int | None, int], Decimal]:
    rows = TaskTally.objects.filter(round=round_.pk).order_by()
    return {
        (unit, area): kept for unit, area, kept in rows.values_list("unit_id", "area_id", "yellow_shortfall")
    }


def _standing_faults(round_: ReportingRound, wanted: list[TaskStanding]) -> Iterator[str]:
    kept = {row.task_id: row for row in TaskStanding.objects.filter(round=round_.pk).order_by()}
    streaks = _streaks(round_)
    for row in wanted:
        row.behind_before, row.raised_before = streaks.get(row.task_id, (0, 0))
        found = kept.pop(row.task_id, None)
        if found is None:
            yield f"{round_}缺少任务“{row.title}”的状况。"
            continue
        differing = _differing(found, row, but=("id",))
        if differing:
            yield f"{round_}任务“{row.title}”的状况与依据不一致：{'、'.join(differing)}。"
    for row in kept.values():
        yield f"{round_}多出任务“{row.title}”的状况。"


def _streaks(round_: ReportingRound) -> dict[int, tuple[int, int]]:
    """By task, one more than in the quarter before where it was behind, and where it raised a matter."""
    before = round_.period.previous()
    earlier = TaskStanding.objects.filter(
        round__group=round_.group_id, round__year=before.year, round__quarter=before.quarter, is_final=True
    ).order_by()
    return {
        row.task_id: (
            row.behind_before + 1 if row.pace in BEHIND else 0,
            row.raised_before + 1 if row.has_coordination else 0,
        )
        for row in earlier
    }


def _count_faults(round_: ReportingRound, standings: Iterable[TaskStanding]) -> Iterator[str]:
    wanted = Counter(
        (
            row.unit_id,
            row.area_id,
            row.state,
            row.pace,
            row.due_on if row.has_deadline and not row.is_final else None,
            row.pace == Colour.DONE,
        )
        for row in standings
    )
    kept = TaskTally.objects.filter(round=round_.pk).order_by()
    yield from _cell_faults(
        round_, "任务计数", {row[:-1]: row[-1] for row in kept.values_list(*_CELL, "tasks")}, wanted
    )


def _owed_faults(round_: ReportingRound, wanted: dict[tuple[Any, ...], int]) -> Iterator[str]:
    kept = SubmissionTally.objects.filter(round=round_.pk).order_by()
    rows = kept.values_list(*_OWED, "submissions")
    yield from _cell_faults(round_, "报送计数", {row[:-1]: row[-1] for row in rows}, wanted)


def _cell_faults(
    round_: ReportingRound, name: str, kept: dict[tuple[Any, ...], int], wanted: dict[tuple[Any, ...], int]
) -> Iterator[str]:
    for cell in sorted(kept.keys() | wanted.keys(), key=str):
        if kept.get(cell, 0) != wanted.get(cell, 0):
            told = "，".join(str(part) for part in cell if part not in {None, ""})
            yield f"{round_}{name}（{told}）记有{kept.get(cell, 0)}，应为{wanted.get(cell, 0)}。"


def _differing(kept: models.Model, wanted: models.Model, *, but: tuple[str, ...]) -> list[str]:
    """The Chinese names of the columns in which two rows differ, as the database would keep them."""
    fields = [field for field in kept._meta.concrete_fields if field.name not in but]
    return [
        str(field.verbose_name)
        for field in fields
        if field.to_python(field.value_from_object(kept)) != field.to_python(field.value_from_object(wanted))
    ]
