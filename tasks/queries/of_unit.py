"""What one unit carries: its tasks for the page of the unit, and what stands open before it may end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from core.periods import Quarter
from organization.models import Unit, User
from organization.open_work import OpenWork
from reporting.models import Submission
from reporting.workflow import State
from tasks.life import TaskState
from tasks.models import Assignment, Task
from tasks.queries.register import STATE_TONES, due_text, state_word

FINISHED = (TaskState.CLOSED.value, TaskState.ARCHIVED.value, TaskState.TERMINATED.value)
SHOWN_ON_THE_UNIT = 8
SORTS: dict[str, tuple[str, ...]] = {
    "plan": ("-task__plan__year", "-task__plan__version_no", "-role", "task__code"),
    "title": ("task__title",),
    "role": ("-role", "-task__plan__year", "task__code"),
    "area": ("task__area__position", "task__code"),
    "due": ("task__due_on", "task__code"),
    "state": ("task__state", "task__code"),
}
DEFAULT_SORT = "plan"
STANDINGS = (("open", "未办结"), ("finished", "已办结或终止"))


@dataclass(frozen=True)
class UnitTaskFilter:
    """What the reader asked; anything unknown counts as not asked."""

    role: str = ""
    standing: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "UnitTaskFilter":
        role, standing = query.get("role", ""), query.get("standing", "")
        return cls(
            role=role if role in Assignment.Role.values else "",
            standing=standing if standing in dict(STANDINGS) else "",
        )

    @property
    def is_on(self) -> bool:
        return bool(self.role or self.standing)


@dataclass(frozen=True)
class UnitTaskRow:
    """One task of the unit, ready to print."""

    title: str
    url: str
    code: str
    plan: str
    area: str
    role: str
    share: str
    due: str
    state: str
    tone: str
    is_demo: bool


@dataclass(frozen=True)
class UnitTaskCounts:
    """How many of the tasks the reader sees the unit leads and assists, open and in all."""

    lead: int
    assist: int
    open: int

    @property
    def total(self) -> int:
        return self.lead + self.assist


def tasks_of_unit(unit: Unit, reader: User, asked: UnitTaskFilter) -> QuerySet[Assignment]:
    """The unit's parts in tasks the reader may see, narrowed."""
    parts = Assignment.objects.filter(unit=unit, task__in=Task.objects.visible_to(reader))
    parts = parts.select_related("task__plan", "task__area")
    if asked.role:
        parts = parts.filter(role=asked.role)
    if asked.standing == "finished":
        return parts.filter(task__state__in=FINISHED)
    return parts.exclude(task__state__in=FINISHED) if asked.standing == "open" else parts


def unit_task_counts(unit: Unit, reader: User) -> UnitTaskCounts:
    counted = tasks_of_unit(unit, reader, UnitTaskFilter()).aggregate(
        lead=Count("pk", filter=Q(role=Assignment.Role.LEAD)),
        assist=Count("pk", filter=Q(role=Assignment.Role.ASSIST)),
        open=Count("pk", filter=~Q(task__state__in=FINISHED)),
    )
    return UnitTaskCounts(**counted)


def unit_task_rows(parts: Iterable[Assignment]) -> list[UnitTaskRow]:
    return [_row(part) for part in parts]


def open_work_of(unit: Unit, reader: User | None) -> Iterator[OpenWork]:
    """Tasks that are not finished and reports of rounds that are not published (a founding task is a fact, not work).

    What the reader may not see is named by its group and state only; a command (`reader` None) sees all.
    """
    yield from _open_tasks(unit, reader)
    yield from _open_reports(unit, reader)


def _open_tasks(unit: Unit, reader: User | None) -> Iterator[OpenWork]:
    parts = Assignment.objects.filter(unit=unit, task__plan__is_founding=False)
    parts = parts.exclude(task__state__in=FINISHED).select_related("task__plan__group")
    visible = _visible_pks(Task.objects.all() if reader is None else Task.objects.visible_to(reader), unit)
    for part in parts.order_by("task__plan__year", "task__code"):
        task, kind = part.task, f"{part.get_role_display()}任务"
        if task.pk in visible:
            yield OpenWork(kind, task.title, task.state_word.label, task.get_absolute_url())
        else:
            yield OpenWork(kind, f"{task.plan.group.name}的任务", task.state_word.label)


def _visible_pks(tasks: QuerySet[Task], unit: Unit) -> set[int]:
    return set(tasks.filter(assignments__unit=unit).values_list("pk", flat=True))


def _open_reports(unit: Unit, reader: User | None) -> Iterator[OpenWork]:
    open_ones = Submission.objects.filter(unit=unit, round__published_at=None).exclude(state=State.ACCEPTED)
    counted = open_ones.values("round__group__name", "round__year", "round__quarter", "state")
    for row in counted.annotate(n=Count("pk")).order_by("round__year", "round__quarter", "state"):
        period = Quarter(row["round__year"], row["round__quarter"]).label
        title = f"{row['round__group__name']}{period}填报 {row['n']} 件"
        yield OpenWork("季度填报", title, State(row["state"]).label)


def _row(part: Assignment) -> UnitTaskRow:
    task = part.task
    return UnitTaskRow(
        title=task.title,
        url=task.get_absolute_url(),
        code=task.code,
        plan=task.plan.name,
        area=task.area.name,
        role=part.get_role_display(),
        share=part.stated_share,
        due=due_text(task.frequency, task.due),
        state=state_word(task.state_word, is_founding=task.plan.is_founding),
        tone=STATE_TONES[task.state_word],
        is_demo=part.is_demo or task.is_demo,
    )
