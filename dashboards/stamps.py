"""When a page is still the one the reader has: version stamps. Pure but for the settings and the static manifest.

Two stamps: the content's, which everybody of one scope shares, and the page's, which is one person's.
"""

import hashlib
from datetime import date

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest

from dashboards.rounds import RoundChoice
from dashboards.scope import Scope
from organization.permissions import active_grants
from quarters.queries.waiting import waiting_counts


def release() -> str:
    """Which templates and styles the page is made of: the release, and the manifest of hashed files."""
    return f"{getattr(settings, 'PORTAL_VERSION', '')}{getattr(staticfiles_storage, 'manifest_hash', '')}"


def content_stamp(page: str, scope: Scope, choice: RoundChoice, today: date, *more: object) -> str:
    """What the content depends on: the scope, every round it shows, the newest change, the day, the release."""
    shown = [choice.chosen, *choice.past, *(row for row in (choice.earlier, choice.later) if row)]
    rounds = [(row.pk, row.stamp, row.published_at, row.snapshot_sha256) for row in shown]
    newest = choice.chosen.newest_change
    return _digest(page, scope.group.code, scope.is_own, rounds, newest, today, release(), more)


def page_stamp(request: HttpRequest, content: str) -> str:
    """The weak ETag of one person's page: the content, and what the head of the page says to this person."""
    user = request.user
    grants = [(grant.pk, grant.role, grant.unit_id, grant.group_id) for grant in active_grants(user)]
    digest = _digest(
        content, user.uid, user.display_name, request.session.session_key, grants, waiting_counts(user)
    )
    return f'W/"{digest[:32]}"'


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
