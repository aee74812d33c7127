"""Accounts and grants: looked at here at most, changed on the pages of the two administrators alone."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from organization.models import PastPassword, RoleGrant, User


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["username", "display_name", "account_kind", "is_active", "last_seen_at", "is_demo"]
    list_filter = ["account_kind", "is_active", "is_demo"]
    search_fields = ["username", "display_name"]
    fieldsets = [
        ("账号", {"fields": ["username", "display_name", "account_kind", "phone", "is_active", "is_demo"]}),
        ("登录", {"fields": ["last_login", "last_seen_at", "must_change_password", "password_changed_at"]}),
    ]


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnlyAdmin):
    list_display = ["user", "role", "unit", "group", "granted_at", "ended_at", "is_demo"]
    list_filter = ["role", "is_demo", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "unit", "group"]
    search_fields = ["user__username", "user__display_name", "unit__name", "group__name"]
    fieldsets = [
        ("授权", {"fields": ["user", "role", "unit", "group", "is_demo"]}),
        ("起止", {"fields": ["granted_at", "granted_by", "ended_at", "ended_by"]}),
    ]


@admin.register(PastPassword)
class PastPasswordAdmin(ReadOnlyAdmin):
    """Says when a password was replaced, never its hash."""

    list_display = ["user", "set_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fieldsets = [("历史口令", {"fields": ["user", "set_at"]})]
