"""The register of honours, the page of one batch, and what a unit has to do with honours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.exports import audited_workbook
from core.tables import Head, SortedPage, sorted_page
from honors.exports import BATCH_COLUMNS, batch_cells
from honors.models import HonorBatch, HonorKind
from honors.queries.batch import batch_page, batches_by_unit, with_kinds
from honors.queries.register import (
    DEFAULT_SORT,
    SORTS,
    UNDATED,
    HonorFilter,
    batch_row,
    kind_rows,
    matching_batches,
    share_chart,
    years_known,
)
from honors.queries.shares import shares_by_level, shares_by_year, spanning_batches
from organization.access import account_kind_required, role_required
from organization.models import Unit
from organization.permissions import can_keep_units
from organization.roles import ALL_ROLES

TRAIL = [("首页", "/"), ("表彰激励", "/honors/")]
PER_PAGE = 50
MOST_EXPORTED = 50_000
HEADS = (
    Head("荣誉", key="name"),
    Head("级别"),
    Head("年份", key="year"),
    Head("总数", key="total", unit="名", number=True),
    Head("产业工人", key="workers", unit="名", number=True),
    Head("占比（印刷值）", number=True),
    Head("占比（计算值）", key="share", number=True),
    Head("核对"),
    Head("授予机关", key="by"),
)


@require_safe
@role_required(*ALL_ROLES)
def honor_list(request: HttpRequest) -> HttpResponse:
    asked = HonorFilter.from_query(request.GET)
    page = _page(request, asked, per_page=PER_PAGE)
    rows = [batch_row(batch) for batch in page.object_list]
    kinds, batches = kind_rows(asked), matching_batches(asked)
    return render(
        request,
        "honors/honor_list.html",
        {
            "page": page,
            "rows": rows,
            "heads": page.heads(*HEADS),
            "kinds": kinds,
            "asked": asked,
            "levels": HonorKind.Level.choices,
            "recipients": HonorKind.Recipients.choices,
            "years": [(year, "未注明年份" if year == UNDATED else f"{year}年") for year in years_known()],
            "chart": share_chart(rows),
            "by_level": shares_by_level(batches),
            "by_year": shares_by_year(batches),
            "spanning": spanning_batches(batches),
            "shows_demo": any(row.is_demo for row in rows) or any(kind.is_demo for kind in kinds),
            "add_url": _entry_url(request, "add"),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def batch_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One batch with its figures, what must be said of them, and where the document states them."""
    batches = HonorBatch.objects.select_related("section").prefetch_related(with_kinds())
    batch = get_object_or_404(batches, code=code)
    shown = batch_page(batch)
    words = {
        "shown": shown,
        "row": shown.row,
        "trail": TRAIL,
        "chart": share_chart([shown.row]),
        "edit_url": _entry_url(request, "change", batch.pk),
        "shows_demo": shown.row.is_demo or any(row.is_demo for row in shown.others),
    }
    return render(request, "honors/batch_detail.html", words)


@account_kind_required("business")
@require_safe
def unit_honors(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a unit's honours: what it awarded. Recipients are not stated, and the page says so."""
    unit = get_object_or_404(Unit, code=code)
    rows = batches_by_unit(unit)
    words = {
        "unit": unit,
        "rows": rows,
        "trail": [("首页", "/"), ("单位名录", "/units/"), (unit.short_name, unit.get_absolute_url())],
        "shows_demo": any(row.is_demo for row in rows),
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "honors/of_unit.html#honors" if is_fragment else "honors/of_unit.html", words)


@require_safe
@role_required(*ALL_ROLES)
def honor_export(request: HttpRequest) -> HttpResponse:
    page = _page(request, HonorFilter.from_query(request.GET), per_page=MOST_EXPORTED)
    rows = (batch_row(batch) for batch in page.object_list)
    return audited_workbook(
        by=request.user, filename="表彰激励", sheet="表彰激励", columns=BATCH_COLUMNS, rows=batch_cells(rows)
    )


def _entry_url(request: HttpRequest, right: str, *args: int) -> str:
    """Where the office that keeps the registers enters a batch; empty for everybody else."""
    may_keep = can_keep_units(request.user)
    return reverse(f"admin:honors_honorbatch_{right}", args=args) if may_keep else ""


def _page(request: HttpRequest, asked: HonorFilter, *, per_page: int) -> SortedPage:
    return sorted_page(request, matching_batches(asked), sorts=SORTS, default=DEFAULT_SORT, per_page=per_page)
