"""The picture of a round from its rows, in a fixed number of queries; or from what was published."""

import datetime
import functools
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, FilteredRelation, Q, QuerySet

from core import clock
from core.prepared import Prepared
from metrics.models import Indicator, Observation, Target, TaskIndicator
from quarters.picture import FigureLine, OwedLine, RoundPicture, TaskLine, from_canonical
from reporting.models import ReportingRound, Submission
from reporting.workflow import State
from tasks.life import TaskState
from tasks.lights import Light, MilestoneFact, TaskFacts, Thresholds, agrees, judge
from tasks.models import Assignment, LightRule, Milestone, ProgressReport, Task, TaskMeasure
from tasks.models.task import REPORTING_STATES

SHOWN_STATES = (*REPORTING_STATES, TaskState.CLOSED.value, TaskState.ARCHIVED.value)


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
        figures=tuple(_figure_lines(round_)),
        owed=tuple(owed_lines(submissions, judged_on)),
    )


def thresholds_on(day: datetime.date) -> Thresholds:
    """The light rule in force on a day; DOMAIN's defaults where none is entered."""
    rule = next(iter(_rules_on(day).rows()), None)
    return Thresholds(rule.yellow_shortfall, rule.near_days) if rule else Thresholds()


# Each statement below is written once per process for its parameters and run on every call (core.prepared).
written_once = functools.lru_cache(maxsize=64)


@written_once
def _rules_on(day: datetime.date) -> Prepared[LightRule]:
    return Prepared(LightRule.objects.in_force(day)[:1])


# What a picture reads: whole rows of six tables cost twice as much.
_SUBMISSION_COLUMNS = (
    *("uid", "round_id", "kind", "state", "is_late", "version_no", "accepted_at"),
    *("unit__code", "unit__short_name", "unit__kind", "signed_by__display_name", "accepted_by__display_name"),
    *("progress_report__task__title", "progress_report__is_nil", "progress_report__declared_status"),
    *("progress_report__progress", "progress_report__problems", "progress_report__next_steps"),
    "progress_report__coordination",
)


def _submissions(round_: ReportingRound) -> list[Submission]:
    rows = _submissions_of(round_.pk).rows()
    for row in rows:
        row.round = round_
    return rows


@written_once
def _submissions_of(round_pk: int) -> Prepared[Submission]:
    rows = Submission.objects.filter(round_id=round_pk).with_extension()
    related = rows.select_related("unit", "progress_report__task", "signed_by", "accepted_by")
    return Prepared(related.only(*_SUBMISSION_COLUMNS).order_by("unit__position", "unit__code", "kind", "pk"))


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
    measures = {row.task_id: row for row in _measures_of(round_.pk).rows()}
    steps: dict[int, list[Milestone]] = defaultdict(list)
    for step in _milestones_of(round_.group_id, round_.year).rows():
        steps[step.task_id].append(step)
    for task in _tasks_of(round_.group_id, round_.year).rows():
        report, measure = reports.get(task.pk), measures.get(task.pk)
        light = judge(_facts(task, round_, report, measure, steps[task.pk], on), on, thresholds)
        yield _task_line(task, report, measure, light, on)


@written_once
def _measures_of(round_pk: int) -> Prepared[TaskMeasure]:
    return Prepared(
        TaskMeasure.objects.filter(round_id=round_pk)
        .only("task_id", "share", "comparator")
        .order_by("recorded_at", "pk")
    )


def _shown(group_pk: int, year: int) -> QuerySet[Task]:
    """The year's tasks of a group that were handed out."""
    return Task.objects.filter(
        plan__group_id=group_pk,
        plan__is_founding=False,
        plan__year__lte=year,
        plan__last_year__gte=year,
        state__in=SHOWN_STATES,
    )


@written_once
def _milestones_of(group_pk: int, year: int) -> Prepared[Milestone]:
    return Prepared(Milestone.objects.filter(task__in=_shown(group_pk, year)))


@written_once
def _tasks_of(group_pk: int, year: int) -> Prepared[Task]:
    """Each with its lead unit as columns."""
    lead = FilteredRelation("assignments", condition=Q(assignments__role=Assignment.Role.LEAD))
    return Prepared(
        _shown(group_pk, year)
        .annotate(lead=lead)
        .annotate(
            lead_code=F("lead__unit__code"),
            lead_name=F("lead__unit__short_name"),
            lead_kind=F("lead__unit__kind"),
        )
        .select_related("plan", "area")
        .only(
            *("uid", "code", "title", "kind", "frequency", "start_on", "due_on", "done_on"),
            *("plan__year", "plan__last_year", "area__code", "area__name"),
        )
        .order_by("area__position", "code")
    )


def _facts(
    task: Task,
    round_: ReportingRound,
    report: ProgressReport | None,
    measure: TaskMeasure | None,
    steps: Iterable[Milestone],
    on: datetime.date,
) -> TaskFacts:
    return TaskFacts(
        start_on=task.starts,
        due_on=task.due,
        period=round_.period,
        is_finished=task.done_on is not None and task.done_on <= on,
        is_long_term=task.frequency == Task.Frequency.LONG_TERM,
        is_yearly=task.frequency == Task.Frequency.YEAR,
        is_due_this_round=report is not None,
        is_accepted=report is not None and report.submission.state == State.ACCEPTED,
        report_words=_waiting_words(report, on),
        share=measure.share if measure else None,
        is_level=bool(measure and measure.comparator),
        milestones=[
            MilestoneFact(step.title, step.due_on, step.done_on, step.target_share) for step in steps
        ],
    )


def _waiting_words(report: ProgressReport | None, on: datetime.date) -> str:
    if report is None:
        return ""
    state, due_on = report.submission.state_word, report.submission.due_on
    if is_overdue(report.submission, on):
        return f"逾期{(on - due_on).days}天未报（{state.label}）"
    return {
        State.SIGNING: "单位审签中，尚未报送",
        State.SUBMITTED: "已报送，待办公室审核",
        State.REVIEWING: "已报送，办公室审核中",
        State.RETURNED: "办公室已退回，待单位修改",
    }.get(state, f"尚未报送，{due_on.month}月{due_on.day}日截止")


def _task_line(
    task: Task,
    report: ProgressReport | None,
    measure: TaskMeasure | None,
    light: Light,
    on: datetime.date,
) -> TaskLine:
    submission = report.submission if report else None
    shown = report if report and submission and submission.state == State.ACCEPTED else None
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
        share=measure.share if measure else None,
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


def _figure_lines(round_: ReportingRound) -> Iterable[FigureLine]:
    """The whole's indicators that this year's tasks measure, with this quarter, its target, and last year."""
    observed = _observed(round_)
    targets: dict[int, dict[int | None, Target]] = defaultdict(dict)
    for target in _targets_of(round_.group_id, round_.year).rows():
        targets[target.indicator_id][target.quarter] = target
    for indicator in _indicators_of(round_.group_id, round_.year).rows():
        yield _figure_line(indicator, observed, targets[indicator.pk], round_)


@written_once
def _indicators_of(group_pk: int, year: int) -> Prepared[Indicator]:
    linked = TaskIndicator.objects.filter(task__in=_shown(group_pk, year))
    return Prepared(
        Indicator.objects.filter(pk__in=linked.values("indicator_id"))
        .only("code", "name", "kind", "measure_unit", "precision", "direction")
        .order_by("position", "code")
    )


@written_once
def _targets_of(group_pk: int, year: int) -> Prepared[Target]:
    return Prepared(
        Target.objects.filter(group_id=group_pk, unit__isnull=True, year=year).only(
            "indicator_id", "quarter", "value", "wording"
        )
    )


def _observed(round_: ReportingRound) -> dict[tuple[int, int | None], Observation]:
    rows = _observations_of(round_.group_id, round_.year, round_.quarter).rows()
    return {(row.indicator_id, row.year): row for row in rows}


@written_once
def _observations_of(group_pk: int, year: int, quarter: int) -> Prepared[Observation]:
    """This quarter's and last year's."""
    return Prepared(
        Observation.objects.current()
        .filter(group_id=group_pk, unit__isnull=True, year__in=(year - 1, year))
        .filter(quarter=quarter)
        .select_related("sheet__submission", "sheet__unit")
        .only(
            *("indicator_id", "year", "value", "explanation", "as_of_on"),
            *("sheet__submission__uid", "sheet__unit__short_name"),
        )
    )


def _figure_line(
    indicator: Indicator,
    observed: dict[tuple[int, int | None], Observation],
    targets: dict[int | None, Target],
    round_: ReportingRound,
) -> FigureLine:
    now, before = observed.get((indicator.pk, round_.year)), observed.get((indicator.pk, round_.year - 1))
    quarter_target, year_target = targets.get(round_.quarter), targets.get(None)
    sheet = now.sheet if now else None
    return FigureLine(
        code=indicator.code,
        name=indicator.name,
        kind_label=indicator.get_kind_display(),
        measure_unit=indicator.measure_unit,
        precision=indicator.precision,
        unit_code="",
        unit_name="",
        value=now.value if now else None,
        explanation=now.explanation if now else "",
        as_of_on=now.as_of_on if now else None,
        target_value=quarter_target.value if quarter_target else None,
        target_wording=quarter_target.wording if quarter_target else "",
        year_target_value=year_target.value if year_target else None,
        year_target_wording=year_target.wording if year_target else "",
        last_year_value=before.value if before else None,
        direction=indicator.direction,
        reported_by=sheet.unit.short_name if sheet else "",
        submission_uid=str(sheet.submission.uid) if sheet else "",
    )
