"""Pages that only read: what a round says, and the tasks behind each of its figures."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core import clock
from core.exports import audited_file, audited_workbook
from dashboards import bodies, contents
from dashboards.choice import TaskChoice
from dashboards.exports import TASK_COLUMNS, task_cells
from dashboards.frame import Frame
from dashboards.pages import PAGES
from dashboards.queries.rounds import rounds_of, version_of
from dashboards.rounds import RoundChoice, choose
from dashboards.scope import READERS, scope_of
from dashboards.stamps import content_stamp, page_stamp
from organization.access import role_required
from reporting.models import ReportingRound


@require_safe
@role_required(*READERS)
def home(request: HttpRequest) -> HttpResponse:
    """驾驶舱: where the reform stands, what is behind and who leads it, what is asked of the leader."""
    return _answer(request, "dashboards/home.html", contents.home)


@require_safe
@role_required(*READERS)
def tasks(request: HttpRequest) -> HttpResponse:
    """The round's tasks cut down by light, area, lead unit or report: the list behind a figure."""
    TaskChoice.from_query(request.GET)
    return _answer(request, "dashboards/tasks.html", contents.tasks)


@require_safe
@role_required(*READERS)
def tasks_export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook, every page of it."""
    asked, scope = TaskChoice.from_query(request.GET), scope_of(request)
    choice = _chosen(rounds_of(scope), request.GET.get("round", ""))
    if choice is None:
        raise Http404("还没有开启过填报周期，没有可导出的任务。")
    name = f"任务进展{choice.chosen.period.label}"
    return audited_workbook(
        by=request.user,
        filename=name,
        sheet="任务进展",
        columns=TASK_COLUMNS,
        rows=task_cells(contents.exported_rows(request, choice, asked)),
    )


@require_safe
@role_required(*READERS)
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """One chart of a round as a picture that says by itself what it shows."""
    choice = _chosen(rounds_of(scope_of(request)), request.GET.get("round", ""))
    found = contents.chart_file(choice, code) if choice else None
    if found is None:
        raise Http404("没有这张图，或还没有开启过填报周期。")
    name, content = found
    return audited_file(
        by=request.user,
        filename=name,
        content=content.encode(),
        content_type="image/svg+xml; charset=utf-8",
        action="下载图片",
    )


def _chosen(rounds: list[ReportingRound], asked: str) -> RoundChoice | None:
    choice = choose(rounds, asked)
    if choice is None and asked:
        raise Http404("没有这个季度的填报周期，或不在您的查看范围内。")
    return choice


def _answer(request: HttpRequest, template: str, build: contents.Build) -> HttpResponse:
    """304 where the reader has the page; else the page around what is kept per scope, never per person."""
    scope = scope_of(request)
    version = version_of(scope, request.user)
    content_key = content_stamp(template, scope, version, clock.today(), request.GET.urlencode())
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
        choice = _chosen(rounds_of(scope), request.GET.get("round", ""))
        if choice is None:
            return render(request, "dashboards/no_round.html", {"scope": scope})
        kept = {"frame": Frame.of(scope, choice), **build(request, choice)}
        PAGES.set(content_key, kept)
    response = render(request, template, kept)
    if not has_messages:
        response.headers["ETag"] = etag
        bodies.keep(etag, response)
    return response
