"""What the measurements add to the demonstration, and the floors they compare with."""

from __future__ import annotations

import uuid

from django.core.cache import cache

from organization.models import CoordinationGroup, User
from tasks.models import Assignment, Task
from tasks.queries.register import ALL, TaskFilter, flat_rows, matching_tasks, task_row

CITY = "341100"
MORE_TASKS = 200
PAGE = 50


def forget_stored_pages() -> None:
    """As after a change: nothing that was stored for the readers of the dashboard is valid any more.

    Sessions are read through the same cache; the visitor's next request, which is not measured, restores its own.
    """
    cache.clear()


def widen_register() -> None:
    """Copies of one handed-out task with its assignments: pages of fifty, with a middle."""
    pattern = Task.objects.filter(assignments__role=Assignment.Role.LEAD, plan__is_founding=False).first()
    if pattern is None:
        raise RuntimeError("The demonstration has no task with a lead unit.")
    shares = list(pattern.assignments.all())
    for number in range(MORE_TASKS):
        task = Task.objects.get(pk=pattern.pk)
        task.pk, task.uid, task.code, task.state = None, uuid.uuid4(), f"B{number:04}", pattern.state
        task._state.adding = True
        task.save()
        Assignment.objects.bulk_create(
            Assignment(task=task, unit=share.unit, role=share.role, is_demo=True) for share in shares
        )


def flat_register() -> str:
    """The fifty rows of the register's first page, queried and joined without a template."""
    office = User.objects.get(username="demo-office")
    group = CoordinationGroup.objects.get(code=CITY)
    rows = [task_row(row) for row in flat_rows(matching_tasks(office, group, TaskFilter(), plan=ALL))[:PAGE]]
    cells = (
        f"<tr><td>{row.code}<td>{row.title}<td>{row.lead}<td>{row.due}<td>{row.state_label}" for row in rows
    )
    return "".join(cells)


def tasks_of(account: str) -> int:
    """How many tasks the units of an account lead or help with."""
    grants = User.objects.get(username=account).grants.filter(unit__isnull=False)
    return Task.objects.filter(assignments__unit__in=grants.values("unit")).distinct().count()
