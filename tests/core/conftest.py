import uuid
from dataclasses import dataclass, field

import pytest

CORE_MIDDLEWARE = [
    "core.middleware.ContentSecurityPolicy",
    "core.middleware.RequestContext",
    "core.middleware.RefuseNul",
    "core.middleware.DatabaseAway",
    "core.middleware.RuleViolations",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "core.middleware.PrivateCaching",
]


@dataclass(frozen=True)
class Person:
    """Somebody who acts, as the audit sees people."""

    username: str = "wang"
    display_name: str = "王芳"
    uid: uuid.UUID = field(default_factory=lambda: uuid.UUID(int=7))


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def site(settings, client):
    """A client of the site without accounts: core's middleware and the views of tests.core.urls."""
    settings.ROOT_URLCONF = "tests.core.urls"
    settings.MIDDLEWARE = CORE_MIDDLEWARE
    client.raise_request_exception = False
    return client
