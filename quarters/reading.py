"""A round as its tallies tell it: counts by unit, area, state and light, never the tasks themselves. Pure."""

import datetime
from dataclasses import dataclass, field

from core.periods import Quarter
from quarters.picture import FigureLine
from tasks.lights import Colour, Thresholds, light_word


@dataclass(frozen=True)
class UnitLabel:
    """A unit as the round calls it: today's name in an open round, the name of then in a published one."""

    code: str
    name: str
    kind: str
    position: int


@dataclass(frozen=True)
class AreaLabel:
    """An area as the round calls it."""

    code: str
    name: str
    position: int


NO_UNIT = UnitLabel("", "", "", 0)


@dataclass(frozen=True)
class Cell:
    """How many tasks of one lead unit and area share report state and light; a task without a lead has no unit."""

    unit_code: str
    unit_name: str
    unit_kind: str
    area_code: str
    area_name: str
    state: str
    light: Colour
    is_done: bool
    tasks: int

    @property
    def word(self) -> str:
        """What the light says: 「未报」 only where nothing was handed in."""
        return light_word(self.light, self.state)


@dataclass(frozen=True)
class OwedCell:
    """How many things of one kind a unit owes in one state."""

    unit_code: str
    unit_name: str
    unit_kind: str
    kind: str
    state: str
    is_late: bool
    is_overdue: bool
    submissions: int


@dataclass(frozen=True)
class RoundReading:
    """The whole round in counts. `judged_on` is the day the lights speak of: today, or the day of publishing.

    `cells` stand in the order of the areas, then of the units, `owed` in that of the units. `units` and `areas`
    name, by primary key, whatever the round's standings point at.
    """

    round_id: int
    group_code: str
    period: Quarter
    phase: str
    judged_on: datetime.date
    as_of_on: datetime.date
    lead_due_on: datetime.date
    thresholds: Thresholds
    shows_demo: bool
    cells: tuple[Cell, ...]
    owed: tuple[OwedCell, ...]
    figures: tuple[FigureLine, ...]
    units: dict[int, UnitLabel] = field(hash=False)
    areas: dict[int, AreaLabel] = field(hash=False)

    @property
    def is_published(self) -> bool:
        return self.phase == "published"

    @property
    def total(self) -> int:
        return sum(cell.tasks for cell in self.cells)
