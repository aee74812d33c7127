"""Registers of indicators and targets. Figures are only shown: they come through the reporting workflow."""

from django.contrib import admin

from core.admin import AuditedAdmin, ReadOnlyAdmin
from core.register_admin import RegisterAdmin
from metrics.models import FigureEntry, FigureSheet, Indicator, Observation, Target, TaskIndicator
from organization.models.units import UNIT_SPELLINGS


@admin.register(Indicator)
class IndicatorAdmin(RegisterAdmin):
    list_display = ["name", "code", "kind", "measure_unit", "frequency", "owner_unit", "position", "is_demo"]
    list_filter = ["kind", "frequency", "owner_unit", "is_demo"]
    list_select_related = ["owner_unit"]
    search_fields = ["name", "code", "definition"]
    autocomplete_fields = ["owner_unit", "numerator", "denominator", "section"]
    fieldsets = [
        ("指标", {"fields": ["code", "name", "definition", "measure_unit", "precision", "position", "note"]}),
        ("规则", {"fields": ["kind", "direction", "over_units", "over_time", "frequency"]}),
        ("构成与责任", {"fields": ["numerator", "denominator", "owner_unit", "section"]}),
    ]
    exported = (
        *("code", "name", "definition", "measure_unit", "kind", "direction", "over_units", "over_time"),
        *("frequency", "precision", "owner_unit", "numerator", "denominator", "section", "note"),
    )
    import_keys = ("code",)
    import_spellings = {"owner_unit": UNIT_SPELLINGS}


@admin.register(Target)
class TargetAdmin(RegisterAdmin):
    list_display = [
        "indicator",
        "group",
        "unit",
        "year",
        "quarter",
        "wording",
        "comparator",
        "value",
        "is_demo",
    ]
    list_filter = ["group", "year", "quarter", "is_soft", "is_demo"]
    list_select_related = ["indicator", "group", "unit"]
    search_fields = ["indicator__name", "wording"]
    autocomplete_fields = ["indicator", "group", "unit"]
    fieldsets = [
        ("目标", {"fields": ["indicator", "group", "unit", "year", "quarter"]}),
        ("原文与读法", {"fields": ["wording", "comparator", "value", "is_soft"]}),
    ]
    exported = ("indicator", "group", "unit", "year", "quarter", "wording", "comparator", "value", "is_soft")
    import_keys = ("indicator", "group", "unit", "year", "quarter")
    import_spellings = {"unit": UNIT_SPELLINGS}


@admin.register(TaskIndicator)
class TaskIndicatorAdmin(AuditedAdmin):
    list_display = ["task", "indicator", "is_demo"]
    list_filter = ["is_demo"]
    list_select_related = ["task", "indicator"]
    search_fields = ["task__title", "indicator__name"]
    autocomplete_fields = ["task", "indicator"]
    fieldsets = [("关联", {"fields": ["task", "indicator"]})]


@admin.register(FigureSheet)
class FigureSheetAdmin(ReadOnlyAdmin):
    list_display = ["round", "unit", "submission", "is_demo"]
    list_filter = ["round", "unit", "is_demo"]
    list_select_related = ["round", "unit", "submission__round", "submission__unit"]
    search_fields = ["unit__name"]
    fieldsets = [("指标表", {"fields": ["round", "unit", "submission"]})]


@admin.register(FigureEntry)
class FigureEntryAdmin(ReadOnlyAdmin):
    list_display = ["sheet", "indicator", "raw", "value", "explanation"]
    list_filter = ["indicator"]
    list_select_related = ["sheet__round", "sheet__unit", "indicator"]
    search_fields = ["indicator__name", "sheet__unit__name"]
    fieldsets = [("填写", {"fields": ["sheet", "indicator", "raw", "value", "explanation"]})]


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    list_display = [
        "indicator",
        "unit",
        "year",
        "quarter",
        "value",
        "printed",
        "as_of_on",
        "section",
        "is_demo",
    ]
    list_filter = ["year", "quarter", "indicator", "is_demo"]
    list_select_related = ["indicator", "unit", "section"]
    search_fields = ["indicator__name", "unit__name", "printed"]
    fieldsets = [
        (
            "何时何地",
            {"fields": ["indicator", "group", "unit", "year", "quarter", "period_from", "period_printed"]},
        ),
        ("数值", {"fields": ["value", "bound", "numerator", "denominator", "printed"]}),
        (
            "口径与来源",
            {"fields": ["as_of_on", "as_of_note", "definition_note", "explanation", "source", "section"]},
        ),
        (
            "记录",
            {
                "fields": [
                    "sheet",
                    "version_no",
                    "supersedes",
                    "correction_reason",
                    "recorded_at",
                    "recorded_by",
                ]
            },
        ),
    ]
