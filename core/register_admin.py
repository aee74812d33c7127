"""Registers in the admin that go out as a workbook and come in from one, previewed first."""

import itertools
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from core.exports import Column, audited_workbook
from core.register_columns import cell_of
from core.register_import import ImportingAdmin
from core.register_parts import Part

BATCH = 2000


class RegisterAdmin(ImportingAdmin):
    """An audited register with «导出表格»: the rows of the list as filtered, the columns of `exported`.

    Foreign keys leave by their code where they have one, choices by their label, so that a clerk can read
    the sheet, and hand it in again.
    """

    exported: tuple[str, ...] = ()
    # Columns that go out and never come in: states move by their own rules.
    export_only: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export_view), name=name), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        title, parts = str(self.opts.verbose_name_plural), self.import_parts(request)
        return audited_workbook(
            by=request.user,
            filename=title,
            sheet=title,
            columns=[Column(head, 18) for head in self._heads(parts)],
            rows=self._rows(request, parts),
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

    def _heads(self, parts: tuple[Part, ...]) -> list[str]:
        own = [str(field.verbose_name) for field in self._fields()]
        return own + [column.head for part in parts for column in part.columns.values()]

    def _rows(self, request: HttpRequest, parts: tuple[Part, ...]) -> Iterator[list[Any]]:
        fields = self._fields()
        keys = [field.name for field in fields if field.is_relation]
        rows = self.get_changelist_instance(request).get_queryset(request).select_related(*keys)
        beside = [(name, column) for part in parts for name, column in part.columns.items()]
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            for part in parts:
                part.load(batch)
            for row in batch:
                own = [cell_of(row, field) for field in fields]
                yield own + [column.shown(getattr(row, name)) for name, column in beside]


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """The rows by 2,000: a part is read for many rows at once."""
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch
