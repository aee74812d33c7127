"""When a page is still the one the reader has: version stamps.

Two stamps: the content's, which everybody of one scope shares, and the page's, which is one person's.
"""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest

from dashboards.scope import Scope
from organization.permissions import active_grants
from quarters.queries.waiting import waiting_counts
from reporting.models import ReportingRound


def content_stamp(page: str, scope: Scope, rounds: Sequence[ReportingRound], *asked: object) -> str:
    """What the content depends on: page, scope, what was asked, the day, the rounds, the newest change, the release."""
    versions = [(row.pk, row.stamp, row.published_at is None) for row in rounds]
    newest = getattr(rounds[0], "newest_change", "") if rounds else ""
    return f"dashboards:{_digest(page, scope.group.code, scope.is_own, asked, versions, newest, release())}"


def page_stamp(request: HttpRequest, content: str) -> str:
    """The weak ETag of one person's page: the content, and what the head of the page says to this person."""
    user = request.user
    grants = [(grant.pk, grant.role, grant.unit_id, grant.group_id) for grant in active_grants(user)]
    session = request.session.session_key
    digest = _digest(content, user.uid, user.display_name, session, grants, waiting_counts(user))
    return f'W/"{digest[:32]}"'


def release() -> str:
    """Which templates and styles the page is made of: the release, and the manifest of hashed files."""
    return f"{getattr(settings, 'PORTAL_VERSION', '')}{getattr(staticfiles_storage, 'manifest_hash', '')}"


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
