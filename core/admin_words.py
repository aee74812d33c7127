"""What the data maintenance says of itself: the office's work it serves, what a list is for, what comes next."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.admin_history import history_of


class Work:
    """The office's work, by which the front page of the data maintenance is arranged; in this order."""

    TASKS = "计划与任务"
    FIGURES = "指标与数据"
    HONORS = "荣誉与产业"
    UNITS = "单位与人员"
    GROUPS = "协调小组"
    ROUNDS = "季度填报"
    RULES = "规则与资料"
    RECORDS = "运行记录"


WORK_IN_ORDER = (
    *(Work.TASKS, Work.FIGURES, Work.HONORS, Work.UNITS, Work.GROUPS),
    *(Work.ROUNDS, Work.RULES, Work.RECORDS),
)


def _page_of(row: Any) -> str | None:
    """The page of the row, where it has one."""
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None


class InWords(admin.ModelAdmin):
    """What a list and a form say about themselves: where they belong, what they are for, what comes next."""

    work = Work.RECORDS
    # One sentence on the front page and above the list.
    purpose = ""
    # A sentence after a save: what the office does next.
    next_step = ""
    # What an empty list says.
    when_empty = ""
    view_on_site = staticmethod(_page_of)

    @admin.display(description="演示数据", ordering="is_demo")
    def demo_mark(self, obj: Any) -> str:
        """«演示» on invented rows only: a red cross on every real one looks like an error."""
        return "演示" if obj.is_demo else ""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = super().get_list_display(request)
        return ["demo_mark" if column == "is_demo" else column for column in columns]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        said = {"title": str(self.opts.verbose_name_plural), "purpose": self.purpose}
        said |= {"work": self.work, "when_empty": self.when_empty}
        return super().changelist_view(request, {**said, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        noun = self.opts.verbose_name
        said = {"work": self.work, "title": str(noun) if object_id else f"新增{noun}"}
        return super().changeform_view(request, object_id, form_url, {**said, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What happened to the row, in words, from the audit chain."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        words = {
            **self.admin_site.each_context(request),
            "title": "变更记录",
            "purpose": str(row),
            "step": "变更记录",
            "entries": history_of(row),
            "object": row,
            "opts": self.opts,
            "work": self.work,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", words)
