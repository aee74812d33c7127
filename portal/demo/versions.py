"""A year's plan that was revised: in the summer of one year a second version took over the tasks of the first."""

import datetime

from core.periods import Quarter
from portal.demo.plans import Planner, YearPlan
from tasks.actions.plans import supersede_plan
from tasks.models import Plan, Task

# After this quarter was published the plan of its year was revised.
REVISED_AFTER = Quarter(2025, 2)
REVISED_ON = datetime.date(2025, 8, 11)
REASON = "根据年中调度会要求，调整任务分工表述，任务和目标不变。"


def revise_plan(planner: Planner, plan: YearPlan) -> None:
    """Through the real action; the tasks pass over with their reports and history."""
    standing = Plan.objects.select_related("group").get(group=planner.group, year=REVISED_ON.year)
    supersede_plan(
        standing,
        name=f"{standing.name}（年中修订）",
        reason=REASON,
        kept=(),
        by=planner.offices.office,
        at=planner.calendar.moment(REVISED_ON, 10),
    )
    moved = Task.objects.select_related("plan").in_bulk([work.task.pk for work in plan.works.values()])
    for work in plan.works.values():
        task = moved[work.task.pk]
        work.task.plan, work.task.lock_version = task.plan, task.lock_version
