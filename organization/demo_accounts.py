"""The accounts of the demonstration, named in one place: its loader makes them, its sign-in page offers them."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DEMO_ACCOUNTS: tuple[tuple[str, str], ...] = (
    ("demo-office", "协调小组办公室"),
    ("demo-office2", "协调小组办公室（二）"),
    ("demo-officehead", "办公室负责人"),
    ("demo-leader", "领导"),
    ("demo-liaison", "联络员"),
    ("demo-liaison2", "联络员（协同单位）"),
    ("demo-signer", "单位审签人"),
    ("demo-county-office", "县级协调小组办公室"),
    ("demo-county-leader", "县级领导"),
    ("demo-auditor", "审计员"),
    ("demo-sysadmin", "系统管理员"),
    ("demo-secadmin", "安全管理员"),
)


def demo_password() -> str:
    """Their common password; refuses wherever the settings are not those of a demonstration."""
    if not settings.PORTAL_DEMO:
        raise ImproperlyConfigured("Demonstration accounts exist in demonstration settings only.")
    return os.environ.get("DEMO_PASSWORD") or "chuzhou-demo-2026"
