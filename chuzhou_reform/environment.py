"""Reads the environment for the settings: lists, switches, the database and the mail address."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

CONNECTION_LIFE_SECONDS = 60

SQLITE_OPTIONS = {
    # Writers queue at BEGIN instead of failing half-way; 28-35 of 40 concurrent writers fail without it.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 2,
    # Compiling a statement takes longer than any page's statement runs (seconds against milliseconds).
    "options": "-c lock_timeout=3s -c statement_timeout=15s -c jit=off",
}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without empty items."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def switch(name: str, *, default: bool) -> bool:
    """A variable that is `1` or `0`; anything else is refused rather than guessed."""
    text = os.environ.get(name, "")
    if text not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {text!r}.")
    return default if text == "" else text == "1"


def require(*names: str) -> None:
    """Refuse to start, naming every missing variable in one sentence."""
    missing = [name for name in names if not os.environ.get(name, "").strip()]
    if missing:
        raise ImproperlyConfigured(f"The portal cannot start: set {', '.join(missing)} in the environment.")


def refuse(*names: str) -> None:
    """Refuse to start when a variable is set that belongs to demonstrations only."""
    present = [name for name in names if os.environ.get(name, "").strip()]
    if present:
        raise ImproperlyConfigured(
            f"The portal cannot start: {', '.join(present)} must not be set in production."
        )


def database(url: str) -> dict[str, Any]:
    """The settings of one database with the waits and pragmas every deployment needs."""
    settings: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=CONNECTION_LIFE_SECONDS, conn_health_checks=True)
    )
    is_sqlite = settings["ENGINE"] == "django.db.backends.sqlite3"
    options = SQLITE_OPTIONS if is_sqlite else POSTGRESQL_OPTIONS
    settings["OPTIONS"] = {**options, **settings.get("OPTIONS", {})}
    return settings


def email(url: str) -> dict[str, Any]:
    """Mail settings from `console:` or `smtp[s]://user:password@host:port`."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be console: or smtp[s]://user:password@host:port.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
