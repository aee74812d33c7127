"""Measuring two things in turn in one run, and saying the result as one JSON line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

WARM_UP = 5
# The worker closes the connection and the request after the last byte: that belongs to the request.
AFTERMATH_SECONDS = 0.002


@dataclass(frozen=True)
class Line:
    """One budget: the value, what it is compared with, and whether it is held."""

    name: str
    value: float
    floor: float
    ratio: float
    budget: float
    held: bool

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


def processor_milliseconds(*pids: int) -> float:
    """What processes have spent on the processor so far; the kernel counts nanoseconds."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e6


def in_turn(
    actions: Mapping[str, Callable[[], object]],
    *pids: int,
    before: Mapping[str, Callable[[], object]] | None = None,
    rounds: int = 60,
    warm_up: int = WARM_UP,
) -> dict[str, float]:
    """Medians of the processor milliseconds each action costs the processes together, once per round each.

    `before` holds what an action needs done each time, which is not its own cost.
    """
    seen: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(warm_up + rounds):
        for name, action in actions.items():
            (before or {}).get(name, bool)()
            started = processor_milliseconds(*pids)
            action()
            time.sleep(AFTERMATH_SECONDS)
            if number >= warm_up:
                seen[name].append(processor_milliseconds(*pids) - started)
    return {name: median(values) for name, values in seen.items()}
