"""The calendar is kept here; rounds, submissions and their histories are only shown."""

from django.contrib import admin

from core.admin import AuditedAdmin, ReadOnlyAdmin
from reporting.models import (
    ReportingRound,
    ReviewEvent,
    RoundException,
    RoundSnapshot,
    Submission,
    WorkCalendar,
)


@admin.register(WorkCalendar)
class WorkCalendarAdmin(AuditedAdmin):
    list_display = ["day", "is_workday", "note"]
    list_filter = ["is_workday"]
    search_fields = ["note"]
    date_hierarchy = "day"
    fieldsets = [("日期", {"fields": ["day", "is_workday", "note"]})]


@admin.register(ReportingRound)
class ReportingRoundAdmin(ReadOnlyAdmin):
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
class RoundExceptionAdmin(ReadOnlyAdmin):
    list_display = ["round", "unit", "until_on", "reason", "granted_at", "granted_by"]
    list_filter = ["round", "unit"]
    list_select_related = ["round", "unit", "granted_by"]
    search_fields = ["unit__name", "reason"]
    fieldsets = [("延期", {"fields": ["round", "unit", "until_on", "reason", "granted_at", "granted_by"]})]


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ["round", "unit", "kind", "state", "return_count", "version_no", "is_late", "is_demo"]
    list_filter = ["round", "state", "kind", "unit", "is_late", "is_demo"]
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
class ReviewEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "submission", "move", "from_state", "to_state", "by", "on_behalf_of", "reason_code"]
    list_filter = ["move", "reason_code", "at"]
    list_select_related = ["submission__round", "submission__unit", "by", "on_behalf_of"]
    search_fields = ["submission__unit__name", "reason_text"]
    fieldsets = [
        ("办理", {"fields": ["submission", "move", "from_state", "to_state", "version_no"]}),
        ("何人何时", {"fields": ["by", "on_behalf_of", "at"]}),
        ("原因", {"fields": ["reason_code", "reason_text"]}),
    ]


@admin.register(RoundSnapshot)
class RoundSnapshotAdmin(ReadOnlyAdmin):
    list_display = ["round", "version_no", "published_at", "published_by", "sha256"]
    list_filter = ["published_at"]
    list_select_related = ["round", "published_by"]
    search_fields = ["sha256"]
    fieldsets = [
        ("快照", {"fields": ["round", "version_no", "reason", "published_at", "published_by", "sha256"]}),
        ("内容", {"fields": ["content"]}),
    ]
