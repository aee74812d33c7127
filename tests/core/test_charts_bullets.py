"""Bullet rows: value, target, pace."""

import re
from decimal import Decimal

from core.charts import Bullet, BulletRow


def bullet(**values) -> Bullet:
    defaults = {"label": "技能人才总量", "actual": Decimal("43.2"), "target": Decimal(48), "unit": "万人"}
    return Bullet("关键指标", (BulletRow(**{**defaults, **values}),))


def actual_width(chart: Bullet) -> list[str]:
    return re.findall(r'<rect class="mark tone-actual" x="0%" y="24" width="([^"]*)"', chart.svg)


def words(chart: Bullet) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)", chart.svg)


def test_bar_fills_the_track_by_the_share_of_the_target():
    assert actual_width(bullet()) == ["90%"]


def test_words_say_value_target_unit_and_last_year():
    assert words(bullet(note="存量", last_year=Decimal("40.2"))) == [
        "技能人才总量", "43.2 / 48 万人", "存量", "去年同期 40.2",
    ]  # fmt: skip


def test_pace_is_a_mark_at_its_place():
    assert re.findall(r'<line class="pace" x1="([^"]*)"', bullet(pace=Decimal(36)).svg) == ["75%"]


def test_value_beyond_the_target_shows_the_target_as_a_mark():
    chart = bullet(actual=Decimal(60))
    assert actual_width(chart) == ["99.8%"]
    assert re.findall(r'<line class="target" x1="([^"]*)"', chart.svg) == ["80%"]


def test_unknown_value_is_an_outline_and_a_dash():
    chart = bullet(actual=None)
    assert actual_width(chart) == []
    assert words(chart) == ["技能人才总量", "— / 48 万人"]
    assert chart.table.rows == (("技能人才总量", "万人", "—", "48", "—", "—"),)


def test_target_in_words_is_shown_as_it_was_written():
    chart = bullet(target=None, target_text="与全省保持一致")
    assert words(chart) == ["技能人才总量", "43.2 / 与全省保持一致 万人"]
    assert chart.table.rows[0][3] == "与全省保持一致"


def test_row_leads_to_the_indicator():
    chart = bullet(url="/metrics/a1/")
    assert re.findall(r'<a href="([^"]*)"', chart.svg) == ["/metrics/a1/", "/metrics/a1/"]


def test_plotly_compares_shares_of_targets_and_keeps_unknown():
    assert [trace["x"] for trace in bullet(pace=None).plotly["data"]] == [[90.0], [None]]


def test_hostile_text_is_only_text():
    chart = bullet(label="<script>", unit="<a>&", note="<b>")
    assert re.findall(r"<(?!/?(?:svg|rect|text|title|line)\b)[^>]*>", chart.svg) == []


def test_no_rows_draw_nothing():
    empty = Bullet("关键指标", ())
    assert (empty.table.rows, re.findall("<(rect|text|line)", empty.svg)) == ((), [])


def test_large_amounts_are_written_in_hundred_millions_and_stay_exact_in_hint_and_table():
    chart = bullet(actual=307_890_000, target=630_000_000, unit="元", last_year=218_390_000)
    assert words(chart) == ["技能人才总量", "3.0789 / 6.3 亿元", "去年同期 2.1839"]
    assert re.findall(r"<title>([^<]*)", chart.svg) == [
        "307,890,000 / 630,000,000 元", "技能人才总量：307,890,000 / 630,000,000 元",
    ]  # fmt: skip
    assert chart.table.rows == (("技能人才总量", "元", "307,890,000", "630,000,000", "—", "218,390,000"),)


def test_a_long_name_is_never_cut_but_takes_a_line_of_its_own():
    name = "年度统筹就业、人才、技工大市等专项资金"
    assert words(bullet(label=name)) == [name, "43.2 / 48 万人"]
    assert re.findall(r'height="([^"]*)" role', bullet(label=name).svg) == ["78"]
