"""The chosen round and those before it, read from their tallies."""

from core import clock
from dashboards.rounds import RoundChoice
from quarters.queries.tallies import reading_of, readings_of
from quarters.reading import RoundReading


def readings_for(choice: RoundChoice) -> tuple[RoundReading, tuple[RoundReading, ...]]:
    """The chosen round as it stands today or was published, and the published ones before it, newest first."""
    if choice.chosen.is_published:
        newest, *past = readings_of((choice.chosen, *choice.past))
        return newest, tuple(past)
    return reading_of(choice.chosen, clock.today()), readings_of(choice.past) if choice.past else ()


def reading_for(choice: RoundChoice) -> RoundReading:
    """The chosen round alone."""
    return reading_of(choice.chosen, clock.today())
