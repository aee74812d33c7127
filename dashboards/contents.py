"""What stands inside a dashboard page: drawn once per scope and stamp, whoever asks."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.charts.pictures import picture
from core.tables import Head, sorted_page
from dashboards.choice import DEFAULT_SORT, SORTS, TaskChoice
from dashboards.drawings import Chart, drawn, part
from dashboards.links import TASKS_EXPORT, picture_url, tasks_url
from dashboards.queries.honors import honor_rows
from dashboards.queries.readings import reading_for, readings_for
from dashboards.queries.standings import first_rows, row_of, standings_of
from dashboards.rounds import RoundChoice
from dashboards.summary import Summary, summary_of
from dashboards.summary.rows import TaskRow

Build = Callable[[HttpRequest, RoundChoice], dict[str, str]]
PER_PAGE = 50
TRENDS_SHOWN, HONORS_SHOWN = 8, 8
MOST_EXPORTED = 50_000
HEADS = (
    Head("灯", key="light"),
    Head("编号", key="code"),
    Head("任务", key="title"),
    Head("改革领域", key="area"),
    Head("牵头单位", key="lead"),
    Head("依据"),
    Head("连续未达", key="quarters", number=True),
    Head("完成时限", key="due"),
    Head("单位自评"),
    Head("报送"),
)


def home(request: HttpRequest, choice: RoundChoice) -> dict[str, str]:
    """Everything a round says, in the order in which a leader asks."""
    reading, past = readings_for(choice)
    summary = summary_of(reading, past, first_rows(reading))
    head, rows = summary.headline, summary.rows
    honors = honor_rows() if choice.chosen.group.parent_id is None else ()
    trends = summary.trends[:TRENDS_SHOWN]
    files = {panel: picture_url(reading.group_code, reading.period, panel) for panel in charts_of(summary)}
    bullets = drawn(summary.bullets, "indicators", files["indicators"], "/metrics/", "全部指标")
    words: dict[str, Any] = {
        "has_tasks": bool(head.tally.total),
        "headline": part("headline", head=head),
        "behind": part("behind", listed=rows.behind, head=head),
        "owing": part("owing", units=summary.owing, head=head),
        "coordination": part("coordination", listed=rows.coordination, head=head),
        "units": part("units", units=summary.units, head=head),
        "indicators": part(
            "indicators", bullets=bullets, rows=summary.bullets.rows, figures=summary.figures, head=head
        ),
        "differences": part("differences", listed=rows.differing, head=head),
        "lights": part("lights", thresholds=reading.thresholds, judged_on=reading.judged_on),
        "honors": part("honors", rows=honors[:HONORS_SHOWN], total=len(honors)) if honors else "",
        "areas": drawn(summary.areas, "areas", files["areas"], head.urls["total"], "全部任务"),
        "trends": [
            drawn(chart, f"trend-{number}", files[f"trend-{number}"]) for number, chart in enumerate(trends)
        ],
        "more_trends": len(summary.trends) - len(trends),
    }
    return _content("home_content", words)


def charts_of(summary: Summary) -> dict[str, Chart]:
    """The charts of the page by the names of their panels."""
    trends = {f"trend-{number}": chart for number, chart in enumerate(summary.trends[:TRENDS_SHOWN])}
    return {"areas": summary.areas, "indicators": summary.bullets, **trends}


def chart_file(choice: RoundChoice, panel: str) -> tuple[str, SafeString] | None:
    """The name and content of one chart as a picture; None where the page has no such panel."""
    reading, past = readings_for(choice)
    chart = charts_of(summary_of(reading, past)).get(panel)
    if chart is None:
        return None
    label = reading.period.label
    return f"{chart.title}-{label}.svg", picture(chart, period=label, shows_demo=reading.shows_demo)


def tasks(request: HttpRequest, choice: RoundChoice) -> dict[str, str]:
    """A page of the chosen tasks, sorted as asked."""
    asked, reading = TaskChoice.from_query(request.GET), reading_for(choice)
    rows = asked.of(standings_of(reading), reading)
    page = sorted_page(request, rows, sorts=SORTS, default=DEFAULT_SORT, per_page=PER_PAGE)
    words = {
        "reading": reading,
        "asked": asked,
        "options": asked.options(reading),
        "page": page,
        "heads": page.heads(*HEADS),
        "rows": [row_of(standing, reading) for standing in page.object_list],
        "previous_url": page.page_query(page.number - 1) if page.has_previous() else "",
        "next_url": page.page_query(page.number + 1) if page.has_next() else "",
        "clear_url": tasks_url(reading.group_code, reading.period),
        "lights": part("lights", thresholds=reading.thresholds, judged_on=reading.judged_on),
    }
    return {**_content("tasks_content", words), "export_url": f"{TASKS_EXPORT}?{request.GET.urlencode()}"}


def exported_rows(request: HttpRequest, choice: RoundChoice, asked: TaskChoice) -> Iterator[TaskRow]:
    """All rows of the list, in the order of the page."""
    reading = reading_for(choice)
    rows = asked.of(standings_of(reading), reading)
    page = sorted_page(request, rows, sorts=SORTS, default=DEFAULT_SORT, per_page=MOST_EXPORTED)
    return (row_of(standing, reading) for standing in page.object_list)


def _content(template: str, words: dict[str, Any]) -> dict[str, str]:
    return {"content": mark_safe(render_to_string(f"dashboards/{template}.html", words))}  # noqa: S308 (our own templates)
