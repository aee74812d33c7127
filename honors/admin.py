"""Registers of honours."""

from django.contrib import admin
from django.http import HttpRequest

from core.admin import ReadOnlyAdmin, Work
from core.admin_forms import NamesMissingFields
from core.register_admin import RegisterAdmin
from core.register_parts import Part
from honors.imports import KindsPart
from honors.models import HonorBatch, HonorBatchKind, HonorKind
from organization.admin.scope import SharedRegister


class BatchKindInline(NamesMissingFields, admin.TabularInline):
    model = HonorBatchKind
    extra = 0
    autocomplete_fields = ["kind"]


@admin.register(HonorKind)
class HonorKindAdmin(SharedRegister, RegisterAdmin):
    work = Work.HONORS
    purpose = "荣誉的名称、级别，授予个人还是集体。"
    import_purpose = "荣誉种类的名称、级别和对象"
    list_display = ["name", "code", "level", "recipients", "position", "is_demo"]
    list_filter = ["level", "recipients", "is_demo"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["section"]
    fieldsets = [("荣誉", {"fields": ["code", "name", "level", "recipients", "position", "section"]})]
    exported = ("code", "name", "level", "recipients", "section")
    import_keys = ("code",)


@admin.register(HonorBatch)
class HonorBatchAdmin(SharedRegister, RegisterAdmin):
    work = Work.HONORS
    purpose = "每一批表彰的总数和其中产业工人数；总数不明的留空，不推算。"
    when_empty = "还没有表彰批次。请先登记荣誉种类，再新增批次或用“导入表格”。"
    import_purpose = "表彰批次连同所含的荣誉种类（可以几种）"
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
        (
            "人数",
            {
                "description": "不掌握总数的留空，页面显示为“—”；由占比反推的总数请勾选“总数为推算”。",
                "fields": ["total", "is_total_inferred", "workers", "share_printed", "share_basis"],
            },
        ),
        ("来源", {"fields": ["section"]}),
    ]
    exported = (
        *("code", "year", "since_year", "total", "is_total_inferred", "workers", "share_printed"),
        *("share_basis", "awarded_by", "section"),
    )
    import_keys = ("code",)

    def import_parts(self, request: HttpRequest) -> tuple[Part, ...]:
        return (KindsPart(lambda model: self.rows_named_by(request, model)),)


@admin.register(HonorBatchKind)
class HonorBatchKindAdmin(ReadOnlyAdmin):
    work = Work.HONORS
    purpose = "每一批包含哪些荣誉，在表彰批次的表单中填写。"
    list_display = ["batch", "kind"]
    list_select_related = ["batch", "kind"]
    search_fields = ["kind__name", "batch__code"]
    fieldsets = [("所含荣誉", {"fields": ["batch", "kind"]})]
