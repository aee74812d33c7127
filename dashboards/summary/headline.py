"""The one sentence a leader reads first, as its figures. Pure."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from core.periods import Quarter
from dashboards.links import tasks_url
from dashboards.summary.owing import UnitOwing
from dashboards.summary.tally import Tally, change_text, is_comparable, is_unreported_red, points_between
from quarters.reading import RoundReading


@dataclass(frozen=True)
class Headline:
    """Total = reached + behind + waiting + unsettled + unreported + exempt: the figures of the sentence always add up."""

    period: Quarter
    as_of_on: datetime.date
    judged_on: datetime.date
    tally: Tally
    change: Decimal | None
    has_previous: bool
    is_complete: bool
    is_published: bool
    overdue_units: int
    waiting_units: int
    late_units: int
    unreported_reds: int
    overdue_only: int
    due_on: datetime.date
    coordination_count: int
    difference_count: int
    group_code: str

    @property
    def change_words(self) -> str:
        """「较上季度+5.1个百分点」; why there is no comparison where there is none."""
        if not self.is_complete:
            return "填报中，报齐后与上季度比较"
        if not self.has_previous:
            return "上季度没有已发布的数据，暂不比较"
        words = change_text(self.change)
        if not words:
            return "应考核任务不足，暂不比较"
        return f"较上季度{words}" + ("" if words == "持平" else "个百分点")

    @property
    def urls(self) -> dict[str, str]:
        """The list behind each figure."""
        lights = ("reached", "behind", "waiting", "unsettled", "unreported", "exempt")
        lists = (*lights, "attention", "raised", "differing")
        by_light = {light: tasks_url(self.group_code, self.period, light=light) for light in lists}
        return {"total": tasks_url(self.group_code, self.period), **by_light}


def headline_of(
    reading: RoundReading,
    previous: RoundReading | None,
    owing: tuple[UnitOwing, ...],
    *,
    attention_count: int,
    coordination_count: int,
    difference_count: int,
) -> Headline:
    tally = Tally.of(reading.cells)
    before = Tally.of(previous.cells).share if previous else None
    is_complete = is_comparable(reading, tally)
    return Headline(
        period=reading.period,
        as_of_on=reading.as_of_on,
        judged_on=reading.judged_on,
        tally=tally,
        change=points_between(tally.share, before) if is_complete else None,
        has_previous=previous is not None,
        is_complete=is_complete,
        is_published=reading.is_published,
        overdue_units=sum(1 for unit in owing if unit.overdue),
        waiting_units=sum(1 for unit in owing if unit.waiting and not unit.overdue),
        late_units=sum(1 for unit in owing if unit.late),
        unreported_reds=sum(cell.tasks for cell in reading.cells if is_unreported_red(cell)),
        overdue_only=max(0, attention_count - tally.behind),
        due_on=reading.lead_due_on,
        coordination_count=coordination_count,
        difference_count=difference_count,
        group_code=reading.group_code,
    )
