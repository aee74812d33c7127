"""The days of the demonstration, counted from today: two published quarters, one open, one to come. Pure."""

import datetime
from dataclasses import dataclass

from core import clock
from core.periods import Quarter
from reporting.calendar import default_due_dates, next_workday

ONE_DAY = datetime.timedelta(days=1)
OPEN_INDEX = 2
# The open round began this many days ago and its lead units still have this many.
OPENED_DAYS_AGO, LEAD_DAYS_LEFT, ASSIST_DAYS_LEFT, REVIEW_DAYS_LEFT = 13, 6, 1, 11


@dataclass(frozen=True)
class DemoCalendar:
    """`quarters` 0 and 1 are published, 2 ended last before today and is open, 3 is under way."""

    today: datetime.date
    now: datetime.datetime

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        current = Quarter.of(self.today)
        opened = current.previous()
        return (opened.previous().previous(), opened.previous(), opened, current)

    @property
    def year(self) -> int:
        """The year the plan is named after."""
        return self.quarters[OPEN_INDEX].year

    def dates(self, index: int) -> dict[str, datetime.date]:
        """The round's dates: the usual ones for the published quarters, around today for the open one."""
        first = self.quarters[index].last_day + ONE_DAY
        if index != OPEN_INDEX:
            return {"opens_on": next_workday(first, {}), **default_due_dates(first - ONE_DAY, {})}
        left = {
            "assist_due_on": ASSIST_DAYS_LEFT,
            "lead_due_on": LEAD_DAYS_LEFT,
            "review_due_on": REVIEW_DAYS_LEFT,
        }
        due = {name: next_workday(self.today + days * ONE_DAY, {}) for name, days in left.items()}
        return {"opens_on": max(first, self.today - OPENED_DAYS_AGO * ONE_DAY), **due}

    def moment(self, day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
        """A moment of the working day on or after `day`, never later than now."""
        start = clock.start_of_day(next_workday(day, {}))
        return min(start + datetime.timedelta(hours=hour, minutes=minute), self.now)

    def in_round(self, index: int, days: int, hour: int, minute: int = 0) -> datetime.datetime:
        """A moment so many days after the round was opened; in the open round not after yesterday evening."""
        opened = self.dates(index)["opens_on"]
        day = opened + days * ONE_DAY
        if index == OPEN_INDEX:
            day = max(opened, min(day, self.today - ONE_DAY))
        return self.moment(day, hour, minute)
