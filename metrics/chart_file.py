"""A chart as one file that opens without the portal: library, words and figures inside, nothing fetched."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from core.charts import TargetActual
from core.formats import date_text
from metrics.models import Indicator

# The same as in static/js/chart.js: no upload of the figures, no advertisement.
CONFIG = {"showSendToCloud": False, "displaylogo": False, "locale": "zh-CN", "responsive": True}
LOCALE = "vendor/plotly-locales-3.7.0/zh-cn.js"


def chart_file(indicator: Indicator, chart: TargetActual, *, shows_demo: bool) -> str:
    """The whole page; the drawing escapes what stands in labels, the page the rest."""
    words: dict[str, Any] = {
        "indicator": indicator,
        "chart": chart,
        "shows_demo": shows_demo,
        "as_of": date_text(chart.as_of) if chart.as_of else "",
    }
    if chart.points:
        words |= _drawing(chart)
    return render_to_string("metrics/chart_file.html", words)


def _drawing(chart: TargetActual) -> dict[str, str]:
    # heavy: the figure library, and four megabytes of script for the file
    from plotly.graph_objects import Figure
    from plotly.offline import get_plotlyjs  # heavy: as above

    figure = Figure(chart.plotly)
    figure.update_layout(template=None)
    figure.update_yaxes(title=None, exponentformat="none", separatethousands=True)
    drawn = figure.to_html(
        config=CONFIG, include_plotlyjs=False, full_html=False, default_height="520px", div_id="chart"
    )
    scripts = f"<script>{get_plotlyjs()}</script><script>{_locale()}</script>"
    # The scripts are the libraries' own; plotly writes the figures as JSON without «<», «>» and «/».
    return {"scripts": mark_safe(scripts), "drawing": mark_safe(drawn)}  # noqa: S308 (said above)


def _locale() -> str:
    found = finders.find(LOCALE)
    if not isinstance(found, str):
        raise FileNotFoundError(LOCALE)
    return Path(found).read_text(encoding="utf-8")
