"""What hangs on a task and is only shown: who carries it, its moves, its reports, its measures."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import ReadOnlyAdmin, Work
from organization.admin.scope import OfGroupFilter, OfOwnGroup
from reporting.admin_filters import NewestRoundFilter
from tasks.models import (
    Assignment,
    Milestone,
    PlanLine,
    ProgressReport,
    ReportVersion,
    TaskEvent,
    TaskMeasure,
    TaskOrigin,
)


class OfTask(OfOwnGroup, ReadOnlyAdmin):
    """Rows that hang on a task and are shown only."""

    group_path = "task__plan__group"
    work = Work.TASKS
    when_empty = "还没有记录。"

    list_select_related = ["task"]
    search_fields = ["task__title", "task__code"]


@admin.register(Assignment)
class AssignmentAdmin(OfTask):
    purpose = "各项任务的牵头、协同单位，在任务的表单中填写。"
    list_display = ["task", "unit", "role", "stated_share", "is_demo"]
    list_filter = ["role", ("unit", OfGroupFilter), "is_demo"]
    list_select_related = ["task", "unit"]
    fieldsets = [("分工", {"fields": ["task", "unit", "role", "stated_share"]})]


@admin.register(Milestone)
class MilestoneAdmin(OfTask):
    purpose = "各项任务的节点，在任务的表单中填写。"
    list_display = ["task", "title", "due_on", "done_on", "target_share", "is_demo"]
    list_filter = ["due_on", "is_demo"]
    fieldsets = [("节点", {"fields": ["task", "title", "due_on", "done_on", "target_share"]})]


@admin.register(TaskEvent)
class TaskEventAdmin(OfTask):
    purpose = "任务送审、审定、交办等每一步的办理记录。"
    list_display = ["at", "task", "move", "from_state", "to_state", "by"]
    list_filter = ["move", "at"]
    list_select_related = ["task", "by"]
    fieldsets = [("记录", {"fields": ["task", "move", "from_state", "to_state", "by", "at", "reason"]})]


@admin.register(TaskMeasure)
class TaskMeasureAdmin(OfTask):
    purpose = "审核通过后记入任务的完成度，由数据和节点得出。"
    list_display = ["task", "round", "share", "actual", "target", "source", "recorded_at"]
    list_filter = ["source", NewestRoundFilter]
    list_select_related = ["task", "round"]
    fieldsets = [
        ("完成度", {"fields": ["task", "round", "share", "actual", "target", "comparator", "source"]}),
        ("记录", {"fields": ["recorded_at", "recorded_by"]}),
    ]


@admin.register(TaskOrigin)
class TaskOriginAdmin(OfTask):
    purpose = "合并而来的任务由哪些任务合成。"
    list_display = ["task", "origin", "is_demo"]
    list_select_related = ["task", "origin"]
    fieldsets = [("合并来源", {"fields": ["task", "origin"]})]


@admin.register(PlanLine)
class PlanLineAdmin(OfTask):
    """What a superseded version of a plan said; kept as it was."""

    purpose = "被替代的计划版本原来列了哪些任务。"
    group_path = "plan__group"
    list_display = ["plan", "code", "title", "lead", "due_on", "state"]
    list_filter = [("plan", OfGroupFilter)]
    list_select_related = ["plan"]
    fieldsets = [
        ("原列任务", {"fields": ["plan", "task", "code", "title", "wording", "area", "lead", "due_on"]}),
        ("记录", {"fields": ["state", "recorded_at", "recorded_by"]}),
    ]


TEXT_FIELDS = ("progress", "problems", "next_steps", "coordination", "declared_status", "percent", "is_nil")


@admin.register(ProgressReport)
class ProgressReportAdmin(OfTask):
    purpose = "各季度的进展报告，在填报和审核页办理。"
    work = Work.ROUNDS
    list_display = ["task", "round", "declared_status", "percent", "is_nil", "is_demo"]
    list_filter = [NewestRoundFilter, "declared_status", "is_demo"]
    list_select_related = ["task", "round"]
    fieldsets = [("报告", {"fields": ["task", "round", "submission"]}), ("正文", {"fields": TEXT_FIELDS})]


@admin.register(ReportVersion)
class ReportVersionAdmin(OfOwnGroup, ReadOnlyAdmin):
    group_path = "report__task__plan__group"
    work = Work.ROUNDS
    purpose = "进展报告每次报送时的原样。"
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
