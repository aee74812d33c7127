"""The way of an office without a running quarter, from the yearly plan to the first opened round."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reporting.models import ReportingRound
from tasks.life import TaskState
from tasks.models import Assignment, Plan

BEFORE_APPROVAL = frozenset({TaskState.DRAFT, TaskState.PENDING_APPROVAL})
_LIST = "/tasks/?plan=all&state="


@dataclass(frozen=True)
class FirstStep:
    """One step: what is done, by whom, where, and whether it has been done once."""

    label: str
    hint: str
    url: str
    action: str
    is_done: bool
    is_next: bool = False


def first_steps(group_ids: Collection[int], by_state: Mapping[str, int]) -> tuple[FirstStep, ...]:
    """The steps with their marks, the first undone one marked as next; empty once a round was ever opened.

    `by_state` counts the groups' tasks, those of the founding text left out.
    """
    if ReportingRound.objects.filter(group_id__in=group_ids, opened_at__isnull=False).exists():
        return ()
    plans = Plan.objects.filter(group_id__in=group_ids, is_founding=False)
    leads = Assignment.objects.filter(task__plan__in=plans, role=Assignment.Role.LEAD)
    return _steps(plans.exists(), leads.exists(), {TaskState(state) for state, n in by_state.items() if n})


def _steps(has_plan: bool, has_lead: bool, states: set[TaskState]) -> tuple[FirstStep, ...]:
    beyond = states - {TaskState.DRAFT}
    approved = states - BEFORE_APPROVAL
    handed_out = approved - {TaskState.APPROVED}
    rows = (
        ("建立年度计划", "办公室", "/admin/tasks/plan/add/", "新建计划", has_plan),
        ("登记任务", "办公室，逐项登记或由表格导入", "/admin/tasks/task/add/", "新建任务", bool(states)),
        ("确定分工", "每项任务一个牵头单位", f"{_LIST}draft", "查看草拟任务", has_lead),
        ("送审", "办公室，在任务页办理", f"{_LIST}draft", "查看草拟任务", bool(beyond)),
        ("审定", "办公室负责人", f"{_LIST}pending_approval", "查看待审定任务", bool(approved)),
        ("交办", "办公室", f"{_LIST}approved", "查看待交办任务", bool(handed_out)),
        (
            *("签收", "牵头单位联络员", f"{_LIST}handed_out", "查看待签收任务"),
            bool(handed_out - {TaskState.HANDED_OUT}),
        ),
        ("开启填报", "办公室", "/rounds/open/", "开启填报", False),
    )
    undone = next(place for place, row in enumerate(rows) if not row[-1])
    return tuple(FirstStep(*row, is_next=place == undone) for place, row in enumerate(rows))
