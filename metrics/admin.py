"""Registers of indicators and targets. Figures of the workflow are only shown; historical ones come in from files."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest

from core import clock
from core.admin import ReadOnlyAdmin, Work
from core.register_admin import RegisterAdmin
from core.register_resource import Register
from metrics.actions import refresh_figures
from metrics.imports import historical_figures, mark_recorded
from metrics.models import (
    FigureEntry,
    FigureSheet,
    FigureTally,
    Indicator,
    Observation,
    Target,
    TaskIndicator,
)
from metrics.models.observations import NEWEST, SUBJECT
from organization.admin.scope import OfGroupFilter, OfOwnGroup, SharedRegister, own_groups
from organization.models.units import UNIT_SPELLINGS
from reporting.admin_filters import NewestRoundFilter, RoundOfSheet


class YearFilter(admin.SimpleListFilter):
    """Every year the own groups have figures of, from the figures that count: all figures are too many to ask."""

    title = "年份"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kept = FigureTally.objects.filter(group__in=sorted(own_groups(request)))
        span = kept.aggregate(first=Min("year"), last=Max("year"))
        years = range(span["first"], span["last"] + 1) if span["first"] else ()
        return [(str(year), str(year)) for year in reversed(years)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        return queryset.filter(year=chosen) if chosen.isdecimal() and len(chosen) == 4 else queryset


class QuarterFilter(admin.SimpleListFilter):
    """The four quarters, whatever the rows have."""

    title = "季度"
    parameter_name = "quarter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(quarter), str(quarter)) for quarter in range(1, 5)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(quarter=chosen) if chosen in ("1", "2", "3", "4") else queryset


@admin.register(Indicator)
class IndicatorAdmin(SharedRegister, RegisterAdmin):
    work = Work.FIGURES
    purpose = "指标的口径、计量单位、责任单位和汇总规则。"
    when_empty = "还没有指标。请新增，或用“导入表格”一次导入。"
    next_step = "下一步请登记它的目标，并在“任务指标”中关联由它衡量的任务。"
    import_purpose = "指标的口径、计量单位、类型、汇总规则和责任单位"
    list_display = ["name", "code", "kind", "measure_unit", "frequency", "owner_unit", "position", "is_demo"]
    list_filter = ["kind", "frequency", ("owner_unit", OfGroupFilter), "is_demo"]
    list_select_related = ["owner_unit"]
    search_fields = ["name", "code", "definition"]
    autocomplete_fields = ["owner_unit", "numerator", "denominator", "section"]
    fieldsets = [
        (
            "指标",
            {
                "fields": ["code", "name", "definition", "measure_unit", "precision", "position", "note"],
                "description": "口径照文件写明统计范围和时点；代码用拼音或英文，定下后不要改。",
            },
        ),
        (
            "规则",
            {
                "fields": ["kind", "direction", "over_units", "over_time", "frequency"],
                "description": "比例由分子和分母计算，不由各单位比例平均；排名和定性指标不汇总。",
            },
        ),
        ("构成与责任", {"fields": ["numerator", "denominator", "owner_unit", "section"]}),
    ]
    exported = (
        *("code", "name", "definition", "measure_unit", "kind", "direction", "over_units", "over_time"),
        *("frequency", "precision", "owner_unit", "numerator", "denominator", "section", "note"),
    )
    import_keys = ("code",)
    import_spellings = {"owner_unit": UNIT_SPELLINGS}


@admin.register(Target)
class TargetAdmin(OfOwnGroup, RegisterAdmin):
    work = Work.FIGURES
    purpose = "每个指标每年、每季度要达到多少；目标原文照录，旁边写读成的数值。"
    when_empty = "还没有目标。请新增，或用“导入表格”一次导入。"
    next_step = "目标已用于指标页和尚未发布季度的完成度。"
    import_purpose = "指标的年度和季度目标，全市或分单位"
    list_display = [
        "indicator",
        "unit",
        "year",
        "quarter",
        "wording",
        "comparator",
        "value",
        "is_demo",
    ]
    list_filter = ["year", "quarter", "is_soft", "is_demo"]
    list_select_related = ["indicator", "group", "unit"]
    search_fields = ["indicator__name", "wording"]
    autocomplete_fields = ["indicator", "group", "unit"]
    fieldsets = [
        (
            "目标",
            {
                "fields": ["indicator", "group", "unit", "year", "quarter"],
                "description": "不选单位表示全市，不填季度表示全年。",
            },
        ),
        (
            "原文与读法",
            {
                "fields": ["wording", "comparator", "value", "is_soft"],
                "description": "原文如“45万人以上”；能读成数的填写比较方式和目标值，读不成的留空，由审核人判断。",
            },
        ),
    ]
    exported = ("indicator", "group", "unit", "year", "quarter", "wording", "comparator", "value", "is_soft")
    import_keys = ("indicator", "group", "unit", "year", "quarter")
    import_spellings = {"unit": UNIT_SPELLINGS}


@admin.register(TaskIndicator)
class TaskIndicatorAdmin(OfOwnGroup, RegisterAdmin):
    group_path = "task__plan__group"
    work = Work.FIGURES
    purpose = "哪项任务由哪个指标衡量；数据审核通过后自动记入任务的完成度。"
    list_display = ["task", "indicator", "is_demo"]
    list_filter = ["task__plan__year", "is_demo"]
    list_select_related = ["task", "indicator"]
    search_fields = ["task__title", "indicator__name"]
    autocomplete_fields = ["task", "indicator"]
    fieldsets = [("关联", {"fields": ["task", "indicator"]})]
    exported = ("task", "indicator")


class OfSheet(OfOwnGroup, ReadOnlyAdmin):
    """What a unit typed into its sheet."""

    work = Work.ROUNDS


@admin.register(FigureSheet)
class FigureSheetAdmin(OfSheet):
    group_path = "round__group"
    purpose = "各单位每季度的指标表，在填报页填写。"
    list_display = ["round", "unit", "submission", "is_demo"]
    list_filter = [NewestRoundFilter, ("unit", OfGroupFilter), "is_demo"]
    list_select_related = ["round", "unit", "submission__round", "submission__unit"]
    search_fields = ["unit__name"]
    fieldsets = [("指标表", {"fields": ["round", "unit", "submission"]})]


@admin.register(FigureEntry)
class FigureEntryAdmin(OfSheet):
    group_path = "sheet__round__group"
    purpose = "指标表中逐项填写的内容，照录原样。"
    list_display = ["sheet", "indicator", "raw", "value", "explanation"]
    list_filter = [RoundOfSheet, "indicator"]
    list_select_related = ["sheet__round", "sheet__unit", "indicator"]
    search_fields = ["indicator__name", "sheet__unit__name"]
    fieldsets = [("填写", {"fields": ["sheet", "indicator", "raw", "value", "explanation"]})]


@admin.register(Observation)
class ObservationAdmin(OfOwnGroup, ReadOnlyAdmin, RegisterAdmin):
    """Accepted figures are never edited. Historical ones come in from a file: a changed one supersedes the stored."""

    work = Work.FIGURES
    purpose = "全部数据：单位报送并审核通过的，和由文件导入的历史数据；更正以新行替代，原行保留。"
    when_empty = "还没有数据。历史年份的数据可用“导入表格”补录。"
    next_step = "历史数据已显示在指标页。"
    import_purpose = "历史年份的数据：数值、印刷值、截至日期和来源文件"
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
    list_filter = [YearFilter, QuarterFilter, "indicator", "is_demo"]
    list_select_related = ["indicator", "unit", "section"]
    # As an index has them: the first page of a million figures is its first rows.
    ordering = ["indicator_id", SUBJECT, *NEWEST]
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
    exported = (
        *("indicator", "group", "unit", "year", "quarter", "period_from", "period_printed", "value", "bound"),
        *("numerator", "denominator", "printed", "as_of_on", "as_of_note", "definition_note", "explanation"),
        *("source", "section", "correction_reason"),
    )
    import_keys = ("indicator", "group", "unit", "year", "quarter", "period_printed")
    import_spellings = {"unit": UNIT_SPELLINGS}
    import_confirmed = frozenset({"value", "numerator", "denominator"})

    def may_import(self, request: HttpRequest) -> bool:
        return request.user.has_perm("metrics.add_observation")

    def register(self, request: HttpRequest) -> Register:
        mark = partial(mark_recorded, by=request.user, at=clock.now())
        return historical_figures(super().register(request), mark)

    def refresh_counts(self, request: HttpRequest, rows: list[Any]) -> None:
        refresh_figures({row.indicator_id for row in rows})
