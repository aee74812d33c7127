"""Units, their names over time, spellings and collective names."""

from django.contrib import admin

from core.admin import AuditedAdmin
from core.register_admin import RegisterAdmin
from organization.models import Unit, UnitAlias, UnitName, UnitSet, UnitSetMember
from organization.models.units import UNIT_SPELLINGS


class UnitNameInline(admin.TabularInline):
    model = UnitName
    fields = ["name", "started_on", "ended_on"]
    extra = 0


class UnitAliasInline(admin.TabularInline):
    model = UnitAlias
    fields = ["alias"]
    extra = 0


@admin.register(Unit)
class UnitAdmin(RegisterAdmin):
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
        ("名称", {"fields": ["name", "short_name", "code"]}),
        ("归类", {"fields": ["kind", "region_code", "position"]}),
        ("存续", {"fields": ["valid_from", "valid_to", "succeeded_by"]}),
        ("来源", {"fields": ["section", "note", "is_demo"]}),
    ]
    inlines = [UnitNameInline, UnitAliasInline]
    exported = (
        *("code", "name", "short_name", "kind", "region_code", "position", "valid_from", "valid_to"),
        *("succeeded_by", "section", "note"),
    )
    import_keys = ("code",)
    import_spellings = {"succeeded_by": UNIT_SPELLINGS}


@admin.register(UnitName)
class UnitNameAdmin(AuditedAdmin):
    list_display = ["name", "unit", "started_on", "ended_on"]
    list_select_related = ["unit"]
    search_fields = ["name", "unit__name"]
    autocomplete_fields = ["unit"]
    fieldsets = [("历史名称", {"fields": ["unit", "name", "started_on", "ended_on"]})]


@admin.register(UnitAlias)
class UnitAliasAdmin(AuditedAdmin):
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
class UnitSetAdmin(AuditedAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    fieldsets = [("集合", {"fields": ["name"]})]
    inlines = [UnitSetMemberInline]


@admin.register(UnitSetMember)
class UnitSetMemberAdmin(AuditedAdmin):
    list_display = ["unit_set", "unit"]
    list_filter = ["unit_set"]
    list_select_related = ["unit_set", "unit"]
    search_fields = ["unit_set__name", "unit__name"]
    autocomplete_fields = ["unit_set", "unit"]
    fieldsets = [("集合成员", {"fields": ["unit_set", "unit"]})]
