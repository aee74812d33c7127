"""Chance that is the same every time: each question has its own generator, so answers never depend on their order. Pure."""

import random
import uuid
from collections.abc import Sequence
from typing import TypeVar

DEFAULT_SEED = 2018
_NAMESPACE = uuid.UUID("6f1c1d0e-3b7e-4a52-9d52-2018c4a20710")
T = TypeVar("T")


class Chance:
    """Answers of one seed. Every method takes the words that name the question."""

    def __init__(self, seed: int = DEFAULT_SEED) -> None:
        self.seed = seed

    def source(self, *words: object) -> random.Random:
        """A generator of its own for a longer question."""
        return random.Random("|".join(map(str, (self.seed, *words))))  # noqa: S311 (nothing secret)

    def between(self, low: float, high: float, *words: object) -> float:
        return self.source(*words).uniform(low, high)

    def happens(self, share: float, *words: object) -> bool:
        return self.source(*words).random() < share

    def pick(self, choices: Sequence[T], *words: object) -> T:
        return self.source(*words).choice(choices)

    def some(self, choices: Sequence[T], count: int, *words: object) -> list[T]:
        """So many different ones, in the order of drawing."""
        return self.source(*words).sample(list(choices), count)

    def uid(self, *words: object) -> uuid.UUID:
        """The identity of an invented row: the same whenever and wherever it is loaded."""
        return uuid.uuid5(_NAMESPACE, "|".join(map(str, (self.seed, *words))))
