"""The lists of accounts and of role grants."""

from django.db.models import Q, QuerySet

from organization.models import RoleGrant, User


def account_list(viewer: User, *, kind: str = "", state: str = "", text: str = "") -> QuerySet[User]:
    """Accounts the viewer looks after, narrowed by kind, state (`active`, `disabled`) and words."""
    accounts = User.objects.visible_to(viewer)
    if kind:
        accounts = accounts.filter(account_kind=kind)
    if state:
        accounts = accounts.filter(is_active=state == "active")
    return (
        accounts.filter(Q(username__icontains=text) | Q(display_name__icontains=text)) if text else accounts
    )


def grant_list(viewer: User, *, role: str = "", state: str = "", text: str = "") -> QuerySet[RoleGrant]:
    """Grants the viewer looks after: those in force unless `state` is `ended` or `all`."""
    grants = RoleGrant.objects.visible_to(viewer).select_related(
        "user", "unit", "group", "granted_by", "ended_by"
    )
    if role:
        grants = grants.filter(role=role)
    if state != "all":
        grants = grants.filter(ended_at__isnull=state != "ended")
    return grants.filter(_about(text)) if text else grants


def _about(text: str) -> Q:
    holder = Q(user__username__icontains=text) | Q(user__display_name__icontains=text)
    return (
        holder
        | Q(unit__name__icontains=text)
        | Q(unit__short_name__icontains=text)
        | Q(group__name__icontains=text)
    )
