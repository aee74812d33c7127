"""The picture of a round from its rows, in a fixed number of queries; or from what was published."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from core import clock
from quarters.picture import OwedLine, RoundPicture, TaskLine, from_canonical
from quarters.queries.figure_lines import current_observations, figure_lines
from reporting.models import ReportingRound, Submission
from tasks.lights import Light, Thresholds, agrees, judge
from tasks.models import Milestone, ProgressReport
from tasks.queries.in_round import (
    TaskInRound,
    facts_of,
    measures_in,
    shown_tasks,
    thresholds_on,
    waiting_words,
    with_lead,
)


def picture_of(round_: ReportingRound) -> RoundPicture:
    """As published where it was published, else as it stands today."""
    if round_.is_published:
        return published_picture(round_)
    return live_picture(round_, judged_on=clock.today())


def published_picture(round_: ReportingRound, version_no: int | None = None) -> RoundPicture:
    """The snapshot's picture: the newest version, or the one asked for."""
    snapshots = round_.snapshots.order_by("-version_no")
    if version_no is not None:
        snapshots = snapshots.filter(version_no=version_no)
    return from_canonical(snapshots.values_list("content", flat=True)[0])


def live_picture(
    round_: ReportingRound,
    *,
    judged_on: datetime.date,
    version_no: int = 0,
    phase: ReportingRound.Phase | None = None,
) -> RoundPicture:
    """Builds the picture from the rows. `judged_on` decides deadlines and lateness."""
    thresholds = thresholds_on(judged_on)
    submissions = _submissions(round_)
    reports = {
        row.progress_report.task_id: row.progress_report
        for row in submissions
        if row.kind == Submission.Kind.PROGRESS
    }
    phase = phase or round_.phase_on(judged_on)
    return RoundPicture(
        group_code=round_.group.code,
        group_name=round_.group.name,
        year=round_.year,
        quarter=round_.quarter,
        phase=phase.value,
        phase_label=str(phase.label),
        judged_on=judged_on,
        as_of_on=round_.period.last_day,
        lead_due_on=round_.lead_due_on,
        version_no=version_no,
        yellow_shortfall=thresholds.yellow_shortfall,
        near_days=thresholds.near_days,
        shows_demo=round_.is_demo,
        tasks=tuple(_task_lines(round_, reports, judged_on, thresholds)),
        figures=tuple(figure_lines(round_, current_observations(round_))),
        owed=tuple(owed_lines(submissions, judged_on)),
    )


# What a picture reads: whole rows of six tables cost twice as much.
_SUBMISSION_COLUMNS = (
    *("uid", "round_id", "kind", "state", "is_late", "version_no", "accepted_at"),
    *("unit__code", "unit__short_name", "unit__kind", "signed_by__display_name", "accepted_by__display_name"),
    *("progress_report__task__title", "progress_report__is_nil", "progress_report__declared_status"),
    *("progress_report__progress", "progress_report__problems", "progress_report__next_steps"),
    "progress_report__coordination",
)


def _submissions(round_: ReportingRound) -> list[Submission]:
    rows = Submission.objects.filter(round=round_.pk).with_extension()
    related = rows.select_related("unit", "progress_report__task", "signed_by", "accepted_by")
    found = list(related.only(*_SUBMISSION_COLUMNS).order_by("unit__position", "unit__code", "kind", "pk"))
    for row in found:
        row.round = round_
    return found


def is_overdue(submission: Submission, on: datetime.date) -> bool:
    """逾期未报: past the unit's own due date and not yet with the office."""
    return submission.is_overdue_on(on)


def owed_lines(rows: Iterable[Submission], on: datetime.date) -> Iterable[OwedLine]:
    """What each submission of the round is, in the words of the picture."""
    return (_owed_line(row, on) for row in rows)


def _owed_line(row: Submission, on: datetime.date) -> OwedLine:
    is_report = row.kind == Submission.Kind.PROGRESS
    return OwedLine(
        unit_code=row.unit.code,
        unit_name=row.unit.short_name,
        unit_kind=row.unit.kind,
        kind=row.kind,
        title=row.progress_report.task.title if is_report else row.get_kind_display(),
        state=row.state,
        state_label=row.state_word.label,
        is_late=row.is_late,
        is_overdue=is_overdue(row, on),
        submission_uid=str(row.uid),
    )


def _task_lines(
    round_: ReportingRound, reports: dict[int, ProgressReport], on: datetime.date, thresholds: Thresholds
) -> Iterable[TaskLine]:
    measures = {row.task_id: row for row in measures_in(round_.pk)}
    tasks = shown_tasks(round_.group_id, round_.year)
    steps: dict[int, list[Milestone]] = defaultdict(list)
    for step in Milestone.objects.filter(task__in=tasks):
        steps[step.task_id].append(step)
    for task in with_lead(tasks).order_by("area__position", "code"):
        report, measure = reports.get(task.pk), measures.get(task.pk)
        found = TaskInRound(task, round_, report, measure, steps[task.pk])
        light = judge(facts_of(found, report_words=_report_words(report, on)), on, thresholds)
        yield _task_line(found, light, on)


def _report_words(report: ProgressReport | None, on: datetime.date) -> str:
    return waiting_words(report.submission.state, report.submission.due_on, on) if report else ""


def _task_line(found: TaskInRound, light: Light, on: datetime.date) -> TaskLine:
    task, submission, shown = found.task, found.submission, found.accepted_report
    declared = shown.declared_status if shown else ""
    return TaskLine(
        uid=str(task.uid),
        code=task.code,
        title=task.title,
        kind=task.kind,
        area_code=task.area.code,
        area_name=task.area.name,
        lead_code=getattr(task, "lead_code", None) or "",
        lead_name=getattr(task, "lead_name", None) or "",
        lead_kind=getattr(task, "lead_kind", None) or "",
        due_on=task.due,
        colour=light.colour.value,
        rule=light.rule,
        shortfall=light.shortfall,
        share=found.measure.share if found.measure else None,
        state=submission.state if submission else "",
        state_label=submission.state_word.label if submission else "本期不报",
        is_late=bool(submission and submission.is_late),
        is_overdue=bool(submission and is_overdue(submission, on)),
        is_nil=bool(shown and shown.is_nil),
        declared=declared,
        declared_label=shown.get_declared_status_display() if shown else "",
        agrees=agrees(light.colour, declared),
        progress=shown.progress if shown else "",
        problems=shown.problems if shown else "",
        next_steps=shown.next_steps if shown else "",
        coordination=shown.coordination if shown else "",
        submission_uid=str(submission.uid) if submission else "",
        version_no=submission.version_no if submission else 0,
        signed_by=_name(submission.signed_by) if submission else "",
        accepted_by=_name(submission.accepted_by) if submission else "",
        accepted_on=clock.shanghai_date(submission.accepted_at)
        if submission and submission.accepted_at
        else None,
    )


def _name(user: object | None) -> str:
    return getattr(user, "display_name", "")
