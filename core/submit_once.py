"""A form handed in twice is carried out once: submit tokens."""

import functools
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core import clock, handlers
from core.models import SubmitToken

FIELD = "submit_token"
REPEATED = "该操作已提交过，以下是首次提交的结果。"
View = Callable[..., HttpResponse]


class _AlreadySubmitted(Exception):
    """The token is in the table: the form has had its effect."""


def submit_once(view: View) -> View:
    """Runs the view's POST in one transaction together with its `submit_token`.

    A redirect keeps its Location under the token and commits; any other answer rolls back, so the
    corrected form may use the token again. A repeated token redirects to the kept Location. A token that
    is missing, malformed, or of another person or page is answered 400.
    """

    @functools.wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        token = _token_of(request)
        if token is None:
            return handlers.bad_request(request, message="表单缺少有效的提交编号，没有保存任何内容。")
        try:
            with transaction.atomic():
                return _run_once(token, view, request, *args, **kwargs)
        except _AlreadySubmitted:
            return _first_result(token, request)

    return checked


def _run_once(token: uuid.UUID, view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    row = _claim(token, request)
    response = view(request, *args, **kwargs)
    row.location = _location(response)
    if row.location:
        row.save(update_fields=["location"])
    else:
        transaction.set_rollback(True)
    return response


def _location(response: HttpResponse) -> str:
    """Where a successful answer leads, by redirect or by htmx's header; empty for any other answer."""
    if isinstance(response, HttpResponseRedirect):
        return response.url
    return response.headers.get("HX-Redirect", "") if response.status_code < 300 else ""


def _claim(token: uuid.UUID, request: HttpRequest) -> SubmitToken:
    """Inserts the token; a second request with it waits here until the first has ended."""
    try:
        with transaction.atomic():
            return SubmitToken.objects.create(
                token=token, actor_uid=_actor_uid(request), path=request.path[:500], created_at=clock.now()
            )
    except IntegrityError:
        raise _AlreadySubmitted from None


def _first_result(token: uuid.UUID, request: HttpRequest) -> HttpResponse:
    row = SubmitToken.objects.filter(
        token=token, actor_uid=_actor_uid(request), path=request.path[:500]
    ).first()
    if row is None:
        return handlers.bad_request(request, message="这个提交编号属于另一张表单，没有保存任何内容。")
    messages.info(request, REPEATED)
    return HttpResponseRedirect(row.location)


def _token_of(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _actor_uid(request: HttpRequest) -> uuid.UUID | None:
    return getattr(getattr(request, "user", None), "uid", None)
