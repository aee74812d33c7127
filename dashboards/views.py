"""Pages that only read: what a round says, and the tasks behind each of its figures."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from core import clock
from dashboards import bodies, queries
from dashboards.choice import TaskChoice, listing_of
from dashboards.drawings import drawn, part
from dashboards.frame import Frame
from dashboards.pages import PAGES
from dashboards.rounds import RoundChoice, choose
from dashboards.scope import READERS, scope_of
from dashboards.stamps import content_stamp, page_stamp
from dashboards.summary import summary_of
from organization.access import role_required
from reporting.models import ReportingRound


@require_safe
@role_required(*READERS)
def home(request: HttpRequest) -> HttpResponse:
    """驾驶舱: where the reform stands, what is behind and who leads it, what is asked of the leader."""
    return _answer(request, "dashboards/home.html", _home_content)


@require_safe
@role_required(*READERS)
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of the round's picture cut down by light, area or lead unit: the list behind a figure."""
    asked = TaskChoice.from_query(request.GET)
    return _answer(request, "dashboards/tasks.html", lambda choice: _tasks_content(choice, asked), asked)


def _chosen(rounds: list[ReportingRound], asked: str) -> RoundChoice | None:
    choice = choose(rounds, asked)
    if choice is None and asked:
        raise Http404("没有这个季度的填报周期，或不在您的查看范围内。")
    return choice


def _answer(
    request: HttpRequest, template: str, build: Callable[[RoundChoice], str], asked: object = None
) -> HttpResponse:
    """304 where the reader has the page; else the page around what is kept per scope, never per person."""
    scope, period = scope_of(request), request.GET.get("round", "")
    rounds = queries.rounds_of(scope)
    content_key = content_stamp(template, scope, rounds, period, clock.today(), asked)
    etag = page_stamp(request, content_key)
    has_messages = bool(len(messages.get_messages(request)))
    if not has_messages:
        unchanged = get_conditional_response(request, etag=etag)
        known = unchanged or bodies.kept(etag, request)
        if known is not None:
            known.headers["ETag"] = etag
            return known
    kept = PAGES.get(content_key)
    if kept is None:
        choice = _chosen(rounds, period)
        if choice is None:
            return render(request, "dashboards/no_round.html", {"scope": scope})
        kept = {"frame": Frame.of(scope, choice), "content": mark_safe(build(choice))}  # noqa: S308 (our own templates)
        PAGES.set(content_key, kept)
    response = render(request, template, kept)
    if not has_messages:
        response.headers["ETag"] = etag
        bodies.keep(etag, response)
    return response


def _home_content(choice: RoundChoice) -> str:
    picture, past = queries.pictures_of(choice)
    summary = summary_of(picture, past)
    head, honors = summary.headline, queries.honor_rows() if choice.chosen.group.parent_id is None else ()
    bullets = drawn(summary.bullets, "indicators", "/metrics/", "全部指标")
    words: dict[str, Any] = {
        "has_tasks": bool(picture.tasks),
        "headline": part("headline", head=head),
        "behind": part("behind", rows=summary.behind, head=head),
        "owing": part("owing", units=summary.owing, head=head),
        "coordination": part("coordination", items=summary.coordination, head=head),
        "units": part("units", units=summary.units, head=head),
        "indicators": part("indicators", bullets=bullets, figures=summary.figures),
        "differences": part("differences", rows=summary.differences, head=head),
        "honors": part("honors", rows=honors) if honors else "",
        "areas": drawn(summary.areas, "areas", head.urls["total"], "全部任务"),
        "trends": [drawn(chart, f"trend-{number}") for number, chart in enumerate(summary.trends)],
    }
    return render_to_string("dashboards/home_content.html", words)


def _tasks_content(choice: RoundChoice, asked: TaskChoice) -> str:
    picture, past = queries.pictures_of(choice)
    words = {"picture": picture, "listing": listing_of(picture, past, asked)}
    return render_to_string("dashboards/tasks_content.html", words)
