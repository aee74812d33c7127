"""Pages of the areas of the reform and of its policy documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from core.tables import Head, sorted_page
from organization.access import current_group, role_required
from organization.roles import ALL_ROLES
from tasks.models import PolicyDocument, ReformArea
from tasks.queries.areas import STAGES, area_chart, area_rows, area_tasks, by_stage
from tasks.queries.choices import filter_choices
from tasks.queries.documents import document_page, document_sets, issued_text
from tasks.queries.filters import ALL
from tasks.queries.register import DEFAULT_SORT, SORTS, task_row

AREA_TASKS_PER_PAGE = 200


@require_safe
@role_required(*ALL_ROLES)
def area_list(request: HttpRequest) -> HttpResponse:
    group = current_group(request)
    choices = filter_choices(request.user, group)
    plan = choices.plan_for(request.GET.get("plan", ""), clock.today().year)
    rows = area_rows(request.user, group, plan=plan)
    heads = [
        Head("改革领域"),
        *(Head(stage.label, number=True) for stage in STAGES),
        Head("合计", number=True),
        Head("章节"),
    ]
    return render(
        request,
        "tasks/area_list.html",
        {
            "rows": [row for row in rows if not row.is_central],
            "central": [row for row in rows if row.is_central],
            "heads": heads,
            "choices": choices,
            "plan": plan,
            "all_plans": ALL,
            "chart": area_chart(rows),
            "shows_demo": any(row.has_demo for row in rows),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def area_detail(request: HttpRequest, code: str) -> HttpResponse:
    area = get_object_or_404(ReformArea.objects.select_related("section"), code=code)
    tasks = area_tasks(request.user, current_group(request), area)
    page = sorted_page(request, tasks, sorts=SORTS, default=DEFAULT_SORT, per_page=AREA_TASKS_PER_PAGE)
    rows = [task_row(values) for values in page.object_list]
    return render(
        request,
        "tasks/area_detail.html",
        {
            "area": area,
            "page": page,
            "stages": by_stage(rows),
            "trail": [("首页", "/"), ("改革领域", "/areas/")],
            "shows_demo": any(row.is_demo for row in rows),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def document_list(request: HttpRequest) -> HttpResponse:
    sets = document_sets()
    shows_demo = any(row.is_demo for found in sets for row in found.rows)
    return render(
        request,
        "tasks/document_list.html",
        {"sets": sets, "total": sum(len(found.rows) for found in sets), "shows_demo": shows_demo},
    )


@require_safe
@role_required(*ALL_ROLES)
def document_detail(request: HttpRequest, code: str) -> HttpResponse:
    document = get_object_or_404(PolicyDocument.objects.select_related("supports", "section"), code=code)
    return render(
        request,
        "tasks/document_detail.html",
        {
            "shown": document_page(document, request.user),
            "document": document,
            "issued": issued_text(document),
            "trail": [("首页", "/"), ("政策文件", "/documents/")],
        },
    )
