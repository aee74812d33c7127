"""The register of units."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.exports import audited_workbook
from core.slots import slot_url
from core.tables import Head, SortedPage, sorted_page
from organization.access import account_kind_required, current_group
from organization.exports import UNIT_COLUMNS, unit_rows
from organization.forms.lists import UnitFilter
from organization.models import Unit
from organization.queries.units import part_in_group, shows_demo, unit_page, unit_register

SORTS = {"position": ("position", "code"), "name": ("name",), "kind": ("kind", "position")}
HEADS = (
    Head("单位名称", "name"),
    Head("简称"),
    Head("类别", "kind"),
    Head("行政区划代码"),
    Head("协调小组中的职责"),
    Head("材料章节"),
)


@account_kind_required("business")
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Every unit that takes part, with its part in the group."""
    group = current_group(request)
    narrowed = UnitFilter(request.GET)
    page = _sorted(request, narrowed)
    rows = [(unit, part_in_group(unit)) for unit in page]
    words = {
        "group": group,
        "filter": narrowed,
        "page": page,
        "rows": rows,
        "columns": page.heads(*HEADS),
        "shows_demo": shows_demo(page),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "organization/unit_list.html", words)


@account_kind_required("business")
@require_safe
def unit_export(request: HttpRequest) -> HttpResponse:
    """The list as narrowed and sorted on the page, without its pages."""
    units = _sorted(request, UnitFilter(request.GET)).paginator.object_list
    return audited_workbook(
        by=request.user, filename="单位名录", sheet="单位名录", columns=UNIT_COLUMNS, rows=unit_rows(units)
    )


@account_kind_required("business")
@require_safe
def unit_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: names over time, spellings, memberships and the people who act for it."""
    unit = get_object_or_404(Unit.objects.select_related("section", "succeeded_by"), code=code)
    words = {
        "page": unit_page(unit),
        "trail": [("首页", "/"), ("单位名录", reverse("organization:unit-list"))],
        "tasks_url": f"{slot_url('tasks:list')}?unit={unit.code}",
    }
    return render(request, "organization/unit_detail.html", words)


def _sorted(request: HttpRequest, narrowed: UnitFilter) -> SortedPage:
    chosen = narrowed.chosen
    units = unit_register(current_group(request), kind=chosen["kind"], text=chosen["q"])
    return sorted_page(request, units, sorts=SORTS, default="position")
