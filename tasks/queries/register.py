"""The register of tasks: one filtered list for the page and for the workbook."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.formats import UNKNOWN, date_text
from core.models.sections import section_label
from organization.models import CoordinationGroup
from tasks.life import TaskState
from tasks.models import AreaCrossing, Assignment, Task
from tasks.queries.filters import ALL, TaskFilter

if TYPE_CHECKING:
    from organization.models import User

SORTS: dict[str, tuple[str, ...]] = {
    "code": ("code",),
    "title": ("title",),
    "area": ("area__taxonomy", "area__position", "code"),
    "lead": ("lead_position", "lead_name", "code"),
    "plan": ("-plan__year", "-plan__version_no", "code"),
    "due": ("due_on", "code"),
    "state": ("state", "code"),
}
DEFAULT_SORT = "code"
NOTHING = SafeString("")
HIGHLIGHT = SafeString(' <span class="tag tag-blue">五结合五突出</span>')
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


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the register, ready to print."""

    uid: str
    code: str
    title: str
    plan: str
    area: str
    lead: str
    assisting: str
    kind: str
    frequency: str
    due: str
    due_on: datetime.date | None
    is_long_term: bool
    state: str
    state_label: str
    tone: str
    section: str
    is_highlight: bool
    is_demo: bool
    marks: SafeString = NOTHING
    tail: SafeString = NOTHING


def matching_tasks(user: "User", group: CoordinationGroup, asked: TaskFilter, *, plan: str) -> QuerySet[Task]:
    """The group's tasks the user sees and asked for; `plan` is «year-version» or all."""
    tasks = Task.objects.visible_to(user).filter(_wanted(asked), plan__group=group)
    if plan != ALL:
        year, version = plan.split("-")
        tasks = tasks.filter(plan__year=int(year), plan__version_no=int(version))
    for assignments in _assignments(asked):
        tasks = tasks.filter(Exists(assignments))
    return tasks


def flat_rows(tasks: QuerySet[Any], *more: str) -> QuerySet[Any, dict[str, Any]]:
    """What a line of the register needs, lead unit and number of cooperating units included, in one query."""
    carried = Assignment.objects.filter(task=OuterRef("pk")).order_by()
    lead = carried.filter(role=Assignment.Role.LEAD)
    assisting = carried.filter(role=Assignment.Role.ASSIST)
    # Subqueries, not joins: the database asks them of the rows of the page only.
    return tasks.annotate(
        lead_name=Subquery(lead.values("unit__short_name")[:1]),
        lead_position=Subquery(lead.values("unit__position")[:1]),
        assisting=Subquery(assisting.values("task").annotate(n=Count("pk")).values("n")),
    ).values(*_COLUMNS, *more)


def in_central_section(code: str) -> Q:
    """Tasks of a section of the central opinion: named on the task, else by the cross-walk of its area."""
    by_default = AreaCrossing.objects.filter(section__code=code, is_default=True).values("area_id")
    return Q(central_section__code=code) | Q(central_section__isnull=True, area_id__in=by_default)


def with_central_section(tasks: QuerySet[Task]) -> QuerySet[Any]:
    """Annotates `section_name` and `section_code`: the task's own section, else its area's by the cross-walk."""
    default = AreaCrossing.objects.filter(area_id=OuterRef("area_id"), is_default=True).order_by()
    return tasks.annotate(
        section_name=Coalesce("central_section__name", Subquery(default.values("section__name")[:1])),
        section_code=Coalesce("central_section__code", Subquery(default.values("section__code")[:1])),
    )


_COLUMNS = (
    *("uid", "code", "title", "kind", "frequency", "due_on", "state", "is_highlight", "is_demo"),
    *("plan__name", "plan__is_founding", "area__name", "section__code", "section__title"),
    *("lead_name", "assisting"),
)


def due_text(frequency: str, due_on: datetime.date | None) -> str:
    """The deadline in words: a task of the long term has none, whatever day its plan ends."""
    return _FREQUENCIES[frequency] if frequency == Task.Frequency.LONG_TERM else date_text(due_on)


def state_word(state: TaskState, *, is_founding: bool) -> str:
    """The word of the state; a task of the founding text is a fact and has no life of its own."""
    return "材料任务" if is_founding else state.label


def task_row(values: Mapping[str, Any], *, shows_plan: bool = False, shows_section: bool = False) -> TaskRow:
    """A row of `flat_rows` in words; the plan beside the title and the section as a last cell on request."""
    section = section_label(values["section__code"] or "", values["section__title"] or "")
    state = _STATES[values["state"]]
    return TaskRow(
        uid=str(values["uid"]),
        code=values["code"],
        title=values["title"],
        plan=values["plan__name"],
        area=values["area__name"],
        lead=values["lead_name"] or UNKNOWN,
        assisting=str(values["assisting"] or 0),
        kind=_KINDS.get(values["kind"], UNKNOWN),
        frequency=_FREQUENCIES.get(values["frequency"], UNKNOWN),
        due=due_text(values["frequency"], values["due_on"]),
        due_on=values["due_on"],
        is_long_term=values["frequency"] == Task.Frequency.LONG_TERM,
        state=state.value,
        state_label=state_word(state, is_founding=values["plan__is_founding"]),
        tone=STATE_TONES[state],
        section=section,
        is_highlight=values["is_highlight"],
        is_demo=values["is_demo"],
        marks=_marks(values, shows_plan=shows_plan),
        tail=format_html('<td class="muted">{}</td>', section) if shows_section else NOTHING,
    )


def _marks(values: Mapping[str, Any], *, shows_plan: bool) -> SafeString:
    """What stands behind the title."""
    highlight = HIGHLIGHT if values["is_highlight"] else NOTHING
    if not shows_plan:
        return highlight
    return format_html('{} <span class="muted">{}</span>', highlight, values["plan__name"])


_STATES = {state.value: state for state in TaskState}
_KINDS = {value: str(label) for value, label in Task.Kind.choices}
_FREQUENCIES = {value: str(label) for value, label in Task.Frequency.choices}


def _wanted(asked: TaskFilter) -> Q:
    wanted = Q()
    if asked.q:
        wanted &= Q(title__icontains=asked.q) | Q(code__icontains=asked.q) | Q(wording__icontains=asked.q)
    if asked.section:
        wanted &= in_central_section(asked.section)
    if asked.state:
        wanted &= Q(state=asked.state, plan__is_founding=False)
    if asked.highlight:
        wanted &= Q(is_highlight=True)
    plain = {
        "area__code": asked.area,
        "kind": asked.kind,
        "frequency": asked.frequency,
        "document__code": asked.document,
        "due_on__lt": asked.due_before,
    }
    return wanted & Q(**{name: value for name, value in plain.items() if value})


def _assignments(asked: TaskFilter) -> list[QuerySet[Assignment]]:
    """What a task's assignments must contain: of the unit, in the role, or both at once; a lead; a helper."""
    rows = Assignment.objects.filter(task=OuterRef("pk"))
    found = []
    if asked.unit or asked.role:
        of_unit = rows.filter(unit__code=asked.unit) if asked.unit else rows
        found.append(of_unit.filter(role=asked.role) if asked.role else of_unit)
    if asked.lead:
        found.append(rows.filter(role=Assignment.Role.LEAD, unit__code=asked.lead))
    if asked.assist:
        found.append(rows.filter(role=Assignment.Role.ASSIST, unit__code=asked.assist))
    return found
