"""The story of one submission as a list of steps: who did what at which moment, with which content. Pure of the database."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from metrics.actions import TypedFigure
from organization.models import User
from portal.demo.calendar import ONE_DAY, DemoCalendar, workday
from portal.demo.hands import LATE, WAYS
from reporting.models import Submission

LAST_HOUR = 17
# Step → (workdays after the step before, hour of that day); the same day's steps follow each other by minutes.
RHYTHM = {
    "edit": (1, 9),
    "submit": (0, 11),
    "sign": (0, 15),
    "send_back": (0, 16),
    "recall": (0, 16),
    "take": (1, 9),
    "release": (0, 11),
    "return": (0, 14),
    "accept": (0, 14),
}
NEXT_STEP = datetime.timedelta(minutes=23)


@dataclass(frozen=True)
class Step:
    """One move: its name, who made it and when; what was typed before an `edit`, why something went back."""

    name: str
    by: User
    at: datetime.datetime
    fields: dict[str, Any] | None = None
    figures: dict[int, TypedFigure] | None = None
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Extension:
    """Leave to report after the due date."""

    until_on: datetime.date
    reason: str
    by: User
    at: datetime.datetime


@dataclass
class Story:
    """One submission and everything that happened to it, in order."""

    submission: Submission
    steps: list[Step] = field(default_factory=list)
    extension: Extension | None = None


@dataclass(frozen=True)
class Cast:
    """Who acts for one submission. Without a signer nothing is signed or sent back within the unit."""

    liaison: User
    signer: User | None
    reviewer: User

    def acting(self, step: str) -> User | None:
        if step in ("sign", "send_back"):
            return self.signer
        return self.reviewer if step in ("take", "release", "return", "accept") else self.liaison


@dataclass(frozen=True)
class Content:
    """What each attempt says, and why the earlier ones came back."""

    attempts: Sequence[dict[str, Any]]
    reason_code: str = ""
    reason: str = ""
    late_reason: str = ""


class Clockwork:
    """Moments of one submission's steps: within the round, each after the one before, never later than now."""

    def __init__(
        self, calendar: DemoCalendar, opened_on: datetime.date, begin: datetime.date, minute: int
    ) -> None:
        self._calendar, self._day, self._minute = calendar, begin, minute
        self._last = calendar.moment(opened_on, 8, 30)

    def next(self, step: str, *, is_first: bool) -> datetime.datetime:
        days, hour = RHYTHM[step]
        for _ in range(0 if is_first else days):
            self._day = workday(self._day + ONE_DAY)
        at = self._calendar.moment(self._day, hour, self._minute)
        if at <= self._last:
            at = min(self._last + NEXT_STEP, self._calendar.now)
        self._last = at
        return at


def tell(
    submission: Submission,
    way: str,
    cast: Cast,
    content: Content,
    clockwork: Clockwork,
    extension: Callable[[], Extension] | None = None,
) -> Story:
    """The steps of a way, with what was typed each time; steps of a signer fall away where the unit has none."""
    story, attempts = Story(submission), iter(content.attempts)
    for number, step in enumerate(WAYS[way]):
        by = cast.acting(step)
        if by is None:
            continue
        at = clockwork.next(step, is_first=number == 0)
        typed = next(attempts) if step == "edit" else {}
        came_back = step in ("return", "send_back")
        story.steps.append(
            Step(
                step,
                by,
                at,
                reason_code=content.reason_code if step == "return" else "",
                reason=content.reason if came_back else "",
                **typed,
            )
        )
    if way == LATE and extension is not None:
        story.extension = extension()
    return story
