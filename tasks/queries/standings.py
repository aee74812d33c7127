"""What a list says of a task in a round: its light in words, for the few rows that are shown."""

import datetime
from dataclasses import dataclass

from reporting.workflow import State
from tasks.lights import Colour, Light, Pace, Thresholds, agrees, light_on, light_word
from tasks.models import TaskStanding
from tasks.models.standings import BEHIND
from tasks.queries.in_round import waiting_words


def pace_at(row: TaskStanding, on: datetime.date) -> Pace:
    """The pace a standing keeps; why nothing is reported yet is said of the day."""
    is_accepted = row.state == State.ACCEPTED
    colour = Colour(row.pace)
    waits = colour is Colour.UNREPORTED and not is_accepted
    return Pace(
        colour,
        row.pace_rule or (waiting_words(row.state, row.report_due_on, on) if waits else ""),
        row.shortfall,
        yields=not waits and colour not in (Colour.EXEMPT, Colour.DONE),
    )


def light_of(row: TaskStanding, on: datetime.date, thresholds: Thresholds) -> Light:
    """Colour, rule in words and shortfall of a day; of a published round what was published, whatever the day."""
    pace = pace_at(row, on)
    if row.is_final:
        return Light(pace.colour, pace.rule, pace.shortfall)
    return light_on(pace, due_on=row.due_on, has_deadline=row.has_deadline, today=on, thresholds=thresholds)


@dataclass(frozen=True)
class StandingWords:
    """One row of a list in words. `quarters` counts this quarter in, 0 where the task is not behind."""

    light: Light
    word: str
    quarters: int
    times_raised: int
    is_overdue: bool
    agrees: bool


def words_of(row: TaskStanding, on: datetime.date, thresholds: Thresholds) -> StandingWords:
    """The words for one row of `for_list()`; no query."""
    light = light_of(row, on, thresholds)
    return StandingWords(
        light=light,
        word=light_word(light.colour, row.state),
        quarters=row.behind_before + 1 if light.colour in BEHIND else 0,
        times_raised=row.raised_before + 1 if row.has_coordination else 0,
        is_overdue=row.is_overdue_on(on),
        agrees=agrees(light.colour, row.declared),
    )
