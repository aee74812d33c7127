"""The register of tasks: one filtered list for the page and for the workbook."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.formats import UNKNOWN, date_text
from core.models.sections import section_label
from organization.models import CoordinationGroup, Unit
from tasks.life import TaskState
from tasks.models import Assignment, Plan, ReformArea, Task

if TYPE_CHECKING:
    from organization.models import User

ALL = "all"
LONGEST_SEARCH = 80
SORTS: dict[str, tuple[str, ...]] = {
    "code": ("code",),
    "title": ("title",),
    "area": ("area__taxonomy", "area__position", "code"),
    "lead": ("lead_position", "lead_name", "code"),
    "due": ("due_on", "code"),
    "state": ("state", "code"),
}
DEFAULT_SORT = "code"
# Tones of components/badge.html for the states of a task's life.
STATE_TONES = {
    TaskState.DRAFT: "draft",
    TaskState.PENDING_APPROVAL: "outline",
    TaskState.APPROVED: "submitted",
    TaskState.HANDED_OUT: "amber",
    TaskState.ACTIVE: "blue",
    TaskState.CLOSING: "outline",
    TaskState.VERIFYING: "outline",
    TaskState.CLOSED: "green",
    TaskState.ARCHIVED: "grey",
    TaskState.SUSPENDED: "amber",
    TaskState.TERMINATED: "grey",
}


@dataclass(frozen=True)
class TaskFilter:
    """What the reader asked of the register; anything unknown counts as not asked."""

    q: str = ""
    plan: str = ""
    area: str = ""
    unit: str = ""
    role: str = ""
    state: str = ""
    highlight: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "TaskFilter":
        """Typed and bounded; a role or state outside the list is dropped."""
        typed = {name: query.get(name, "").strip()[:LONGEST_SEARCH] for name in ("q", "plan", "area", "unit")}
        role, state = query.get("role", ""), query.get("state", "")
        return cls(
            **typed,
            role=role if role in Assignment.Role.values else "",
            state=state if state in set(TaskState) else "",
            highlight=query.get("highlight", "") == "1",
        )

    @property
    def is_on(self) -> bool:
        return bool(self.q or self.area or self.unit or self.role or self.state or self.highlight)


@dataclass(frozen=True)
class Choice:
    """One entry of a filter's list."""

    value: str
    label: str


@dataclass(frozen=True)
class FilterChoices:
    """The plans, areas and units one can choose; the first plan is the newest."""

    plans: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    units: tuple[Choice, ...]

    def plan_for(self, wanted: str) -> str:
        """The chosen plan; the newest unless another, or all, was asked for."""
        known = [choice.value for choice in self.plans]
        return wanted if wanted == ALL or wanted in known else next(iter(known), ALL)


@dataclass(frozen=True)
class TaskRow:
    """One line of the register, ready to print."""

    uid: str
    code: str
    title: str
    plan: str
    area: str
    lead: str
    assisting: int
    kind: str
    frequency: str
    due_on: datetime.date | None
    state: str
    state_label: str
    section: str
    is_highlight: bool
    is_demo: bool

    @property
    def due(self) -> str:
        return date_text(self.due_on)

    @property
    def tone(self) -> str:
        return STATE_TONES[TaskState(self.state)]


def filter_choices(user: "User", group: CoordinationGroup) -> FilterChoices:
    """One query for the three lists: plans and areas of the tasks the user sees, units that carry tasks."""
    tasks = Task.objects.visible_to(user).filter(plan__group=group)
    plans = Plan.objects.filter(pk__in=tasks.values("plan_id")).annotate(
        list_no=Value(0), position=F("year") * 100 + F("version_no"), code=Value("")
    )
    areas = ReformArea.objects.filter(pk__in=tasks.values("area_id")).annotate(list_no=Value(1))
    units = Unit.objects.filter(pk__in=Assignment.objects.filter(task__plan__group=group).values("unit_id"))
    columns = ("list_no", "position", "code", "name")
    rows = list(
        plans.order_by()
        .values_list(*columns)
        .union(
            areas.order_by().values_list(*columns),
            units.order_by()
            .annotate(list_no=Value(2))
            .values_list("list_no", "position", "code", "short_name"),
            all=True,
        )
    )
    newest_first = sorted((row for row in rows if row[0] == 0), reverse=True)
    return FilterChoices(
        plans=tuple(Choice(f"{place // 100}-{place % 100}", name) for _, place, _, name in newest_first),
        areas=tuple(Choice(code, name) for no, _, code, name in sorted(rows) if no == 1),
        units=tuple(Choice(code, name) for no, _, code, name in sorted(rows) if no == 2),
    )


def matching_tasks(user: "User", group: CoordinationGroup, asked: TaskFilter, *, plan: str) -> QuerySet[Task]:
    """The group's tasks the user sees and asked for; `plan` is «year-version» or all."""
    tasks = Task.objects.visible_to(user).filter(_wanted(asked), plan__group=group)
    if plan != ALL:
        year, version = plan.split("-")
        tasks = tasks.filter(plan__year=int(year), plan__version_no=int(version))
    if asked.unit or asked.role:
        tasks = tasks.filter(Exists(_assignments(asked)))
    return tasks


def flat_rows(tasks: QuerySet[Task]) -> QuerySet[Task, dict[str, Any]]:
    """What a line of the register needs, lead unit and number of cooperating units included, in one query."""
    lead = Assignment.objects.filter(task=OuterRef("pk"), role=Assignment.Role.LEAD).order_by()
    assisting = Assignment.objects.filter(task=OuterRef("pk"), role=Assignment.Role.ASSIST).order_by()
    return tasks.annotate(
        lead_name=Subquery(lead.values("unit__short_name")[:1]),
        lead_position=Subquery(lead.values("unit__position")[:1]),
        assisting=Coalesce(Subquery(assisting.values("task").annotate(n=Count("pk")).values("n")), 0),
    ).values(*_COLUMNS)


_COLUMNS = (
    *("uid", "code", "title", "kind", "frequency", "due_on", "state", "is_highlight", "is_demo"),
    *(
        "plan__name",
        "plan__is_founding",
        "area__name",
        "section__code",
        "section__title",
        "lead_name",
        "assisting",
    ),
)


def state_word(state: TaskState, *, is_founding: bool) -> str:
    """The word of the state; a task of the founding text is a fact and has no life of its own."""
    return "材料任务" if is_founding else state.label


def task_row(values: Mapping[str, Any]) -> TaskRow:
    """A row of `filtered_tasks` in words."""
    return TaskRow(
        uid=str(values["uid"]),
        code=values["code"],
        title=values["title"],
        plan=values["plan__name"],
        area=values["area__name"],
        lead=values["lead_name"] or UNKNOWN,
        assisting=values["assisting"],
        kind=_KINDS.get(values["kind"], UNKNOWN),
        frequency=_FREQUENCIES.get(values["frequency"], UNKNOWN),
        due_on=values["due_on"],
        state=values["state"],
        state_label=state_word(TaskState(values["state"]), is_founding=values["plan__is_founding"]),
        section=section_label(values["section__code"] or "", values["section__title"] or ""),
        is_highlight=values["is_highlight"],
        is_demo=values["is_demo"],
    )


_KINDS = {value: str(label) for value, label in Task.Kind.choices}
_FREQUENCIES = {value: str(label) for value, label in Task.Frequency.choices}


def _wanted(asked: TaskFilter) -> Q:
    wanted = Q()
    if asked.q:
        wanted &= Q(title__icontains=asked.q) | Q(code__icontains=asked.q) | Q(wording__icontains=asked.q)
    if asked.area:
        wanted &= Q(area__code=asked.area)
    if asked.state:
        wanted &= Q(state=asked.state, plan__is_founding=False)
    if asked.highlight:
        wanted &= Q(is_highlight=True)
    return wanted


def _assignments(asked: TaskFilter) -> QuerySet[Assignment]:
    """The assignments that make a task match: of the unit, in the role, or both at once."""
    rows = Assignment.objects.filter(task=OuterRef("pk"))
    if asked.unit:
        rows = rows.filter(unit__code=asked.unit)
    return rows.filter(role=asked.role) if asked.role else rows
