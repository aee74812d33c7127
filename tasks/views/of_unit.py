"""The tasks of one unit: a page of its own, and the fragment the page of the unit fetches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.tables import Head, SortedPage, sorted_page
from organization.access import account_kind_required
from organization.models import Unit
from tasks.models import Assignment
from tasks.queries.of_unit import (
    DEFAULT_SORT,
    SHOWN_ON_THE_UNIT,
    SORTS,
    STANDINGS,
    UnitTaskFilter,
    tasks_of_unit,
    unit_task_counts,
    unit_task_rows,
)

PER_PAGE = 50
HEADS = (
    Head("编号"),
    Head("任务名称", key="title"),
    Head("计划", key="plan"),
    Head("改革领域", key="area"),
    Head("分工", key="role"),
    Head("完成时限", key="due"),
    Head("状态", key="state"),
)


@account_kind_required("business")
@require_safe
def unit_tasks(request: HttpRequest, code: str) -> HttpResponse:
    """What the reader may see of the unit's tasks; fetched into another page it shows the open ones alone."""
    unit = get_object_or_404(Unit, code=code)
    is_fragment = request.headers.get("HX-Request") == "true"
    asked = UnitTaskFilter(standing="open") if is_fragment else UnitTaskFilter.from_query(request.GET)
    page = _page(request, unit, asked, SHOWN_ON_THE_UNIT if is_fragment else PER_PAGE)
    rows = unit_task_rows(page)
    words = {
        "unit": unit,
        "asked": asked,
        "page": page,
        "rows": rows,
        "heads": page.heads(*HEADS),
        "counts": unit_task_counts(unit, request.user),
        "roles": Assignment.Role.choices,
        "standings": STANDINGS,
        "trail": [("首页", "/"), ("单位名录", "/units/"), (unit.short_name, unit.get_absolute_url())],
        "shows_demo": any(row.is_demo for row in rows),
    }
    return render(request, "tasks/of_unit.html#open_tasks" if is_fragment else "tasks/of_unit.html", words)


def _page(request: HttpRequest, unit: Unit, asked: UnitTaskFilter, per_page: int) -> SortedPage:
    parts = tasks_of_unit(unit, request.user, asked)
    return sorted_page(request, parts, sorts=SORTS, default=DEFAULT_SORT, per_page=per_page)
