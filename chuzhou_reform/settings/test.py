"""The tests: SQLite as a file with production's pragmas, or the server DATABASE_URL names."""

import os

from chuzhou_reform import environment
from chuzhou_reform.settings.base import *  # noqa: F403
from chuzhou_reform.settings.base import VAR_DIR

VAR_DIR.mkdir(exist_ok=True)

DEBUG = False
SECRET_KEY = "tests-only-never-in-production"  # noqa: S105 (not a secret)
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {
    "default": environment.database(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'unused.sqlite3'}"
    )
}
if not os.environ.get("DATABASE_URL"):
    # A file, not memory: locks, WAL and several connections behave as in production.
    TEST_DATABASE = VAR_DIR / f"test-{os.environ.get('PORTAL_TEST_RUN', 'alone')}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DATABASE)}
# A live server's threads must let go of the database before it is dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Argon2 is meant to be slow; hundreds of sign-ins in the tests are not what it protects.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # nothing has been collected
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PORTAL_DEMO = True
PORTAL_TODAY = "2026-11-22"
