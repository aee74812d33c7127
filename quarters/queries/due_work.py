"""What a round asks for: the tasks that report and the indicators each unit types."""

from collections import defaultdict

from django.db.models import Q

from core.periods import Quarter
from metrics.models import Indicator, TaskIndicator
from organization.models import CoordinationGroup
from tasks.models import Assignment, Plan, Task


def due_tasks(group: CoordinationGroup, period: Quarter) -> list[Task]:
    """The group's active tasks whose frequency asks for a report this quarter, in plans that cover its year.

    A superseded version makes no rows: its tasks passed over to the next one.
    """
    plans = Plan.objects.in_force().filter(group=group, year__lte=period.year, last_year__gte=period.year)
    rows = Task.objects.reporting().filter(plan__in=plans).select_related("plan").order_by("code")
    return [task for task in rows if task.reports_in(period)]


def indicators_owed(period: Quarter, tasks: list[Task]) -> dict[int, list[Indicator]]:
    """By unit: what measures the tasks it leads this quarter (ratios from parts and words are never typed)."""
    links = (
        TaskIndicator.objects.filter(task__in=tasks, task__assignments__role=Assignment.Role.LEAD)
        .exclude(Q(indicator__kind=Indicator.Kind.WORDS) | Q(indicator__numerator__isnull=False))
        .select_related("indicator")
        .order_by("indicator__position", "indicator__code")
        .values_list("task__assignments__unit_id", "indicator_id")
    )
    indicators = Indicator.objects.in_bulk({indicator_id for _, indicator_id in links})
    owed: dict[int, dict[int, Indicator]] = defaultdict(dict)
    for unit_id, indicator_id in links:
        indicator = indicators[indicator_id]
        if indicator.frequency == Indicator.Frequency.QUARTER or period.is_year_end:
            owed[unit_id][indicator_id] = indicator
    return {unit_id: list(rows.values()) for unit_id, rows in owed.items()}
