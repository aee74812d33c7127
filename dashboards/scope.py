"""Whose dashboard a person may open: a group's own office and leaders see all of it, those above what is published."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from organization import permissions as who
from organization.access import current_group
from organization.models import CoordinationGroup, User

READERS = ("office", "office_head", "leader")


@dataclass(frozen=True)
class Scope:
    """The group a page is about, and whether its reader belongs to it or stands above it."""

    group: CoordinationGroup
    is_own: bool


def scope_of(request: HttpRequest) -> Scope:
    """`?group=`, else the upper one of the groups the person leads. 404 upward, sideways and for strangers."""
    user = request.user
    if not request.GET.get("group"):
        return Scope(_default_group(user), True)
    group = current_group(request)
    held = who.group_ids(user, *READERS)
    if group.pk in held:
        return Scope(group, True)
    if group.parent_id in held or _is_two_below(group, held):
        return Scope(group, False)
    raise Http404("没有这个协调小组，或不在您的查看范围内。")


def _default_group(user: User) -> CoordinationGroup:
    held = [grant.group for grant in who.active_grants(user) if grant.group and grant.role in READERS]
    return min(held, key=lambda group: (group.parent_id is not None, group.code))


def _is_two_below(group: CoordinationGroup, held: set[int]) -> bool:
    return CoordinationGroup.objects.filter(children=group, parent_id__in=held).exists()
