"""One admin for every register: each save and delete is audited in its transaction."""

from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.utils import display_for_field, flatten_fieldsets
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import HttpRequest, HttpResponse

from core import audit
from core.admin_forms import NamesMissingFields, PlainLabels, SeenVersionForm, rows_named_by
from core.admin_pages import BoundedPaginator
from core.admin_words import InWords, Work
from core.formats import decimal_text
from core.models import (
    AuditCheckpoint,
    AuditEvent,
    ChainHead,
    Job,
    Notice,
    Optimistic,
    SourceSection,
    SubmitToken,
)
from core.optimistic import claim_version

admin.site.index_title = "数据维护"
admin.site.empty_value_display = "—"
admin.site.site_header = "滁州产改进度门户 · 数据维护"


def _yes_or_no(value: bool | None) -> str:
    return {True: "是", False: "否"}.get(value, "—") if value is not None else "—"


# Lists and forms ask this function for yes and no; its pictures have English names, and a red cross looks like an error.
setattr(admin_list, "_boolean_icon", _yes_or_no)  # noqa: B010 (its stub does not know the name)


def _without_account_links(field: helpers.AdminReadonlyField, remote_field: Any, remote_obj: Any) -> str:
    """Who did it, by name: accounts are kept by others, whose pages refuse those who read this one."""
    if isinstance(remote_obj, AbstractBaseUser):
        return str(remote_obj)
    return _linked(field, remote_field, remote_obj)


_linked = helpers.AdminReadonlyField.get_admin_url
setattr(helpers.AdminReadonlyField, "get_admin_url", _without_account_links)  # noqa: B010 (same as above)


def _field_in_words(value: Any, field: Any, *options: Any, **named: Any) -> Any:
    """Decimals as everywhere in the portal: no idle zeros behind the point."""
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal):
        return decimal_text(value)
    return _field_told(value, field, *options, **named)


_field_told = display_for_field
for _place in (admin_list, helpers):
    setattr(_place, "display_for_field", _field_in_words)  # noqa: B010 (same as above)


class AuditedAdmin(NamesMissingFields, InWords):
    """Writes an audit event with before and after for every row saved or deleted, inlines too.

    Django runs each change form in one transaction; the events stand in it. There is no bulk delete: it
    would pass by `delete_model`. Rows with a `lock_version` are saved only over the version one has seen.
    """

    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    save_on_top = False
    show_facets = admin.ShowFacets.NEVER

    def rows_named_by(self, request: HttpRequest, model: type[models.Model]) -> models.QuerySet:
        """The rows of this or another register one may name in a form or a file."""
        return rows_named_by(self.admin_site, request, model)

    def refresh_counts(self, request: HttpRequest, rows: list[Any]) -> None:
        """What is counted from these rows, counted anew in their transaction."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.refresh_counts(request, [form.instance])

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        self.say_next_step(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.say_next_step(request, obj)
        return super().response_change(request, obj)

    def say_next_step(self, request: HttpRequest, obj: Any) -> None:
        if self.next_step:
            self.message_user(request, self.next_step, messages.INFO)

    @admin.display(description="材料章节", ordering="section__code", empty_value="—")
    def section_code(self, obj: Any) -> str | None:
        """For lists of facts; Django has no Chinese name for a column of another row."""
        return obj.section.label if obj.section else None

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_action_choices(self, request: HttpRequest, default_choices: Any = None) -> Any:
        return super().get_action_choices(request, default_choices or [("", "请选择")])

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **options: Any):
        seen = (SeenVersionForm,) if issubclass(self.model, Optimistic) else ()
        options["form"] = type("Form", (PlainLabels, *seen, self.form), {})
        return super().get_form(request, obj, change=change, **options)

    def get_fieldsets(self, request: HttpRequest, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        is_edited = issubclass(self.model, Optimistic) and self.has_change_permission(request, obj)
        if is_edited and "seen_version" not in flatten_fieldsets(fieldsets):
            fieldsets.append((None, {"fields": ["seen_version"]}))
        return fieldsets

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        before = _stored_snapshot(obj) if change else None
        if change and isinstance(obj, Optimistic):
            same = type(obj)._base_manager.filter(pk=obj.pk)
            obj.lock_version = claim_version(same, lock_version=obj.lock_version)
        super().save_model(request, obj, form, change)
        _record_change(request, obj, before)

    def delete_model(self, request: HttpRequest, obj) -> None:
        _record_deletion(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        changed = formset.save(commit=False)
        for obj in formset.deleted_objects:
            _record_deletion(request, obj)
            obj.delete()
        for obj in changed:
            before = _stored_snapshot(obj) if obj.pk else None
            obj.save()
            _record_change(request, obj, before)
        formset.save_m2m()


class ReadOnlyAdmin(InWords):
    """Rows one may look at, never touch: audit, states, histories."""

    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


def _stored_snapshot(obj) -> dict[str, Any] | None:
    stored = type(obj)._base_manager.select_for_update(no_key=True).filter(pk=obj.pk).first()
    return audit.snapshot(stored) if stored else None


def _record_change(request: HttpRequest, obj, before: dict[str, Any] | None) -> None:
    obj.refresh_from_db()
    after = audit.snapshot(obj)
    if before is None:
        audit.record("后台新增", by=request.user, obj=obj, after=after)
        return
    old, new = audit.difference(before, after)
    audit.record("后台修改", by=request.user, obj=obj, before=old, after=new)


def _record_deletion(request: HttpRequest, obj) -> None:
    audit.record("后台删除", by=request.user, obj=obj, before=audit.snapshot(obj))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = [
        "position",
        "recorded_at",
        "actor_name",
        "role",
        "action",
        "object_label",
        "result",
        "address",
    ]
    list_filter = ["recorded_at", "result"]
    search_fields = ["actor_username", "actor_name", "action", "object_label", "request_id"]
    date_hierarchy = "recorded_at"
    fieldsets = [
        (
            "何人何时",
            {"fields": ["position", "recorded_at", "actor_name", "actor_username", "role", "unit_name"]},
        ),
        ("做了什么", {"fields": ["action", "object_kind", "object_label", "before", "after", "result"]}),
        ("从哪里来", {"fields": ["address", "request_id", "group_code"]}),
        ("链接", {"fields": ["digest_name", "previous_digest", "digest"]}),
    ]


@admin.register(AuditCheckpoint)
class AuditCheckpointAdmin(ReadOnlyAdmin):
    list_display = ["position", "removed_count", "export_digest", "created_at"]


@admin.register(ChainHead)
class ChainHeadAdmin(ReadOnlyAdmin):
    list_display = ["position", "digest"]


@admin.register(SubmitToken)
class SubmitTokenAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "path", "location"]
    search_fields = ["path"]
    fields = ["created_at", "path", "location"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "kind", "subject", "sent_at", "read_at", "attempts"]
    list_filter = ["kind", "sent_at"]
    search_fields = ["subject", "dedupe_key"]
    fieldsets = [
        ("消息", {"fields": ["kind", "subject", "body", "url", "created_at", "read_at"]}),
        ("发送", {"fields": ["sent_at", "claimed_at", "attempts", "last_error", "dedupe_key"]}),
    ]


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["requested_at", "kind", "state", "progress", "attempts", "finished_at"]
    list_filter = ["state", "kind"]
    search_fields = ["kind", "error"]
    fieldsets = [
        ("任务", {"fields": ["kind", "state", "progress", "payload", "result", "error"]}),
        (
            "执行",
            {"fields": ["requested_at", "run_after", "worker", "lease_until", "attempts", "finished_at"]},
        ),
    ]


@admin.register(SourceSection)
class SourceSectionAdmin(AuditedAdmin):
    work = Work.RULES
    purpose = "经验材料的章节编号，每条事实都注明出自哪一节。"
    list_display = ["code", "title", "sort_order"]
    search_fields = ["code", "title"]
    fieldsets = [("章节", {"fields": ["code", "title", "sort_order"]})]
