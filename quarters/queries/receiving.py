"""Handed-out tasks that wait for a unit's 签收: read from where they stand, whoever was told at 交办."""

from collections.abc import Collection
from dataclasses import dataclass

from tasks.life import TASK_MOVES, TaskState
from tasks.models import Assignment
from tasks.queries.detail import MoveButton, move_button
from tasks.queries.register import due_text


@dataclass(frozen=True)
class TaskToReceive:
    """One task of the list with its two buttons: 签收 and 提出异议."""

    title: str
    url: str
    unit_name: str
    plan_name: str
    due: str
    is_demo: bool
    buttons: tuple[MoveButton, ...]


def tasks_to_receive(unit_ids: Collection[int]) -> tuple[TaskToReceive, ...]:
    """What the units lead and have not taken over yet, the earliest due first; one query."""
    if not unit_ids:
        return ()
    rows = (
        Assignment.objects.filter(
            unit_id__in=unit_ids, role=Assignment.Role.LEAD, task__state=TaskState.HANDED_OUT
        )
        .select_related("unit", "task__plan")
        .order_by("task__due_on", "task__code", "pk")
    )
    return tuple(_to_receive(row) for row in rows)


def _to_receive(row: Assignment) -> TaskToReceive:
    task = row.task
    moves = [move for move in TASK_MOVES if move.source is TaskState.HANDED_OUT]
    return TaskToReceive(
        title=task.title,
        url=task.get_absolute_url(),
        unit_name=row.unit.short_name,
        plan_name=task.plan.name,
        due=due_text(task.frequency, task.due),
        is_demo=task.is_demo,
        buttons=tuple(move_button(task, move) for move in moves),
    )
