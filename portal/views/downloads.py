"""下载中心 in its first form: the templates of the registers the reader may fill from a file."""

from dataclasses import dataclass

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.admin_words import WORK_IN_ORDER
from core.register_import import ImportingAdmin
from organization.access import role_required
from organization.roles import OFFICE, OFFICE_HEAD


@dataclass(frozen=True)
class Template:
    """One register that comes in from a file: what for, its empty workbook, its upload page."""

    name: str
    work: str
    purpose: str
    template_url: str
    import_url: str


@require_safe
@role_required(OFFICE, OFFICE_HEAD)
def downloads(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/downloads.html", {"templates": _templates(request)})


def _templates(request: HttpRequest) -> list[Template]:
    registers = [row for row in admin.site._registry.values() if isinstance(row, ImportingAdmin)]
    found = [_template(row) for row in registers if row.may_import(request)]
    return sorted(found, key=lambda row: WORK_IN_ORDER.index(row.work))


def _template(registered: ImportingAdmin) -> Template:
    name = f"admin:{registered.opts.app_label}_{registered.opts.model_name}_import"
    return Template(
        str(registered.opts.verbose_name_plural),
        registered.work,
        registered.import_purpose,
        reverse(f"{name}_template"),
        reverse(name),
    )
