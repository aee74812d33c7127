"""The register of tasks and its workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.exports import audited_workbook
from core.flat_partials import written_rows
from core.tables import Head, sorted_page
from organization.access import current_group, role_required
from organization.roles import ALL_ROLES
from tasks.exports import TASK_COLUMNS, TASK_EXTRAS, task_cells
from tasks.filter_bar import TaskFilterBar
from tasks.queries.choices import filter_choices
from tasks.queries.filters import FilterChoices, TaskFilter
from tasks.queries.register import (
    DEFAULT_SORT,
    SORTS,
    flat_rows,
    matching_tasks,
    task_row,
    with_central_section,
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
    tasks = flat_rows(matching_tasks(request.user, current_group(request), asked, plan=plan))
    page = sorted_page(request, tasks, sorts=SORTS, default=DEFAULT_SORT, per_page=PER_PAGE)
    bar = TaskFilterBar(request.GET, asked, choices, plan)
    shows_section = any(values["section__code"] for values in page.object_list)
    rows = [
        task_row(values, shows_plan=bar.is_all_plans, shows_section=shows_section)
        for values in page.object_list
    ]
    return render(
        request,
        "tasks/task_list.html",
        {
            "page": page,
            "rows": rows,
            "heads": page.heads(*(HEADS if shows_section else HEADS[:-1])),
            "written_rows": written_rows("tasks/_task_row.html", rows),
            "bar": bar,
            "asked": asked,
            "export_url": f"{reverse('tasks:export')}?{bar.query()}",
            "add_url": reverse("admin:tasks_task_add") if request.user.has_perm("tasks.add_task") else "",
            "shows_demo": any(row.is_demo for row in rows),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def task_export(request: HttpRequest) -> HttpResponse:
    asked, _, plan = _asked(request)
    tasks = with_central_section(matching_tasks(request.user, current_group(request), asked, plan=plan))
    page = sorted_page(
        request,
        flat_rows(tasks, *TASK_EXTRAS),
        sorts=SORTS,
        default=DEFAULT_SORT,
        per_page=MOST_EXPORTED,
    )
    return audited_workbook(
        by=request.user,
        filename="改革任务",
        sheet="改革任务",
        columns=TASK_COLUMNS,
        rows=task_cells(page.object_list),
    )


def _asked(request: HttpRequest) -> tuple[TaskFilter, FilterChoices, str]:
    """What was asked, what can be asked, and the plan shown: the newest begun unless another was chosen."""
    asked = TaskFilter.from_query(request.GET)
    choices = filter_choices(request.user, current_group(request))
    return asked, choices, choices.plan_for(asked.plan, clock.today().year)
