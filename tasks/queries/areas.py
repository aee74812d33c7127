"""The areas of the reform and how far their tasks have come in their life."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from core.charts import BarRow, Series, StackedBars
from organization.models import CoordinationGroup
from tasks.life import TaskState
from tasks.models import ReformArea, Task
from tasks.queries.filters import ALL, TaskFilter
from tasks.queries.register import TaskRow, flat_rows, matching_tasks

if TYPE_CHECKING:
    from organization.models import User


@dataclass(frozen=True)
class Stage:
    """A stretch of a task's life that is counted together."""

    key: str
    label: str
    tone: str
    states: frozenset[TaskState]


STAGES = (
    Stage(
        "planning",
        "未交办",
        "unassessed",
        frozenset({TaskState.DRAFT, TaskState.PENDING_APPROVAL, TaskState.APPROVED}),
    ),
    Stage("handed_out", "待签收", "actual-3", frozenset({TaskState.HANDED_OUT})),
    Stage(
        "active", "推进中", "actual-2", frozenset({TaskState.ACTIVE, TaskState.CLOSING, TaskState.VERIFYING})
    ),
    Stage("closed", "已办结", "done", frozenset({TaskState.CLOSED, TaskState.ARCHIVED})),
    Stage("stopped", "挂账或终止", "unreported", frozenset({TaskState.SUSPENDED, TaskState.TERMINATED})),
)


@dataclass(frozen=True)
class AreaRow:
    """An area with its tasks counted by stage."""

    code: str
    name: str
    is_core: bool
    is_central: bool
    section: str
    counts: tuple[int, ...]
    has_demo: bool

    @property
    def total(self) -> int:
        return sum(self.counts)


def area_rows(user: "User", group: CoordinationGroup, *, plan: str) -> tuple[AreaRow, ...]:
    """Every area in the official order, tasks of the chosen plan counted (those the reader sees)."""
    tasks = matching_tasks(user, group, TaskFilter(), plan=plan)
    tally: Counter[tuple[int, str]] = Counter()
    demo_areas: set[int] = set()
    for row in tasks.order_by().values("area_id", "state", "is_demo").annotate(n=Count("pk")):
        tally[row["area_id"], row["state"]] += row["n"]
        demo_areas |= {row["area_id"]} if row["is_demo"] else set()
    areas = ReformArea.objects.select_related("section").order_by("-taxonomy", "position")
    return tuple(
        AreaRow(
            code=area.code,
            name=area.name,
            is_core=area.is_core,
            is_central=area.taxonomy == ReformArea.Taxonomy.CENTRAL,
            section=area.section.label if area.section else "",
            counts=tuple(sum(tally[area.pk, state.value] for state in stage.states) for stage in STAGES),
            has_demo=area.pk in demo_areas,
        )
        for area in areas
    )


def area_chart(rows: Iterable[AreaRow]) -> StackedBars:
    """Tasks of each area by stage; an area without tasks is not drawn."""
    return StackedBars(
        title="各领域任务所处阶段",
        unit="项",
        series=tuple(Series(stage.label, stage.tone) for stage in STAGES),
        rows=tuple(
            BarRow(row.name, values=row.counts, note=f"{row.total} 项", url=f"/areas/{row.code}/")
            for row in rows
            if row.total
        ),
        row_label="领域",
    )


@dataclass(frozen=True)
class AreaStage:
    """The tasks of an area in one stage."""

    label: str
    rows: tuple[TaskRow, ...]


def area_tasks(user: "User", group: CoordinationGroup, area: ReformArea) -> QuerySet[Task, dict[str, Any]]:
    """All tasks of the area in every plan, newest plan first."""
    return flat_rows(matching_tasks(user, group, TaskFilter(area=area.code), plan=ALL))


def by_stage(rows: Iterable[TaskRow]) -> tuple[AreaStage, ...]:
    """Rows sorted into the stages of a task's life; an empty stage is left out."""
    found = list(rows)
    sets = (
        AreaStage(stage.label, tuple(row for row in found if TaskState(row.state) in stage.states))
        for stage in STAGES
    )
    return tuple(stage for stage in sets if stage.rows)
