"""A chart as a picture of its own: what the page says around the drawing stands inside the file. Pure."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.charts import figures, marks
from core.charts.bars import Series, ShareBars, StackedBars
from core.charts.bullets import Bullet
from core.charts.periods import TargetActual
from core.formats import date_text

Chart = Bullet | ShareBars | StackedBars | TargetActual
WIDTH, EDGE = 960, 24
TITLE, FACTS, LEGEND, DRAWING = 34, 56, 80, 104
KEY, KEY_GAP, SQUARE = 10, 32, 13
# The colours of static/css/tokens.css; a file on a disk reads no sheet of the portal.
STYLE = mark_safe(  # noqa: S308 (our own colours)
    "svg{font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;font-size:13px;overflow:visible}"
    "text{fill:#1b2633}.faint{fill:#5a6675;font-size:12px}.title{font-size:18px;font-weight:600}"
    ".track{fill:#e6eaee}.axis{stroke:#c2c9d2}.gap{fill:none;stroke:#c2c9d2;stroke-dasharray:3 3}"
    ".target,.pace{stroke:#1b2633;stroke-width:2}"
    + "".join(f".tone-{tone}{{fill:{colour}}}" for tone, colour in figures.COLOURS.items())
)
NOTHING = mark_safe('<text x="0" y="24" class="faint">暂无数据</text>')
_LINK = re.compile(r"</?a\b[^>]*>")
_HEIGHT = re.compile(r'height="([\d.]+)"')


def picture(chart: Chart, *, period: str, shows_demo: bool) -> SafeString:
    """The drawing with title, quarter, unit, as-of date and legend; invented data says so. No links: a file leads nowhere."""
    drawn = mark_safe(_LINK.sub("", chart.svg))  # noqa: S308 (our own drawing)
    found = _HEIGHT.search(drawn)
    drawn_height = float(found[1] if found else 0)
    height = DRAWING + (drawn_height or 40) + 44
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
        "<style>{style}</style>"
        '<rect width="100%" height="100%" fill="#ffffff"/>'
        '<text class="title" x="{edge}" y="{title_at}">{title}</text>'
        '<text class="faint" x="{edge}" y="{facts_at}">{facts}</text>{legend}'
        '<svg x="{edge}" y="{top}" width="{inner}">{body}</svg>'
        '<text class="faint" x="{edge}" y="{foot}">滁州产改进度门户</text></svg>',
        w=WIDTH, h=marks.px(height), style=STYLE, edge=EDGE, title_at=TITLE, title=chart.title, facts_at=FACTS,
        facts=_facts(chart, period, shows_demo), legend=_legend(chart.series), top=DRAWING,
        inner=WIDTH - 2 * EDGE, body=drawn if drawn_height else NOTHING,
        foot=marks.px(height - 14),
    )  # fmt: skip


def _facts(chart: Chart, period: str, shows_demo: bool) -> str:
    unit = getattr(chart, "shown_unit", chart.unit)
    parts = (
        period,
        f"单位：{unit}" if unit else "",
        f"截至{date_text(chart.as_of)}" if chart.as_of else "",
        getattr(chart, "reading", ""),
        "演示数据" if shows_demo else "",
    )
    return " · ".join(part for part in parts if part)


def _legend(series: tuple[Series, ...]) -> SafeString:
    parts, x = [], float(EDGE)
    for one in series:
        key = (
            '<line class="target" x1="{x}" y1="{middle}" x2="{end}" y2="{middle}"/>'
            if one.tone == "target"
            else '<rect class="tone-{tone}" x="{x}" y="{top}" width="10" height="10"/>'
        )
        parts.append(
            format_html(
                key + '<text x="{words}" y="{base}">{label}</text>',
                x=marks.px(x), end=marks.px(x + KEY), middle=LEGEND - 5, top=LEGEND - KEY, tone=one.tone,
                words=marks.px(x + KEY + 4), base=LEGEND, label=one.label,
            )
        )  # fmt: skip
        x += KEY + KEY_GAP + marks.width_of(one.label) * SQUARE
    return marks.joined(parts)
