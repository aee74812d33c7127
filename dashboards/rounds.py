"""Which round a page shows, and its neighbours. Pure: it reads the marks the query put on the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.periods import Quarter
from reporting.models import ReportingRound

HISTORY = 8  # quarters looked back on: two years of «连续几季»


@dataclass(frozen=True)
class RoundChoice:
    """The chosen round with the ones before and after it, and the published ones that came before."""

    chosen: ReportingRound
    earlier: ReportingRound | None
    later: ReportingRound | None
    past: tuple[ReportingRound, ...]

    @property
    def needed(self) -> tuple[ReportingRound, ...]:
        """The published rounds whose pictures the page needs."""
        own = (self.chosen,) if self.chosen.is_published else ()
        return own + self.past


def choose(rounds: Sequence[ReportingRound], asked: str) -> RoundChoice | None:
    """`rounds` newest first. BadInput for a round that cannot be read; None where there is none to show."""
    chosen = _asked(rounds, asked) if asked else _default(rounds)
    if chosen is None:
        return None
    place = rounds.index(chosen)
    past = [row for row in rounds[place + 1 :] if row.is_published]
    return RoundChoice(
        chosen=chosen,
        earlier=rounds[place + 1] if place + 1 < len(rounds) else None,
        later=rounds[place - 1] if place else None,
        past=tuple(past[:HISTORY]),
    )


def _asked(rounds: Sequence[ReportingRound], asked: str) -> ReportingRound | None:
    try:
        period = Quarter.parse(asked)
    except ValueError as error:
        raise BadInput(str(error)) from None
    return next((row for row in rounds if row.period == period), None)


def _default(rounds: Sequence[ReportingRound]) -> ReportingRound | None:
    """The newest open one with accepted reports, else the newest published, else the newest at all."""
    filled = [row for row in rounds if not row.is_published and getattr(row, "has_accepted", False)]
    published = [row for row in rounds if row.is_published]
    return next(iter([*filled, *published, *rounds]), None)
