"""The moves of a task's life: locked, asked of the table, recorded for ever, told to whoever acts next."""

import datetime
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from core import audit, clock, notices
from core.errors import NotAllowed, RuleViolation, StaleObject
from organization.models import RoleGrant
from reporting.workflow import State
from tasks import permissions
from tasks.actions.standings import refresh_task
from tasks.life import NOT_BY_THE_APPLICANT, TASK_MOVE_BY_NAME, TaskMove, TaskState, next_task_state
from tasks.models import Assignment, Task, TaskEvent

if TYPE_CHECKING:
    from organization.models import User

_ROLE_WORDS = {"office": "协调小组办公室", "office_head": "办公室负责人", "liaison": "牵头单位联络员"}

# A task without a lead unit does not go on; what to do about it differs with where it stands.
_REMEDY_WITHOUT_LEAD = {
    "propose": "请先修改任务，在任务分工中补充",
    "approve": "请先退改，由办公室补充任务分工",
    "hand_out": "请办公室负责人退改，补充任务分工后重新送审",
}


@transaction.atomic
def move_task(
    *, task: Task, move: str, by: "User", at: datetime.datetime, lock_version: int, reason: str = ""
) -> Task:
    """Moves a task by the table of tasks/life.py and returns the row as it then stands.

    The row is locked first, so of two people at once one wins and the other is told where the task stands.
    NotAllowed without the role, RuleViolation in the wrong state or with something missing, StaleObject
    when the task changed after the page was opened.
    """
    locked = (
        Task.objects.select_for_update(of=("self",), no_key=True)
        .select_related("plan__group")
        .get(pk=task.pk)
    )
    step = _step(move)
    if locked.plan.is_founding:
        raise RuleViolation("经验材料中的任务是既定事实，不在门户中办理；请在年度计划中沿用后再送审。")
    if not permissions.can_move_task(by, locked, move):
        raise NotAllowed(_why_not(locked, step, by))
    target = next_task_state(locked.state_word, move)
    if locked.lock_version != lock_version:
        raise StaleObject("您打开页面之后，这项任务已有变动，请刷新后再办理。")
    _refuse_incomplete(locked, step, reason)
    _apply(locked, step, target, by=by, at=at, reason=reason.strip())
    return locked


def _step(move: str) -> TaskMove:
    step = TASK_MOVE_BY_NAME.get(move)
    if step is None:
        raise RuleViolation(f"没有“{move[:20]}”这个办理动作，请刷新页面后重新操作。")
    return step


def _why_not(task: Task, step: TaskMove, by: "User") -> str:
    if step.name in NOT_BY_THE_APPLICANT and permissions.has_applied(by, task):
        return f"这项任务由您申请办结，“{step.label}”须由协调小组办公室的其他同志办理。"
    return f"您没有“{step.label}”的权限，需由{_ROLE_WORDS[step.role]}办理。"


def _refuse_incomplete(task: Task, step: TaskMove, reason: str) -> None:
    """A reason where the table asks one; kind and frequency before 送审; exactly one lead on the way to 交办.

    办结 rests on what was reported: not while the report of a running round is not accepted yet.
    """
    if step.needs_reason and not reason.strip():
        raise RuleViolation(f"{step.label}须写明原因，请填写后再提交。")
    if step.name == "propose" and not (task.kind and task.frequency):
        raise RuleViolation("送审前须确定任务的类型和填报频次，请先在任务登记中补充。")
    leads = task.assignments.filter(role=Assignment.Role.LEAD).count()
    if step.name in _REMEDY_WITHOUT_LEAD and leads != 1:
        remedy = _REMEDY_WITHOUT_LEAD[step.name]
        raise RuleViolation(f"{step.label}前须确定一个牵头单位，这项任务还没有牵头单位，{remedy}。")
    if step.name == "close":
        _refuse_unreported(task)


def _refuse_unreported(task: Task) -> None:
    running = task.reports.filter(round__opened_at__isnull=False, round__published_at=None)
    report = running.exclude(submission__state=State.ACCEPTED).select_related("round").first()
    if report is not None:
        raise RuleViolation(
            f"{report.round.period.label}的进展报告还没有审核通过，请先办完这份报告，再办结任务。"
        )


def _apply(
    task: Task, step: TaskMove, target: TaskState, *, by: "User", at: datetime.datetime, reason: str
) -> None:
    before = task.state_word
    task.state, task.lock_version = target.value, task.lock_version + 1
    if step.name == "close":
        task.done_on = _applied_on(task)
    task.save(update_fields=["state", "done_on", "lock_version"])
    TaskEvent.objects.create(
        task=task, move=step.name, from_state=before, to_state=target, by=by, at=at, reason=reason
    )
    refresh_task(task)
    _tell(task, step, at=at, reason=reason)
    audit.record(
        f"任务{step.label}",
        by=by,
        obj=task,
        group_code=task.plan.group.code,
        before={"状态": before.label},
        after={"状态": target.label, "说明": reason},
    )


def _applied_on(task: Task) -> datetime.date:
    """办结日期: the day the lead unit applied, however long the office took to verify it."""
    applied = task.events.filter(move="apply").order_by("at", "pk").last()
    if applied is None:
        raise RuleViolation("这项任务没有申请办结的记录，请退回推进，由牵头单位申请办结。")
    return clock.shanghai_date(applied.at)


# What a notice asks of its reader; its subject says what happened to which task.
_ASKED = {
    TaskState.PENDING_APPROVAL: "请审定；需要修改的，请退改并写明原因。",
    TaskState.APPROVED: "请交办给牵头单位。",
    TaskState.HANDED_OUT: "请阅读任务内容；由牵头单位签收，有异议的请写明理由。",
    TaskState.CLOSING: "请核查完成情况；未完成的，请退回推进并写明原因。",
    TaskState.CLOSED: "任务已办结，此后各季度不再填报。",
}
# Whom a move is told; what the office does within its own house is told nobody.
_TELLS_UNITS = frozenset({"hand_out", "close", "send_back", "suspend", "resume"})
_TELLS_NOBODY = frozenset({"receive", "verify", "archive"})


def _tell(task: Task, step: TaskMove, *, at: datetime.datetime, reason: str) -> None:
    """One notice to each person who has to act next."""
    notices.send(
        _recipients(task, step),
        kind="task",
        subject=f"任务{step.label}：{task.title}",
        body=reason or _ASKED.get(task.state_word, ""),
        url=task.get_absolute_url(),
        dedupe_key=f"task:{task.uid}:{task.lock_version}",
        at=at,
    )


def _recipients(task: Task, step: TaskMove) -> list[uuid.UUID]:
    """Liaisons of every carrying unit, or nobody, by the move; the head where approval is due; else the office."""
    if step.name in _TELLS_NOBODY:
        return []
    grants = RoleGrant.objects.active().order_by()
    if step.name in _TELLS_UNITS:
        chosen = grants.filter(role="liaison", unit__assignments__task=task)
    else:
        role = "office_head" if step.target is TaskState.PENDING_APPROVAL else "office"
        chosen = grants.filter(role=role, group_id=task.plan.group_id)
    return list(chosen.values_list("user__uid", flat=True).distinct())
