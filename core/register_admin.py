"""Registers in the admin that go out as a workbook and come in from one, previewed first."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from core.exports import Column, audited_workbook
from core.register_columns import cell_of
from core.register_import import ImportingAdmin


class RegisterAdmin(ImportingAdmin):
    """An audited register with «导出表格»: the rows of the list as filtered, the columns of `exported`.

    Foreign keys leave by their code where they have one, choices by their label, so that a clerk can read
    the sheet, and hand it in again.
    """

    change_list_template = "admin/register_change_list.html"
    exported: tuple[str, ...] = ()
    # Columns that go out and never come in: states move by their own rules.
    export_only: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export_view), name=name), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        title = str(self.opts.verbose_name_plural)
        return audited_workbook(
            by=request.user,
            filename=title,
            sheet=title,
            columns=[Column(str(field.verbose_name), 18) for field in self._fields()],
            rows=self._rows(request),
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        own = {"export_address": f"{name}_export"}
        if self.may_import(request):
            own["import_address"] = f"{name}_import"
        return super().changelist_view(request, {**(extra_context or {}), **own})

    def import_names(self) -> tuple[str, ...]:
        return self.imported or tuple(name for name in self.exported if name not in self.export_only)

    def _fields(self) -> list[models.Field]:
        wanted = {field.name: field for field in self.opts.fields}
        return [wanted[name] for name in self.exported]

    def _rows(self, request: HttpRequest) -> Iterator[list[Any]]:
        fields = self._fields()
        keys = [field.name for field in fields if field.is_relation]
        rows = self.get_changelist_instance(request).get_queryset(request).select_related(*keys)
        for row in rows.iterator(chunk_size=2000):
            yield [cell_of(row, field) for field in fields]
