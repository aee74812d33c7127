"""Due dates move off rest days, by the week and by the editable calendar."""

from datetime import date

import pytest

from reporting.calendar import default_due_dates, next_workday

HOLIDAY = {date(2026, 10, day): False for day in range(1, 8)}


@pytest.mark.parametrize(
    ("day", "exceptions", "moved"),
    [
        (date(2026, 10, 12), {}, date(2026, 10, 12)),
        (date(2026, 10, 10), {}, date(2026, 10, 12)),
        (date(2026, 10, 10), {date(2026, 10, 10): True}, date(2026, 10, 10)),
        (date(2026, 10, 1), HOLIDAY, date(2026, 10, 8)),
    ],
)
def test_next_workday(day, exceptions, moved):
    assert next_workday(day, exceptions) == moved


def test_due_dates_of_a_quarter_are_the_10th_15th_and_20th_of_the_next_month():
    assert default_due_dates(date(2026, 12, 31), {}) == {
        "assist_due_on": date(2027, 1, 11),
        "lead_due_on": date(2027, 1, 15),
        "review_due_on": date(2027, 1, 20),
    }
