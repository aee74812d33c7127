"""The chosen round and those before it, read from their tallies."""

from core import clock
from dashboards.rounds import RoundChoice
from quarters.queries.tallies import reading_of, readings_of
from quarters.reading import RoundReading


def readings_for(choice: RoundChoice) -> tuple[RoundReading, tuple[RoundReading, ...]]:
    """The chosen round as it stands today or was published, and the published ones before it, newest first."""
    newest, *past = readings_of((choice.chosen, *choice.past), clock.today())
    return newest, tuple(past)


def reading_for(choice: RoundChoice) -> RoundReading:
    """The chosen round alone."""
    return reading_of(choice.chosen, clock.today())
