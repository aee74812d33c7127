"""When a page is still the one the reader has: version stamps.

Two stamps: the content's, which everybody of one scope shares, and the page's, which is one person's.
"""

import functools
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest

from dashboards.scope import Scope
from organization.permissions import active_grants
from quarters.queries.waiting import waiting_counts


def content_stamp(page: str, scope: Scope, version: tuple[object, ...], *asked: object) -> str:
    """What the content depends on: page, scope, what was asked, the day, the version of the rounds, the release."""
    return f"dashboards:{_digest(page, scope.group.code, scope.is_own, asked, version, release())}"


def page_stamp(request: HttpRequest, content: str) -> str:
    """The weak ETag of one person's page: the content, and what the head of the page says to this person."""
    user = request.user
    grants = [(grant.pk, grant.role, grant.unit_id, grant.group_id) for grant in active_grants(user)]
    session = request.session.session_key
    digest = _digest(content, user.uid, user.display_name, session, grants, waiting_counts(user))
    return f'W/"{digest[:32]}"'


@functools.cache
def release() -> str:
    """Which program the page was made by: when the templates and this app were last changed, and which styles."""
    sources = [*Path(__file__).parent.rglob("*.py"), *(settings.BASE_DIR / "templates").rglob("*.html")]
    newest = max(path.stat().st_mtime_ns for path in sources)
    return f"{newest}{getattr(staticfiles_storage, 'manifest_hash', '')}"


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
