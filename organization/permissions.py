"""Who may do what, read from the role grants on every request (a grant that ends works at once)."""

from typing import TYPE_CHECKING

from organization.models import RoleGrant

if TYPE_CHECKING:
    from organization.models import User


def active_grants(user: "User") -> tuple[RoleGrant, ...]:
    """The grants in force, read once per request: they hang on the user object that the request loaded."""
    cached: tuple[RoleGrant, ...] | None = getattr(user, "_active_grants", None)
    if cached is None:
        rows = (
            RoleGrant.objects.active().filter(user_id=user.pk).select_related("unit", "group")
            if user.is_business
            else ()
        )
        cached = tuple(rows)
        user._active_grants = cached  # type: ignore[attr-defined]
    return cached


def group_ids(user: "User", *roles: str) -> set[int]:
    """Groups in which the user holds one of the roles."""
    return {grant.group_id for grant in active_grants(user) if grant.group_id and grant.role in roles}


def unit_ids(user: "User", *roles: str) -> set[int]:
    """Units for which the user holds one of the roles."""
    return {grant.unit_id for grant in active_grants(user) if grant.unit_id and grant.role in roles}


def holds(user: "User", *roles: str) -> bool:
    """Whether the user holds one of the roles anywhere."""
    return any(grant.role in roles for grant in active_grants(user))


def holds_for_group(user: "User", group_id: int, *roles: str) -> bool:
    return group_id in group_ids(user, *roles)


def holds_for_unit(user: "User", unit_id: int, *roles: str) -> bool:
    return unit_id in unit_ids(user, *roles)
