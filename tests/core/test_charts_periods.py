"""Bars over periods and their targets."""

import re
from decimal import Decimal

from core.charts import Period, TargetActual


def chart(*points: Period, precision: int | None = None) -> TargetActual:
    return TargetActual("竞赛场次", "场", points, precision=precision)


def heights(svg: str) -> list[str]:
    return re.findall(r'<rect class="mark tone-actual"[^>]* height="([^"]*)"', svg)


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)", svg)


def test_bars_stand_in_proportion_to_the_highest_value():
    assert heights(chart(Period("一季度", 50), Period("二季度", 100)).svg) == ["72", "144"]


def test_target_is_a_line_over_its_period():
    svg = chart(Period("一季度", 50, 100), Period("二季度", 60)).svg
    assert re.findall(r'<line class="target" x1="([^"]*)" y1="([^"]*)" x2="([^"]*)"', svg) == [
        ("0%", "22", "50%")
    ]


def test_unknown_value_is_an_outline_with_a_dash():
    svg = chart(Period("一季度", None, 100)).svg
    assert heights(svg) == []
    assert svg.count('class="mark gap"') == 1
    assert words(svg) == ["—", "一季度"]


def test_table_names_periods_with_their_year_and_shows_unknown():
    table = chart(Period("一季度", Decimal("1234.5"), None, "2026年")).table
    assert table.head == ("时期", "实际（场）", "目标（场）")
    assert table.rows == (("2026年一季度", "1,234.5", "—"),)


def test_year_is_written_once_under_its_first_period():
    svg = chart(Period("三季度", 1, group="2025年"), Period("四季度", 1, group="2025年")).svg
    assert words(svg) == ["1", "三季度", "2025年", "1", "四季度"]


def test_many_periods_name_the_latest():
    svg = chart(*(Period(f"第{number}期", number) for number in range(1, 13))).svg
    assert [text for text in words(svg) if text.startswith("第")] == [
        f"第{number}期" for number in (2, 4, 6, 8, 10, 12)
    ]


def test_negative_growth_hangs_below_the_axis():
    svg = chart(Period("一季度", -50), Period("二季度", 50)).svg
    assert re.findall(r'tone-actual"[^>]* y="([^"]*)" width="[^"]*" height="([^"]*)"', svg) == [
        ("94", "72"),
        ("22", "72"),
    ]


def test_zero_stays_visible_and_differs_from_unknown():
    svg = chart(Period("一季度", 0, 10)).svg
    assert heights(svg) == ["1"]
    assert words(svg) == ["0", "一季度"]


def test_empty_series_draws_nothing():
    empty = chart()
    assert empty.table.rows == ()
    assert re.findall("<(rect|text|line)", empty.svg) == []


def test_bar_leads_to_its_report():
    svg = chart(Period("一季度", 5, url="/metrics/a1/?round=2026Q1")).svg
    assert re.findall(r'<a href="([^"]*)" aria-label="([^"]*)">', svg) == [
        ("/metrics/a1/?round=2026Q1", "一季度：5场")
    ]


def test_hostile_text_is_only_text():
    hostile = TargetActual("<script>&", "<a>", (Period("<b>", 1, 2, "&"),))
    assert re.findall(r"<(?!/?(?:svg|rect|text|title|line)\b)[^>]*>", hostile.svg) == []
    assert hostile.plotly["data"][0]["x"] == ["&amp;&lt;b&gt;"]


def test_plotly_keeps_gaps():
    figure = chart(Period("一季度", None, Decimal("1.5")), Period("二季度", 2)).plotly
    assert [trace["y"] for trace in figure["data"]] == [[None, 2], [1.5, None]]


def test_large_amounts_are_labelled_in_hundred_millions():
    chart = TargetActual("专项资金", "元", (Period("二季度", 307_890_000, 315_000_000),))
    assert (chart.shown_unit, ">3.0789<" in chart.svg, "二季度：307,890,000元" in chart.svg) == (
        "亿元", True, True,
    )  # fmt: skip
