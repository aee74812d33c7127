"""Registers of plans, documents and tasks. States, reports and histories are only shown."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from core import clock
from core.admin import AuditedAdmin, NamesMissingFields, ReadOnlyAdmin
from core.register_admin import RegisterAdmin
from tasks.forms import AssignmentFormSet
from tasks.models import (
    AreaCrossing,
    Assignment,
    Clause,
    LightRule,
    Milestone,
    Plan,
    PlanLine,
    PolicyDocument,
    ProgressReport,
    ReformArea,
    ReportVersion,
    Task,
    TaskEvent,
    TaskMeasure,
    TaskOrigin,
)
from tasks.permissions import can_edit_task


class PartOfTask(NamesMissingFields, admin.TabularInline):
    """Rows of a task that may be changed as long as the task itself may."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return _may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return _may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return _may_edit(request, obj)


def _may_edit(request: HttpRequest, task: Task | None) -> bool:
    return request.user.has_perm("tasks.change_task") and (task is None or can_edit_task(task))


class AssignmentInline(PartOfTask):
    model = Assignment
    formset = AssignmentFormSet
    autocomplete_fields = ["unit"]
    fields = ["unit", "role", "stated_share"]

    def get_extra(self, request: HttpRequest, obj: Task | None = None, **options: Any) -> int:
        """One open row where nobody carries the task yet."""
        return 0 if obj is not None and obj.assignments.exists() else 1


class MilestoneInline(PartOfTask):
    model = Milestone
    fields = ["title", "due_on", "done_on", "target_share"]


@admin.register(Task)
class TaskAdmin(RegisterAdmin):
    """A task is written here while it is 草拟; its state moves on its own page only."""

    list_display = ["code", "title", "plan_year", "area", "state", "due_on", "is_demo"]
    list_display_links = ["code", "title"]
    list_filter = [
        "plan",
        ("area", admin.RelatedOnlyFieldListFilter),
        "state",
        "kind",
        "frequency",
        "is_highlight",
        "is_demo",
    ]
    list_select_related = ["plan", "area"]
    search_fields = ["code", "title", "wording"]
    autocomplete_fields = ["plan", "area", "document", "clause", "carried_from", "parent", "section"]
    readonly_fields = ["state", "done_on"]
    inlines = [AssignmentInline, MilestoneInline]
    fieldsets = [
        (
            "任务",
            {
                "fields": [
                    "plan",
                    "code",
                    "title",
                    "wording",
                    "area",
                    "central_section",
                    "is_highlight",
                    "note",
                ]
            },
        ),
        ("填报与时限", {"fields": ["kind", "frequency", "frequency_printed", "start_on", "due_on"]}),
        ("来源", {"fields": ["document", "clause", "section", "carried_from", "parent"]}),
        ("状态（在任务页办理）", {"fields": ["state", "done_on"]}),
    ]
    exported = (
        *("code", "title", "wording", "plan", "area", "kind", "frequency", "start_on", "due_on"),
        *("state", "is_highlight", "document", "section", "note"),
    )
    export_only = ("state",)
    import_keys = ("plan", "code")
    import_refused = "经验材料的任务和已送审的任务不能由文件改动，请删去这一行，在任务页办理。"

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Task, inline: InlineModelAdmin, prefix: str
    ) -> dict[str, Any]:
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, AssignmentInline):
            options["initial"] = [{"role": Assignment.Role.LEAD}]
        return options

    def response_add(self, request: HttpRequest, obj: Task, post_url_continue: str | None = None) -> Any:
        self._point_to_page(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Task) -> Any:
        self._point_to_page(request, obj)
        return super().response_change(request, obj)

    def _point_to_page(self, request: HttpRequest, task: Task) -> None:
        """Where the task goes on: 送审 stands on its page, not here."""
        words = '下一步请到任务页送审：<a href="{}">{}</a>'
        self.message_user(request, format_html(words, task.get_absolute_url(), task.title))

    @admin.display(description="计划", ordering="plan__year")
    def plan_year(self, task: Task) -> str:
        return f"{task.plan.year}年"

    def has_change_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or can_edit_task(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return False


@admin.register(Plan)
class PlanAdmin(AuditedAdmin):
    list_display = ["name", "group", "year", "last_year", "version_no", "is_founding", "is_demo"]
    list_filter = ["group", "year", "is_founding", "is_demo"]
    list_select_related = ["group"]
    search_fields = ["name"]
    autocomplete_fields = ["group", "section", "measures_section"]
    fieldsets = [
        ("计划", {"fields": ["group", "name", "year", "last_year", "version_no", "supersedes"]}),
        ("内容", {"fields": ["guiding_idea", "workforce_goal", "measure_count", "new_aspect_count"]}),
        ("来源", {"fields": ["is_founding", "section", "measures_section"]}),
    ]
    readonly_fields = ["is_founding", "supersedes"]


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(RegisterAdmin):
    list_display = ["code", "title", "number", "issuer", "level", "place", "issued_year", "is_demo"]
    list_filter = ["level", "place", "is_demo"]
    search_fields = ["code", "title", "number", "issuer", "subject"]
    autocomplete_fields = ["supports", "section"]
    fieldsets = [
        (
            "文件",
            {
                "fields": [
                    "code",
                    "title",
                    "is_title_as_printed",
                    "number",
                    "issuer",
                    "issued_on",
                    "issued_year",
                ]
            },
        ),
        ("体系", {"fields": ["level", "place", "supports", "about", "subject"]}),
        ("来源", {"fields": ["section"]}),
    ]
    exported = (
        *("code", "title", "number", "issuer", "level", "place", "supports", "issued_year", "issued_on"),
        *("subject", "about", "section"),
    )
    import_keys = ("code",)


@admin.register(ReformArea)
class ReformAreaAdmin(AuditedAdmin):
    list_display = ["name", "code", "taxonomy", "position", "is_core"]
    list_filter = ["taxonomy", "is_core"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["section"]
    fieldsets = [("领域", {"fields": ["taxonomy", "code", "name", "position", "is_core", "section"]})]


@admin.register(LightRule)
class LightRuleAdmin(AuditedAdmin):
    """A rule in force stays as it is: a new one with a later day replaces it."""

    list_display = ["effective_on", "yellow_shortfall", "near_days", "note"]
    fieldsets = [("规则", {"fields": ["effective_on", "yellow_shortfall", "near_days", "note"]})]

    def has_change_permission(self, request: HttpRequest, obj: LightRule | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.effective_on > clock.today())


@admin.register(Clause)
class ClauseAdmin(AuditedAdmin):
    list_display = ["document", "number", "text", "is_demo"]
    list_select_related = ["document"]
    search_fields = ["number", "text", "document__title", "document__number"]
    autocomplete_fields = ["document"]
    fieldsets = [("条款", {"fields": ["document", "position", "number", "text"]})]


@admin.register(AreaCrossing)
class AreaCrossingAdmin(AuditedAdmin):
    list_display = ["area", "section", "is_default", "is_demo"]
    list_select_related = ["area", "section"]
    fieldsets = [("对照", {"fields": ["area", "section", "is_default"]})]


class OfTask(ReadOnlyAdmin):
    """Rows that hang on a task and are shown only."""

    list_select_related = ["task"]
    search_fields = ["task__title", "task__code"]


@admin.register(Assignment)
class AssignmentAdmin(OfTask):
    list_display = ["task", "unit", "role", "stated_share", "is_demo"]
    list_filter = ["role", "unit", "is_demo"]
    list_select_related = ["task", "unit"]
    fieldsets = [("分工", {"fields": ["task", "unit", "role", "stated_share"]})]


@admin.register(Milestone)
class MilestoneAdmin(OfTask):
    list_display = ["task", "title", "due_on", "done_on", "target_share", "is_demo"]
    list_filter = ["due_on", "is_demo"]
    fieldsets = [("节点", {"fields": ["task", "title", "due_on", "done_on", "target_share"]})]


@admin.register(TaskEvent)
class TaskEventAdmin(OfTask):
    list_display = ["at", "task", "move", "from_state", "to_state", "by"]
    list_filter = ["move", "at"]
    list_select_related = ["task", "by"]
    fieldsets = [("记录", {"fields": ["task", "move", "from_state", "to_state", "by", "at", "reason"]})]


@admin.register(TaskMeasure)
class TaskMeasureAdmin(OfTask):
    list_display = ["task", "round", "share", "actual", "target", "source", "recorded_at"]
    list_filter = ["source", "round"]
    list_select_related = ["task", "round"]
    fieldsets = [
        ("完成度", {"fields": ["task", "round", "share", "actual", "target", "comparator", "source"]}),
        ("记录", {"fields": ["recorded_at", "recorded_by"]}),
    ]


@admin.register(TaskOrigin)
class TaskOriginAdmin(OfTask):
    list_display = ["task", "origin", "is_demo"]
    list_select_related = ["task", "origin"]
    fieldsets = [("合并来源", {"fields": ["task", "origin"]})]


@admin.register(PlanLine)
class PlanLineAdmin(OfTask):
    """What a superseded version of a plan said; kept as it was."""

    list_display = ["plan", "code", "title", "lead", "due_on", "state"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    fieldsets = [
        ("原列任务", {"fields": ["plan", "task", "code", "title", "wording", "area", "lead", "due_on"]}),
        ("记录", {"fields": ["state", "recorded_at", "recorded_by"]}),
    ]


TEXT_FIELDS = ("progress", "problems", "next_steps", "coordination", "declared_status", "percent", "is_nil")


@admin.register(ProgressReport)
class ProgressReportAdmin(OfTask):
    list_display = ["task", "round", "declared_status", "percent", "is_nil", "is_demo"]
    list_filter = ["round", "declared_status", "is_demo"]
    list_select_related = ["task", "round"]
    fieldsets = [("报告", {"fields": ["task", "round", "submission"]}), ("正文", {"fields": TEXT_FIELDS})]


@admin.register(ReportVersion)
class ReportVersionAdmin(ReadOnlyAdmin):
    list_display = ["report", "version_no", "recorded_at", "recorded_by"]
    list_filter = ["recorded_at"]
    search_fields = ["report__task__title"]
    fieldsets = [
        ("版本", {"fields": ["report", "version_no", "reason", "sha256", "recorded_at", "recorded_by"]}),
        ("正文", {"fields": TEXT_FIELDS}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        related = ("report__task", "report__round", "recorded_by")
        return super().get_queryset(request).select_related(*related)
