"""Parts of a page as HTML, kept by their words and figures: they depend on nothing else, whoever asks and whenever.

After a change only the parts whose figures moved are drawn again. Per process, bounded.
"""

import functools
from collections.abc import Hashable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.charts import Bullet, StackedBars, TargetActual

Chart = Bullet | StackedBars | TargetActual
REMEMBERED = 256


@functools.lru_cache(maxsize=REMEMBERED)
def drawn(chart: Chart, panel: str, picture_url: str, url: str = "", link_label: str = "") -> SafeString:
    """The panel of a chart (`components/chart.html`); equal charts are the same text."""
    words = {"chart": chart, "id": panel, "url": url, "link_label": link_label, "picture_url": picture_url}
    return mark_safe(render_to_string("components/chart.html", words))  # noqa: S308 (our own template)


@functools.lru_cache(maxsize=REMEMBERED)
def part(template: str, **words: Hashable) -> SafeString:
    """A part of the page; its words are frozen dataclasses and tuples of them."""
    return mark_safe(render_to_string(f"dashboards/{template}.html", words))  # noqa: S308 (our own templates)
