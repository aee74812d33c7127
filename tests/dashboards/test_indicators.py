"""Indicators, coordination items and differences of a picture."""

from decimal import Decimal

import pytest

from dashboards.summary import summary_of
from tests.dashboards.pictures import figure, picture, task


def test_a_missing_figure_is_a_gap_and_never_zero():
    summary = summary_of(
        picture(figures=(figure(value=None, explanation="年度统计，本季不报", as_of_on=None),))
    )
    [bullet], [row] = summary.bullets.rows, summary.figures
    assert (bullet.actual, bullet.note, bullet.words, row.value) == (
        None,
        "年度统计，本季不报",
        "— / 5,000 人次",
        "—",
    )


@pytest.mark.parametrize(
    ("fields", "tone"),
    [
        ({"value": Decimal(5000)}, "green"),
        ({"value": Decimal(4999)}, "actual"),
        ({"value": None}, "actual"),
        ({"value": Decimal(6), "year_target_value": Decimal(6), "direction": "down"}, "green"),
        ({"value": Decimal(7), "year_target_value": Decimal(6), "direction": "down"}, "actual"),
        ({"year_target_value": None, "year_target_wording": "力争更好结果"}, "actual"),
    ],
)
def test_only_what_reached_its_target_is_green(fields, tone):
    assert summary_of(picture(figures=(figure(**fields),))).bullets.rows[0].tone == tone


def test_words_without_a_value_stay_words():
    line = figure(year_target_value=None, year_target_wording="力争更好结果")
    assert summary_of(picture(figures=(line,))).bullets.rows[0].words == "3,530 / 力争更好结果 人次"


def test_the_trend_shows_unpublished_quarters_as_gaps():
    first = picture(quarter=1, figures=(figure(value=Decimal(1200), submission_uid="q1"),))
    now = picture(figures=(figure(last_year_value=Decimal(3000)),))
    points = summary_of(now, (first,)).trends[0].points
    assert [(point.name, point.actual, point.url) for point in points] == [
        ("2025年三季度", Decimal(3000), ""),
        ("2026年一季度", Decimal(1200), "/rounds/2026/1/reports/q1/"),
        ("2026年二季度", None, ""),
        ("2026年三季度", Decimal(3530), "/rounds/2026/3/reports/sheet/"),
    ]


def test_coordination_items_say_since_when_and_how_often():
    raised = task(coordination="请协调用地。")
    items = summary_of(
        picture(tasks=(raised, task(uid="t2"))), (picture(quarter=2, tasks=(raised,)),)
    ).coordination
    assert [(item.text, item.times_words) for item in items] == [("请协调用地。", "2026年二季度提出，第2次")]


def test_differences_list_the_light_beside_the_declared_status():
    lines = (task(colour="red", declared="orderly", declared_label="有序推进", agrees=False), task(uid="t2"))
    rows = summary_of(picture(tasks=lines)).differences
    assert [(row.word, row.line.declared_label) for row in rows] == [("红", "有序推进")]
