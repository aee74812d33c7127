"""Which quarters may be opened, and what opening one would make."""

import datetime
from dataclasses import dataclass

from core.periods import Quarter
from organization.models import CoordinationGroup, RoleGrant
from quarters.queries.due_work import due_tasks, indicators_owed
from reporting.models import ReportingRound
from tasks.life import TaskState
from tasks.models import Assignment, Task


@dataclass(frozen=True)
class UnitPreview:
    """What one unit will owe."""

    name: str
    tasks: int
    figures: int
    has_liaison: bool


@dataclass(frozen=True)
class OpeningPreview:
    """What opening makes, and what stands in the way of it."""

    units: tuple[UnitPreview, ...]
    without_lead: tuple[str, ...]
    not_received: int
    is_opened: bool

    @property
    def reports(self) -> int:
        return sum(unit.tasks for unit in self.units)

    @property
    def sheets(self) -> int:
        return sum(unit.figures > 0 for unit in self.units)

    @property
    def items(self) -> int:
        """What opening makes, counted as the lists count: reports and figure sheets."""
        return self.reports + self.sheets

    @property
    def figures(self) -> int:
        return sum(unit.figures for unit in self.units)

    @property
    def without_liaison(self) -> list[str]:
        return [unit.name for unit in self.units if not unit.has_liaison]


def openable_periods(group: CoordinationGroup, today: datetime.date) -> list[Quarter]:
    """Quarters not yet opened: the one after the newest round first, then others from a year back."""
    opened = {row.period for row in ReportingRound.objects.filter(group=group)}
    current = Quarter.of(today)
    preferred = max(opened).next() if opened else current
    period = Quarter(current.year - 1, current.quarter)
    found = []
    while period <= current.next():
        if period not in opened and period != preferred:
            found.append(period)
        period = period.next()
    return [preferred, *reversed(found)]


def preview_of(group: CoordinationGroup, period: Quarter) -> OpeningPreview:
    """Counts by unit, from the same rules as opening itself."""
    tasks = due_tasks(group, period)
    leads = list(
        Assignment.objects.filter(task__in=tasks, role=Assignment.Role.LEAD).select_related("unit", "task")
    )
    owed = indicators_owed(period, tasks)
    return OpeningPreview(
        units=tuple(_unit_previews(leads, {unit: len(rows) for unit, rows in owed.items()})),
        without_lead=tuple(_titles_without_lead(tasks, leads)),
        not_received=_not_received(group, period),
        is_opened=ReportingRound.objects.filter(
            group=group, year=period.year, quarter=period.quarter
        ).exists(),
    )


def _not_received(group: CoordinationGroup, period: Quarter) -> int:
    """Tasks handed out that their lead unit has not taken over: no report is made for them."""
    waiting = Task.objects.filter(plan__group=group, state=TaskState.HANDED_OUT)
    return waiting.filter(plan__year__lte=period.year, plan__last_year__gte=period.year).count()


def _unit_previews(leads: list[Assignment], figures: dict[int, int]) -> list[UnitPreview]:
    units = {row.unit_id: row.unit for row in leads}
    active = RoleGrant.objects.active().filter(role=RoleGrant.Role.LIAISON, unit_id__in=units)
    with_liaison = set(active.values_list("unit_id", flat=True))
    ordered = sorted(units.values(), key=lambda unit: (unit.position, unit.code))
    return [
        UnitPreview(
            name=unit.short_name,
            tasks=sum(row.unit_id == unit.pk for row in leads),
            figures=figures.get(unit.pk, 0),
            has_liaison=unit.pk in with_liaison,
        )
        for unit in ordered
    ]


def _titles_without_lead(tasks: list[Task], leads: list[Assignment]) -> list[str]:
    led = {row.task_id for row in leads}
    return [task.title for task in tasks if task.pk not in led]
