"""Which addresses a role can reach: one per URL pattern, found by following the links from its home."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

NOT_PAGES = re.compile(
    r"/(static|media|logout|jsi18n|autocomplete|bench|template|import)/|/export|\.[a-z0-9]{2,5}$|/(history|delete)/$"
)
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
MOST = 120


def addresses(ask: Callable[[str], str | None], start: str = "/") -> dict[str, str]:
    """View name → the first address that leads there; `ask` answers a page's text, None where it is no page."""
    found: dict[str, str] = {}
    waiting = [start]
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        name = view_name(address)
        if not name or name in found:
            continue
        text = ask(address)
        if text is None:
            continue
        found[name] = address
        waiting += [urljoin(address, unescape(link)) for link in LINK.findall(text)]
    return found


def view_name(address: str) -> str:
    """The URL pattern behind an address of ours, or nothing."""
    parts = urlsplit(address)
    if parts.netloc or parts.scheme or NOT_PAGES.search(parts.path):
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""
