"""Which days are worked, and how a due date moves off a rest day. Pure."""

import datetime
from collections.abc import Mapping

ONE_DAY = datetime.timedelta(days=1)


def is_workday(day: datetime.date, exceptions: Mapping[datetime.date, bool]) -> bool:
    """Monday to Friday, unless the calendar says otherwise."""
    return exceptions.get(day, day.weekday() < 5)


def next_workday(day: datetime.date, exceptions: Mapping[datetime.date, bool]) -> datetime.date:
    """The day itself when worked, else the next one that is."""
    while not is_workday(day, exceptions):
        day += ONE_DAY
    return day


def default_due_dates(
    period_end: datetime.date, exceptions: Mapping[datetime.date, bool]
) -> dict[str, datetime.date]:
    """协同 10th, 牵头 15th, 审核 20th of the month after the quarter, each moved off rest days (DOMAIN §3)."""
    first = period_end + ONE_DAY
    days = {"assist_due_on": 10, "lead_due_on": 15, "review_due_on": 20}
    return {name: next_workday(first.replace(day=day), exceptions) for name, day in days.items()}
