"""Bars that lie down: parts of a whole and shares, with unknown values, links and hostile text."""

import re
from decimal import Decimal

import pytest

from core.charts import BarRow, Series, ShareBars, ShareRow, StackedBars

SERIES = (Series("已办结", "done"), Series("达到序时", "green"))


def stacked(*rows: BarRow) -> StackedBars:
    return StackedBars("各领域进展", "项", SERIES, rows, row_label="领域")


def widths(svg: str) -> list[str]:
    return re.findall(r'<rect class="mark[^"]*" x="[^"]*" y="[^"]*" width="([^"]*)"', svg)


def test_parts_share_the_bar_in_proportion():
    assert widths(stacked(BarRow("思想引领", (1, 3))).svg) == ["20.3%", "61.3%"]


def test_table_has_one_column_per_series_with_its_unit():
    table = stacked(BarRow("思想引领", (1, 3), "4 / 4 项")).table
    assert table.head == ("领域", "已办结（项）", "达到序时（项）", "说明")
    assert table.rows == (("思想引领", "1", "3", "4 / 4 项"),)


def test_unknown_value_is_a_dash_in_the_table_and_no_bar():
    chart = stacked(BarRow("思想引领", (None, 2)))
    assert chart.table.rows == (("思想引领", "—", "2", ""),)
    assert widths(chart.svg) == ["81.8%"]


def test_row_without_any_value_is_an_outline():
    svg = stacked(BarRow("思想引领", (None, None))).svg
    assert widths(svg) == []
    assert svg.count('class="gap"') == 1


def test_zero_is_zero_in_the_table():
    assert stacked(BarRow("思想引领", (0, 2))).table.rows == (("思想引领", "0", "2", ""),)


def test_empty_chart_has_no_rows_and_no_marks():
    chart = stacked()
    assert chart.table.rows == ()
    assert chart.svg == (
        '<svg class="chart-svg" xmlns="http://www.w3.org/2000/svg" width="100%" height="0" role="img"'
        ' aria-label="各领域进展"></svg>'
    )


def test_segment_with_an_address_is_a_link_with_its_meaning():
    svg = stacked(BarRow("思想引领", (1, 3), urls=("/tasks/?light=done", ""))).svg
    assert re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"><rect', svg) == [
        ("/tasks/?light=done", "思想引领 · 已办结：1项")
    ]


def test_drawing_with_links_is_a_group_and_not_an_image():
    assert stacked(BarRow("思想引领", (1, 3), url="/areas/a1/")).svg.count('role="group"') == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://example.com/", "//example.com/"])
def test_link_out_of_the_portal_is_refused(url):
    with pytest.raises(ValueError, match="within the portal"):
        str(stacked(BarRow("思想引领", (1, 3), url=url)).svg)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<a href='x'>", "甲&乙"])
def test_hostile_text_is_only_text(text):
    chart = StackedBars(text, text, (Series(text, "done"),), (BarRow(text, (1,), text),))
    assert text not in chart.svg
    assert re.findall(r"<(?!/?(?:svg|rect|text|title)\b)[^>]*>", chart.svg) == []


def test_plotly_labels_are_escaped_and_unknown_is_null():
    figure = stacked(BarRow("<b>甲</b>&", (None, Decimal("1.5")))).plotly
    assert [trace["y"] for trace in figure["data"]] == [["&lt;b&gt;甲&lt;/b&gt;&amp;"]] * 2
    assert [trace["x"] for trace in figure["data"]] == [[None], [1.5]]


def test_plotly_layout_carries_no_theme():
    assert "template" not in stacked(BarRow("甲", (1, 1))).plotly["layout"]


def test_long_names_move_above_their_bars():
    svg = stacked(BarRow("持续实施职业技能提升行动和技工教育综合改革", (1, 3))).svg
    assert widths(svg) == ["24.8%", "74.8%"]
    assert re.findall(r">([^<]*…)<title>([^<]*)</title></text>", svg) == [
        ("持续实施职业技能提升行动和技工教…", "持续实施职业技能提升行动和技工教育综合改革")
    ]


def test_printed_share_wins_and_says_that_its_whole_is_unknown():
    chart = ShareBars("占比", (ShareRow("代表", Decimal("0.0425"), "4.25%", "分母未列明"),))
    assert chart.table.rows == (("代表", "4.25%", "—", "—", "分母未列明"),)
    assert widths(chart.svg) == ["4.25%"]


def test_computed_share_shows_its_parts():
    row = ShareRow("高技能人才", Decimal("0.30943"), numerator=Decimal("10.4"), denominator=Decimal("33.61"))
    assert ShareBars("占比", (row,)).table.rows == (("高技能人才", "30.9%", "10.4", "33.61", ""),)


def test_unknown_share_is_an_outline_and_a_dash():
    chart = ShareBars("占比", (ShareRow("代表", None),))
    assert widths(chart.svg) == []
    assert chart.table.rows == (("代表", "—", "—", "—", ""),)
    assert chart.plotly["data"][0]["x"] == [None]
