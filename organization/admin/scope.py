"""Whose rows an office sees and keeps in the data maintenance: its own group's, and the registers all share."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from organization import permissions as who
from organization.models import CoordinationGroup, GroupMember, Unit
from organization.roles import OFFICE, OFFICE_HEAD


def own_groups(request: HttpRequest) -> set[int]:
    """The groups whose office the person belongs to."""
    return who.group_ids(request.user, OFFICE, OFFICE_HEAD)


MOST_UNITS_OFFERED = 250


class OfGroupFilter(admin.RelatedFieldListFilter):
    """Offers what belongs to the office's own groups: their rounds and plans; where units are many, their members."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        own, model = sorted(own_groups(request)), field.related_model
        limit: dict[str, Any] = {"group__in": own}
        if model is Unit:
            are_few = Unit.objects.count() <= MOST_UNITS_OFFERED
            limit = {} if are_few else {"pk__in": GroupMember.objects.filter(group__in=own).values("unit_id")}
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=limit)


class OfOwnGroup:
    """Rows of a group: only those of the office's own are there, to see, to name and to keep.

    `group_path` leads from the row to its group; with `includes_lower` the groups below count as well.
    """

    group_path = "group"
    includes_lower = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        kept = self.groups_kept(request) if self.includes_lower else sorted(own_groups(request))
        return rows.filter(**{f"{self.group_path}__in": kept})

    def groups_kept(self, request: HttpRequest) -> QuerySet[CoordinationGroup]:
        if self.includes_lower:
            return who.kept_groups(request.user)
        return CoordinationGroup.objects.filter(pk__in=own_groups(request))

    def rows_named_by(self, request: HttpRequest, model: Any) -> QuerySet[Any]:
        if model is CoordinationGroup:
            return self.groups_kept(request)
        return super().rows_named_by(request, model)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.related_model is CoordinationGroup:
            options["queryset"] = self.groups_kept(request)
        return super().formfield_for_foreignkey(db_field, request, **options)  # type: ignore[misc]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The office's group stands in the form already where it has but one."""
        initial = super().get_changeform_initial_data(request)  # type: ignore[misc]
        own = own_groups(request)
        return {"group": next(iter(own)), **initial} if len(own) == 1 else initial


class SharedRegister:
    """A register every group reads: the office of an uppermost group keeps it, those below look."""

    def has_add_permission(self, request: HttpRequest, *rows: Any) -> bool:
        return who.can_keep_units(request.user) and super().has_add_permission(request, *rows)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who.can_keep_units(request.user) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who.can_keep_units(request.user) and super().has_delete_permission(request, obj)  # type: ignore[misc]
