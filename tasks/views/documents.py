"""The policy documents: the 1+N system as a picture and a list, its workbook, and one document."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.exports import audited_workbook
from organization.access import role_required
from organization.permissions import can_keep_units
from organization.roles import ALL_ROLES
from tasks.exports import DOCUMENT_COLUMNS, document_cells
from tasks.models import PolicyDocument
from tasks.queries.documents import (
    DocumentFilter,
    DocumentRow,
    all_documents,
    document_page,
    document_sets,
    issued_text,
    system_of,
)


@require_safe
@role_required(*ALL_ROLES)
def document_list(request: HttpRequest) -> HttpResponse:
    rows = all_documents(request.user)
    asked = DocumentFilter.from_query(request.GET)
    sets = document_sets(rows, asked)
    may_add = can_keep_units(request.user)
    return render(
        request,
        "tasks/document_list.html",
        {
            "sets": sets,
            "system": None if asked.is_on else system_of(rows),
            "asked": asked,
            "selects": _selects(rows, asked),
            "total": sum(len(found.rows) for found in sets),
            "export_url": f"{reverse('tasks:document-export')}?{request.GET.urlencode()}",
            "add_url": reverse("admin:tasks_policydocument_add") if may_add else "",
            "shows_demo": any(row.is_demo or row.counts_demo for row in rows),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def document_export(request: HttpRequest) -> HttpResponse:
    sets = document_sets(all_documents(request.user), DocumentFilter.from_query(request.GET))
    rows = document_cells(row for found in sets for row in found.rows)
    return audited_workbook(
        by=request.user, filename="政策文件", sheet="政策文件", columns=DOCUMENT_COLUMNS, rows=rows
    )


@require_safe
@role_required(*ALL_ROLES)
def document_detail(request: HttpRequest, code: str) -> HttpResponse:
    document = get_object_or_404(PolicyDocument.objects.select_related("supports", "section"), code=code)
    may_edit = can_keep_units(request.user)
    return render(
        request,
        "tasks/document_detail.html",
        {
            "shown": document_page(document, request.user),
            "document": document,
            "issued": issued_text(document),
            "edit_url": reverse("admin:tasks_policydocument_change", args=[document.pk]) if may_edit else "",
            "trail": [("首页", "/"), ("政策文件", "/documents/")],
        },
    )


def _selects(rows: Iterable[DocumentRow], asked: DocumentFilter):
    """The lists of the filter: level, issuer, year, each with what there is."""
    found = list(rows)
    issuers = sorted({row.issuer for row in found})
    years = sorted({row.year for row in found if row.year}, reverse=True)
    return (
        ("level", "层级", PolicyDocument.Level.choices, asked.level),
        ("issuer", "发文机关", [(name, name) for name in issuers], asked.issuer),
        ("year", "发文年份", [(year, f"{year}年") for year in years], asked.year),
    )
