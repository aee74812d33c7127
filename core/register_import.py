"""The pages that take a workbook into a register: template, upload, preview, confirmation."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from core import clock
from core.admin import AuditedAdmin
from core.errors import StaleObject
from core.exports import XLSX, audited_file
from core.imports import commit_import, preview_import
from core.models import Job
from core.register_columns import CellGrammar
from core.register_faults import MOST_IN_A_ROW, fault_rows, grouped
from core.register_parts import Part
from core.register_preview import Preview, RowFault
from core.register_resource import NumberedRow, Register
from core.register_template import Guide, marked_workbook, template_workbook
from core.sheets import Sheet, SheetRefused, read_sheet
from core.submit_once import submit_once

KIND = "register-import"
KEPT = dt.timedelta(hours=24)
MOST_SHOWN = 300
CONFIRM_READINGS = "请先核对“万、亿”写法的读数并勾选确认，再导入。"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="文件",
        help_text="“.xlsx”或“.csv”，不超过20兆字节，一次最多5000行。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class ImportingAdmin(AuditedAdmin):
    """A register with «导入» for whoever may add and change its rows.

    `imported` names the columns, `import_keys` those that say which row is meant, `import_spellings` by which
    columns a row of another register may be named, `import_confirmed` where 17.75万 may stand. Between preview
    and confirmation the rows wait on the server as the upload's own Job, for its uploader and for one day. A row
    its reader may not change in the admin does not come in either.
    """

    imported: tuple[str, ...] = ()
    import_keys: tuple[str, ...] = ()
    import_spellings: dict[str, tuple[str, ...]] = {}
    import_confirmed: frozenset[str] = frozenset()
    import_refused = "这一行目前不能修改，请从文件中删去这一行。"
    # What the file is for, on the page with the templates.
    import_purpose = ""

    def register(self, request: HttpRequest) -> Register:
        def refusal(row: Any, is_new: bool) -> str:
            return "" if self.has_change_permission(request, row) else self.import_refused

        return Register(
            self.model,
            self.import_names(),
            self.import_keys,
            self.import_spellings,
            refusal,
            self.import_changed,
            parts=self.import_parts(request),
            visible=lambda model: self.rows_named_by(request, model),
            confirmed=self.import_confirmed,
            written=lambda rows: self.refresh_counts(request, rows),
        )

    def import_changed(self, row: Any, before: Mapping[str, Any]) -> None:
        """What a changed row brings with it, beside its own columns; `before` has the former values."""

    def import_parts(self, request: HttpRequest) -> tuple[Part, ...]:
        """Columns kept beside the row, in other tables."""
        return ()

    def import_names(self) -> tuple[str, ...]:
        """The columns a file may have."""
        return self.imported

    def get_urls(self) -> list[URLPattern]:
        if not self.import_keys:
            return super().get_urls()
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}_import"
        confirm = submit_once(self.import_preview_view)
        return [
            path("import/", view(self.import_view), name=name),
            path("import/template/", view(self.import_template_view), name=f"{name}_template"),
            path("import/<uuid:uid>/", view(confirm), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def may_import(self, request: HttpRequest) -> bool:
        allowed = self.has_add_permission(request) and self.has_change_permission(request)
        return bool(self.import_keys) and allowed

    def import_template_view(self, request: HttpRequest) -> HttpResponse:
        self._check_right(request)
        register, title = self.register(request), str(self.opts.verbose_name_plural)
        columns = register.columns()
        guides = [Guide(column, _need(register, name, column)) for name, column in columns.items()]
        key = "、".join(columns[name].head for name in register.key)
        return audited_file(
            by=request.user,
            filename=f"{title}导入模板.xlsx",
            content=template_workbook(title, guides, key),
            content_type=XLSX,
            action="下载导入模板",
        )

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Takes the file; rows with faults are named and nothing is kept."""
        self._check_right(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._read(request, form)
            except SheetRefused as refused:
                form.add_error("file", refused.message)
        return self._upload_page(request, form)

    def import_preview_view(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
        """Shows what would happen; POST does exactly that, or shows what would happen by now."""
        self._check_right(request)
        job = self._kept(request, uid)
        rows, status = _rows_of(job), 200
        if request.method == "POST":
            if job.payload["readings"] and "agreed" not in request.POST:
                messages.error(request, CONFIRM_READINGS)
                status = 422
            else:
                try:
                    return self._confirmed(request, job, rows)
                except StaleObject as stale:
                    messages.error(request, stale.message)
                    status = 409
        return self._preview_page(request, job, preview_import(self.register(request), rows), status=status)

    def _read(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        register, sheet = self.register(request), read_sheet(form.cleaned_data["file"])
        rows = register.rows_of(sheet)
        found = preview_import(register, rows, register.faults_of(sheet))
        if found.faults and "marked" in request.POST:
            return self._marked(request, sheet, found.faults)
        if found.faults:
            return self._upload_page(request, form, found)
        payload = {
            "model": self.opts.label_lower,
            "file": {"name": sheet.name, "digest": sheet.digest},
            "notes": list(sheet.notes),
            "readings": len(found.readings),
            "names": list(rows[0][1]),
            "rows": [[number, list(row.values())] for number, row in rows],
        }
        job = _keep(payload, request.user.uid, found)
        return HttpResponseRedirect(self._address("import_preview", job.uid))

    def _marked(self, request: HttpRequest, sheet: Sheet, faults: tuple[RowFault, ...]) -> HttpResponse:
        """The file sent back with its faulty cells in red."""
        return audited_file(
            by=request.user,
            filename=f"标注错误-{sheet.name.rsplit('.', 1)[0]}.xlsx",
            content=marked_workbook(sheet, faults),
            content_type=XLSX,
            action="下载标注错误的文件",
        )

    def _confirmed(self, request: HttpRequest, job: Job, rows: list[NumberedRow]) -> HttpResponse:
        done = commit_import(
            self.register(request),
            rows,
            seen=request.POST.get("seen", ""),
            file=job.payload["file"],
            by=request.user,
        )
        job.delete()
        counts = "，".join(f"{outcome}{count}条" for outcome, count in done.counts.items())
        messages.success(request, f"已导入{self.opts.verbose_name_plural}：{counts}。{self.next_step}")
        return HttpResponseRedirect(self._address("changelist"))

    def _kept(self, request: HttpRequest, uid: uuid.UUID) -> Job:
        """The upload while it waits: this person's, of this register, not older than a day."""
        job = Job.objects.filter(
            uid=uid, kind=KIND, requested_by_uid=request.user.uid, requested_at__gt=clock.now() - KEPT
        ).first()
        if job is None or job.payload["model"] != self.opts.label_lower:
            raise Http404
        return job

    def _check_right(self, request: HttpRequest) -> None:
        if not self.may_import(request):
            raise PermissionDenied

    def _upload_page(
        self, request: HttpRequest, form: UploadForm, found: Preview | None = None
    ) -> HttpResponse:
        register = self.register(request)
        columns = register.columns()
        guides = [Guide(column, _need(register, name, column)) for name, column in columns.items()]
        return self._page(
            request,
            "register_import",
            422 if form.errors or found else 200,
            form=form,
            guides=guides,
            key="、".join(columns[name].head for name in register.key),
            found=found,
            **_faults_shown(found),
        )

    def _preview_page(
        self, request: HttpRequest, job: Job, found: Preview, *, status: int = 200
    ) -> HttpResponse:
        moving = found.moving
        return self._page(
            request,
            "register_import_preview",
            status,
            found=found,
            **_faults_shown(found),
            rows=moving[:MOST_SHOWN],
            not_shown=max(0, len(moving) - MOST_SHOWN),
            job=job,
        )

    def _page(self, request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
        words = {
            **self.admin_site.each_context(request),
            "title": f"导入{self.opts.verbose_name_plural}",
            "purpose": self.import_purpose,
            "step": "导入" if template == "register_import" else "导入预览",
            "opts": self.opts,
            "import_address": self._address("import"),
            "template_address": self._address("import_template"),
            **context,
        }
        return TemplateResponse(request, f"admin/{template}.html", words, status=status)

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)


def _need(register: Register, name: str, column: CellGrammar) -> str:
    if register.is_owed(name):
        return "必填" if column.is_required else "须有这一列，可空"
    return "新增时必填" if column.is_required else ""


def _faults_shown(found: Preview | None) -> dict[str, Any]:
    """Few faults one by one in the order of the file, many by what is wrong."""
    if found is None:
        return {}
    is_long = len(found.faults) > MOST_IN_A_ROW
    return {"groups": grouped(found.faults) if is_long else [], "faulty_rows": fault_rows(found.faults)}


def _rows_of(job: Job) -> list[NumberedRow]:
    """The rows with their columns in the order of the file: a JSON column keeps that of lists only."""
    names = job.payload["names"]
    return [(number, dict(zip(names, cells, strict=True))) for number, cells in job.payload["rows"]]


def _keep(payload: dict[str, Any], by_uid: uuid.UUID, found: Preview) -> Job:
    """Keeps the rows of a checked upload; what others never confirmed goes after a day."""
    now = clock.now()
    Job.objects.filter(kind=KIND, requested_at__lte=now - KEPT).delete()
    return Job.objects.create(
        kind=KIND,
        state=Job.State.DONE,
        progress=100,
        payload=payload,
        result=found.counts,
        requested_by_uid=by_uid,
        requested_at=now,
        run_after=now,
        finished_at=now,
    )
