"""The light of a task: what figures and dates say, always with the rule in words. Pure (DOMAIN §4)."""

import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.periods import Quarter, months_elapsed_share

HUNDRED = Decimal(100)


class Colour(enum.StrEnum):
    """Six outcomes. Two kinds of grey are different words; a finished task carries no colour."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    UNREPORTED = "unreported"
    EXEMPT = "exempt"
    DONE = "done"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def reaches_pace(self) -> bool:
        """Whether the task counts as reaching 序时进度."""
        return self in (Colour.GREEN, Colour.DONE)


_LABELS = {
    Colour.RED: "红",
    Colour.YELLOW: "黄",
    Colour.GREEN: "绿",
    Colour.UNREPORTED: "未报",
    Colour.EXEMPT: "不考核",
    Colour.DONE: "已办结",
}
# Nobody who has handed in is said not to have reported: the office has still to look, or to enter the figure.
_HANDED_IN = {"submitted": "待审核", "reviewing": "待审核", "accepted": "待核定"}


def light_word(colour: Colour, report_state: str) -> str:
    """The word of a light: of a colourless task it says whether the unit or the office is waited for."""
    handed_in = _HANDED_IN.get(report_state) if colour is Colour.UNREPORTED else None
    return handed_in or colour.label


@dataclass(frozen=True)
class Thresholds:
    """From the rule in force: yellow up to this shortfall (percent), and this near to the deadline (days)."""

    yellow_shortfall: Decimal = Decimal(30)
    near_days: int = 15


@dataclass(frozen=True)
class MilestoneFact:
    """A milestone as the light needs it; `target_share` in percent where the plan set one."""

    title: str
    due_on: datetime.date
    done_on: datetime.date | None = None
    target_share: Decimal | None = None


@dataclass(frozen=True)
class TaskFacts:
    """All a light depends on. `share` is the cumulative percent recorded for the round, None if nobody did.

    `is_level` says that the share compares a level with this period's own target, so that 100 is due now.
    """

    start_on: datetime.date
    due_on: datetime.date
    period: Quarter
    is_finished: bool = False
    is_long_term: bool = False
    is_yearly: bool = False
    is_due_this_round: bool = True
    is_accepted: bool = False
    report_words: str = "本季度未报送"
    share: Decimal | None = None
    is_level: bool = False
    milestones: Sequence[MilestoneFact] = ()


@dataclass(frozen=True)
class Light:
    """A colour, the sentence of the rule that fired, and how far behind (percent of the pace; 0 when on it)."""

    colour: Colour
    rule: str
    shortfall: Decimal = Decimal(0)

    @property
    def label(self) -> str:
        return self.colour.label


@dataclass(frozen=True)
class Pace:
    """The half of a light that no day changes: what figures, milestones and reports say.

    `rule` is empty where the report is still missing: its words count days. `yields` says whether a near
    deadline may still turn it yellow; 未报 and 不考核 do not yield, 待核定 does.
    """

    colour: Colour
    rule: str = ""
    shortfall: Decimal = Decimal(0)
    yields: bool = False


def judge(facts: TaskFacts, today: datetime.date, thresholds: Thresholds = Thresholds()) -> Light:
    """Order: past the deadline beats everything; 未报; 不考核; then the worse of pace and nearness."""
    return light_on(
        pace_of(facts, thresholds),
        due_on=facts.due_on,
        has_deadline=not facts.is_long_term,
        today=today,
        thresholds=thresholds,
    )


def pace_of(facts: TaskFacts, thresholds: Thresholds = Thresholds()) -> Pace:
    """Finished, 未报, 不考核 or the pace itself: everything but the deadline."""
    if facts.is_finished:
        return Pace(Colour.DONE, "已办结")
    if facts.is_due_this_round and not facts.is_accepted:
        return Pace(Colour.UNREPORTED, facts.report_words)
    if facts.is_yearly and not facts.period.is_year_end:
        return Pace(Colour.EXEMPT, "年度任务，本期不考核")
    if not facts.is_due_this_round:
        return Pace(Colour.EXEMPT, "本期不报，不考核")
    return _measured(facts, thresholds)


def light_on(
    pace: Pace,
    *,
    due_on: datetime.date,
    has_deadline: bool,
    today: datetime.date,
    thresholds: Thresholds = Thresholds(),
) -> Light:
    """The light of a day: the pace, unless the deadline is past or near. Finished tasks have no deadline any more."""
    if pace.colour is Colour.DONE:
        return Light(pace.colour, pace.rule)
    if has_deadline and today > due_on:
        rule = f"超过完成时限{(today - due_on).days}天（按{_day(today)}计），未办结"
        return Light(Colour.RED, f"{rule}；{pace.rule}" if _tells(pace) else rule, HUNDRED)
    colour = pace_colour(pace.colour, pace.shortfall, thresholds)
    days = (due_on - today).days
    if has_deadline and pace.yields and colour in _BETTER_THAN_NEAR and days <= thresholds.near_days:
        return Light(Colour.YELLOW, f"距完成时限{days}天（按{_day(today)}计），未办结")
    return Light(colour, pace.rule, pace.shortfall)


_BETTER_THAN_NEAR = (Colour.GREEN, Colour.UNREPORTED)


def _tells(pace: Pace) -> bool:
    """How far a task got, or that nothing is reported, still matters past the deadline; 不考核 would contradict it."""
    return bool(pace.rule) and pace.colour is not Colour.EXEMPT


def pace_colour(colour: Colour, shortfall: Decimal, thresholds: Thresholds) -> Colour:
    """Yellow or red by the rule given, of whatever is behind the pace; every other colour as it is."""
    if colour not in (Colour.YELLOW, Colour.RED):
        return colour
    return Colour.YELLOW if shortfall <= thresholds.yellow_shortfall else Colour.RED


def _measured(facts: TaskFacts, thresholds: Thresholds) -> Pace:
    counted = _steps(facts) if facts.share is None else None
    if counted is not None:
        done, expected, words = counted
    elif facts.share is None:
        return Pace(Colour.UNREPORTED, "报告已审核通过，完成度尚未核定", yields=True)
    else:
        done, expected = facts.share, expected_share(facts)
        words = _share_words(done, expected, is_level=facts.is_level)
    if expected <= 0 or done >= expected:
        return Pace(Colour.GREEN, f"{words}，达到序时进度", yields=True)
    gap = (expected - done) / expected * HUNDRED
    # To the places a standing keeps, so that the stored shortfall and the colour cannot differ.
    shortfall = gap.quantize(Decimal("0.01"), ROUND_HALF_UP)
    colour = pace_colour(Colour.RED, shortfall, thresholds)
    return Pace(colour, f"{words}，差距{_percent(gap, _places(done, expected))}%", shortfall, yields=True)


def _steps(facts: TaskFacts) -> tuple[Decimal, Decimal, str] | None:
    """Milestones done against milestones due at the period's end; None when the task has none."""
    if not facts.milestones:
        return None
    due = [step for step in facts.milestones if step.due_on <= facts.period.last_day]
    done = [step for step in due if step.done_on is not None and step.done_on <= facts.period.last_day]
    words = f"到期节点{len(due)}个，完成{len(done)}个" if due else "本期没有到期节点"
    return Decimal(len(done)), Decimal(len(due)), words


def expected_share(facts: TaskFacts) -> Decimal:
    """X in percent at the period's end: stepped milestones if set, the year for 长期, else months elapsed."""
    end = facts.period.last_day
    if facts.is_level:
        return HUNDRED
    stepped = [
        step.target_share for step in facts.milestones if step.target_share is not None and step.due_on <= end
    ]
    if stepped:
        return max(stepped)
    if facts.is_long_term:
        return Decimal(facts.period.quarter * 25)
    return months_elapsed_share(facts.start_on, facts.due_on, end) * HUNDRED


def _day(day: datetime.date) -> str:
    return f"{day.month}月{day.day}日"


def _share_words(done: Decimal, expected: Decimal, *, is_level: bool) -> str:
    places = _places(done, expected)
    if is_level:
        return f"完成本期目标的{_percent(done, places)}%"
    return f"完成{_percent(done, places)}%，序时进度{_percent(expected, places)}%"


def _places(done: Decimal, expected: Decimal) -> int:
    """As few places as still tell that what is behind is behind: 99.6% is not printed as 100%."""
    if done >= expected:
        return 0
    gap = (expected - done) / expected * HUNDRED
    return next((n for n in (0, 1) if _round(done, n) < _round(expected, n) and _round(gap, n) > 0), 2)


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _percent(value: Decimal, places: int) -> str:
    text = f"{_round(value, places):f}"
    return text.rstrip("0").rstrip(".") if places else text


_MATCHES = {
    Colour.GREEN: {"done", "ahead", "on_pace", "orderly"},
    Colour.DONE: {"done", "ahead"},
    Colour.YELLOW: {"behind"},
    Colour.RED: {"slow", "not_started"},
}


def declared_matches(colour: Colour) -> frozenset[str] | None:
    """The declared statuses that say the same as a colour; None where the colour says nothing."""
    return frozenset(_MATCHES[colour]) if colour in _MATCHES else None


def agrees(colour: Colour, declared_status: str) -> bool:
    """Whether health and the unit's own word say the same; where either is silent there is nothing to differ."""
    matches = declared_matches(colour)
    return matches is None or not declared_status or declared_status in matches
