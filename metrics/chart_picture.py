"""The chart of an indicator as one picture: the server's own drawing with its colours, title and date inside."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.charts import TargetActual
from core.formats import date_text
from metrics.models import Indicator

WIDTH, HEIGHT, TOP, EDGE = 960, 340, 72, 24
# The same colours as static/css/tokens.css; a file on a disk reads no sheet of the portal.
STYLE = mark_safe(
    "svg{font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;font-size:13px}"
    "text{fill:#1b2633}.faint{fill:#5a6675;font-size:12px}.title{font-size:18px;font-weight:600}"
    ".tone-actual{fill:#1c4e89}.axis{stroke:#c2c9d2}.gap{fill:none;stroke:#c2c9d2;stroke-dasharray:3 3}"
    ".target{stroke:#1b2633;stroke-width:2}"
)


def chart_picture(indicator: Indicator, chart: TargetActual, *, shows_demo: bool) -> SafeString:
    """An SVG that every browser and office program opens; figures without a drawing say so."""
    facts = [f"单位：{indicator.measure_unit}"]
    facts += [f"截至{date_text(chart.as_of)}"] if chart.as_of else []
    facts += ["演示数据"] if shows_demo else []
    body = (
        chart.svg if chart.points else format_html('<text x="0" y="40" class="faint">{}</text>', "暂无数据")
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
        "<style>{style}</style>"
        '<rect width="100%" height="100%" fill="#ffffff"/>'
        '<text class="title" x="{edge}" y="34">{title}</text>'
        '<text class="faint" x="{edge}" y="56">{facts}</text>'
        '<rect class="tone-actual" x="{key}" y="24" width="10" height="10"/><text x="{key_text}" y="34">实际</text>'
        '<line class="target" x1="{line}" y1="29" x2="{line_end}" y2="29"/><text x="{line_text}" y="34">目标</text>'
        '<svg x="{edge}" y="{top}" width="{inner}" height="220">{body}</svg>'
        '<text class="faint" x="{edge}" y="{foot}">滁州产改进度门户</text></svg>',
        w=WIDTH,
        h=HEIGHT,
        style=STYLE,
        edge=EDGE,
        title=f"{indicator.name}：{chart.title}",
        facts=" · ".join(facts),
        key=WIDTH - 150,
        key_text=WIDTH - 136,
        line=WIDTH - 92,
        line_end=WIDTH - 74,
        line_text=WIDTH - 68,
        top=TOP,
        inner=WIDTH - 2 * EDGE,
        body=body,
        foot=HEIGHT - 14,
    )
