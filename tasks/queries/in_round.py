"""What a light is judged from: the tasks of a round with their reports, measures and milestones.

The published picture and the standings both go through `facts_of`, so that they cannot drift apart.
"""

import datetime
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from core.prepared import OPEN, Prepared
from reporting.models import ReportingRound, RoundException, Submission
from reporting.models.submissions import UNREPORTED
from reporting.workflow import State
from tasks.life import TaskState
from tasks.lights import MilestoneFact, TaskFacts, Thresholds, pace_of
from tasks.models import (
    Assignment,
    LightRule,
    Milestone,
    ProgressReport,
    ReportVersion,
    Task,
    TaskMeasure,
    TaskStanding,
)
from tasks.models.task import REPORTING_STATES

SHOWN_STATES = (*REPORTING_STATES, TaskState.CLOSED.value, TaskState.ARCHIVED.value)


# Statements that run with every move are written once per process (core.prepared).
written_once = functools.lru_cache(maxsize=64)


def thresholds_on(day: datetime.date) -> Thresholds:
    """The light rule in force on a day; DOMAIN's defaults where none is entered."""
    rule = next(iter(_rules_on(day).rows()), None)
    return Thresholds(rule.yellow_shortfall, rule.near_days) if rule else Thresholds()


@written_once
def _rules_on(day: datetime.date) -> Prepared[LightRule]:
    return Prepared(LightRule.objects.in_force(day)[:1])


def shown_tasks(group_pk: int, year: int) -> QuerySet[Task]:
    """The year's tasks of a group that were handed out."""
    return Task.objects.filter(
        plan__group_id=group_pk,
        plan__is_founding=False,
        plan__year__lte=year,
        plan__last_year__gte=year,
        state__in=SHOWN_STATES,
    )


def with_lead(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Each with its lead unit as columns, and with what `facts_of` reads."""
    lead = FilteredRelation("assignments", condition=Q(assignments__role=Assignment.Role.LEAD))
    return (
        tasks.annotate(lead=lead)
        .annotate(
            lead_id=F("lead__unit_id"),
            lead_code=F("lead__unit__code"),
            lead_name=F("lead__unit__short_name"),
            lead_kind=F("lead__unit__kind"),
        )
        .select_related("plan", "area")
        .only(
            *("uid", "code", "title", "kind", "frequency", "start_on", "due_on", "done_on"),
            *("plan__year", "plan__last_year", "area__code", "area__name"),
        )
    )


def measures_in(round_pk: int) -> QuerySet[TaskMeasure]:
    """The last row of a task counts, and comes last."""
    rows = TaskMeasure.objects.filter(round_id=round_pk).only("task_id", "share", "comparator")
    return rows.order_by("recorded_at", "pk")


@dataclass(frozen=True)
class TaskInRound:
    """A task with what a round knows of it."""

    task: Task
    round: ReportingRound
    report: ProgressReport | None
    measure: TaskMeasure | None
    steps: Sequence[Milestone]

    @property
    def submission(self) -> Submission | None:
        return self.report.submission if self.report else None

    @property
    def report_due_on(self) -> datetime.date | None:
        """The unit's own last day; None where nothing is due."""
        if self.report is None:
            return None
        extended_to = getattr(self.report, "extended_to", None)
        return max(self.round.lead_due_on, extended_to or self.round.lead_due_on)

    @property
    def accepted_report(self) -> ProgressReport | None:
        """What may be shown of it: nothing before the office has accepted it."""
        is_accepted = self.report is not None and self.report.submission.state == State.ACCEPTED
        return self.report if is_accepted else None


def tasks_in_round(round_: ReportingRound, task_ids: Collection[int] | None = None) -> list[TaskInRound]:
    """The shown tasks of a round, or those of them named. Three queries, four once a report is accepted."""
    if task_ids is not None and len(task_ids) == 1:
        return _one_in_round(round_, *task_ids)
    tasks, measures = with_lead(shown_tasks(round_.group_id, round_.year)), measures_in(round_.pk)
    reports = reports_in(round_.pk)
    if task_ids is not None:
        tasks, measures = tasks.filter(pk__in=task_ids), measures.filter(task__in=task_ids)
        reports = reports.filter(task__in=task_ids)
    return _together(round_, tasks, measures, reports)


def _one_in_round(round_: ReportingRound, task_pk: int) -> list[TaskInRound]:
    """What a move asks for."""
    tasks = _task_of(round_.group_id, round_.year).rows(task_pk)
    return _together(
        round_, tasks, _measures_of(round_.pk).rows(task_pk), _report_of(round_.pk).rows(task_pk)
    )


@written_once
def _task_of(group_pk: int, year: int) -> Prepared[Task]:
    return Prepared(with_lead(shown_tasks(group_pk, year).filter(pk=OPEN)))


@written_once
def _measures_of(round_pk: int) -> Prepared[TaskMeasure]:
    return Prepared(measures_in(round_pk).filter(task=OPEN))


@written_once
def _report_of(round_pk: int) -> Prepared[ProgressReport]:
    return Prepared(reports_in(round_pk).filter(task=OPEN))


def _together(
    round_: ReportingRound,
    tasks: Iterable[Task],
    measures: Iterable[TaskMeasure],
    reports: Iterable[ProgressReport],
) -> list[TaskInRound]:
    measured = {row.task_id: row for row in measures}
    reported = {row.task_id: row for row in reports}
    steps = _steps_of([pk for pk, row in reported.items() if row.submission.state == State.ACCEPTED])
    return [
        TaskInRound(task, round_, reported.get(task.pk), measured.get(task.pk), steps.get(task.pk, ()))
        for task in tasks
    ]


def reports_in(round_pk: int) -> QuerySet[ProgressReport]:
    """With the envelope, the day until which an exception lets the unit report, and the newest version."""
    granted = RoundException.objects.filter(round=round_pk, unit=OuterRef("submission__unit"))
    versions = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-version_no")
    return (
        ProgressReport.objects.filter(round=round_pk)
        .annotate(
            extended_to=Subquery(granted.values("until_on")[:1]),
            newest_version_id=Subquery(versions.values("pk")[:1]),
        )
        .select_related("submission")
        .only(
            "task_id", "is_nil", "declared_status", "coordination", "submission__state", "submission__is_late"
        )
    )


def _steps_of(task_ids: list[int]) -> dict[int, list[Milestone]]:
    steps: dict[int, list[Milestone]] = defaultdict(list)
    for step in Milestone.objects.filter(task__in=task_ids) if task_ids else ():
        steps[step.task_id].append(step)
    return steps


def facts_of(found: TaskInRound, *, report_words: str = "") -> TaskFacts:
    """All a light depends on; no day among it but in `report_words`, which says why nothing is reported yet."""
    task, measure = found.task, found.measure
    return TaskFacts(
        start_on=task.starts,
        due_on=task.due,
        period=found.round.period,
        is_finished=task.done_on is not None,
        is_long_term=task.frequency == Task.Frequency.LONG_TERM,
        is_yearly=task.frequency == Task.Frequency.YEAR,
        is_due_this_round=found.report is not None,
        is_accepted=found.accepted_report is not None,
        report_words=report_words,
        share=measure.share if measure else None,
        is_level=bool(measure and measure.comparator),
        milestones=[
            MilestoneFact(step.title, step.due_on, step.done_on, step.target_share) for step in found.steps
        ],
    )


def standing_of(found: TaskInRound, thresholds: Thresholds) -> TaskStanding:
    """The row of an open round, not saved: everything a list shows of the task, and no day in it."""
    task, facts = found.task, facts_of(found)
    pace, submission, shown = pace_of(facts, thresholds), found.submission, found.accepted_report
    return TaskStanding(
        round_id=found.round.pk,
        task_id=task.pk,
        unit_id=getattr(task, "lead_id", None),
        area_id=task.area_id,
        code=task.code,
        title=task.title,
        submission=submission,
        state=submission.state if submission else "",
        report_due_on=found.report_due_on,
        is_late=bool(submission and submission.is_late),
        is_nil=bool(shown and shown.is_nil),
        version_id=getattr(shown, "newest_version_id", None),
        declared=shown.declared_status if shown else "",
        has_coordination=bool(shown and shown.coordination.strip()),
        pace=pace.colour.value,
        pace_rule=pace.rule,
        shortfall=pace.shortfall,
        share=facts.share,
        due_on=facts.due_on,
        has_deadline=not facts.is_long_term,
        done_on=task.done_on,
    )


def waiting_words(state: str, due_on: datetime.date | None, on: datetime.date) -> str:
    """Why a report is still missing, on a day; `due_on` is the unit's own last day. Empty where none is due."""
    if not state or due_on is None:
        return ""
    word = State(state)
    if state in UNREPORTED and on > due_on:
        return f"逾期{(on - due_on).days}天未报（{word.label}）"
    return {
        State.SIGNING: "单位审签中，尚未报送",
        State.SUBMITTED: "已报送，待办公室审核",
        State.REVIEWING: "已报送，办公室审核中",
        State.RETURNED: "办公室已退回，待单位修改",
    }.get(word, f"尚未报送，{due_on.month}月{due_on.day}日截止")
