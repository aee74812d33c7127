"""Coordination groups: names over time, members, seats, people and who holds which seat."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import AuditedAdmin, Work
from core.admin_forms import NamesMissingFields
from core.register_admin import RegisterAdmin
from core.register_parts import Part
from core.register_resource import Register
from organization.admin.scope import OfOwnGroup
from organization.imports import TenurePart
from organization.models import CoordinationGroup, GroupMember, GroupTerm, Person, Seat, Tenure
from organization.permissions import can_keep_person, can_keep_units, kept_persons, own_group


class GroupTermInline(NamesMissingFields, admin.TabularInline):
    model = GroupTerm
    fields = ["name", "started_on", "started_printed", "ended_on", "event", "main_unit_count", "section"]
    autocomplete_fields = ["section"]
    extra = 0


@admin.register(CoordinationGroup)
class CoordinationGroupAdmin(OfOwnGroup, AuditedAdmin):
    group_path = "pk"
    includes_lower = True
    work = Work.GROUPS
    purpose = "市、县协调小组的名称、上级和办公室所在单位。"
    next_step = "下一步请登记这个小组的成员单位和席位。"
    list_display = ["code", "name", "level", "parent", "office_unit", "is_demo"]
    list_filter = ["level", "is_demo"]
    list_select_related = ["parent", "office_unit"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["parent", "office_unit", "section"]
    readonly_fields = ["is_demo"]
    fieldsets = [
        ("小组", {"fields": ["code", "name", "level", "parent", "lower_levels"]}),
        ("办公室", {"fields": ["office_unit", "office_duties", "meeting_practice"]}),
        ("来源", {"fields": ["section", "is_demo"]}),
    ]
    inlines = [GroupTermInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can_keep_units(request.user) and super().has_add_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: CoordinationGroup | None = None) -> list[str]:
        """A county's office does not move its own group in the tree: what stands on top keeps the shared registers."""
        kept_above = () if can_keep_units(request.user) else ("code", "level", "parent")
        return [*super().get_readonly_fields(request, obj), *kept_above]


@admin.register(GroupTerm)
class GroupTermAdmin(OfOwnGroup, AuditedAdmin):
    includes_lower = True
    work = Work.GROUPS
    purpose = "小组先后使用的名称和起止时间。"
    list_display = ["name", "group", "started_printed", "started_on", "ended_on", "main_unit_count"]
    list_select_related = ["group"]
    search_fields = ["name", "event"]
    autocomplete_fields = ["group", "section"]
    fieldsets = [
        ("名称", {"fields": ["group", "name", "event", "main_unit_count"]}),
        ("起止", {"fields": ["started_on", "started_printed", "ended_on"]}),
        ("来源", {"fields": ["section"]}),
    ]


@admin.register(GroupMember)
class GroupMemberAdmin(OfOwnGroup, AuditedAdmin):
    includes_lower = True
    work = Work.GROUPS
    purpose = "哪些单位是成员单位，哪些是主要责任单位。"
    list_display = [
        "unit",
        "group",
        "is_main_responsible",
        "started_on",
        "ended_on",
        "section_code",
        "is_demo",
    ]
    list_filter = ["is_main_responsible", "is_demo", "group"]
    list_select_related = ["unit", "group", "section"]
    search_fields = ["unit__name", "group__name"]
    autocomplete_fields = ["unit", "group", "section"]
    readonly_fields = ["is_demo"]
    fieldsets = [
        ("成员单位", {"fields": ["group", "unit", "is_main_responsible"]}),
        ("起止", {"fields": ["started_on", "ended_on"]}),
        ("来源", {"fields": ["section", "is_demo"]}),
    ]


@admin.register(Person)
class PersonAdmin(RegisterAdmin):
    work = Work.GROUPS
    purpose = "文件中出现和担任席位的人员；登录账号另由系统管理员开通。"
    when_empty = "还没有人员。请新增，或用“导入表格”连同席位和任职日期一次导入。"
    next_step = "下一步请在“席位”中登记任职。"
    import_purpose = "人员连同小组席位、任职和离任日期"
    list_display = ["name", "post_as_printed", "phone", "section_code", "is_demo"]
    list_filter = ["is_demo"]
    list_select_related = ["section"]
    search_fields = ["name", "post_as_printed"]
    autocomplete_fields = ["section"]
    readonly_fields = ["kept_by", "is_demo"]
    fieldsets = [
        ("人员", {"fields": ["name", "phone"]}),
        ("来源", {"fields": ["post_as_printed", "section", "kept_by", "is_demo"]}),
    ]
    exported = ("name", "post_as_printed", "phone", "section")
    import_keys = ("name", "post_as_printed")
    import_refused = "这个人在其他小组也担任席位，由上级小组办公室登记，请从文件中删去这一行。"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return super().get_queryset(request).filter(pk__in=kept_persons(request.user).values("pk"))

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        is_kept = obj is None or can_keep_person(request.user, obj)
        return is_kept and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        if not change:
            obj.kept_by = own_group(request.user)
        super().save_model(request, obj, form, change)

    def register(self, request: HttpRequest) -> Register:
        group = own_group(request.user)

        def mark(row: Person) -> None:
            if row.pk is None:
                row.kept_by = group

        return replace(super().register(request), mark=mark)

    def import_parts(self, request: HttpRequest) -> tuple[Part, ...]:
        return (TenurePart(lambda model: self.rows_named_by(request, model)),)


class TenureInline(NamesMissingFields, admin.TabularInline):
    model = Tenure
    autocomplete_fields = ["person"]
    fields = ["person", "started_on", "ended_on"]
    extra = 0


@admin.register(Seat)
class SeatAdmin(OfOwnGroup, AuditedAdmin):
    includes_lower = True
    work = Work.GROUPS
    purpose = "组长、副组长、成员席位由什么职务担任；人员任职在席位的表单中填写。"
    list_display = ["position_title", "role", "group", "rank", "section_code", "is_demo"]
    list_filter = ["role", "is_demo", "group"]
    list_select_related = ["group", "section"]
    search_fields = ["position_title", "group__name"]
    autocomplete_fields = ["group", "unit", "section"]
    readonly_fields = ["is_demo"]
    fieldsets = [
        ("席位", {"fields": ["group", "role", "position_title", "unit", "rank"]}),
        ("来源", {"fields": ["section", "is_demo"]}),
    ]
    inlines = [TenureInline]


@admin.register(Tenure)
class TenureAdmin(OfOwnGroup, AuditedAdmin):
    group_path = "seat__group"
    includes_lower = True
    work = Work.GROUPS
    purpose = "谁在什么时间担任哪个席位。"
    list_display = ["person", "seat", "started_on", "ended_on", "is_demo"]
    list_filter = ["is_demo", ("ended_on", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "seat"]
    search_fields = ["person__name", "seat__position_title"]
    autocomplete_fields = ["person", "seat"]
    readonly_fields = ["is_demo"]
    fieldsets = [
        ("任职", {"fields": ["seat", "person"]}),
        ("起止", {"fields": ["started_on", "ended_on", "is_demo"]}),
    ]
