"""Coordination groups: names over time, members, seats, people and who holds which seat."""

from django.contrib import admin

from core.admin import AuditedAdmin
from core.register_admin import RegisterAdmin
from organization.models import CoordinationGroup, GroupMember, GroupTerm, Person, Seat, Tenure


class GroupTermInline(admin.TabularInline):
    model = GroupTerm
    fields = ["name", "started_on", "started_printed", "ended_on", "event", "main_unit_count", "section"]
    autocomplete_fields = ["section"]
    extra = 0


@admin.register(CoordinationGroup)
class CoordinationGroupAdmin(AuditedAdmin):
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


@admin.register(GroupTerm)
class GroupTermAdmin(AuditedAdmin):
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
class GroupMemberAdmin(AuditedAdmin):
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
    list_display = ["name", "post_as_printed", "phone", "section_code", "is_demo"]
    list_filter = ["is_demo"]
    list_select_related = ["section"]
    search_fields = ["name", "post_as_printed"]
    autocomplete_fields = ["section"]
    readonly_fields = ["is_demo"]
    fieldsets = [
        ("人员", {"fields": ["name", "phone"]}),
        ("来源", {"fields": ["post_as_printed", "section", "is_demo"]}),
    ]
    exported = ("name", "post_as_printed", "phone", "section")
    import_keys = ("name", "post_as_printed")


class TenureInline(admin.TabularInline):
    model = Tenure
    autocomplete_fields = ["person"]
    fields = ["person", "started_on", "ended_on"]
    extra = 0


@admin.register(Seat)
class SeatAdmin(AuditedAdmin):
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
class TenureAdmin(AuditedAdmin):
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
