"""A round as it stands or stood: every line a page, a print or a document needs. Pure.

Live pages build it from rows; published ones revive it from the snapshot, so both render alike.
"""

import datetime
import functools
import json
import types
import typing
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, TypeVar

from core.canonical import canonical_json
from core.periods import Quarter
from tasks.lights import Colour, light_word


@dataclass(frozen=True)
class TaskLine:
    """One task in the round: who leads it, its light with the rule in words, and the accepted report."""

    uid: str
    code: str
    title: str
    kind: str
    area_code: str
    area_name: str
    lead_code: str
    lead_name: str
    lead_kind: str
    due_on: datetime.date
    colour: str
    rule: str
    shortfall: Decimal
    share: Decimal | None
    state: str
    state_label: str
    is_late: bool
    is_overdue: bool
    is_nil: bool
    declared: str
    declared_label: str
    agrees: bool
    progress: str
    problems: str
    next_steps: str
    coordination: str
    submission_uid: str
    version_no: int
    signed_by: str
    accepted_by: str
    accepted_on: datetime.date | None

    @property
    def light(self) -> Colour:
        return Colour(self.colour)

    @property
    def word(self) -> str:
        """What the light says: 「未报」 only where nothing was handed in."""
        return light_word(self.light, self.state)

    @property
    def is_unreported(self) -> bool:
        """Whether the unit, not the office, is waited for."""
        return self.word == Colour.UNREPORTED.label


@dataclass(frozen=True)
class FigureLine:
    """One indicator in the round: actual, target, last year; None where unknown, never 0."""

    code: str
    name: str
    kind_label: str
    measure_unit: str
    precision: int
    unit_code: str
    unit_name: str
    value: Decimal | None
    explanation: str
    as_of_on: datetime.date | None
    target_value: Decimal | None
    target_wording: str
    year_target_value: Decimal | None
    year_target_wording: str
    last_year_value: Decimal | None
    direction: str
    reported_by: str
    submission_uid: str


@dataclass(frozen=True)
class OwedLine:
    """One thing a unit owes or has handed in, for the list of what is missing and late."""

    unit_code: str
    unit_name: str
    unit_kind: str
    kind: str
    title: str
    state: str
    state_label: str
    is_late: bool
    is_overdue: bool
    submission_uid: str


@dataclass(frozen=True)
class RoundPicture:
    """The whole round. `judged_on` is the day the lights speak of: today, or the day of publishing."""

    group_code: str
    group_name: str
    year: int
    quarter: int
    phase: str
    phase_label: str
    judged_on: datetime.date
    as_of_on: datetime.date
    lead_due_on: datetime.date
    version_no: int
    yellow_shortfall: Decimal
    near_days: int
    shows_demo: bool
    tasks: tuple[TaskLine, ...]
    figures: tuple[FigureLine, ...]
    owed: tuple[OwedLine, ...]

    @property
    def period(self) -> Quarter:
        return Quarter(self.year, self.quarter)


def to_canonical(picture: RoundPicture) -> str:
    """Sorted keys, decimals and dates as text: the same facts give the same bytes."""
    return canonical_json(asdict(picture))


def from_canonical(content: str) -> RoundPicture:
    """The picture that `to_canonical` wrote."""
    return _revive(RoundPicture, json.loads(content))


def revived_figure(row: dict[str, Any]) -> FigureLine:
    """One line of figures from its canonical form."""
    return _revive(FigureLine, row)


T = TypeVar("T")


_hints: Callable[[type], dict[str, Any]] = functools.cache(typing.get_type_hints)


def _revive(kind: type[T], row: dict[str, Any]) -> T:
    hints = _hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in row.items()})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if typing.get_origin(hint) is tuple:
        return tuple(_revive(typing.get_args(hint)[0], row) for row in value)
    if hint is Decimal:
        return Decimal(value)
    return datetime.date.fromisoformat(value) if hint is datetime.date else value
