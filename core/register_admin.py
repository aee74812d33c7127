"""Registers in the admin that go out as a workbook and come in as a table, previewed first."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from core.admin import AuditedAdmin
from core.errors import RuleViolation
from core.exports import Column, audited_workbook
from core.register_import import Outcome, decoded, import_table

PREVIEW_SECONDS = 60 * 60


class RegisterAdmin(AuditedAdmin):
    """An audited register with «导出表格»: the rows of the list as filtered, the columns of `exported`.

    Foreign keys leave by their code where they have one, choices by their label, so that a clerk can read
    the sheet.
    """

    change_list_template = "admin/register_change_list.html"
    exported: tuple[str, ...] = ()
    # Columns that never come in: states move by their own rules.
    export_only: tuple[str, ...] = ()
    # What names a row of the table; empty where a register takes nothing in.
    import_keys: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        own = [("export/", self.export_view, "export")]
        if self.import_keys:
            own.append(("import/", self.import_view, "import"))
        wrap = self.admin_site.admin_view
        return [
            *(path(url, wrap(view), name=self._url_name(name)) for url, view, name in own),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Upload → what each line would do → the same text again, signed, to be taken in."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        outcome, fault, text = None, "", ""
        if request.method == "POST":
            try:
                text = self._uploaded(request)
                outcome = self._import(request, text, is_trial="confirmed" not in request.POST)
            except RuleViolation as refused:
                fault = refused.message
        if outcome and outcome.is_clean and "confirmed" in request.POST:
            messages.success(request, f"已导入{len(outcome.rows)}行，其中{outcome.changed}行有变动。")
            return HttpResponseRedirect(reverse(f"admin:{self._url_name('changelist')}"))
        return self._import_page(request, outcome, fault, text)

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
        own = {"export_address": f"admin:{self._url_name('export')}"}
        if self.import_keys and self.has_add_permission(request):
            own["import_address"] = f"admin:{self._url_name('import')}"
        return super().changelist_view(request, {**(extra_context or {}), **own})

    def _url_name(self, action: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{action}"

    def _uploaded(self, request: HttpRequest) -> str:
        if "confirmed" in request.POST:
            return self._signed_text(request)
        upload = request.FILES.get("table")
        if upload is None:
            raise RuleViolation("没有选择文件，请选择一份表格。")
        return decoded(upload.read())

    def _signed_text(self, request: HttpRequest) -> str:
        """What was previewed, and nothing else: signed for this person and this register."""
        try:
            return str(
                signing.loads(request.POST["confirmed"], salt=self._salt(request), max_age=PREVIEW_SECONDS)
            )
        except signing.BadSignature:
            raise RuleViolation("预览已过期或不完整，请重新选择文件。") from None

    def _salt(self, request: HttpRequest) -> str:
        return f"register-import:{self.opts.label}:{request.user.pk}"

    def _import(self, request: HttpRequest, text: str, *, is_trial: bool) -> Outcome:
        return import_table(
            text,
            fields={field.name: field for field in self._fields() if field.name not in self.export_only},
            keys=self.import_keys,
            may_change=lambda row: self.has_change_permission(request, row),
            by=request.user,
            is_trial=is_trial,
        )

    def _import_page(
        self, request: HttpRequest, outcome: Outcome | None, fault: str, text: str
    ) -> HttpResponse:
        is_ready = outcome is not None and outcome.is_clean and bool(outcome.rows)
        columns = [str(field.verbose_name) for field in self._fields() if field.name not in self.export_only]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"导入{self.opts.verbose_name_plural}",
            "columns": columns,
            "outcome": outcome,
            "fault": fault,
            "confirmed": signing.dumps(text, salt=self._salt(request), compress=True) if is_ready else "",
        }
        return TemplateResponse(request, "admin/register_import.html", context)

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
