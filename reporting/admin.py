"""The calendar is kept here; rounds, submissions and their histories are only shown."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import AuditedAdmin, ReadOnlyAdmin, Work
from organization.admin.scope import OfGroupFilter, OfOwnGroup, SharedRegister
from reporting.admin_filters import NewestRoundFilter, RoundOfSubmission
from reporting.models import (
    ReportingRound,
    ReviewEvent,
    RoundException,
    RoundSnapshot,
    Submission,
    WorkCalendar,
)


@admin.register(WorkCalendar)
class WorkCalendarAdmin(SharedRegister, AuditedAdmin):
    work = Work.ROUNDS
    purpose = "调休上班和放假的日期，截止日期和逾期天数据此计算。"
    next_step = "尚未开启的季度按新的工作日计算截止日期，已开启的不变。"
    list_display = ["day", "is_workday", "note"]
    list_filter = ["is_workday"]
    search_fields = ["note"]
    date_hierarchy = "day"
    fieldsets = [("日期", {"fields": ["day", "is_workday", "note"]})]


@admin.register(ReportingRound)
class ReportingRoundAdmin(OfOwnGroup, ReadOnlyAdmin):
    work = Work.ROUNDS
    purpose = "各季度填报的开启、截止和发布，在“季度填报”页办理。"
    list_display = [
        "group",
        "year",
        "quarter",
        "opens_on",
        "lead_due_on",
        "opened_at",
        "published_at",
        "is_demo",
    ]
    list_filter = ["group", "year", "quarter", "is_demo"]
    list_select_related = ["group"]
    search_fields = ["group__name"]
    fieldsets = [
        ("周期", {"fields": ["group", "year", "quarter", "instructions"]}),
        ("日期", {"fields": ["opens_on", "assist_due_on", "lead_due_on", "review_due_on"]}),
        ("开启与发布", {"fields": ["opened_at", "opened_by", "published_at", "published_by", "stamp"]}),
    ]


@admin.register(RoundException)
class RoundExceptionAdmin(OfOwnGroup, ReadOnlyAdmin):
    group_path = "round__group"
    work = Work.ROUNDS
    purpose = "个别单位延期报送的批准。"
    list_display = ["round", "unit", "until_on", "reason", "granted_at", "granted_by"]
    list_filter = [("round", OfGroupFilter), ("unit", OfGroupFilter)]
    list_select_related = ["round", "unit", "granted_by"]
    search_fields = ["unit__name", "reason"]
    fieldsets = [("延期", {"fields": ["round", "unit", "until_on", "reason", "granted_at", "granted_by"]})]


@admin.register(Submission)
class SubmissionAdmin(OfOwnGroup, ReadOnlyAdmin):
    work = Work.ROUNDS
    purpose = "各单位每季度报送的办理状态，在填报和审核页办理。"
    list_display = ["round", "unit", "kind", "state", "return_count", "version_no", "is_late", "is_demo"]
    list_filter = [NewestRoundFilter, "state", "kind", ("unit", OfGroupFilter), "is_late", "is_demo"]
    list_select_related = ["round", "unit"]
    search_fields = ["unit__name"]
    fieldsets = [
        (
            "报送件",
            {"fields": ["group", "round", "unit", "kind", "state", "return_count", "version_no", "is_late"]},
        ),
        ("填写与报送", {"fields": ["edited_at", "edited_by", "submitted_at", "submitted_by"]}),
        (
            "审签与审核",
            {"fields": ["signed_at", "signed_by", "taken_at", "taken_by", "accepted_at", "accepted_by"]},
        ),
    ]


@admin.register(ReviewEvent)
class ReviewEventAdmin(OfOwnGroup, ReadOnlyAdmin):
    group_path = "submission__group"
    work = Work.ROUNDS
    purpose = "报送、审签、退回、通过等每一步的办理记录。"
    list_display = ["at", "submission", "move", "from_state", "to_state", "by", "on_behalf_of", "reason_code"]
    list_filter = [RoundOfSubmission, "move", "reason_code", "at"]
    ordering = ["-at", "-pk"]
    list_select_related = ["submission__round", "submission__unit", "by", "on_behalf_of"]
    search_fields = ["submission__unit__name", "reason_text"]
    fieldsets = [
        ("办理", {"fields": ["submission", "move", "from_state", "to_state", "version_no"]}),
        ("何人何时", {"fields": ["by", "on_behalf_of", "at"]}),
        ("原因", {"fields": ["reason_code", "reason_text"]}),
    ]


@admin.register(RoundSnapshot)
class RoundSnapshotAdmin(OfOwnGroup, ReadOnlyAdmin):
    group_path = "round__group"
    work = Work.ROUNDS
    purpose = "每次发布时留存的内容的摘要；内容在“填报进度”中该季度的发布版查看。"
    list_display = ["round", "version_no", "published_at", "published_by", "sha256"]
    list_filter = ["published_at"]
    ordering = ["-published_at", "-pk"]
    list_select_related = ["round", "published_by"]
    search_fields = ["sha256"]
    fieldsets = [
        ("快照", {"fields": ["round", "version_no", "reason", "published_at", "published_by", "sha256"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoundSnapshot]:
        """The content is long, and lists do not show it."""
        return super().get_queryset(request).defer("content")
