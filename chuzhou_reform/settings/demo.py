"""The demonstration: as production, but SQLite in var/, http on loopback and a key kept in var/."""

import os
import secrets

from chuzhou_reform import environment
from chuzhou_reform.settings.base import *  # noqa: F403
from chuzhou_reform.settings.base import STORAGES, VAR_DIR


def _kept_key() -> str:
    """The key generated at the first start and readable by its owner only."""
    path = VAR_DIR / "demo-secret-key"
    VAR_DIR.mkdir(exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


DEBUG = False
SECRET_KEY = _kept_key()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DATABASES = {
    "default": environment.database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'demo.sqlite3'}")
}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "chuzhou_reform.static_files.StaticFiles"},
}
PORTAL_DEMO = True
PORTAL_TODAY = os.environ.get("PORTAL_TODAY") or None
