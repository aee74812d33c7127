"""The register of units and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.exports import audited_workbook
from core.slots import slot_url
from core.tables import Head, SortedPage, sorted_page
from organization.access import account_kind_required, current_group
from organization.exports import UNIT_COLUMNS, unit_rows
from organization.forms.lists import DayFilter, UnitFilter
from organization.models import Unit
from organization.permissions import can_keep_unit, can_keep_units
from organization.queries.unit_page import named_on, unit_page
from organization.queries.units import part_in_group, shows_demo, staff_words, unit_register

SORTS = {
    "position": ("position", "code"),
    "name": ("name",),
    "short": ("short_name",),
    "kind": ("kind", "position"),
    "region": ("region_code", "position"),
    "part": ("-is_main", "-is_member", "position"),
}
HEADS = (
    Head("单位名称", "name"),
    Head("简称", "short"),
    Head("类别", "kind"),
    Head("区划代码", "region"),
    Head("协调小组中的职责", "part"),
    Head("经办人员"),
    Head("材料章节"),
)


@account_kind_required("business")
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Every unit that takes part, with its part in the group and who acts for it, on one day."""
    narrowed = UnitFilter(request.GET)
    page = _sorted(request, narrowed)
    words = {
        "group": current_group(request),
        "filter": narrowed,
        "page": page,
        "rows": [(unit, part_in_group(unit), staff_words(unit)) for unit in page],
        "columns": page.heads(*HEADS),
        "shows_demo": shows_demo(page),
        "export_query": request.GET.urlencode(),
        "add_url": reverse("admin:organization_unit_add") if can_keep_units(request.user) else "",
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
    """One unit: names over time, spellings, memberships and, on a day, the people who act for it."""
    unit = get_object_or_404(Unit.objects.select_related("section", "succeeded_by"), code=code)
    day = DayFilter(request.GET)
    words = {
        "page": unit_page(unit, on=day.day, reader=request.user),
        "day": day,
        "name_then": named_on(unit, day.day) if day.is_past else "",
        "trail": [("首页", "/"), ("单位名录", reverse("organization:unit-list"))],
        "tasks_url": slot_url("tasks:unit-tasks", code=unit.code),
        "honors_url": slot_url("honors:unit-honors", code=unit.code),
        "can_keep": can_keep_unit(request.user, unit),
        "edit_url": reverse("admin:organization_unit_change", args=[unit.pk]),
    }
    return render(request, "organization/unit_detail.html", words)


def _sorted(request: HttpRequest, narrowed: UnitFilter) -> SortedPage:
    units = unit_register(current_group(request), narrowed.question)
    return sorted_page(request, units, sorts=SORTS, default="position")
