"""Registers beside the tasks: plans, documents with their clauses, areas, rules of the lights."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core import clock
from core.admin import AuditedAdmin, Work
from core.register_admin import RegisterAdmin
from organization.admin.scope import OfOwnGroup, SharedRegister
from tasks.actions.standings import refresh_plan, refresh_rule
from tasks.models import AreaCrossing, Clause, LightRule, Plan, PolicyDocument, ReformArea


@admin.register(Plan)
class PlanAdmin(OfOwnGroup, AuditedAdmin):
    work = Work.TASKS
    purpose = "登记年度计划的名称、年份和总体思路；版本替代、沿用和合并在计划页办理。"
    when_empty = "还没有计划。请新增本年度计划，再登记任务。"
    next_step = "下一步请在“任务”中登记这个计划的任务，或在计划页从上一年度沿用。"
    list_display = ["name", "group", "year", "last_year", "version_no", "is_founding", "is_demo"]
    list_filter = ["group", "year", "is_founding", "is_demo"]
    list_select_related = ["group"]
    search_fields = ["name"]
    autocomplete_fields = ["group", "section", "measures_section"]
    fieldsets = [
        (
            "计划",
            {
                "fields": ["group", "name", "year", "last_year", "version_no", "supersedes"],
                "description": "年度计划的起始年份与终止年份相同；版本号由计划页的“替代”产生，通常不必改动。",
            },
        ),
        ("内容", {"fields": ["guiding_idea", "workforce_goal", "measure_count", "new_aspect_count"]}),
        ("来源", {"fields": ["is_founding", "section", "measures_section"]}),
    ]
    readonly_fields = ["is_founding", "supersedes"]

    def refresh_counts(self, request: HttpRequest, rows: list[Any]) -> None:
        for plan in rows:
            refresh_plan(plan)


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(SharedRegister, RegisterAdmin):
    work = Work.TASKS
    purpose = "登记“1+N”政策文件：标题、文号、发文机关和配套关系。"
    when_empty = "还没有文件。请新增，或用“导入表格”一次导入。"
    import_purpose = "政策文件的标题、文号、发文机关、层级和配套关系"
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
        (
            "体系",
            {
                "fields": ["level", "place", "supports", "about", "subject"],
                "description": "“1”为主体文件，“N”为配套文件；配套文件请选择它配套于哪一份文件。",
            },
        ),
        ("来源", {"fields": ["section"]}),
    ]
    exported = (
        *("code", "title", "number", "issuer", "level", "place", "supports", "issued_year", "issued_on"),
        *("subject", "about", "section"),
    )
    import_keys = ("code",)
    import_spellings = {"supports": ("code", "title", "number")}


@admin.register(ReformArea)
class ReformAreaAdmin(SharedRegister, AuditedAdmin):
    work = Work.RULES
    purpose = "五大改革领域和三项保障，以及中央意见的章节。"
    list_display = ["name", "code", "taxonomy", "position", "is_core"]
    list_filter = ["taxonomy", "is_core"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["section"]
    fieldsets = [("领域", {"fields": ["taxonomy", "code", "name", "position", "is_core", "section"]})]


@admin.register(LightRule)
class LightRuleAdmin(SharedRegister, AuditedAdmin):
    """A rule in force stays as it is: a new one with a later day replaces it."""

    work = Work.RULES
    purpose = "亮灯的差距上限和临近天数；生效后不能改，另立一条从新的日期起替代。"
    next_step = "新规则从生效日期起用于尚未发布的季度，已发布的季度不变。"

    list_display = ["effective_on", "yellow_shortfall", "near_days", "note"]
    search_fields = ["note"]
    fieldsets = [
        (
            "规则",
            {
                "fields": ["effective_on", "yellow_shortfall", "near_days", "note"],
                "description": "进度低于应达进度的差距在上限以内亮黄灯，超过上限亮红灯。",
            },
        )
    ]

    def refresh_counts(self, request: HttpRequest, rows: list[Any]) -> None:
        refresh_rule()

    def has_change_permission(self, request: HttpRequest, obj: LightRule | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.effective_on > clock.today())


@admin.register(Clause)
class ClauseAdmin(SharedRegister, RegisterAdmin):
    work = Work.TASKS
    purpose = "政策文件的条款，任务的“来源条款”从这里选择。"
    when_empty = "还没有条款。请逐条新增，或用“导入表格”导入一份文件的全部条款。"
    import_purpose = "政策文件的条款号和条款内容"
    exported = ("document", "position", "number", "text")
    import_keys = ("document", "number")
    import_spellings = {"document": ("code", "title", "number")}
    list_display = ["document", "number", "text", "is_demo"]
    list_select_related = ["document"]
    search_fields = ["number", "text", "document__title", "document__number"]
    autocomplete_fields = ["document"]
    fieldsets = [("条款", {"fields": ["document", "position", "number", "text"]})]


@admin.register(AreaCrossing)
class AreaCrossingAdmin(SharedRegister, AuditedAdmin):
    work = Work.RULES
    purpose = "改革领域与中央意见章节的对照，新任务的章节由此带出。"
    autocomplete_fields = ["area", "section"]
    list_display = ["area", "section", "is_default", "is_demo"]
    list_select_related = ["area", "section"]
    fieldsets = [("对照", {"fields": ["area", "section", "is_default"]})]
