"""Which page to come back to after a request that could not be carried out."""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# The last word of an address that only takes forms: /my/<uid>/sign/ belongs to the page /my/<uid>/.
_VERB = re.compile(r"(?<=/)[a-z]+(?:-[a-z]+)*/$")
_SIGN_IN = "/login/"


def referring_url(request: HttpRequest) -> str:
    """The page of ours the request came from, empty when it is unknown or foreign."""
    referer = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    hosts = {request.get_host()}
    return referer if url_has_allowed_host_and_scheme(referer, hosts, request.is_secure()) else ""


def page_path(request: HttpRequest) -> str:
    """The page itself; after a form or fragment the page it stands on: the referring one, else the address without
    its last verb."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    parts = urlsplit(referring_url(request))
    if parts.path and parts.path != _SIGN_IN:
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    if request.headers.get("HX-Request"):
        return "/"
    return _VERB.sub("", request.path) or "/"
