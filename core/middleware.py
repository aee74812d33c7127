"""What holds for every request: its facts, its headers, and the refusals no view should repeat."""

import re
from collections.abc import Callable, Iterator
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from core import audit, context, handlers
from core.errors import NotAllowed, RuleViolation

NextHandler = Callable[[HttpRequest], HttpResponse]
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class _Middleware:
    """Keeps the next handler."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response


class RequestContext(_Middleware):
    """Sets address and request id for the audit, returns the id, writes refusals that had to wait."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        facts = context.RequestFacts(address=client_address(request), request_id=_request_id(request))
        with context.request_facts(facts):
            response = self.get_response(request)
            audit.write_deferred_refusals()
        response.headers["X-Request-Id"] = facts.request_id
        return response


class RefuseNul(_Middleware):
    """400 for NUL in path, query or form: PostgreSQL cannot hold it and would answer 500."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        place = next((name for name, text in _incoming_texts(request) if "\x00" in text), None)
        if place is not None:
            message = f"{place}含有无法识别的空字符（NUL），没有保存任何内容。"
            return handlers.bad_request(request, message=message)
        return self.get_response(request)


class ContentSecurityPolicy(_Middleware):
    """Sends the policy of SECURE_CSP, the setting of Django 6."""

    def __init__(self, get_response: NextHandler) -> None:
        super().__init__(get_response)
        self.policy = "; ".join(
            f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class DatabaseAway(_Middleware):
    """503 with Retry-After where the database is away, locked or full."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return handlers.service_unavailable(request) if handlers.is_database_away(exception) else None


class RuleViolations(_Middleware):
    """A rule that refused in a view that did not expect it: message and back, 409 or 403."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RuleViolation):
            return None
        if isinstance(exception, NotAllowed):
            user = getattr(request, "user", None)
            actor = user if getattr(user, "is_authenticated", False) else None
            audit.record_refusal("越权操作", by=actor, label=request.path, result=exception.message)
        return handlers.rule_violated(request, exception)


class MethodRefusals(_Middleware):
    """A page in Chinese where Django answers 405 with nothing."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = handlers.method_not_allowed(request)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page


class PrivateCaching(_Middleware):
    """Nothing is kept by shared caches; pages with a form, answers to POST and downloads by none.

    A page counts as a form when `{% submit_token %}` was drawn or the view set `no_store`.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            keeps = "no-store" if _must_not_be_stored(request, response) else "no-cache"
            response.headers["Cache-Control"] = f"private, {keeps}"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response


def client_address(request: HttpRequest) -> str:
    """The client's address; `chuzhou_reform.proxy` has put the true one in REMOTE_ADDR."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def _request_id(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else context.new_request_id()


def _incoming_texts(request: HttpRequest) -> Iterator[tuple[str, str]]:
    yield "网址", request.path
    yield from (("查询条件", text) for pair in request.GET.lists() for text in (pair[0], *pair[1]))
    if request.method in {"POST", "PUT", "PATCH"} and request.content_type in _FORM_TYPES:
        yield from (("表单内容", text) for pair in request.POST.lists() for text in (pair[0], *pair[1]))
        files = (file for _, group in request.FILES.lists() for file in group)
        yield from (("附件名称", getattr(file, "name", "") or "") for file in files)


def _must_not_be_stored(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method not in {"GET", "HEAD"}
        or getattr(request, "has_form", False)
        or "attachment" in response.headers.get("Content-Disposition", "")
    )
