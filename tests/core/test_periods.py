import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Quarter, months_elapsed_share

DATES = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2199, 12, 31))
NEW_YEAR, NEW_YEARS_EVE = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def test_quarter_reads_and_writes_its_name():
    quarter = Quarter.parse("2026Q3")
    assert (str(quarter), quarter.label, quarter.short_label) == ("2026Q3", "2026年三季度", "三季度")
    assert (quarter.first_day, quarter.last_day) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert (quarter.is_year_end, Quarter(2026, 4).is_year_end) == (False, True)


@pytest.mark.parametrize("text", ["2026Q5", "2026q3", "2026-3", "", "２０２６Q3", "2026Q3x", "0000Q1", None])
def test_quarter_refuses_other_writings(text):
    with pytest.raises(ValueError, match="不是有效的季度"):
        Quarter.parse(text)


def test_quarter_steps_over_the_year():
    assert Quarter(2026, 1).previous() == Quarter(2025, 4)
    assert Quarter(2026, 4).next() == Quarter(2027, 1)
    assert Quarter(2025, 4) < Quarter(2026, 1)


@pytest.mark.hypothesis
@given(DATES)
def test_quarter_of_a_date_holds_it_and_parses_back(day):
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert Quarter.parse(str(quarter)) == quarter
    assert quarter.next().first_day == quarter.last_day + dt.timedelta(days=1)
    assert quarter.next().previous() == quarter


@pytest.mark.parametrize(("quarter", "share"), [(1, "0.25"), (2, "0.5"), (3, "0.75"), (4, "1")])
def test_share_of_the_year_at_each_quarter_end(quarter, share):
    at = Quarter(2026, quarter).last_day
    assert months_elapsed_share(None, None, at) == Decimal(share)
    assert months_elapsed_share(NEW_YEAR, NEW_YEARS_EVE, at) == Decimal(share)


@pytest.mark.parametrize(
    ("start_on", "due_on", "at", "share"),
    [
        (dt.date(2026, 7, 1), dt.date(2026, 9, 30), dt.date(2026, 6, 30), "0"),
        (dt.date(2026, 7, 1), dt.date(2026, 12, 31), dt.date(2026, 9, 30), "0.5"),
        (dt.date(2026, 4, 1), dt.date(2027, 3, 31), dt.date(2026, 12, 31), "0.75"),
        (dt.date(2026, 2, 1), dt.date(2026, 2, 28), dt.date(2026, 2, 14), "0.5"),
        (NEW_YEAR, NEW_YEAR, NEW_YEAR, "1"),
    ],
)
def test_share_of_other_spans(start_on, due_on, at, share):
    assert round(months_elapsed_share(start_on, due_on, at), 12) == Decimal(share)


def test_share_refuses_a_due_date_before_the_start():
    with pytest.raises(ValueError, match="完成时限早于开始日期"):
        months_elapsed_share(NEW_YEARS_EVE, NEW_YEAR, NEW_YEAR)


@pytest.mark.hypothesis
@given(st.tuples(DATES, DATES).map(sorted), DATES)
def test_share_stays_between_nothing_and_all_and_never_falls(span, at):
    start_on, due_on = span
    today = months_elapsed_share(start_on, due_on, at)
    assert 0 <= today <= months_elapsed_share(start_on, due_on, at + dt.timedelta(days=1)) <= 1
