"""What the head of every page shows: entries, counts, and who is signed in. One query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organization.models import User
from organization.permissions import active_grants
from portal.navigation import Counts, entries_for
from quarters.queries.waiting import waiting_counts


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Nothing before the sign-in: the login page and refusals that come earlier have no navigation."""
    words: dict[str, Any] = {"portal_version": getattr(settings, "PORTAL_VERSION", "")}
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return words
    counts = waiting_counts(user)
    shown = Counts(review=counts.review, desk=counts.owed + counts.signing + counts.to_receive)
    roles = {grant.role for grant in active_grants(user)}
    return words | {
        "navigation": entries_for(user.account_kind, roles, shown, request.path),
        "current_user_label": user_label(user),
        "current_user_uid": str(user.uid),
        "unread_count": counts.unread,
    }


def user_label(user: User) -> str:
    """「市人社局 · 联络员」 for a unit's people, 「协调小组办公室 · 王××」 for the others."""
    grants = active_grants(user)
    if grants and grants[0].unit:
        words = [grants[0].unit.short_name, grants[0].get_role_display()]
    elif grants:
        words = [grants[0].get_role_display(), user.display_name]
    elif user.is_business:
        words = [user.display_name]
    else:
        words = [str(user.get_account_kind_display()), user.display_name]
    return " · ".join(dict.fromkeys(words))
