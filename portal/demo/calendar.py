"""The days of the demonstration: quarters since 2024, all published but the last one that ended. Pure."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from core import clock
from core.periods import Quarter
from reporting.calendar import default_due_dates, next_workday

ONE_DAY = datetime.timedelta(days=1)
FIRST = Quarter(2024, 1)
# The open round began this many days ago and its lead units still have this many.
OPENED_DAYS_AGO, LEAD_DAYS_LEFT, ASSIST_DAYS_LEFT, REVIEW_DAYS_LEFT = 13, 6, 1, 11
PUBLISHING_HOUR = 16


def holidays(year: int) -> dict[datetime.date, bool]:
    """The days off in the months in which units report; the demonstration keeps them out of its moments."""
    first_week = {datetime.date(year, 10, day): False for day in range(1, 8)}
    return {datetime.date(year, 1, 1): False, **first_week}


def workday(day: datetime.date) -> datetime.date:
    """The day itself when worked, else the next one that is."""
    return next_workday(day, holidays(day.year))


@dataclass(frozen=True)
class DemoCalendar:
    """What the quarters' rounds look like on a day; only the open one and what follows depend on that day."""

    today: datetime.date
    now: datetime.datetime

    @property
    def open_quarter(self) -> Quarter:
        """The last one that ended before today: half reported."""
        return Quarter.of(self.today).previous()

    @cached_property
    def published(self) -> tuple[Quarter, ...]:
        """From the first one to the one before the open one."""
        found, quarter = [], FIRST
        while quarter < self.open_quarter:
            found.append(quarter)
            quarter = quarter.next()
        return tuple(found)

    @property
    def years(self) -> range:
        """Years with a plan: to the open quarter's, and the current one, which is being drafted until it has a quarter."""
        return range(FIRST.year, self.today.year + 1)

    def dates(self, quarter: Quarter) -> dict[str, datetime.date]:
        """The round's dates: the usual ones for a published quarter, around today for the open one."""
        first = quarter.last_day + ONE_DAY
        if quarter != self.open_quarter:
            return {"opens_on": workday(first), **default_due_dates(quarter.last_day, holidays(first.year))}
        left = {
            "assist_due_on": ASSIST_DAYS_LEFT,
            "lead_due_on": LEAD_DAYS_LEFT,
            "review_due_on": REVIEW_DAYS_LEFT,
        }
        due = {name: next_workday(self.today + days * ONE_DAY, {}) for name, days in left.items()}
        return {"opens_on": max(first, self.today - OPENED_DAYS_AGO * ONE_DAY), **due}

    def reporting_days(self, quarter: Quarter) -> list[datetime.date]:
        """Workdays on which units hand in: to the lead units' due date, in the open round to yesterday."""
        dates = self.dates(quarter)
        first, last = dates["opens_on"], dates["lead_due_on"]
        if quarter == self.open_quarter:
            last = max(first, min(last, self.today - ONE_DAY))
        span = [first + days * ONE_DAY for days in range((last - first).days + 1)]
        return [day for day in span if workday(day) == day] or [first]

    def moment(self, day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
        """A moment of a day, never later than now."""
        start = clock.start_of_day(day)
        return min(start + datetime.timedelta(hours=hour, minutes=minute), self.now)

    def opened_at(self, quarter: Quarter) -> datetime.datetime:
        return self.moment(self.dates(quarter)["opens_on"], 8, 30)

    def published_at(self, quarter: Quarter) -> datetime.datetime:
        """On the day the office's review is due, once everything is decided."""
        return self.moment(self.dates(quarter)["review_due_on"], PUBLISHING_HOUR)
