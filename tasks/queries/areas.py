"""The areas of the reform and how far their tasks have come in their life."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, FilteredRelation, Q, QuerySet

from core.charts import BarRow, Series, StackedBars
from organization.models import CoordinationGroup
from tasks.life import TaskState
from tasks.models import AreaCrossing, Assignment, ReformArea, Task
from tasks.queries.filters import TaskFilter
from tasks.queries.register import matching_tasks, with_central_section

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
    """An area, or a section of the central opinion, with its tasks counted by stage."""

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


@dataclass(frozen=True)
class Cell:
    """Where an area meets a section: whether the office named them as answering, and how many tasks are in both."""

    mark: str
    words: str
    count: int
    url: str


@dataclass(frozen=True)
class MatrixRow:
    """An area across all sections."""

    name: str
    code: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Taxonomies:
    """Both taxonomies with their tasks, and how they meet."""

    areas: tuple[AreaRow, ...]
    sections: tuple[AreaRow, ...]
    matrix: tuple[MatrixRow, ...]
    unsorted: int


def taxonomies(user: "User", group: CoordinationGroup, *, plan: str) -> Taxonomies:
    """Every area and section in the official order, tasks of the chosen plan counted (those the reader sees).

    A task belongs to the section it names, else to the one its area mainly answers to.
    """
    tasks = with_central_section(matching_tasks(user, group, TaskFilter(), plan=plan)).order_by()
    counted = list(
        tasks.values_list("area__code", "section_code", "state", "is_demo").annotate(n=Count("pk"))
    )
    rows = list(ReformArea.objects.select_related("section").order_by("-taxonomy", "position"))
    areas = [row for row in rows if row.taxonomy == ReformArea.Taxonomy.FOUNDING]
    sections = [row for row in rows if row.taxonomy == ReformArea.Taxonomy.CENTRAL]
    return Taxonomies(
        areas=tuple(_area_row(row, [found for found in counted if found[0] == row.code]) for row in areas),
        sections=tuple(
            _area_row(row, [found for found in counted if found[1] == row.code]) for row in sections
        ),
        matrix=_matrix(areas, sections, counted, plan),
        unsorted=sum(found[4] for found in counted if found[1] is None),
    )


def _area_row(area: ReformArea, counted: list[tuple[Any, ...]]) -> AreaRow:
    tally: Counter[str] = Counter()
    for _, _, state, _, n in counted:
        tally[state] += n
    return AreaRow(
        code=area.code,
        name=area.name,
        is_core=area.is_core,
        is_central=area.taxonomy == ReformArea.Taxonomy.CENTRAL,
        section=area.section.label if area.section else "",
        counts=tuple(sum(tally[state.value] for state in stage.states) for stage in STAGES),
        has_demo=any(is_demo for _, _, _, is_demo, _ in counted),
    )


def _matrix(
    areas: list[ReformArea], sections: list[ReformArea], counted: list[tuple[Any, ...]], plan: str
) -> tuple[MatrixRow, ...]:
    crossings = {(row.area_id, row.section_id): row.is_default for row in AreaCrossing.objects.all()}
    counts: Counter[tuple[str, str]] = Counter()
    for area, section, _, _, n in counted:
        counts[area, section] += n
    return tuple(
        MatrixRow(
            area.name,
            area.code,
            tuple(
                _cell(
                    crossings.get((area.pk, section.pk)), counts[area.code, section.code], area, section, plan
                )
                for section in sections
            ),
        )
        for area in areas
    )


def _cell(is_default: bool | None, count: int, area: ReformArea, section: ReformArea, plan: str) -> Cell:
    mark, words = {None: ("", ""), False: ("○", "有关"), True: ("●", "主要对应")}[is_default]
    url = f"/tasks/?plan={plan}&area={area.code}&section={section.code}" if count else ""
    return Cell(mark, words, count, url)


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
class Leading:
    """A unit and how many tasks of an area it leads."""

    name: str
    code: str
    count: int


@dataclass(frozen=True)
class AreaPage:
    """One area or section: what answers to it, its tasks by stage, who leads them."""

    counts: tuple[tuple[str, int], ...]
    leading: tuple[Leading, ...]
    without_lead: int
    crossings: tuple[tuple[ReformArea, bool], ...]


def area_tasks(
    user: "User", group: CoordinationGroup, area: ReformArea, asked: TaskFilter, *, plan: str
) -> QuerySet[Task]:
    """The tasks of an area, or of a section of the central opinion, as far as they were asked for."""
    is_section = area.taxonomy == ReformArea.Taxonomy.CENTRAL
    own = replace(asked, section=area.code) if is_section else replace(asked, area=area.code)
    return matching_tasks(user, group, own, plan=plan)


def area_page(area: ReformArea, tasks: QuerySet[Task]) -> AreaPage:
    """What stands beside the list of tasks, counted over all of them."""
    tally: Counter[str] = Counter()
    leading: Counter[tuple[str, str] | None] = Counter()
    lead = FilteredRelation("assignments", condition=Q(assignments__role=Assignment.Role.LEAD))
    counted = (
        tasks.order_by()
        .annotate(carrier=lead)
        .values_list("state", "carrier__unit__code", "carrier__unit__short_name")
    )
    for state, code, name, n in counted.annotate(n=Count("pk")):
        tally[state] += n
        leading[(name, code) if code else None] += n
    without_lead = leading.pop(None, 0)
    central = area.taxonomy == ReformArea.Taxonomy.CENTRAL
    links = AreaCrossing.objects.select_related("area", "section").filter(
        **{"section" if central else "area": area}
    )
    return AreaPage(
        counts=tuple(
            (stage.label, count)
            for stage in STAGES
            if (count := sum(tally[state.value] for state in stage.states))
        ),
        leading=tuple(Leading(*found, n) for found, n in leading.most_common() if found),
        without_lead=without_lead,
        crossings=tuple((row.area if central else row.section, row.is_default) for row in links),
    )
