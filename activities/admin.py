"""Register of the pillar industries."""

from django.contrib import admin

from activities.models import Industry
from core.admin import AuditedAdmin, Work
from organization.admin.scope import SharedRegister


@admin.register(Industry)
class IndustryAdmin(SharedRegister, AuditedAdmin):
    work = Work.HONORS
    purpose = "全市的支柱产业。"
    list_display = ["name", "code", "position", "is_demo"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["section"]
    fieldsets = [("产业", {"fields": ["code", "name", "position", "section"]})]
