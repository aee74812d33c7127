"""Honours are a public register: whoever holds a role may read them, the office keeps them in the admin."""

from typing import TYPE_CHECKING

from organization import permissions as who

if TYPE_CHECKING:
    from organization.models import User


def can_view_honors(user: "User") -> bool:
    return bool(who.active_grants(user))
