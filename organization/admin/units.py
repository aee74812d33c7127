"""Units, their names over time, spellings and collective names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from core import clock
from core.admin import AuditedAdmin, Work
from core.admin_forms import NamesMissingFields
from core.errors import RuleViolation
from core.register_admin import RegisterAdmin
from core.register_parts import Part
from core.register_resource import Register
from organization import actions
from organization.admin.scope import SharedRegister
from organization.imports import AliasPart
from organization.models import Unit, UnitAlias, UnitName, UnitSet, UnitSetMember, User
from organization.models.units import UNIT_SPELLINGS
from organization.permissions import can_keep_unit


class UnitNameInline(NamesMissingFields, admin.TabularInline):
    model = UnitName
    fields = ["name", "started_on", "ended_on"]
    extra = 0


class UnitAliasInline(admin.TabularInline):
    model = UnitAlias
    fields = ["alias"]
    extra = 0


class UnitForm(forms.ModelForm):
    """Refuses an end while there is open work; `by` is who has the form before them."""

    by: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and self.instance.valid_to is None and cleaned.get("valid_to"):
            sentence = _open_work_sentence(self.instance, self.by)
            if sentence:
                self.add_error("valid_to", sentence)
        return cleaned


def _open_work_sentence(unit: Unit, by: User | None) -> str:
    """Why the unit may not end yet; empty where nothing is open."""
    try:
        actions.refuse_open_work(unit, by)
    except RuleViolation as refused:
        return refused.message
    return ""


@admin.register(Unit)
class UnitAdmin(RegisterAdmin):
    work = Work.UNITS
    purpose = "登记参与改革的单位：全称、简称、类别和别名；改名时旧名自动记入历史名称。"
    when_empty = "还没有单位。请新增，或用“导入表格”一次导入。"
    next_step = "下一步请在“成员单位”中把它列入协调小组，联络员和审签人的账号由系统管理员开通。"
    import_purpose = "单位的名称、类别、存续和别名"
    form = UnitForm
    list_display = [
        "name",
        "short_name",
        "kind",
        "region_code",
        "position",
        "valid_to",
        "section_code",
        "is_demo",
    ]
    list_filter = ["kind", "is_demo", ("valid_to", admin.EmptyFieldListFilter)]
    list_select_related = ["section"]
    search_fields = ["name", "short_name", "code", "aliases__alias"]
    autocomplete_fields = ["succeeded_by", "section"]
    readonly_fields = ["is_demo"]
    fieldsets = [
        (
            "名称",
            {
                "fields": ["name", "short_name", "code"],
                "description": "页面和报表用简称，文件和通知中的其他写法填在下面的别名里。代码用拼音或英文，定下后不要改。",
            },
        ),
        (
            "归类",
            {
                "fields": ["kind", "region_code", "position"],
                "description": "排序小的在前，同类单位按排序列出。",
            },
        ),
        (
            "存续",
            {
                "fields": ["valid_from", "valid_to", "succeeded_by"],
                "description": "撤并的单位填写终止日期和承接单位，记录保留；还有未办结任务的不能终止。",
            },
        ),
        ("来源", {"fields": ["section", "note", "is_demo"]}),
    ]
    inlines = [UnitNameInline, UnitAliasInline]
    exported = (
        *("code", "name", "short_name", "kind", "region_code", "position", "valid_from", "valid_to"),
        *("succeeded_by", "section", "note"),
    )
    import_keys = ("code",)
    import_spellings = {"succeeded_by": UNIT_SPELLINGS}
    import_refused = "这个单位不是本小组独有的成员单位，由上级小组办公室登记，请从文件中删去这一行。"

    def has_change_permission(self, request: HttpRequest, obj: Unit | None = None) -> bool:
        """A county's office keeps the units of its own group alone, here as on the pages of units."""
        is_kept = obj is None or can_keep_unit(request.user, obj)
        return is_kept and super().has_change_permission(request, obj)

    def register(self, request: HttpRequest) -> Register:
        whole = super().register(request)

        def refusal(row: Unit, is_new: bool) -> str:
            refused = whole.refusal(row, is_new)
            is_ending = not is_new and row.valid_to and Unit.objects.filter(pk=row.pk, valid_to=None).exists()
            return refused or (_open_work_sentence(row, request.user) if is_ending else "")

        return replace(whole, refusal=refusal)

    def get_form(self, request: HttpRequest, obj: Unit | None = None, change: bool = False, **options: Any):
        return type("Form", (super().get_form(request, obj, change=change, **options),), {"by": request.user})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After the names and spellings typed on the same page, which may already tell of the former name."""
        super().save_related(request, form, formsets, change)
        if change and "name" in form.changed_data:
            actions.keep_former_name(form.instance, form.initial["name"], on=clock.today())

    def import_parts(self, request: HttpRequest) -> tuple[Part, ...]:
        return (AliasPart(),)

    def import_changed(self, row: Unit, before: Mapping[str, Any]) -> None:
        if "name" in before and before["name"] != row.name:
            actions.keep_former_name(row, before["name"], on=clock.today())


@admin.register(UnitName)
class UnitNameAdmin(SharedRegister, AuditedAdmin):
    work = Work.UNITS
    purpose = "单位曾用的名称和起止日期。"
    list_display = ["name", "unit", "started_on", "ended_on"]
    list_select_related = ["unit"]
    search_fields = ["name", "unit__name"]
    autocomplete_fields = ["unit"]
    fieldsets = [("历史名称", {"fields": ["unit", "name", "started_on", "ended_on"]})]


@admin.register(UnitAlias)
class UnitAliasAdmin(SharedRegister, AuditedAdmin):
    work = Work.UNITS
    purpose = "单位的其他写法，导入和查找时都认得。"
    list_display = ["alias", "unit"]
    list_select_related = ["unit"]
    search_fields = ["alias", "unit__name"]
    autocomplete_fields = ["unit"]
    fieldsets = [("别名", {"fields": ["unit", "alias"]})]


class UnitSetMemberInline(admin.TabularInline):
    model = UnitSetMember
    autocomplete_fields = ["unit"]
    fields = ["unit"]
    extra = 0


@admin.register(UnitSet)
class UnitSetAdmin(SharedRegister, AuditedAdmin):
    work = Work.UNITS
    purpose = "“各县、市、区人民政府”一类统称所指的单位。"
    list_display = ["name", "is_demo"]
    search_fields = ["name"]
    readonly_fields = ["is_demo"]
    fieldsets = [("集合", {"fields": ["name", "is_demo"]})]
    inlines = [UnitSetMemberInline]


@admin.register(UnitSetMember)
class UnitSetMemberAdmin(SharedRegister, AuditedAdmin):
    work = Work.UNITS
    purpose = "每个统称包含哪些单位，通常在“单位集合”的表单中填写。"
    list_display = ["unit_set", "unit"]
    list_filter = ["unit_set"]
    list_select_related = ["unit_set", "unit"]
    search_fields = ["unit_set__name", "unit__name"]
    autocomplete_fields = ["unit_set", "unit"]
    fieldsets = [("集合成员", {"fields": ["unit_set", "unit"]})]
