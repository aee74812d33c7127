"""Whole pages of one person, by the tag that names everything they depend on; the form token is put in anew.

A tag covers the person, the session, the grants, the counts and the content, so a kept page is never another's.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from dashboards.pages import PAGES

_FIELD = b'name="csrfmiddlewaretoken" value="'
_TOKEN = re.compile(re.escape(_FIELD) + rb'[^"]*')


def keep(tag: str, response: HttpResponse) -> None:
    """Keeps the page without its token: a token belongs to one answer."""
    PAGES.set(f"body:{tag}", _TOKEN.split(response.content))


def kept(tag: str, request: HttpRequest) -> HttpResponse | None:
    """The page as this person would get it now; None where it is not kept."""
    pieces: list[bytes] | None = PAGES.get(f"body:{tag}")
    return None if pieces is None else HttpResponse((_FIELD + get_token(request).encode()).join(pieces))
