"""A round read from its tallies: a fixed small number of queries, however many tasks it has."""

import datetime
from collections.abc import Sequence

from quarters.picture import FigureLine
from quarters.reading import NO_UNIT, AreaLabel, Cell, OwedCell, RoundReading, UnitLabel
from reporting.models import ReportingRound

__all__ = [
    "NO_UNIT",
    "AreaLabel",
    "Cell",
    "FigureLine",
    "OwedCell",
    "RoundReading",
    "UnitLabel",
    "reading_of",
    "readings_of",
]


def reading_of(round_: ReportingRound, on: datetime.date) -> RoundReading:
    """The round as it stands on a day; a published one as it was published, whatever the day."""
    raise NotImplementedError


def readings_of(rounds: Sequence[ReportingRound]) -> tuple[RoundReading, ...]:
    """Published rounds in the order given: three queries for all of them together."""
    raise NotImplementedError
