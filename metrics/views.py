"""Pages of the indicators."""

import uuid
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.charts import TargetActual
from core.charts.pictures import picture
from core.exports import audited_file, audited_workbook
from core.tables import Head, SortedPage, sorted_page
from metrics.chart_file import chart_file
from metrics.exports import INDICATOR_COLUMNS, indicator_cells
from metrics.models import Indicator, TaskIndicator
from metrics.queries import detail
from metrics.queries.counties import county_table
from metrics.queries.filters import IndicatorFilter, choices_for, matching_indicators
from metrics.queries.quarters import spread_cells
from metrics.queries.register import (
    DEFAULT_SORT,
    SORTS,
    WHOLE,
    IndicatorRow,
    indicator_rows,
    subject_of,
    with_latest,
)
from metrics.wide import quarter_columns, quarter_rows
from organization.access import current_group, role_required
from organization.models import CoordinationGroup
from organization.roles import ALL_ROLES
from tasks.models import ReformArea, Task
from tasks.queries.filters import ALL, TaskFilter
from tasks.queries.register import matching_tasks

PER_PAGE = 50
MOST_EXPORTED = 50_000
HEADS = (
    Head("指标", key="name"),
    Head("类型", key="kind"),
    Head("最新数据", number=True),
    Head("印刷值", number=True),
    Head("核对"),
    Head("截至与审核"),
    Head("目标"),
    Head("责任单位", key="unit"),
    Head("章节", key="section"),
)
FIGURE_HEADS = (
    *(
        Head("时期", key="period"),
        Head("范围", key="unit"),
        Head("数值", number=True),
        Head("印刷值", number=True),
    ),
    *(Head("核对"), Head("截至与审核", key="as_of"), Head("口径与说明"), Head("来源与章节")),
)
TRAIL = [("首页", "/"), ("指标监测", "/metrics/")]


@require_safe
@role_required(*ALL_ROLES)
def indicator_list(request: HttpRequest) -> HttpResponse:
    asked = IndicatorFilter.from_query(request.GET)
    page = _page(request, asked, per_page=PER_PAGE)
    rows = indicator_rows(page.object_list, request.user, current_group(request))
    return render(
        request,
        "metrics/indicator_list.html",
        {
            "page": page,
            "rows": rows,
            "heads": page.heads(*HEADS),
            "asked": asked,
            "choices": choices_for(current_group(request)),
            "shows_demo": any(row.is_demo for row in rows),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def indicator_export(request: HttpRequest) -> HttpResponse:
    page = _page(request, IndicatorFilter.from_query(request.GET), per_page=MOST_EXPORTED)
    rows = indicator_rows(page.object_list, request.user, current_group(request))
    return audited_workbook(
        by=request.user,
        filename="指标监测",
        sheet="指标监测",
        columns=INDICATOR_COLUMNS,
        rows=indicator_cells(rows),
    )


@require_safe
@role_required(*ALL_ROLES)
def quarters_export(request: HttpRequest) -> HttpResponse:
    cells = spread_cells(request.user, current_group(request))
    return audited_workbook(
        by=request.user,
        filename="指标各季度数据",
        sheet="各季度数据",
        columns=quarter_columns(cells),
        rows=quarter_rows(cells, Indicator.objects.order_by("position", "code")),
    )


@require_safe
@role_required(*ALL_ROLES)
def indicator_chart_file(request: HttpRequest, code: str) -> HttpResponse:
    """The chart of the indicator's page as one file."""
    indicator, chart, shows_demo = _charted(request, code)
    return audited_file(
        by=request.user,
        filename=f"{indicator.name}-目标与实际.html",
        content=chart_file(indicator, chart, shows_demo=shows_demo).encode(),
        content_type="text/html; charset=utf-8",
        action="下载交互图文件",
    )


@require_safe
@role_required(*ALL_ROLES)
def indicator_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The chart of the indicator's page as a picture, drawn by the server."""
    indicator, chart, shows_demo = _charted(request, code)
    named = replace(chart, title=f"{indicator.name}：{chart.title}")
    return audited_file(
        by=request.user,
        filename=f"{indicator.name}-目标与实际.svg",
        content=picture(named, period="", shows_demo=shows_demo).encode(),
        content_type="image/svg+xml; charset=utf-8",
        action="下载图片",
    )


def _charted(request: HttpRequest, code: str) -> tuple[Indicator, TargetActual, bool]:
    """The indicator, its chart, and whether any of it is invented."""
    group, indicator = current_group(request), get_object_or_404(Indicator, code=code)
    targets = detail.targets_of(indicator, group)
    chart = detail.target_chart(indicator, request.user, group, targets)
    figures = detail.figures_of(indicator, request.user, group)
    shows_demo = any(row.is_demo for row in [indicator, *targets]) or figures.filter(is_demo=True).exists()
    return indicator, chart, shows_demo


@require_safe
@role_required(*ALL_ROLES)
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    group = current_group(request)
    cards = with_latest(Indicator.objects.filter(code=code), request.user, group)
    indicator = get_object_or_404(cards.select_related("numerator", "denominator"))
    figures = detail.figures_of(indicator, request.user, group)
    page = sorted_page(request, figures, sorts=detail.SORTS, default=detail.DEFAULT_SORT, per_page=PER_PAGE)
    targets, tasks = detail.targets_of(indicator, group), detail.tasks_measured(indicator, request.user)
    [row] = indicator_rows([indicator], request.user, group)
    return render(
        request,
        "metrics/indicator_detail.html",
        {
            "indicator": indicator,
            "row": row,
            "page": page,
            "figures": [detail.figure_row(indicator, figure) for figure in page.object_list],
            "heads": page.heads(*FIGURE_HEADS),
            "targets": [detail.target_row(target, indicator) for target in targets if target.unit_id is None],
            "unit_targets": [detail.target_row(target, indicator) for target in targets if target.unit_id],
            "chart": detail.target_chart(indicator, request.user, group, targets),
            "chart_file_url": _of_group("metrics:chart-file", indicator, group),
            "picture_url": _of_group("metrics:picture", indicator, group),
            "counties": county_table(indicator, request.user, group),
            "tasks": tasks,
            "trail": TRAIL,
            "shows_demo": row.is_demo
            or any(shown.is_demo for shown in (*page.object_list, *targets, *tasks)),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def task_figures(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The indicators of a task: a fragment for the task's page, a page of its own without JavaScript."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan__group"), uid=uid)
    measured = Indicator.objects.filter(task_indicators__task=task).order_by("position", "code")
    subject, group = subject_of(task), task.plan.group
    rows = indicator_rows(
        with_latest(measured, request.user, group, subject=subject), request.user, group, subject=subject
    )
    trail = [("首页", "/"), ("改革任务", "/tasks/"), (task.title, task.get_absolute_url())]
    return _figures(
        request,
        rows,
        heading="任务指标",
        about=task.title,
        scope=subject.short_name if subject else WHOLE,
        trail=trail,
        empty="这项任务没有关联指标。",
    )


@require_safe
@role_required(*ALL_ROLES)
def area_figures(request: HttpRequest, code: str) -> HttpResponse:
    """The indicators that measure the tasks of an area or section the reader sees: a fragment for its page."""
    area = get_object_or_404(ReformArea, code=code)
    group = current_group(request)
    is_section = area.taxonomy == ReformArea.Taxonomy.CENTRAL
    asked = TaskFilter(section=code) if is_section else TaskFilter(area=code)
    tasks = matching_tasks(request.user, group, asked, plan=ALL).order_by().values("pk")
    links = TaskIndicator.objects.filter(task_id__in=tasks).values("indicator_id")
    measured = Indicator.objects.filter(pk__in=links).order_by("position", "code")
    return _figures(
        request,
        indicator_rows(with_latest(measured, request.user, group), request.user, group),
        heading="相关指标",
        about=area.name,
        scope=WHOLE,
        trail=[("首页", "/"), ("改革领域", "/areas/"), (area.name, area.get_absolute_url())],
        empty="这里的任务没有关联指标。",
    )


def _figures(request: HttpRequest, rows: list[IndicatorRow], **words: object) -> HttpResponse:
    """Rows of indicators as a fragment of another page, or as a page of their own without JavaScript."""
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "metrics/task_figures.html#figures" if is_fragment else "metrics/task_figures.html"
    shows_demo = any(row.is_demo for row in rows)
    return render(request, template, {"rows": rows, "shows_demo": shows_demo, **words})


def _of_group(name: str, indicator: Indicator, group: CoordinationGroup) -> str:
    return f"{reverse(name, args=[indicator.code])}?group={group.code}"


def _page(request: HttpRequest, asked: IndicatorFilter, *, per_page: int) -> SortedPage:
    group = current_group(request)
    indicators = with_latest(matching_indicators(asked, request.user, group), request.user, group)
    return sorted_page(request, indicators, sorts=SORTS, default=DEFAULT_SORT, per_page=per_page)
