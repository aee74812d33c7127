"""What the measurements add to the demonstration."""

from __future__ import annotations

import uuid

from django.db.models import F

from organization.models import User
from reporting.models import ReportingRound
from tasks.models import Assignment, Task

CITY = "341100"
MORE_TASKS = 200


def touch_open_round() -> None:
    """As after a move in the newest round: nothing stored for its readers is valid any more."""
    newest = ReportingRound.objects.filter(group__code=CITY).order_by("year", "quarter").last()
    if newest is None:
        raise RuntimeError("The demonstration has no round.")
    ReportingRound.objects.filter(pk=newest.pk).update(stamp=F("stamp") + 1)


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


def tasks_of(account: str) -> int:
    """How many tasks the units of an account lead or help with."""
    grants = User.objects.get(username=account).grants.filter(unit__isnull=False)
    return Task.objects.filter(assignments__unit__in=grants.values("unit")).distinct().count()
