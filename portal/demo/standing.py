"""How an invented task really stands at a quarter's end: what its report says and its light will show. Pure."""

import enum
from dataclasses import dataclass
from decimal import Decimal

from core.periods import Quarter
from portal.demo.chance import Chance
from portal.demo.numbers import Numbers

# Beyond this shortfall a light is red (DOMAIN §4).
RED_BELOW = 0.7
# What share of quality tasks goes well, or a little behind; the rest far behind.
WELL, A_LITTLE = 0.78, 0.93
DELAYED_STEPS = 0.18


class Pace(enum.Enum):
    """Well, behind or far behind, before any deadline."""

    WELL = "well"
    BEHIND = "behind"
    SLOW = "slow"


@dataclass(frozen=True)
class Course:
    """What decides how a task goes: its key within the group, year, indicators and milestones."""

    key: str
    year: int
    kind: str
    area: str
    indicators: tuple[str, ...]
    steps: tuple[str, ...]
    last_quarter: int = 4
    is_punctual: bool = False


@dataclass(frozen=True)
class Step:
    """One milestone: due at the end of a quarter, done in one, or not within the year."""

    title: str
    due: int
    done: int | None


@dataclass(frozen=True)
class Standing:
    """Where a task stands: pace, percent of the year's work, whether all of the year's is done."""

    pace: Pace
    percent: Decimal
    is_reached: bool


class Standings:
    """Answers for every task and quarter, from the figures, the milestones or chance."""

    def __init__(self, numbers: Numbers, chance: Chance) -> None:
        self._numbers, self._chance = numbers, chance

    def of(self, course: Course, quarter: int) -> Standing:
        if course.indicators:
            return self._by_figures(course, quarter)
        return self._by_steps(course, quarter) if course.steps else self._by_judgement(course, quarter)

    def steps(self, course: Course) -> list[Step]:
        """The year's milestones, spread over its quarters; some are done one quarter late."""
        found = []
        first_due = course.last_quarter - len(course.steps) + 1
        for due, title in enumerate(course.steps, start=first_due):
            late = not course.is_punctual and self._chance.happens(
                DELAYED_STEPS, "step", course.key, course.year, due
            )
            done = due + 1 if late else due
            found.append(Step(title, due, done if done <= 4 else None))
        return found

    def _by_figures(self, course: Course, quarter: int) -> Standing:
        """The figure that was passed to the task last decides its light; reached is what reached every target."""
        shares, period = [], Quarter(course.year, quarter)
        for indicator in course.indicators:
            actual = self._numbers.reported(indicator, course.area, period)
            shares.append(Decimal(actual) / self._numbers.target(indicator, course.area, period))
        first, year_end = course.indicators[0], Quarter(course.year, 4)
        goal = self._numbers.target(first, course.area, year_end)
        percent = min(Decimal(100), Decimal(self._numbers.reported(first, course.area, period)) / goal * 100)
        is_reached = quarter == 4 and min(shares) >= 1
        return Standing(pace_of(float(shares[-1])), _cents(percent), is_reached)

    def _by_steps(self, course: Course, quarter: int) -> Standing:
        steps = self.steps(course)
        due = [step for step in steps if step.due <= quarter]
        done = [step for step in due if step.done is not None and step.done <= quarter]
        percent = Decimal(100 * len(done)) / len(steps)
        share = len(done) / len(due) if due else 1.0
        return Standing(pace_of(share), _cents(percent), len(done) == len(steps))

    def _by_judgement(self, course: Course, quarter: int) -> Standing:
        """Percent never falls within the year."""
        percents = [round(25 * number * self._factor(course, number)) for number in range(1, quarter + 1)]
        percent = min(max(percents), 100)
        return Standing(pace_of(percent / (25 * quarter)), _cents(Decimal(percent)), percent == 100)

    def _factor(self, course: Course, quarter: int) -> float:
        source = self._chance.source("quality", course.key, course.year, quarter)
        luck, depth = source.random(), source.random()
        if luck < WELL:
            return 1 + depth * 0.07
        return 0.78 + depth * 0.17 if luck < A_LITTLE else 0.45 + depth * 0.2


def pace_of(share: float) -> Pace:
    if share >= 1:
        return Pace.WELL
    return Pace.BEHIND if share >= RED_BELOW else Pace.SLOW


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))
