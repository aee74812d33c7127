"""Invented sentences: patterns of the fixtures filled with numbers and places, none used too often. Pure."""

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from core.periods import Quarter

# No sentence of the demonstration stands more often than this; the test asks for three at most.
MOST = 2
TRIES = 40
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"([\d.]+)-([\d.]+)")
_SENTENCE = re.compile(r"[^。；！？\n]+")
MONTHS = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}


def sentences(text: str) -> list[str]:
    """The sentences of a text without their closing marks."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


class Writer:
    """Fills patterns. Used in the order of time, so that earlier quarters never depend on later ones."""

    def __init__(self, areas: Sequence[str], industries: Sequence[str], used: Counter[str]) -> None:
        """`used` counts the sentences of the whole demonstration; groups share it."""
        self._areas, self._industries, self._used = list(areas), list(industries), used

    def write(
        self,
        patterns: Sequence[str],
        source: random.Random,
        quarter: Quarter,
        known: Mapping[str, str],
    ) -> str:
        """One of the patterns whose figures are known, filled; a sentence that was used before is drawn again.

        ValueError when the patterns cannot say anything new: the fixtures need another one.
        """
        usable = [pattern for pattern in patterns if is_sayable(pattern, known)]
        for _ in range(TRIES):
            text = self._filled(source.choice(usable), source, quarter, known)
            if all(self._used[sentence] < MOST for sentence in sentences(text)):
                self._used.update(sentences(text))
                return text
        raise ValueError(f"Nothing new to say for {quarter}: {usable[:1]}")

    def _filled(self, pattern: str, source: random.Random, quarter: Quarter, known: Mapping[str, str]) -> str:
        areas = source.sample(self._areas, len(self._areas))
        industries = source.sample(self._industries, len(self._industries))

        def slot(match: re.Match[str]) -> str:
            name = match[1]
            if name in known:
                return known[name]
            drawn = _RANGE.fullmatch(name)
            if drawn:
                return _number(drawn[1], drawn[2], source)
            return {
                "area": areas.pop,
                "areas": lambda: f"{areas.pop()}、{areas.pop()}",
                "industry": industries.pop,
                "month": lambda: str(source.choice(MONTHS[quarter.quarter])),
                "when": lambda: quarter.short_label,
            }[name]()

        return _SLOT.sub(slot, pattern)


def _number(low: str, high: str, source: random.Random) -> str:
    if "." in low or "." in high:
        return f"{source.uniform(float(low), float(high)):.1f}"
    return str(source.randint(int(low), int(high)))


FIGURES = frozenset(
    {f"{name}{number}" for name in ("actual", "more", "goal") for number in ("", "2", "3")}
    | {"rate", "ratio", "step", "goal_short", "goal2_short", "goal_yi"}
)


def is_sayable(pattern: str, known: Mapping[str, str]) -> bool:
    return all(slot in known for slot in _SLOT.findall(pattern) if slot in FIGURES)
