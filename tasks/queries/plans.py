"""Plans by year with their versions, and one plan with where each of its tasks comes from."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from core import clock
from core.formats import UNKNOWN, date_text
from organization.models import CoordinationGroup, GroupMember, Unit
from organization.models.periods import holding_on
from tasks import permissions
from tasks.carrying import moved_by_years
from tasks.life import TaskState
from tasks.models import Assignment, Plan, PlanLine, Task, TaskOrigin
from tasks.models.task import PLANNING_STATES
from tasks.queries.areas import STAGES
from tasks.queries.register import STATE_TONES, TaskRow, due_text, flat_rows, task_row

if TYPE_CHECKING:
    from organization.models import User


@dataclass(frozen=True)
class PlanRow:
    """One version of a plan with its tasks counted by stage."""

    name: str
    url: str
    version: str
    standing: str
    tone: str
    supersedes: str
    counts: tuple[int, ...]
    total: int
    is_demo: bool


@dataclass(frozen=True)
class PlanYear:
    """The versions of one year, the newest first."""

    years: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class Origin:
    """Where a task of a plan comes from: one word, and the earlier tasks behind it."""

    word: str
    tone: str
    earlier: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class PlanTask:
    """A task of a plan with its origin."""

    row: TaskRow
    origin: Origin


@dataclass(frozen=True)
class KeptLine:
    """What a superseded version said of a task, and what the task is now."""

    code: str
    title: str
    url: str
    area: str
    lead: str
    due: str
    state_label: str
    tone: str
    became: str


def plan_years(user: "User", group: CoordinationGroup, today: datetime.date) -> tuple[PlanYear, ...]:
    """The group's plans the reader sees, the newest year first, tasks counted (those the reader sees)."""
    plans = list(
        permissions.visible_plans(user)
        .filter(group=group)
        .select_related("group", "supersedes")
        .annotate(next_version=F("successors__version_no"), line_count=Count("lines", distinct=True))
        .order_by("-year", "-version_no")
    )
    tally: dict[int, Counter[str]] = defaultdict(Counter)
    found = Task.objects.visible_to(user).filter(plan__group=group).order_by()
    for row in found.values("plan_id", "state").annotate(n=Count("pk")):
        tally[row["plan_id"]][row["state"]] = row["n"]
    return tuple(
        PlanYear(years, tuple(_plan_row(plan, tally[plan.pk], today) for plan in rows))
        for years, rows in groupby(plans, key=lambda plan: plan.years)
    )


def _plan_row(plan: Any, states: Counter[str], today: datetime.date) -> PlanRow:
    word, tone = standing_of(plan, next_version=plan.next_version, states=states, today=today)
    counts = tuple(sum(states[state.value] for state in stage.states) for stage in STAGES)
    return PlanRow(
        name=plan.name,
        url=plan.get_absolute_url(),
        version=f"第{plan.version_no}版",
        standing=word,
        tone=tone,
        supersedes=f"取代第{plan.supersedes.version_no}版" if plan.supersedes else "",
        counts=counts,
        total=plan.line_count or sum(counts),
        is_demo=plan.is_demo,
    )


def standing_of(
    plan: Plan, *, next_version: int | None, states: Counter[str], today: datetime.date
) -> tuple[str, str]:
    """The word for where a plan stands, and its tone."""
    if plan.is_founding:
        return "经验材料", "outline"
    if next_version is not None:
        return f"已被第{next_version}版取代", "grey"
    if not any(count for state, count in states.items() if state not in PLANNING_STATES):
        return "拟定中", "draft"
    return ("执行中", "blue") if plan.last_year >= today.year else ("已到期", "grey")


def plan_tasks(user: "User", plan: Plan) -> QuerySet[Task, dict[str, Any]]:
    """The tasks of a plan the reader sees, with what their origin is told from."""
    tasks = Task.objects.visible_to(user).filter(plan=plan)
    passed = PlanLine.objects.filter(plan=plan.supersedes, task=OuterRef("pk"))
    return flat_rows(
        tasks.annotate(passed_over=Exists(passed)),
        *("pk", "passed_over", "carried_from_id", "carried_from__uid", "carried_from__code"),
        *("carried_from__title", "carried_from__plan__year", "carried_from__plan__last_year"),
    )


def with_origins(plan: Plan, found: Iterable[dict[str, Any]]) -> tuple[PlanTask, ...]:
    """Rows of `plan_tasks` in words; one query more for what was merged."""
    rows = list(found)
    merged: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    origins = TaskOrigin.objects.filter(task__in=[row["pk"] for row in rows]).select_related("origin__plan")
    for link in origins.order_by("origin__plan__year", "origin__code"):
        merged[link.task_id].append(_earlier(link.origin))
    return tuple(PlanTask(task_row(row), _origin(plan, row, tuple(merged[row["pk"]]))) for row in rows)


def _earlier(task: Task) -> tuple[str, str, str]:
    return f"/tasks/{task.uid}/", task.title, f"{task.plan.years}{task.code}"


def _origin(plan: Plan, row: dict[str, Any], merged: tuple[tuple[str, str, str], ...]) -> Origin:
    if merged:
        return Origin(f"{len(merged)}项合并", "amber", merged)
    if row["carried_from_id"]:
        years = Plan(
            year=row["carried_from__plan__year"], last_year=row["carried_from__plan__last_year"]
        ).years
        url = f"/tasks/{row['carried_from__uid']}/"
        return Origin(
            "沿用", "blue", ((url, row["carried_from__title"], f"{years}{row['carried_from__code']}"),)
        )
    if row["passed_over"]:
        return Origin("接续上一版", "outline")
    return Origin("", "plain") if plan.is_founding else Origin("新增", "green")


def kept_lines(plan: Plan) -> tuple[KeptLine, ...]:
    """The tasks of a superseded version as they stood when the next one took over."""
    lines = plan.lines.select_related("area", "task__plan").order_by("code")
    return tuple(
        KeptLine(
            code=line.code,
            title=line.title,
            url=line.task.get_absolute_url(),
            area=line.area.name,
            lead=line.lead or UNKNOWN,
            due=date_text(line.due_on),
            state_label=TaskState(line.state).label,
            tone=STATE_TONES[TaskState(line.state)],
            became="随换版终止" if line.task.plan_id == plan.pk else f"转入第{line.task.plan.version_no}版",
        )
        for line in lines
    )


def previous_plan(plan: Plan) -> Plan | None:
    """The plan in force of the nearest earlier year; the founding one only where there is no other."""
    earlier = Plan.objects.in_force().filter(group_id=plan.group_id, year__lt=plan.year)
    return earlier.select_related("group").order_by("is_founding", "-year", "-version_no").first()


def stage_counts(user: "User", plan: Plan) -> Counter[str]:
    """Tasks of the plan the reader sees, by state."""
    tasks = Task.objects.visible_to(user).filter(plan=plan).order_by()
    return Counter(dict(tasks.values_list("state").annotate(n=Count("pk"))))


def next_year(group: CoordinationGroup) -> int:
    """The year after the last plan of the group; the present one where there is none."""
    last = Plan.objects.filter(group=group, is_founding=False).order_by("-year").first()
    return last.last_year + 1 if last else clock.today().year


def source_plans(plan: Plan) -> list[Plan]:
    """Every plan tasks can be taken from, the nearest first."""
    earlier = Plan.objects.in_force().filter(group_id=plan.group_id, year__lt=plan.year)
    return list(earlier.select_related("group").order_by("is_founding", "-year"))


def askable_units(group: CoordinationGroup, today: datetime.date) -> QuerySet[Unit]:
    """Units a group may give a task to: its present members, and existing ones that carry tasks of its plans."""
    members = GroupMember.objects.filter(holding_on(today), group=group).values("unit_id")
    carrying = Assignment.objects.filter(task__plan__group=group).values("unit_id")
    units = Unit.objects.in_force(today).filter(Q(pk__in=members) | Q(pk__in=carrying))
    return units.order_by("position", "code")


def left_behind(user: "User", plan: Plan, source: Plan) -> QuerySet[Task]:
    """Tasks of an earlier plan that this one took in neither singly nor merged; ended ones are not asked for."""
    tasks = Task.objects.visible_to(user).filter(plan=source).exclude(taken_into(plan))
    return tasks.exclude(state=TaskState.TERMINATED).order_by("code", "pk")


@dataclass(frozen=True)
class CandidateRow:
    """A task that may be taken into a plan, with the date it would be due then."""

    uid: str
    code: str
    title: str
    area: str
    lead: str
    due: str
    new_due: str
    state_label: str
    tone: str


def candidate_rows(tasks: QuerySet[Task], plan: Plan) -> tuple[CandidateRow, ...]:
    """The tasks one can tick, in the order of the queryset."""
    return tuple(
        CandidateRow(
            uid=row.uid,
            code=row.code,
            title=row.title,
            area=row.area,
            lead=row.lead,
            due=row.due,
            new_due=due_text(
                values["frequency"], moved_by_years(row.due_on, plan.year - values["plan__year"])
            ),
            state_label=row.state_label,
            tone=row.tone,
        )
        for values in flat_rows(tasks, "plan__year")
        for row in (task_row(values),)
    )


def taken_into(plan: Plan) -> Q:
    """Tasks that this plan, or a version it superseded, has carried over or merged already."""
    same = {
        "plan__group_id": plan.group_id,
        "plan__year": plan.year,
        "plan__version_no__lte": plan.version_no,
    }
    later = Task.objects.filter(**same)
    merged = TaskOrigin.objects.filter(task__in=later)
    return Q(pk__in=later.filter(carried_from__isnull=False).values("carried_from_id")) | Q(
        pk__in=merged.values("origin_id")
    )
