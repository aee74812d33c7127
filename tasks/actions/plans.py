"""What happens to plans: opened for a year, superseded by a new version, discarded while unused."""

import datetime
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError

from core import audit
from core.errors import NotAllowed, RuleViolation
from organization.models import CoordinationGroup
from tasks import permissions
from tasks.life import TaskState
from tasks.models import Assignment, Plan, PlanLine, Task, TaskEvent
from tasks.models.task import PLANNING_STATES

if TYPE_CHECKING:
    from organization.models import User


@transaction.atomic
def create_plan(*, group: CoordinationGroup, year: int, name: str, by: "User", at: datetime.datetime) -> Plan:
    """The first version of a group's plan for a year, empty; RuleViolation where the year has one already."""
    _require_office(by, group.pk)
    CoordinationGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    standing = Plan.objects.filter(group=group, year=year).order_by("-version_no").first()
    if standing is not None:
        raise RuleViolation(
            f"起始年份{year}年已有计划“{standing}”。请在该计划中增减任务；需要整体调整时，请在该计划页“以新版本取代”。"
        )
    plan = Plan.objects.create(group=group, year=year, last_year=year, name=name)
    audit.record("新建计划", by=by, obj=plan, group_code=group.code, after={"名称": name, "起始年份": year})
    return plan


@transaction.atomic
def supersede_plan(
    plan: Plan,
    *,
    name: str,
    reason: str,
    kept: Collection[Task],
    by: "User",
    at: datetime.datetime,
) -> Plan:
    """A new version takes the place of this one, mid-year too; returns the new version.

    Tasks that were handed out pass over as they are, with their reports, figures and history, so that no
    round counts one twice. Of those not handed out yet the `kept` ones pass over as drafts, the others end
    with the old version, which keeps a line of everything it said.
    """
    locked = open_plan(plan, by=by)
    if not reason.strip():
        raise RuleViolation("“换版原因”没有填写，请写明为什么以新版本取代。")
    version = Plan.objects.create(
        group=locked.group,
        year=locked.year,
        last_year=locked.last_year,
        version_no=locked.version_no + 1,
        supersedes=locked,
        name=name,
        guiding_idea=locked.guiding_idea,
        workforce_goal=locked.workforce_goal,
        is_demo=locked.is_demo,
    )
    tasks = list(Task.objects.select_for_update(of=("self",), no_key=True).filter(plan=locked).order_by("pk"))
    if not tasks:
        raise RuleViolation(f"计划“{locked}”还没有任务，不需要换版，请直接在其中增加任务。")
    _keep_lines(locked, tasks, by=by, at=at)
    counts = _pass_over(tasks, version, {task.pk for task in kept}, reason=reason.strip(), by=by, at=at)
    audit.record(
        "以新版本取代计划",
        by=by,
        obj=version,
        group_code=locked.group.code,
        before={"名称": locked.name, "版本号": locked.version_no},
        after={"名称": name, "版本号": version.version_no, "原因": reason.strip(), **counts},
    )
    return version


@transaction.atomic
def discard_plan(plan: Plan, *, by: "User") -> None:
    """Takes back a plan of which nothing was used: no task has moved, no indicator hangs on one."""
    locked = open_plan(plan, by=by)
    if locked.supersedes_id is not None:
        raise RuleViolation(f"“{locked}”已接续上一版的任务，不能放弃；需要调整时请再以新版本取代。")
    tasks = Task.objects.select_for_update(of=("self",), no_key=True).filter(plan=locked)
    used = tasks.exclude(state=TaskState.DRAFT).first() or tasks.filter(events__isnull=False).first()
    if used is not None:
        raise RuleViolation(f"计划“{locked}”中的任务“{used}”已有办理记录，不能放弃，请改为以新版本取代。")
    before = audit.snapshot(locked) | {"任务": [f"{task.code} {task.title}" for task in tasks]}
    try:
        tasks.delete()
        locked.delete()
    except ProtectedError:
        raise RuleViolation(
            f"计划“{locked}”的任务已关联指标或被其他任务沿用，不能放弃，请先解除关联或以新版本取代。"
        ) from None
    audit.record("放弃计划", by=by, obj=locked, group_code=locked.group.code, before=before)


def open_plan(plan: Plan, *, by: "User") -> Plan:
    """The plan under lock, where tasks may be put into it: of the person's office, not founding, in force."""
    _require_office(by, plan.group_id)
    locked = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("group").get(pk=plan.pk)
    refuse_closed(locked, by=by)
    return locked


def refuse_closed(plan: Plan, *, by: "User") -> None:
    """NotAllowed for another office, RuleViolation for a plan that takes no more tasks."""
    _require_office(by, plan.group_id)
    if plan.is_founding:
        raise RuleViolation(f"“{plan}”是经验材料载明的事实，不能改动；请在年度计划中办理。")
    later = Plan.objects.filter(supersedes=plan).first()
    if later is not None:
        raise RuleViolation(f"“{plan}”已被第{later.version_no}版“{later}”取代，请在新版本中办理。")


def _require_office(by: "User", group_id: int) -> None:
    if not permissions.can_keep_plans(by, group_id):
        raise NotAllowed("计划由本协调小组的办公室维护，您没有这项权限。")


def _keep_lines(plan: Plan, tasks: Iterable[Task], *, by: "User", at: datetime.datetime) -> None:
    """What the old version said of each of its tasks, readable from now on whatever becomes of them."""
    leads = dict(
        Assignment.objects.filter(task__plan=plan, role=Assignment.Role.LEAD).values_list(
            "task_id", "unit__short_name"
        )
    )
    PlanLine.objects.bulk_create(
        PlanLine(
            plan=plan,
            task=task,
            code=task.code,
            title=task.title,
            wording=task.wording,
            area_id=task.area_id,
            lead=leads.get(task.pk, ""),
            due_on=task.due_on,
            state=task.state,
            recorded_at=at,
            recorded_by=by,
            is_demo=plan.is_demo,
        )
        for task in tasks
    )


def _pass_over(
    tasks: Iterable[Task], version: Plan, kept: set[int], *, reason: str, by: "User", at: datetime.datetime
) -> dict[str, int]:
    """Every task into the new version or to its end; how many of each, for the audit."""
    events, counts = [], {"转入任务": 0, "重新拟定": 0, "随换版终止": 0}
    for task in tasks:
        before = task.state
        if before == TaskState.TERMINATED:
            continue
        is_planned = before in PLANNING_STATES
        ends = is_planned and task.pk not in kept
        if ends:
            task.state = TaskState.TERMINATED.value
        else:
            task.plan = version
            task.state = TaskState.DRAFT.value if is_planned else before
        task.lock_version += 1
        counts["随换版终止" if ends else "重新拟定" if is_planned else "转入任务"] += 1
        events.append(
            TaskEvent(
                task=task,
                move="end" if ends else "replan",
                from_state=before,
                to_state=task.state,
                by=by,
                at=at,
                reason=reason,
            )
        )
    Task.objects.bulk_update(tasks, ["plan", "state", "lock_version"], batch_size=100)
    TaskEvent.objects.bulk_create(events)
    return counts
