"""What became of each task in each quarter of a city: drawn once from the seed, written to several tables. Pure."""

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass

from core import clock
from core.periods import Quarter
from portal.scale.shape import Shape
from reporting.workflow import State

HANDED_IN = frozenset({State.SUBMITTED, State.REVIEWING, State.RETURNED, State.ACCEPTED})
# The open quarter is half reported.
OPEN_STATES = (
    *[State.ACCEPTED] * 35,
    *[State.SUBMITTED] * 10,
    *[State.REVIEWING] * 3,
    *[State.RETURNED] * 4,
    *[State.DRAFT] * 15,
    *[State.PENDING] * 33,
)
UNREPORTED_OF_100, REVISED_OF_100, NIL_OF_100, ASKING_OF_100 = 2, 45, 4, 3
# How a task runs → hundredths of the pace it should have, and how often of a hundred.
PACES = (*[102] * 88, *[85] * 8, *[55] * 4)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One task's report in one quarter."""

    state: State
    versions: int
    percent: int
    declared: str
    is_nil: bool
    asks: bool
    pick: int


class History:
    """The quarters of a city with their dates, and `reports[quarter][task]`."""

    def __init__(self, shape: Shape, seed: int, today: datetime.date) -> None:
        self.shape, self.today = shape, today
        self.random = random.Random(seed)  # noqa: S311 (the same data from the same seed, no secret)
        newest = Quarter.of(today).previous()
        self.quarters = _ending_with(newest, shape.quarters)
        self.paces = [self.random.choice(PACES) for _ in range(shape.tasks)]
        self.reports = [self._reports(index) for index in range(shape.quarters)]

    @property
    def open_index(self) -> int:
        return self.shape.quarters - 1

    def dates(self, index: int) -> dict[str, datetime.date]:
        """Filled in from the day after the quarter, due on the 10th and 15th; the open one in a week."""
        opens = self.quarters[index].last_day + datetime.timedelta(days=1)
        first = opens if index != self.open_index else max(opens, self.today - datetime.timedelta(days=8))
        days = {"opens_on": 0, "assist_due_on": 9, "lead_due_on": 14, "review_due_on": 19}
        return {name: first + datetime.timedelta(days=day) for name, day in days.items()}

    def moment(self, index: int, day: int, minute: int) -> datetime.datetime:
        """So many days after the quarter opened, at nine o'clock and some minutes."""
        morning = clock.start_of_day(self.dates(index)["opens_on"] + datetime.timedelta(days=day % 7))
        return morning + datetime.timedelta(hours=9, minutes=minute % 400)

    def sheet_state(self, index: int, number: int) -> State:
        """Figures of the published quarters were all accepted; of the open one every other sheet is."""
        return State.PENDING if index == self.open_index and number % 2 else State.ACCEPTED

    def _reports(self, index: int) -> list[Outcome]:
        return [self._outcome(index, pace) for pace in self.paces]

    def _outcome(self, index: int, pace: int) -> Outcome:
        draw = self.random.random
        hundred = int(draw() * 100)
        if index == self.open_index:
            state = OPEN_STATES[hundred]
        else:
            state = State.PENDING if hundred < UNREPORTED_OF_100 else State.ACCEPTED
        percent = min(100, pace * (index + 1) // self.shape.quarters)
        return Outcome(
            state=state,
            versions=(1 + (draw() * 100 < REVISED_OF_100)) if state in HANDED_IN else 0,
            percent=percent,
            declared="on_pace" if pace > 100 else "behind" if pace > 70 else "slow",
            is_nil=draw() * 100 < NIL_OF_100,
            asks=draw() * 100 < ASKING_OF_100,
            pick=int(draw() * 10_000),
        )


def _ending_with(newest: Quarter, count: int) -> Sequence[Quarter]:
    quarters = [newest]
    while len(quarters) < count:
        quarters.append(quarters[-1].previous())
    return quarters[::-1]
