"""The chosen round and those before it, read from their tallies."""

import datetime
from collections import OrderedDict

from core import clock
from dashboards.rounds import RoundChoice
from quarters.queries.tallies import readings_of
from quarters.reading import RoundReading
from reporting.models import ReportingRound

REMEMBERED = 24  # published readings per process
Key = tuple[int, int, datetime.datetime | None]
_kept: OrderedDict[Key, RoundReading] = OrderedDict()


def readings_for(choice: RoundChoice) -> tuple[RoundReading, tuple[RoundReading, ...]]:
    """The chosen round as it stands today or was published, and the published ones before it, newest first."""
    newest, *past = _read((choice.chosen, *choice.past))
    return newest, tuple(past)


def reading_for(choice: RoundChoice) -> RoundReading:
    """The chosen round alone."""
    return _read((choice.chosen,))[0]


def forget() -> None:
    """As in a new process."""
    _kept.clear()


def _read(rounds: tuple[ReportingRound, ...]) -> list[RoundReading]:
    """A published round never changes under its stamp, so this process keeps what it has read of it."""
    missing = [row for row in rounds if _key(row) not in _kept]
    read = dict(zip(missing, readings_of(missing, clock.today()), strict=True)) if missing else {}
    found = [read[row] if row in read else _kept[_key(row)] for row in rounds]
    _kept.update((_key(row), reading) for row, reading in read.items() if row.is_published)
    while len(_kept) > REMEMBERED:
        _kept.popitem(last=False)
    return found


def _key(row: ReportingRound) -> Key:
    return row.pk, row.stamp, row.published_at
