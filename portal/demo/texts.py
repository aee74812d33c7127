"""What the reports of the demonstration say: words that fit the task, its figures and how it stands. Pure."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.periods import Quarter
from portal.demo.chance import Chance
from portal.demo.content import Content
from portal.demo.hands import NIL
from portal.demo.numbers import Numbers
from portal.demo.standing import Course, Pace, Standings
from portal.demo.wording import Writer, is_sayable

# How often a unit that is on pace still names a problem, says what is next, asks for help; and how often it is
# wrong about itself.
NAMES_A_PROBLEM, SAYS_WHAT_IS_NEXT = 0.25, 0.7
ASKS_FOR_HELP, ASKS_WHEN_BEHIND = 0.08, 0.4
SEES_IT_BRIGHTER, SEES_IT_DARKER = 0.16, 0.05
YI = 100_000_000
WAN = 10_000


@dataclass(frozen=True)
class Subject:
    """The task a report is about: its plan, the words the fixtures offer for it, what every sentence may name."""

    course: Course
    words: Content
    known: Mapping[str, str]


class Texts:
    """Writes reports in the order of time."""

    def __init__(
        self, writer: Writer, common: Content, numbers: Numbers, standings: Standings, chance: Chance
    ) -> None:
        self._writer, self._common, self._numbers = writer, common, numbers
        self._standings, self._chance = standings, chance

    def report(self, subject: Subject, quarter: Quarter, way: str) -> dict[str, Any]:
        """All fields of a progress report."""
        source = self._chance.source("text", subject.course.key, quarter)
        known = {**subject.known, **figures_known(self._numbers, subject.course, quarter)}
        if way == NIL:
            return self._nil(subject, quarter, source, known)
        standing = self._standings.of(subject.course, quarter.quarter)
        pace = standing.pace
        status = self._status(pace, standing.is_reached, source)
        is_behind = status in ("behind", "slow")
        asks = ASKS_WHEN_BEHIND if is_behind else ASKS_FOR_HELP
        return {
            "progress": self._progress(subject, quarter, source, known),
            "problems": self._problems(subject, quarter, source, known, is_behind=is_behind),
            "next_steps": ""
            if standing.is_reached
            else self._next_steps(subject, quarter, source, known, is_behind=is_behind),
            "coordination": self._from(subject.words["coordination"], source, quarter, known)
            if source.random() < asks
            else "",
            "declared_status": status,
            "percent": standing.percent,
            "is_nil": False,
        }

    def sentence(self, kind: str, quarter: Quarter, *words: object) -> str:
        """One of the common patterns, for reasons and explanations."""
        return self._from(self._common[kind], self._chance.source(kind, quarter, *words), quarter, {})

    def reason(self, codes: Sequence[str], quarter: Quarter, *words: object) -> tuple[str, str]:
        """A category and why the office returned something; another category where one has nothing new to say."""
        source = self._chance.source("reason", quarter, *words)
        for code in source.sample(list(codes), len(codes)):
            try:
                return code, self._from(self._common["returned"][code], source, quarter, {})
            except ValueError:
                continue
        raise ValueError(f"No reason is left for {quarter}.")

    def _from(
        self, patterns: list[str], source: random.Random, quarter: Quarter, known: Mapping[str, str]
    ) -> str:
        return self._writer.write(patterns, source, quarter, known)

    def _nil(
        self, subject: Subject, quarter: Quarter, source: random.Random, known: Mapping[str, str]
    ) -> dict[str, Any]:
        """Nothing moved: the percent is the last quarter's, the reason and the way on are said."""
        percent = Decimal("0.00")
        if quarter.quarter > 1:
            percent = self._standings.of(subject.course, quarter.quarter - 1).percent
        return {
            "progress": "",
            "problems": self._from(self._common["nothing_moved"], source, quarter, known),
            "next_steps": self._from(self._common["resume"], source, quarter.next(), known),
            "coordination": "",
            "declared_status": "not_started" if percent == 0 or source.random() < 0.5 else "slow",
            "percent": percent,
            "is_nil": True,
        }

    def _progress(
        self, subject: Subject, quarter: Quarter, source: random.Random, known: Mapping[str, str]
    ) -> str:
        """Figures or milestones first, then one or two things that were done."""
        patterns = subject.words["progress"]
        telling = [pattern for pattern in patterns if "{actual}" in pattern or "{actual2}" in pattern]
        others = subject.words.get("more") or [pattern for pattern in patterns if pattern not in telling]
        said = []
        if any(is_sayable(pattern, known) for pattern in telling):
            said.append(self._from(telling, source, quarter, known))
        said += self._about_steps(subject.course, quarter, source, known)
        for pattern in source.sample(others, 1 if said else min(2, len(others))):
            said.append(self._either(pattern, others, source, quarter, known))
        return "".join(said)

    def _either(
        self,
        pattern: str,
        others: list[str],
        source: random.Random,
        quarter: Quarter,
        known: Mapping[str, str],
    ) -> str:
        """This pattern, or any other one where it has nothing new to say."""
        try:
            return self._from([pattern], source, quarter, known)
        except ValueError:
            return self._from(others, source, quarter, known)

    def _about_steps(
        self, course: Course, quarter: Quarter, source: random.Random, known: Mapping[str, str]
    ) -> list[str]:
        steps = self._standings.steps(course) if course.steps and not course.indicators else []
        now = quarter.quarter
        told = [
            ("steps_done" if step.due == now else "steps_caught_up", step)
            for step in steps
            if step.done == now
        ]
        if not told and steps:
            ahead = [step for step in steps if step.due > now] or steps[-1:]
            told = [("steps_quiet", ahead[0])]
        return [
            self._from(self._common[kind], source, quarter, {**known, "step": step.title})
            for kind, step in told
        ]

    def _missed_step(self, course: Course, quarter: Quarter) -> str:
        """The first milestone that should be done and is not."""
        steps = self._standings.steps(course) if course.steps and not course.indicators else []
        now = quarter.quarter
        return next(
            (step.title for step in steps if step.due <= now and (step.done is None or step.done > now)), ""
        )

    def _problems(
        self,
        subject: Subject,
        quarter: Quarter,
        source: random.Random,
        known: Mapping[str, str],
        *,
        is_behind: bool,
    ) -> str:
        if not is_behind and source.random() >= NAMES_A_PROBLEM:
            return ""
        missed = self._missed_step(subject.course, quarter)
        said = []
        if missed and is_behind:
            stepped = {**known, "step": missed}
            said.append(self._from(self._common["steps_missed"], source, quarter, stepped))
        elif is_behind and source.random() < 0.5:
            said.append(self._from(self._common["behind"], source, quarter, known))
        said.append(self._own_or(subject.words["problems"], "behind", source, quarter, known))
        return "".join(said)

    def _next_steps(
        self,
        subject: Subject,
        quarter: Quarter,
        source: random.Random,
        known: Mapping[str, str],
        *,
        is_behind: bool,
    ) -> str:
        """Its months are those of the quarter that follows."""
        if not is_behind and source.random() >= SAYS_WHAT_IS_NEXT:
            return ""
        missed = self._missed_step(subject.course, quarter)
        if missed and is_behind:
            stepped = {**known, "step": missed}
            return self._from(self._common["steps_ahead"], source, quarter.next(), stepped)
        return self._own_or(
            subject.words["next"], "catch_up" if is_behind else "steady", source, quarter.next(), known
        )

    def _own_or(
        self, own: list[str], common: str, source: random.Random, quarter: Quarter, known: Mapping[str, str]
    ) -> str:
        """Mostly the task's own words, sometimes the common ones, which are many."""
        first, second = (own, self._common[common]) if source.random() < 0.7 else (self._common[common], own)
        try:
            return self._from(first, source, quarter, known)
        except ValueError:
            return self._from(second, source, quarter, known)

    def _status(self, pace: Pace, is_reached: bool, source: random.Random) -> str:
        """The unit's own word, which sometimes is not what the figures say."""
        luck = source.random()
        if pace is Pace.WELL:
            if is_reached:
                return "done"
            return (
                "behind"
                if luck < SEES_IT_DARKER
                else source.choice(("on_pace", "on_pace", "orderly", "ahead"))
            )
        if luck < SEES_IT_BRIGHTER:
            return source.choice(("orderly", "on_pace"))
        return "behind" if pace is Pace.BEHIND else "slow"


def figures_known(numbers: Numbers, course: Course, quarter: Quarter) -> dict[str, str]:
    """The slots that speak of the task's figures, as its sheet reports them."""
    known: dict[str, str] = {}
    for place, indicator in enumerate(course.indicators):
        mark = "" if place == 0 else str(place + 1)
        now = numbers.reported(indicator, course.area, quarter)
        restarts = numbers.stated(indicator)["shape"] == "year" and quarter.quarter == 1
        before = 0 if restarts else _before(numbers, indicator, course.area, quarter)
        known[f"actual{mark}"] = amount(now)
        if now > before:
            known[f"more{mark}"] = amount(now - before)
        known |= goals_known(numbers, indicator, course.area, quarter.year, mark)
        if place == 0:
            known["rate"] = f"{100 * now / numbers.year_target(indicator, course.area, quarter.year):.1f}"
        if place == 1 and now and numbers.stated(indicator)["shape"] == "level":
            whole = numbers.reported(course.indicators[0], course.area, quarter)
            known["ratio"] = f"{100 * now / whole:.1f}"
    return known


def goals_known(numbers: Numbers, indicator: str, area: str, year: int, mark: str = "") -> dict[str, str]:
    """The year's target as titles and texts name it: 60000, 6万, 6.3亿."""
    goal = numbers.year_target(indicator, area, year)
    return {f"goal{mark}": str(goal), f"goal{mark}_short": short(goal), f"goal{mark}_yi": f"{goal / YI:g}亿"}


def _before(numbers: Numbers, indicator: str, area: str, quarter: Quarter) -> int:
    if quarter.quarter == 1 and quarter.year == min(numbers.stated(indicator)["targets"]):
        return numbers.history(indicator, area)[-1]
    return numbers.reported(indicator, area, quarter.previous())


def amount(value: int) -> str:
    """Whole numbers as clerks write them; sums of money in 万."""
    return f"{value / WAN:g}万" if value >= 1_000_000 and value % WAN == 0 else str(value)


def short(value: int) -> str:
    """6万, 47.2万, 800."""
    return f"{value / WAN:g}万" if value >= WAN else str(value)
