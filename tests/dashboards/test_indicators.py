"""Indicators of a round, and since when a matter has been raised."""

from decimal import Decimal

import pytest

from dashboards.summary import summary_of
from tests.dashboards.readings import figure, reading, row


def test_a_missing_figure_is_a_gap_and_never_zero():
    summary = summary_of(
        reading(figures=(figure(value=None, explanation="年度统计，本季不报", as_of_on=None),))
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
    assert summary_of(reading(figures=(figure(**fields),))).bullets.rows[0].tone == tone


def test_words_without_a_value_stay_words():
    line = figure(year_target_value=None, year_target_wording="力争更好结果")
    assert summary_of(reading(figures=(line,))).bullets.rows[0].words == "3,530 / 力争更好结果 人次"


def test_the_trend_shows_unpublished_quarters_as_gaps():
    first = reading(1, figures=(figure(value=Decimal(1200), submission_uid="q1"),))
    now = reading(figures=(figure(last_year_value=Decimal(3000)),))
    points = summary_of(now, (first,)).trends[0].points
    assert [(point.name, point.actual, point.url) for point in points] == [
        ("2025年三季度", Decimal(3000), ""),
        ("2026年一季度", Decimal(1200), "/rounds/2026/1/reports/q1/"),
        ("2026年二季度", None, ""),
        ("2026年三季度", Decimal(3530), "/rounds/2026/3/reports/sheet/"),
    ]


@pytest.mark.parametrize(
    ("raised", "words"),
    [(1, "2026年三季度提出"), (2, "2026年二季度提出，第2次"), (4, "2025年四季度提出，第4次")],
)
def test_a_matter_says_since_when_and_how_often_it_was_raised(raised, words):
    assert row(raised=raised).raised_words == words
