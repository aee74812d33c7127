"""The life of a task from 草拟 to 归档, as a table. Pure (DOMAIN §6)."""

from dataclasses import dataclass

from core.errors import RuleViolation
from core.states import HeldState


class TaskState(HeldState):
    """Where a task stands in its life; `label` is the official word, `holder` who has to act."""

    DRAFT = "draft", "草拟", "协调小组办公室"
    PENDING_APPROVAL = "pending_approval", "待审定", "办公室负责人"
    APPROVED = "approved", "审定", "协调小组办公室"
    HANDED_OUT = "handed_out", "已交办", "牵头单位"
    ACTIVE = "active", "推进中", "牵头单位"
    CLOSING = "closing", "申请办结", "协调小组办公室"
    VERIFYING = "verifying", "核查中", "协调小组办公室"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"
    SUSPENDED = "suspended", "挂账", "协调小组办公室"
    TERMINATED = "terminated", "终止"


@dataclass(frozen=True)
class TaskMove:
    """One permitted step in a task's life: by which role, from which state to which."""

    name: str
    label: str
    source: TaskState
    target: TaskState
    role: str
    needs_reason: bool = False


TASK_MOVES: tuple[TaskMove, ...] = (
    TaskMove("propose", "送审", TaskState.DRAFT, TaskState.PENDING_APPROVAL, "office"),
    TaskMove("approve", "审定", TaskState.PENDING_APPROVAL, TaskState.APPROVED, "office_head"),
    TaskMove("revise", "退改", TaskState.PENDING_APPROVAL, TaskState.DRAFT, "office_head", needs_reason=True),
    TaskMove("reopen", "退改", TaskState.APPROVED, TaskState.DRAFT, "office_head", needs_reason=True),
    TaskMove("hand_out", "交办", TaskState.APPROVED, TaskState.HANDED_OUT, "office"),
    TaskMove("receive", "签收", TaskState.HANDED_OUT, TaskState.ACTIVE, "liaison"),
    TaskMove(
        "object", "提出异议", TaskState.HANDED_OUT, TaskState.PENDING_APPROVAL, "liaison", needs_reason=True
    ),
    TaskMove("apply", "申请办结", TaskState.ACTIVE, TaskState.CLOSING, "liaison"),
    TaskMove("verify", "开始核查", TaskState.CLOSING, TaskState.VERIFYING, "office"),
    TaskMove("close", "办结", TaskState.VERIFYING, TaskState.CLOSED, "office"),
    TaskMove("send_back", "退回推进", TaskState.VERIFYING, TaskState.ACTIVE, "office", needs_reason=True),
    TaskMove("archive", "归档", TaskState.CLOSED, TaskState.ARCHIVED, "office"),
    TaskMove("suspend", "挂账", TaskState.ACTIVE, TaskState.SUSPENDED, "office_head", needs_reason=True),
    TaskMove("resume", "恢复推进", TaskState.SUSPENDED, TaskState.ACTIVE, "office_head"),
)
# Whoever applied for the end of a task has no part in judging whether it is done.
NOT_BY_THE_APPLICANT = frozenset({"verify", "close", "send_back"})
TASK_MOVE_BY_NAME: dict[str, TaskMove] = {move.name: move for move in TASK_MOVES}


def next_task_state(state: TaskState, move_name: str) -> TaskState:
    """The state after the move; RuleViolation with the present state and its holder otherwise."""
    move = TASK_MOVE_BY_NAME[move_name]
    if state is not move.source:
        holder = f"，由{state.holder}办理" if state.holder else ""
        raise RuleViolation(
            f"这项任务目前是“{state.label}”{holder}，不能{move.label}。请刷新页面查看最新状态。"
        )
    return move.target


# What happens to a task from outside this table, when a version of its plan takes the place of another.
PLAN_STEPS: dict[str, str] = {"replan": "转入新版本计划", "end": "随计划换版终止"}
