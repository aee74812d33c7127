"""Registers of honours."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from core.register_admin import RegisterAdmin
from honors.models import HonorBatch, HonorBatchKind, HonorKind


class BatchKindInline(admin.TabularInline):
    model = HonorBatchKind
    extra = 0
    autocomplete_fields = ["kind"]


@admin.register(HonorKind)
class HonorKindAdmin(RegisterAdmin):
    list_display = ["name", "code", "level", "recipients", "position", "is_demo"]
    list_filter = ["level", "recipients", "is_demo"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["section"]
    fieldsets = [("荣誉", {"fields": ["code", "name", "level", "recipients", "position", "section"]})]
    exported = ("code", "name", "level", "recipients", "section")
    import_keys = ("code",)


@admin.register(HonorBatch)
class HonorBatchAdmin(RegisterAdmin):
    list_display = [
        "code",
        "year",
        "since_year",
        "total",
        "workers",
        "share_printed",
        "awarded_by",
        "is_demo",
    ]
    list_filter = ["year", "kinds__level", "is_demo"]
    search_fields = ["code", "kinds__name", "awarded_by"]
    autocomplete_fields = ["section"]
    inlines = [BatchKindInline]
    fieldsets = [
        ("批次", {"fields": ["code", "year", "since_year", "awarded_by"]}),
        ("人数", {"fields": ["total", "is_total_inferred", "workers", "share_printed", "share_basis"]}),
        ("来源", {"fields": ["section"]}),
    ]
    exported = (
        *("code", "year", "since_year", "total", "is_total_inferred", "workers", "share_printed"),
        *("share_basis", "awarded_by", "section"),
    )
    import_keys = ("code",)


@admin.register(HonorBatchKind)
class HonorBatchKindAdmin(ReadOnlyAdmin):
    list_display = ["batch", "kind"]
    list_select_related = ["batch", "kind"]
    search_fields = ["kind__name", "batch__code"]
    fieldsets = [("所含荣誉", {"fields": ["batch", "kind"]})]
