"""Measuring two things in turn in one run, and saying the result as one JSON line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

WARM_UP = 5


@dataclass(frozen=True)
class Line:
    """One budget: the value, what it is compared with, and whether it holds."""

    name: str
    value: float
    floor: float
    ratio: float
    budget: float
    ok: bool

    def say(self) -> None:
        print(json.dumps(asdict(self), ensure_ascii=False), flush=True)


def against(name: str, value: float, floor: float, budget: float) -> Line:
    """A value that may be at most `budget` times its floor."""
    ratio = value / floor if floor else float("inf")
    return Line(name, round(value, 3), round(floor, 3), round(ratio, 3), budget, ratio <= budget)


def at_most(name: str, value: float, budget: float) -> Line:
    """A value with a ceiling of its own: a count, a size."""
    return Line(
        name, round(value, 3), budget, round(value / budget, 3) if budget else value, 1.0, value <= budget
    )


def processor_milliseconds(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return (time.process_time() - started) * 1000


def in_turn(actions: dict[str, Callable[[], object]], rounds: int = 60) -> dict[str, float]:
    """Medians of the processor milliseconds of each action, all of them once per round."""
    seen: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(WARM_UP + rounds):
        for name, action in actions.items():
            spent = processor_milliseconds(action)
            if number >= WARM_UP:
                seen[name].append(spent)
    return {name: median(values) for name, values in seen.items()}
