"""A developer's machine: debug pages, SQLite in var/, demonstration accounts offered."""

import os

from chuzhou_reform.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "development-only-never-in-production"  # noqa: S105 (not a secret)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
PORTAL_DEMO = True
PORTAL_TODAY = os.environ.get("PORTAL_TODAY") or None
