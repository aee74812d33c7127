"""The register of tasks and its workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.exports import audited_workbook
from core.tables import Head, SortedPage, sorted_page
from organization.access import current_group, role_required
from organization.roles import ALL_ROLES
from tasks.exports import TASK_COLUMNS, task_cells
from tasks.life import TaskState
from tasks.models import Assignment
from tasks.queries.register import (
    ALL,
    DEFAULT_SORT,
    SORTS,
    FilterChoices,
    TaskFilter,
    filter_choices,
    flat_rows,
    matching_tasks,
    task_row,
)

PER_PAGE = 50
MOST_EXPORTED = 50_000
HEADS = (
    Head("编号", key="code"),
    Head("任务名称", key="title"),
    Head("改革领域", key="area"),
    Head("牵头单位", key="lead"),
    Head("协同", unit="家", number=True),
    Head("完成时限", key="due"),
    Head("状态", key="state"),
    Head("章节"),
)


@require_safe
@role_required(*ALL_ROLES)
def task_list(request: HttpRequest) -> HttpResponse:
    asked, choices, plan = _asked(request)
    page = _page(request, asked, plan, per_page=PER_PAGE)
    rows = [task_row(values) for values in page.object_list]
    shows_section = any(row.section for row in rows)
    return render(
        request,
        "tasks/task_list.html",
        {
            "page": page,
            "rows": rows,
            "heads": page.heads(*(HEADS if shows_section else HEADS[:-1])),
            "shows_section": shows_section,
            "asked": asked,
            "plan": plan,
            "all_plans": ALL,
            "choices": choices,
            "states": [(state.value, state.label) for state in TaskState],
            "roles": Assignment.Role.choices,
            "plan_name": next((choice.label for choice in choices.plans if choice.value == plan), "全部计划"),
            "add_url": reverse("admin:tasks_task_add") if request.user.has_perm("tasks.add_task") else "",
            "shows_demo": any(row.is_demo for row in rows),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def task_export(request: HttpRequest) -> HttpResponse:
    asked, _, plan = _asked(request)
    page = _page(request, asked, plan, per_page=MOST_EXPORTED)
    rows = (task_row(values) for values in page.object_list)
    return audited_workbook(
        by=request.user, filename="改革任务", sheet="改革任务", columns=TASK_COLUMNS, rows=task_cells(rows)
    )


def _asked(request: HttpRequest) -> tuple[TaskFilter, FilterChoices, str]:
    """What was asked, what can be asked, and the plan shown: the newest unless another was chosen."""
    asked = TaskFilter.from_query(request.GET)
    choices = filter_choices(request.user, current_group(request))
    return asked, choices, choices.plan_for(asked.plan)


def _page(request: HttpRequest, asked: TaskFilter, plan: str, *, per_page: int) -> SortedPage:
    tasks = flat_rows(matching_tasks(request.user, current_group(request), asked, plan=plan))
    return sorted_page(request, tasks, sorts=SORTS, default=DEFAULT_SORT, per_page=per_page)
