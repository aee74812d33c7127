"""One task in full: what it says, who carries it, what was reported, what happened to it."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from core.clock import SHANGHAI
from core.formats import UNKNOWN, date_text, datetime_text, decimal_text
from organization.models import RoleGrant
from reporting.models import Submission
from reporting.workflow import State
from tasks.life import PLAN_STEPS, TASK_MOVE_BY_NAME, TaskMove, TaskState
from tasks.models import Assignment, Milestone, ProgressReport, ReportVersion, Task, TaskEvent
from tasks.permissions import open_task_moves
from tasks.queries.register import STATE_TONES, state_word, with_central_section

if TYPE_CHECKING:
    from organization.models import User

LONGEST_CHAIN = 10


@dataclass(frozen=True)
class Happening:
    """One line of a timeline (`components/timeline.html`)."""

    when: str
    by: str
    title: str
    text: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class ReportText:
    """The words of a report, label beside text; empty ones are left out."""

    declared: str
    percent: str
    is_nil: bool
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReportEntry:
    """What a task's page tells of one round: the state of the report and, once accepted, its text."""

    period: str
    unit: str
    state: str
    state_label: str
    holder: str
    is_late: bool
    return_count: int
    version_count: int
    url: str
    text: ReportText | None
    people: tuple[str, ...]
    is_demo: bool


@dataclass(frozen=True)
class MoveButton:
    """A move the reader may make, in the words of `components/confirm.html`."""

    label: str
    question: str
    action: str
    submit_word: str
    tone: str
    reason: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TaskPage:
    """All the page of a task shows."""

    task: Task
    lead: Assignment | None
    assisting: tuple[Assignment, ...]
    milestones: tuple[Milestone, ...]
    chain: tuple[Task, ...]
    carried_to: tuple[Task, ...]
    merged_from: tuple[Task, ...]
    merged_into: tuple[Task, ...]
    reports: tuple[ReportEntry, ...]
    events: tuple[Happening, ...]
    buttons: tuple[MoveButton, ...]

    @property
    def tone(self) -> str:
        return STATE_TONES[self.task.state_word]

    @property
    def state_label(self) -> str:
        return state_word(self.task.state_word, is_founding=self.task.plan.is_founding)

    @property
    def standing(self) -> str:
        """Whether the official wording may still change."""
        if self.task.plan.is_founding:
            return "经验材料载明的任务，由年度计划沿用"
        before = (TaskState.DRAFT, TaskState.PENDING_APPROVAL, TaskState.APPROVED)
        return "尚未交办" if self.task.state_word in before else "已交办，原文不再改动"

    @property
    def shows_demo(self) -> bool:
        tasks = (self.task, *self.chain, *self.carried_to)
        return any(task.is_demo for task in tasks) or any(report.is_demo for report in self.reports)


def with_page_parts(tasks: QuerySet[Task]) -> QuerySet[Any]:
    """The fetch plan of a task's page; its section of the central opinion is named as in the register."""
    units = Assignment.objects.select_related("unit").order_by("unit__position", "unit__code")
    return (
        with_central_section(tasks)
        .select_related("plan__group", "area", "document", "clause", "central_section", "section", "parent")
        .prefetch_related(Prefetch("assignments", queryset=units), "milestones")
    )


def task_page(task: Task, user: "User") -> TaskPage:
    """The page of a task fetched by `with_page_parts`, for this reader."""
    assignments = list(task.assignments.all())
    reports = ProgressReport.objects.visible_to(user).filter(task=task).for_timeline()
    events = TaskEvent.objects.filter(task=task).select_related("by").order_by("-at", "-pk")
    return TaskPage(
        task=task,
        lead=next((row for row in assignments if row.role == Assignment.Role.LEAD), None),
        assisting=tuple(row for row in assignments if row.role == Assignment.Role.ASSIST),
        milestones=tuple(sorted(task.milestones.all(), key=lambda row: (row.due_on, row.pk))),
        chain=carried_chain(task, user),
        carried_to=tuple(
            Task.objects.visible_to(user)
            .filter(carried_from=task)
            .select_related("plan")
            .order_by("-plan__year")
        ),
        merged_from=_merged(user, merged_into__task=task),
        merged_into=_merged(user, origins__origin=task),
        reports=tuple(_report_entry(report, task) for report in reports),
        events=tuple(_task_happening(event) for event in events),
        buttons=tuple(move_button(task, move) for move in open_task_moves(user, task)),
    )


def _merged(user: "User", **link: Task) -> tuple[Task, ...]:
    """The tasks this one was made of, or was merged into, as far as the reader sees them."""
    tasks = Task.objects.visible_to(user).filter(**link).select_related("plan")
    return tuple(tasks.order_by("plan__year", "code"))


def _question(task: Task, move: TaskMove) -> str:
    """What the move does; at 交办 to whom, until when, and whether anybody there can take the task over."""
    next_step = f"，由{move.target.holder}办理" if move.target.holder else ""
    if move.name == "approve":
        next_step = "，等待办公室交办"
    words = f"{move.label}后，任务转为“{move.target.label}”{next_step}。"
    if move.name != "hand_out":
        return words
    lead = task.assignments.filter(role=Assignment.Role.LEAD).select_related("unit").first()
    if lead is None:
        return words
    words += f"牵头单位是{lead.unit.short_name}，完成时限{date_text(task.due)}，交办后不再改动。"
    if RoleGrant.objects.active().filter(role=RoleGrant.Role.LIAISON, unit=lead.unit).exists():
        return words
    return f"{words}注意：{lead.unit.short_name}还没有联络员，交办后无人签收，请先由安全管理员授权。"


def move_button(task: Task, move: TaskMove) -> MoveButton:
    return MoveButton(
        label=move.label,
        question=_question(task, move),
        action=f"{task.get_absolute_url()}move/",
        submit_word=f"确认{move.label}",
        tone="plain" if move.needs_reason else "primary",
        reason="原因" if move.needs_reason else "",
        hidden=(("move", move.name), ("lock_version", str(task.lock_version))),
    )


def carried_chain(task: Task, user: "User") -> tuple[Task, ...]:
    """The tasks of earlier plans this one continues, the nearest first, as far as the reader sees them."""
    ids: list[int] = []
    step = task.carried_from_id
    while step is not None and step not in ids and len(ids) < LONGEST_CHAIN:
        ids.append(step)
        step = Task.objects.filter(pk=step).values_list("carried_from_id", flat=True).get()
    if not ids:
        return ()
    seen = {
        row.pk: row
        for row in Task.objects.visible_to(user).filter(pk__in=ids).select_related("plan", "section")
    }
    return tuple(seen[pk] for pk in ids if pk in seen)


def report_text(row: ProgressReport | ReportVersion) -> ReportText:
    labels = (
        ("进展情况", row.progress),
        ("存在问题", row.problems),
        ("下一步打算", row.next_steps),
        ("需协调事项", row.coordination),
    )
    return ReportText(
        declared=row.get_declared_status_display() if row.declared_status else UNKNOWN,
        percent=UNKNOWN if row.percent is None else f"{decimal_text(row.percent)}%",
        is_nil=row.is_nil,
        parts=tuple((label, text) for label, text in labels if text),
    )


def moment(at: datetime.datetime | None) -> str:
    return datetime_text(at.astimezone(SHANGHAI) if at else None)


def _report_entry(report: ProgressReport, task: Task) -> ReportEntry:
    submission = report.submission
    state = submission.state_word
    versions = sorted(report.versions.all(), key=lambda row: row.version_no)
    return ReportEntry(
        period=report.round.period.label,
        unit=submission.unit.short_name,
        state=state.value,
        state_label=state.label,
        holder=state.holder,
        is_late=submission.is_late,
        return_count=submission.return_count,
        version_count=len(versions),
        url=f"{task.get_absolute_url()}reports/{report.round.year}/{report.round.quarter}/",
        text=report_text(versions[-1]) if state is State.ACCEPTED and versions else None,
        people=people_of(submission),
        is_demo=report.is_demo,
    )


def people_of(submission: Submission) -> tuple[str, ...]:
    """Who handed in, signed and accepted, and when; what has not happened is left out."""
    steps = (
        ("报送", submission.submitted_by, submission.submitted_at),
        ("审签", submission.signed_by, submission.signed_at),
        ("审核通过", submission.accepted_by, submission.accepted_at),
    )
    return tuple(f"{who} {moment(at)}{word}" for word, who, at in steps if at is not None)


def _task_happening(event: TaskEvent) -> Happening:
    move = TASK_MOVE_BY_NAME.get(event.move)
    return Happening(
        when=moment(event.at),
        by=str(event.by) if event.by else "系统命令",
        title=_event_title(event, move),
        text=event.reason,
        tone="red" if move and move.needs_reason else "",
    )


def _event_title(event: TaskEvent, move: TaskMove | None) -> str:
    """The word of the move and where it led; a move from outside the table has its own word or none."""
    word = move.label if move else PLAN_STEPS.get(event.move, "")
    led = f"转为“{event.get_to_state_display()}”" if event.from_state != event.to_state else ""
    return "，".join(part for part in (word, led) if part)


def milestone_words(milestone: Milestone, today: datetime.date) -> tuple[str, str]:
    """State word and tag tone of a milestone on a day."""
    if milestone.done_on is not None:
        return f"{date_text(milestone.done_on)}完成", "green"
    return ("逾期未完成", "overdue") if milestone.due_on < today else ("未到期", "plain")
