"""Which round a page shows, and its neighbours. Pure: it reads the marks the query put on the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.periods import Quarter
from reporting.models import ReportingRound


@dataclass(frozen=True)
class RoundChoice:
    """The chosen round with its neighbours, and the published ones it is compared with, newest first."""

    chosen: ReportingRound
    earlier: ReportingRound | None
    later: ReportingRound | None
    past: tuple[ReportingRound, ...]


def choose(rounds: Sequence[ReportingRound], asked: str) -> RoundChoice | None:
    """`rounds` newest first. BadInput for a round that cannot be read; None where there is none to show."""
    chosen = _asked(rounds, asked) if asked else _default(rounds)
    if chosen is None:
        return None
    place = rounds.index(chosen)
    past = [row for row in rounds[place + 1 :] if row.is_published and _is_compared(row, chosen)]
    return RoundChoice(
        chosen=chosen,
        earlier=rounds[place + 1] if place + 1 < len(rounds) else None,
        later=rounds[place - 1] if place else None,
        past=tuple(past),
    )


def _is_compared(row: ReportingRound, chosen: ReportingRound) -> bool:
    """Last quarter, and the quarters of the same year."""
    return row.year == chosen.year or row.period == chosen.period.previous()


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
