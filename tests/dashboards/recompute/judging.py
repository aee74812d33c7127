"""How a task stands in a round: its part of the whole, the figures of the reason, how far behind. Standard library only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tests.dashboards.recompute.records import Records, Row, day, elapsed, last_day, moment, rounded

PARTS = ("done", "green", "yellow", "red", "waiting", "unsettled", "unreported", "exempt")
MATCHES = {
    "green": {"done", "ahead", "on_pace", "orderly"},
    "done": {"done", "ahead"},
    "yellow": {"behind"},
    "red": {"slow", "not_started"},
}
Numbers = tuple[int | Decimal, ...]
Verdict = tuple[str, Numbers, Decimal]
NOTHING = Decimal(0)


@dataclass
class Judged:
    """A task with its part of the whole, the figures of the reason, and how far behind it is."""

    task: Row
    part: str
    numbers: Numbers = ()
    shortfall: Decimal = NOTHING
    is_overdue: bool = False
    is_unreported_red: bool = False
    coordination: str = ""
    declared: str = ""
    quarters: int = 0

    @property
    def is_behind(self) -> bool:
        return self.part in ("red", "yellow")

    @property
    def differs(self) -> bool:
        return bool(self.declared) and self.declared not in MATCHES.get(self.part, {self.declared})


def printed(numbers: Numbers, places: int) -> Numbers:
    return tuple(rounded(Decimal(number), places) for number in numbers)


class Count:
    """So many tasks of each part."""

    def __init__(self, tasks: Iterable[Judged]) -> None:
        self.by_part = Counter(judged.part for judged in tasks)

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(self.by_part[part] for part in PARTS)

    @property
    def reached(self) -> int:
        return self.by_part["done"] + self.by_part["green"]

    @property
    def behind(self) -> int:
        return self.by_part["yellow"] + self.by_part["red"]

    @property
    def assessed(self) -> int:
        return sum(self.values) - self.by_part["exempt"]

    @property
    def silent(self) -> int:
        return self.by_part["waiting"] + self.by_part["unsettled"] + self.by_part["unreported"]

    @property
    def percent(self) -> Decimal | None:
        """Unknown as long as nothing of it is known."""
        known = self.assessed > self.silent
        return rounded(Decimal(100 * self.reached) / self.assessed, 1) if known else None

    @property
    def is_incomplete(self) -> bool:
        return self.silent > 0


class Judge:
    """The rules of one round on one day; rows recorded after `known_at` are not known yet (None: all are)."""

    def __init__(self, records: Records, round_: Row, on: dt.date, known_at: dt.datetime | None) -> None:
        self.records, self.round, self.on, self.known_at = records, round_["pk"], on, known_at
        self.quarter, self.end = round_["quarter"], last_day(round_["year"], round_["quarter"] * 3)
        rules = [rule for rule in records.of("tasks.lightrule") if day(rule["effective_on"]) <= on]
        rule = max(rules, key=lambda rule: rule["effective_on"], default={})
        self.yellow, self.near = Decimal(rule.get("yellow_shortfall", 30)), int(rule.get("near_days", 15))

    def light(self, task: Row, *, is_due: bool, is_accepted: bool) -> Verdict:
        long_term, late = task["frequency"] == "long_term", (self.on - task["due"]).days
        if task["done_on"] and day(task["done_on"]) <= self.on:
            return "done", (), NOTHING
        part, numbers, shortfall = self._undated(task, is_due=is_due, is_accepted=is_accepted)
        if not long_term and late > 0:
            return "red", (late, self.on.month, self.on.day, *numbers), Decimal(100)
        if part == "exempt" or (is_due and not is_accepted):
            return part, numbers, shortfall
        if not long_term and -late <= self.near and part in ("green", "unreported"):
            return "yellow", (-late, self.on.month, self.on.day), NOTHING
        return part, numbers, shortfall

    def _undated(self, task: Row, *, is_due: bool, is_accepted: bool) -> Verdict:
        """Without any look at the deadline."""
        if is_due and not is_accepted:
            return "unreported", (), NOTHING
        if not is_due or (task["frequency"] == "year" and self.quarter != 4):
            return "exempt", (), NOTHING
        return self._pace(task, long_term=task["frequency"] == "long_term")

    def _pace(self, task: Row, *, long_term: bool) -> Verdict:
        steps = self.records.of("tasks.milestone", task=task["pk"])
        due = [step for step in steps if day(step["due_on"]) <= self.end]
        measure = self._measure(task)
        if measure is not None:
            return self._by_share(measure, self._asked(task, due, long_term=long_term))
        if not steps:
            return "unreported", (), NOTHING
        made = [step for step in due if step["done_on"] and day(step["done_on"]) <= self.end]
        numbers = (len(due), len(made)) if due else ()
        return self._compared(Decimal(len(made)), Decimal(len(due)), numbers)

    def _measure(self, task: Row) -> Row | None:
        rows = self.records.of("tasks.taskmeasure", task=task["pk"], round=self.round)
        known = [row for row in rows if self.known_at is None or moment(row["recorded_at"]) <= self.known_at]
        return max(known, key=lambda row: (moment(row["recorded_at"]), row["pk"]), default=None)

    def _by_share(self, measure: Row, asked: Decimal) -> Verdict:
        """A level is compared with this period's own target, a share with the pace."""
        done = Decimal(measure["share"])
        if measure["comparator"]:
            return self._compared(done, Decimal(100), (done,))
        return self._compared(done, asked, (done, asked))

    def _compared(self, done: Decimal, asked: Decimal, numbers: tuple[Decimal | int, ...]) -> Verdict:
        """What is behind is never printed as if it were not: 99.62 against 100 keeps a place, 99.98 two."""
        if done >= asked:
            return "green", printed(numbers, 0), NOTHING
        gap = (asked - done) / asked * 100
        places = 0
        while places < 2 and (rounded(done, places) >= rounded(asked, places) or not rounded(gap, places)):
            places += 1
        shortfall = rounded(gap, 2)
        part = "yellow" if shortfall <= self.yellow else "red"
        return part, printed((*numbers, gap), places), shortfall

    def _asked(self, task: Row, due: list[Row], *, long_term: bool) -> Decimal:
        stepped = [Decimal(step["target_share"]) for step in due if step["target_share"] is not None]
        if stepped:
            return max(stepped)
        if long_term:
            return Decimal(25 * self.quarter)
        return elapsed(task["start"], task["due"], self.end) * 100
