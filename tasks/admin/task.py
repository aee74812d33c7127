"""The register of tasks: written while a task is 草拟, with its units and milestones, by hand or from a file."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from core import clock
from core.admin import Work
from core.admin_forms import NamesMissingFields
from core.errors import RuleViolation
from core.register_admin import RegisterAdmin
from core.register_parts import Part
from organization.admin.scope import OfGroupFilter, OfOwnGroup
from tasks.actions.life import move_task
from tasks.actions.standings import refresh_tasks
from tasks.forms import AssignmentFormSet
from tasks.imports import ClausePart, StepsPart, UnitsPart
from tasks.life import TaskState
from tasks.models import Assignment, Milestone, Task
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
class TaskAdmin(OfOwnGroup, RegisterAdmin):
    """A task is written here while it is 草拟; its state moves on its own page only."""

    group_path = "plan__group"
    work = Work.TASKS
    purpose = "逐项登记年度任务：原文、领域、时限、牵头与协同单位、节点；送审后在任务页办理。"
    when_empty = "还没有任务。先登记年度计划，再逐项新增任务，或用“导入表格”一次导入。"
    next_step = "导入的任务为草拟状态，下一步请逐项到任务页送审。"
    import_purpose = "年度任务连同牵头单位、协同单位、节点和来源条款"
    list_display = ["code", "title", "plan_year", "area", "state", "due_on", "is_demo"]
    list_display_links = ["code", "title"]
    list_filter = [
        ("plan", OfGroupFilter),
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
    actions = ["propose_selected"]
    fieldsets = [
        (
            "任务",
            {
                "description": "照计划文件填写；交办后任务原文锁定，不能再改。",
                "fields": [
                    "plan",
                    "code",
                    "title",
                    "wording",
                    "area",
                    "central_section",
                    "is_highlight",
                    "note",
                ],
            },
        ),
        (
            "填报与时限",
            {
                "fields": ["kind", "frequency", "frequency_printed", "start_on", "due_on"],
                "description": "开始日期留空按计划起始年份的1月1日，完成时限留空按终止年份的12月31日。",
            },
        ),
        (
            "来源",
            {
                "fields": ["document", "clause", "section", "carried_from", "parent"],
                "description": "来源条款须属于所选的来源文件；从上一年度计划沿用的任务填写“沿用自”。",
            },
        ),
        (
            "状态",
            {
                "fields": ["state", "done_on"],
                "description": "状态和办结日期随任务页的办理变化，此处只供查看。",
            },
        ),
    ]
    exported = (
        *("plan", "code", "title", "wording", "area", "central_section", "kind", "frequency"),
        *("frequency_printed", "start_on", "due_on", "state", "is_highlight", "document", "section", "note"),
    )
    export_only = ("state",)
    import_keys = ("plan", "code")
    import_spellings = {"document": ("code", "title", "number")}
    import_refused = "经验材料的任务和已送审的任务不能由文件改动，请删去这一行，在任务页办理。"

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Task, inline: InlineModelAdmin, prefix: str
    ) -> dict[str, Any]:
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, AssignmentInline):
            options["initial"] = [{"role": Assignment.Role.LEAD}]
        return options

    @admin.action(description="送审所选的草拟任务", permissions=["change"])
    def propose_selected(self, request: HttpRequest, queryset: QuerySet[Task]) -> None:
        """Each task by itself: what stands in the way of one does not hold up the others."""
        sent = 0
        for task in queryset.filter(state=TaskState.DRAFT.value).select_related("plan"):
            try:
                at, version = clock.now(), task.lock_version
                move_task(task=task, move="propose", by=request.user, at=at, lock_version=version)
            except RuleViolation as refused:
                self.message_user(request, f"“{task}”没有送审：{refused.message}", messages.ERROR)
            else:
                sent += 1
        words = f"已送审{sent}项任务，由办公室负责人审定。" if sent else "所选任务中没有可以送审的草拟任务。"
        self.message_user(request, words, messages.SUCCESS if sent else messages.WARNING)

    def import_parts(self, request: HttpRequest) -> tuple[Part, ...]:
        units = UnitsPart(lambda model: self.rows_named_by(request, model))
        return (units, StepsPart(), ClausePart())

    def refresh_counts(self, request: HttpRequest, rows: list[Any]) -> None:
        refresh_tasks(row.pk for row in rows)

    def say_next_step(self, request: HttpRequest, obj: Task) -> None:
        """Where the task goes on: 送审 stands on its page, not here."""
        words = '下一步请到任务页送审：<a href="{}">{}</a>'
        self.message_user(request, format_html(words, obj.get_absolute_url(), obj.title), messages.INFO)

    @admin.display(description="计划", ordering="plan__year")
    def plan_year(self, task: Task) -> str:
        return f"{task.plan.year}年"

    def has_change_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or can_edit_task(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return False
