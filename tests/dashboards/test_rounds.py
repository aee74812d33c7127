"""Which round a page shows."""

import datetime as dt

import pytest
from django.http import QueryDict

from core.errors import BadInput
from dashboards.choice import TaskChoice
from dashboards.rounds import choose
from reporting.models import ReportingRound

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def round_(quarter, *, published=False, accepted=False, year=2026):
    row = ReportingRound(
        pk=year + quarter, year=year, quarter=quarter, published_at=NOW if published else None
    )
    row.has_accepted = accepted
    return row


@pytest.mark.parametrize(
    ("rounds", "asked", "expected"),
    [
        ([], "", None),
        ([round_(2), round_(1, published=True)], "", 1),
        ([round_(2, accepted=True), round_(1, published=True)], "", 2),
        ([round_(2)], "", 2),
        ([round_(2), round_(1, published=True)], "2026Q2", 2),
        ([round_(2)], "2025Q4", None),
    ],
)
def test_the_newest_round_with_something_to_see_is_shown(rounds, asked, expected):
    choice = choose(rounds, asked)
    assert (choice.chosen.quarter if choice else None) == expected


def test_neighbours_and_past_are_those_of_the_list():
    rows = [round_(4), round_(3), round_(2, published=True), round_(1, published=True)]
    choice = choose(rows, "2026Q3")
    assert (choice.earlier, choice.later, choice.past) == (rows[2], rows[0], (rows[2], rows[3]))


def test_a_round_is_compared_with_last_quarter_and_those_of_its_year():
    years = [round_(quarter, published=True, year=year) for year in (2026, 2025) for quarter in (4, 3, 2, 1)]
    assert choose(years, "2026Q1").past == (years[4],)
    assert choose(years, "2026Q3").past == (years[2], years[3])


@pytest.mark.parametrize("asked", ["2026Q5", "三季度", "2026", "1e3"])
def test_a_round_that_cannot_be_read_is_refused_in_a_sentence(asked):
    with pytest.raises(BadInput) as refused:
        choose([round_(1)], asked)
    assert str(refused.value) == f"“{asked}”不是有效的季度，请写成“2026Q3”的形式。"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("light=purple", "“purple”不是有效的灯色，请从列表中选择。"),
        ("report=never", "“never”不是有效的报送情况，请从列表中选择。"),
    ],
)
def test_an_unknown_filter_is_refused_in_a_sentence(asked, sentence):
    with pytest.raises(BadInput) as refused:
        TaskChoice.from_query(QueryDict(asked))
    assert str(refused.value) == sentence
