"""Registers in the admin that go out as a workbook."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from core.admin import AuditedAdmin
from core.exports import Column, audited_workbook


class RegisterAdmin(AuditedAdmin):
    """An audited register with «导出表格»: the rows of the list as filtered, the columns of `exported`.

    Foreign keys leave by their code where they have one, choices by their label, so that a clerk can read
    the sheet.
    """

    change_list_template = "admin/register_change_list.html"
    exported: tuple[str, ...] = ()

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
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_export"
        return super().changelist_view(request, {**(extra_context or {}), "export_address": address})

    def _fields(self) -> list[models.Field]:
        wanted = {field.name: field for field in self.opts.fields}
        return [wanted[name] for name in self.exported]

    def _rows(self, request: HttpRequest) -> Iterator[list[Any]]:
        fields = self._fields()
        keys = [field.name for field in fields if field.is_relation]
        rows = self.get_changelist_instance(request).get_queryset(request).select_related(*keys)
        for row in rows.iterator(chunk_size=2000):
            yield [cell_of(row, field) for field in fields]


def cell_of(row: models.Model, field: models.Field) -> Any:
    """What a cell of the sheet holds: a code, a label, or the value itself."""
    value = getattr(row, field.name)
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or str(value)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    return value
