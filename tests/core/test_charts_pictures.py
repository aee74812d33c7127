"""A chart as a file: it tells by itself what it shows."""

import re
from datetime import date

from core.charts import Bullet, BulletRow, Period, TargetActual
from core.charts.pictures import picture


def words(chart, **told) -> list[str]:
    drawn = picture(chart, period="2026年二季度", **{"shows_demo": False, **told})
    return re.findall(r"<text[^>]*>([^<]+)", drawn)


def test_the_head_names_quarter_unit_day_and_invention():
    chart = TargetActual("专项资金", "元", (Period("二季度", 307_890_000),), date(2026, 6, 30))
    assert words(chart, shows_demo=True)[:4] == [
        "专项资金", "2026年二季度 · 单位：亿元 · 截至2026年6月30日 · 演示数据", "实际", "目标",
    ]  # fmt: skip


def test_a_chart_without_parts_says_how_to_read_it():
    chart = Bullet("关键指标", (BulletRow("<b>人才</b>", 5, 10, "人"),))
    assert words(chart)[:3] == ["关键指标", "2026年二季度 · 竖线为序时应达", "&lt;b&gt;人才&lt;/b&gt;"]


def test_links_stay_behind():
    chart = Bullet("关键指标", (BulletRow("人才", 5, 10, "人", url="/metrics/a/"),))
    assert "<a" not in picture(chart, period="2026年二季度", shows_demo=False)
