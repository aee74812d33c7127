"""Dates and numbers of a task in a later plan."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.carrying import MOST_CODE, moved_by_years, proposed_code

codes = st.text(alphabet="0123456789-甲A", min_size=1, max_size=MOST_CODE)
years = st.integers(min_value=2018, max_value=2099)


@pytest.mark.parametrize(
    ("day", "by", "wanted"),
    [
        (dt.date(2025, 12, 31), 1, dt.date(2026, 12, 31)),
        (dt.date(2024, 2, 29), 1, dt.date(2025, 2, 28)),
        (dt.date(2024, 2, 29), 4, dt.date(2028, 2, 29)),
        (dt.date(2025, 6, 30), 0, dt.date(2025, 6, 30)),
        (None, 3, None),
    ],
)
def test_dates_move_by_whole_years(day, by, wanted):
    assert moved_by_years(day, by) == wanted


@pytest.mark.hypothesis
@given(first=st.dates(max_value=dt.date(2090, 1, 1)), days=st.integers(0, 800), by=st.integers(0, 9))
def test_order_of_dates_survives_the_move(first, days, by):
    second = first + dt.timedelta(days=days)
    moved = moved_by_years(first, by), moved_by_years(second, by)
    assert moved[0] <= moved[1]
    assert moved[0].year == first.year + by
    assert (moved[0].month, min(moved[0].day, 28)) == (first.month, min(first.day, 28))


@pytest.mark.parametrize(
    ("code", "taken", "wanted"),
    [
        ("2025-07", set(), "2026-07"),
        ("2025-07", {"2026-07", "2026-08"}, "2026-09"),
        ("07", set(), "07"),
        ("09", {"09"}, "10"),
        ("甲", {"甲"}, "甲-2"),
        ("2025", set(), "2025"),
    ],
)
def test_code_takes_the_new_year_or_the_next_free_number(code, taken, wanted):
    assert proposed_code(code, from_year=2025, to_year=2026, taken=taken) == wanted


@pytest.mark.hypothesis
@given(code=codes, taken=st.sets(codes, max_size=20), from_year=years, to_year=years)
def test_code_is_free_and_fits(code, taken, from_year, to_year):
    found = proposed_code(code, from_year=from_year, to_year=to_year, taken=taken)
    assert found not in taken
    assert len(found) <= MOST_CODE
