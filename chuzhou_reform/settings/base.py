"""Settings every deployment shares; the modules beside this one say what differs."""

import os
from datetime import timedelta
from pathlib import Path

from chuzhou_reform import environment

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

# --- applications, top floor first: a line may import only lines below it -----------------------
INSTALLED_APPS = [
    "portal",
    "dashboards",
    "quarters",
    "activities",
    "metrics",
    "honors",
    "tasks",
    "reporting",
    "organization",
    "core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.RequestContext",
    "core.middleware.RefuseNul",
    "core.middleware.DatabaseAway",
    "core.middleware.RuleViolations",
    "core.middleware.MethodRefusals",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "organization.middleware.SessionLimits",
    "organization.middleware.LoginRequired",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.PrivateCaching",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "chuzhou_reform.urls"
WSGI_APPLICATION = "chuzhou_reform.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.navigation",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- data ---------------------------------------------------------------------------------------
DATABASES = {
    "default": environment.database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'dev.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# With IMMEDIATE on SQLite every GET would take the write lock; actions open their own transactions.
ATOMIC_REQUESTS = False
CACHES = {
    # Shared by all worker processes of one machine: a session ended by one is ended for all.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

# --- one language, one clock --------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- accounts and sessions ----------------------------------------------------------------------
AUTH_USER_MODEL = "organization.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "organization.backends.RoleBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "organization.password_rules.LongEnough"},
    {"NAME": "organization.password_rules.NotLikeTheAccount"},
    {"NAME": "organization.password_rules.NotCommon"},
    {"NAME": "organization.password_rules.NotOrganisationWord"},
    {"NAME": "organization.password_rules.ThreeOfFourClasses"},
    {"NAME": "organization.password_rules.NotRecent"},
]
PORTAL_PASSWORD_MIN_LENGTH = 10
# The 等保 profile (3 of 4 classes, last five, expiry); production switches it on.
PORTAL_PASSWORD_PROFILE = False
PORTAL_PASSWORD_EXPIRY_DAYS = 0
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
PORTAL_SESSION_IDLE = timedelta(minutes=30)
PORTAL_SESSION_ABSOLUTE = timedelta(hours=12)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "organization.lockout.keep_response"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the audit chain is the log
AXES_VERBOSE = False
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

# --- headers ------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "core.handlers.csrf_failure"
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    # The hash is that of the empty style element plotly adds to the page.
    "style-src": ["'self'", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

# --- mail, log ----------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_FROM_EMAIL") or "portal@localhost"
globals().update(environment.email(os.environ.get("EMAIL_URL") or "console:"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logging.SingleLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

# --- the portal ---------------------------------------------------------------------------------
PORTAL_DEFAULT_GROUP = "341100"
# True only in dev, demo and test: demonstration accounts are offered on the login page.
PORTAL_DEMO = False
# An ISO date fixes today() in dev, demo and test; None means the calendar.
PORTAL_TODAY: str | None = None
