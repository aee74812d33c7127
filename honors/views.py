"""The register of honours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.exports import audited_workbook
from core.tables import Head, SortedPage, sorted_page
from honors.exports import BATCH_COLUMNS, batch_cells
from honors.models import HonorKind
from honors.queries import (
    DEFAULT_SORT,
    SORTS,
    HonorFilter,
    batch_row,
    kind_rows,
    matching_batches,
    share_chart,
)
from organization.access import role_required
from organization.roles import ALL_ROLES

PER_PAGE = 50
MOST_EXPORTED = 50_000
HEADS = (
    Head("荣誉"),
    Head("级别"),
    Head("年份", key="year"),
    Head("总数", key="total", unit="名", number=True),
    Head("产业工人", key="workers", unit="名", number=True),
    Head("占比（印刷值）", number=True),
    Head("占比（计算值）", number=True),
    Head("核对"),
    Head("授予机关"),
    Head("章节"),
)


@require_safe
@role_required(*ALL_ROLES)
def honor_list(request: HttpRequest) -> HttpResponse:
    asked = HonorFilter.from_query(request.GET)
    page = _page(request, asked, per_page=PER_PAGE)
    rows = [batch_row(batch) for batch in page.object_list]
    kinds = kind_rows(asked)
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
            "chart": share_chart(rows),
            "shows_demo": any(row.is_demo for row in rows) or any(kind.is_demo for kind in kinds),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def honor_export(request: HttpRequest) -> HttpResponse:
    page = _page(request, HonorFilter.from_query(request.GET), per_page=MOST_EXPORTED)
    rows = (batch_row(batch) for batch in page.object_list)
    return audited_workbook(
        by=request.user, filename="表彰激励", sheet="表彰激励", columns=BATCH_COLUMNS, rows=batch_cells(rows)
    )


def _page(request: HttpRequest, asked: HonorFilter, *, per_page: int) -> SortedPage:
    return sorted_page(request, matching_batches(asked), sorts=SORTS, default=DEFAULT_SORT, per_page=per_page)
