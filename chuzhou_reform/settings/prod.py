"""Production: refuses to start without its secrets, https only, nothing of the demonstration."""

import os

from chuzhou_reform import environment

environment.require("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
environment.refuse("PORTAL_DEMO", "PORTAL_TODAY", "DEMO_PASSWORD")

from chuzhou_reform.settings.base import *  # noqa: E402, F403 (after the refusals, before the overrides)
from chuzhou_reform.settings.base import MIDDLEWARE, STORAGES  # noqa: E402

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = environment.words("PORTAL_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
# Lock-out and audit need the client's address, not nginx's.
MIDDLEWARE = ["chuzhou_reform.proxy.RealAddress", *MIDDLEWARE]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "chuzhou_reform.static_files.StaticFiles"},
}

# 等保 asks for expiry, ASVS advises against it: a switch (docs/threat-model.md).
PORTAL_PASSWORD_PROFILE = environment.switch("PORTAL_PASSWORD_PROFILE", default=True)
PORTAL_PASSWORD_EXPIRY_DAYS = 90 if PORTAL_PASSWORD_PROFILE else 0

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# nginx ends TLS, sets this header itself and drops the client's (deploy/nginx.conf).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = environment.switch("PORTAL_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = int(os.environ.get("PORTAL_HSTS_SECONDS") or 31_536_000)
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: the parent domain belongs to the city, not to the portal
    "security.W021",  # HSTS preload: the same
]
