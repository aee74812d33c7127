"""What the head of every page shows: entries, counts, and who is signed in. One query."""

import contextlib
import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from core import clock
from organization.models import User
from organization.permissions import active_grants
from portal.navigation import Counts, entries_for
from quarters.queries.waiting import waiting_counts


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Nothing before the sign-in: the login page and refusals that come earlier have no navigation."""
    words: dict[str, Any] = {
        "portal_version": getattr(settings, "PORTAL_VERSION", ""),
        "links": _links(settings.ROOT_URLCONF),
        "printed_on": clock.today(),
    }
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


# What head and foot of a page lead to, where it exists.
_LINKED = {
    "search": "portal:search",
    "notices": "portal:notices",
    "logout": "organization:logout",
    "password": "organization:password-change",
    "suggestions": "portal:suggestions",
    "help": "portal:help",
}


@functools.cache
def _links(urlconf: str) -> dict[str, str]:
    """The addresses of one URL configuration, resolved once per process; a name that does not exist is left out."""
    found: dict[str, str] = {}
    for link, name in _LINKED.items():
        with contextlib.suppress(NoReverseMatch):
            found[link] = reverse(name, urlconf)
    return found


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
