"""Who may move a task. The predicates read as sentences; the states are the business of tasks/life.py."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from organization import permissions as who
from tasks.life import NOT_BY_THE_APPLICANT, TASK_MOVE_BY_NAME, TASK_MOVES, TaskMove, TaskState
from tasks.models import Assignment, Plan, Task, TaskEvent

if TYPE_CHECKING:
    from organization.models import User


def can_view_task(user: "User", task: Task) -> bool:
    """The predicate of `Task.objects.visible_to`."""
    return Task.objects.visible_to(user).filter(pk=task.pk).exists()


def can_view_plan(user: "User", plan: Plan) -> bool:
    """The predicate of `visible_plans`."""
    return visible_plans(user).filter(pk=plan.pk).exists()


def visible_plans(user: "User") -> QuerySet[Plan]:
    """All plans of the user's own groups, the founding ones, and those with a task of the user's units."""
    groups, units = plan_scope(user)
    return plans_in_scope(groups, units) if groups or units else Plan.objects.none()


def plan_scope(user: "User") -> tuple[set[int], set[int]]:
    """The groups whose plans the user sees whole, and the units whose tasks open a plan to the user."""
    groups = who.group_ids(user, "office", "office_head", "leader", "assessor")
    return groups, who.unit_ids(user, "liaison", "signer")


def plans_in_scope(groups: set[int], units: set[int]) -> QuerySet[Plan]:
    """The plans of a scope that is not empty."""
    open_to_all = Q(group_id__in=groups) | Q(is_founding=True)
    if not units:
        return Plan.objects.filter(open_to_all)
    carried = Task.objects.carried_by(units).order_by().values("plan_id")
    return Plan.objects.filter(open_to_all | Q(pk__in=carried))


def can_keep_plans(user: "User", group_id: int) -> bool:
    """Plans, versions and what is carried into them: the office of the group."""
    return who.holds_for_group(user, group_id, "office", "office_head")


def can_keep_crosswalk(user: "User") -> bool:
    """The cross-walk of areas and sections is shared by all groups: the office of the uppermost keeps it."""
    return who.can_keep_units(user)


def can_sort_task(user: "User", task: Task) -> bool:
    """The section of one task: the office of the task's own group, in whatever state the task is."""
    return can_keep_plans(user, task.plan.group_id)


def can_edit_task(task: Task) -> bool:
    """A task may be rewritten while it is 草拟; those of the founding text are facts and stay as they are."""
    return task.state_word is TaskState.DRAFT and not task.plan.is_founding


def lead_unit_id(task: Task) -> int | None:
    """The unit that leads the task, None while nobody does."""
    leads = (row.unit_id for row in task.assignments.all() if row.role == Assignment.Role.LEAD)
    return next(leads, None)


def can_move_task(user: "User", task: Task, move_name: str) -> bool:
    """Whether the user holds the role of the move: in the task's group, or as liaison of its lead unit.

    Nobody moves a task of the founding text: a yearly plan carries it on as a task of its own. Nobody verifies
    or closes what they applied for themselves.
    """
    if task.plan.is_founding or not _holds_role(user, task, TASK_MOVE_BY_NAME[move_name].role):
        return False
    return move_name not in NOT_BY_THE_APPLICANT or not has_applied(user, task)


def _holds_role(user: "User", task: Task, role: str) -> bool:
    if role != "liaison":
        return who.holds_for_group(user, task.plan.group_id, role)
    unit_id = lead_unit_id(task)
    return unit_id is not None and who.holds_for_unit(user, unit_id, role)


def has_applied(user: "User", task: Task) -> bool:
    """Whether the task's last application for its end is this user's."""
    applied = TaskEvent.objects.filter(task=task, move="apply").order_by("-at", "-pk")
    return applied.values_list("by_id", flat=True).first() == user.pk


def open_task_moves(user: "User", task: Task) -> list[TaskMove]:
    """The moves this user may make now, in the order of the table."""
    return [
        move for move in TASK_MOVES if move.source is task.state_word and can_move_task(user, task, move.name)
    ]
