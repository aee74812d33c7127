"""Pages that only read: what a round says, and the tasks behind each of its figures."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from core import clock
from dashboards import queries
from dashboards.choice import TaskChoice, listing_of
from dashboards.frame import Frame
from dashboards.rounds import RoundChoice, choose
from dashboards.scope import READERS, Scope, scope_of
from dashboards.stamps import content_stamp, page_stamp
from dashboards.summary import summary_of
from organization.access import role_required

KEPT_SECONDS = 60 * 60


@require_safe
@role_required(*READERS)
def home(request: HttpRequest) -> HttpResponse:
    """驾驶舱: where the reform stands, what is behind and who leads it, what is asked of the leader."""
    scope, choice = _chosen(request)
    if choice is None:
        return render(request, "dashboards/no_round.html", {"scope": scope})
    return _answer(request, scope, choice, "dashboards/home.html", lambda: _home_content(scope, choice))


@require_safe
@role_required(*READERS)
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of the round's picture cut down by light, area or lead unit: the list behind a figure."""
    scope, choice = _chosen(request)
    if choice is None:
        return render(request, "dashboards/no_round.html", {"scope": scope})
    asked = TaskChoice.from_query(request.GET)
    return _answer(
        request, scope, choice, "dashboards/tasks.html", lambda: _tasks_content(choice, asked), asked
    )


def _chosen(request: HttpRequest) -> tuple[Scope, RoundChoice | None]:
    scope = scope_of(request)
    rounds, asked = queries.rounds_of(scope), request.GET.get("round", "")
    choice = choose(rounds, asked)
    if choice is None and asked:
        raise Http404("没有这个季度的填报周期，或不在您的查看范围内。")
    return scope, choice


def _answer(
    request: HttpRequest,
    scope: Scope,
    choice: RoundChoice,
    template: str,
    build: Callable[[], str],
    *asked: object,
) -> HttpResponse:
    """304 where the reader has the page; else the page around content that is kept per scope, never per person."""
    content_key = content_stamp(template, scope, choice, clock.today(), *asked)
    etag = page_stamp(request, content_key)
    has_messages = bool(len(messages.get_messages(request)))
    if not has_messages:
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            return unchanged
    words = {"content": _kept(content_key, build), "frame": Frame(scope, choice)}
    response = render(request, template, words)
    if not has_messages:
        response.headers["ETag"] = etag
    return response


def _kept(key: str, build: Callable[[], str]) -> SafeString:
    kept = cache.get(f"dashboards:{key}")
    if kept is None:
        kept = str(build())
        cache.set(f"dashboards:{key}", kept, KEPT_SECONDS)
    return mark_safe(kept)  # noqa: S308 (rendered by our own templates, escaped there)


def _home_content(scope: Scope, choice: RoundChoice) -> str:
    picture, past = queries.pictures_of(choice)
    words: dict[str, Any] = {
        "picture": picture,
        "summary": summary_of(picture, past),
        "honors": queries.honor_rows() if scope.group.parent_id is None else (),
    }
    return render_to_string("dashboards/home_content.html", words)


def _tasks_content(choice: RoundChoice, asked: TaskChoice) -> str:
    picture, past = queries.pictures_of(choice)
    words = {"picture": picture, "listing": listing_of(picture, past, asked)}
    return render_to_string("dashboards/tasks_content.html", words)
