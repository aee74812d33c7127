"""Which tasks of a round a list shows, in SQL over its standings: by light, area, lead unit and report."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from core.errors import BadInput
from dashboards.summary.tally import PARTS
from quarters.reading import RoundReading
from reporting.models.submissions import UNREPORTED
from reporting.workflow import State
from tasks.lights import Colour
from tasks.models.standings import TaskStandingQuerySet

Rows = TaskStandingQuerySet
LONGEST = 40
IN_REVIEW = (State.SUBMITTED.value, State.REVIEWING.value)
HANDED_IN = (*IN_REVIEW, State.ACCEPTED.value)
COLOURLESS = Q(light=Colour.UNREPORTED)


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Cut:
    """One value a filter offers: its words, and which rows it lets through on a day."""

    label: str
    cut: Callable[[Rows, datetime.date], Rows]


def _light(colour: str) -> Callable[[Rows, datetime.date], Rows]:
    return lambda rows, on: rows.filter(Q(light=colour))


# What may stand after ?light=: what a figure of the page counts, or one light.
LIGHTS: dict[str, Cut] = {
    "attention": Cut("未达序时进度和逾期未报", lambda rows, on: rows.behind_or_overdue(on)),
    "behind": Cut("未达序时进度", lambda rows, on: rows.behind()),
    "reached": Cut(
        "达到序时进度（含已办结）", lambda rows, on: rows.filter(Q(light__in=(Colour.GREEN, Colour.DONE)))
    ),
    "raised": Cut("有需协调事项", lambda rows, on: rows.raising()),
    "differing": Cut("自评与测算不一致", lambda rows, on: rows.differing()),
    **{part: Cut(word, _light(part)) for part, word in PARTS.items()},
    "unreported": Cut("未报", lambda rows, on: rows.filter(COLOURLESS & ~Q(state__in=HANDED_IN))),
    "waiting": Cut("待审核", lambda rows, on: rows.filter(COLOURLESS, state__in=IN_REVIEW)),
    "unsettled": Cut("待核定", lambda rows, on: rows.filter(COLOURLESS, state=State.ACCEPTED)),
}
# What may stand after ?report=.
REPORTS: dict[str, Cut] = {
    "overdue": Cut("逾期未报", lambda rows, on: rows.unreported_overdue(on)),
    "waiting": Cut(
        "未报，尚未到期", lambda rows, on: rows.filter(state__in=UNREPORTED, report_due_on__gte=on)
    ),
    "late": Cut("逾期报送", lambda rows, on: rows.filter(is_late=True, state__in=HANDED_IN)),
}
# Column → order; each ends in the worst first.
_WORST = ("severity", "-light_shortfall", "due_on", "code")
SORTS: dict[str, tuple[str, ...]] = {
    "light": _WORST,
    "code": ("code",),
    "title": ("title",),
    "area": ("area__position", *_WORST),
    "lead": ("unit__position", "unit__code", *_WORST),
    "due": ("due_on", *_WORST),
    "quarters": ("behind_before", *_WORST),
}
DEFAULT_SORT = "light"


@dataclass(frozen=True)
class TaskChoice:
    """The filters; an empty one lets everything through."""

    light: str = ""
    area: str = ""
    unit: str = ""
    report: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "TaskChoice":
        """BadInput for a light or a report state that does not exist."""
        light, report = query.get("light", ""), query.get("report", "")
        if light and light not in LIGHTS:
            raise BadInput(f"“{light[:20]}”不是有效的灯色，请从列表中选择。")
        if report and report not in REPORTS:
            raise BadInput(f"“{report[:20]}”不是有效的报送情况，请从列表中选择。")
        return cls(light, query.get("area", "")[:LONGEST], query.get("unit", "")[:LONGEST], report)

    @property
    def is_empty(self) -> bool:
        return self == TaskChoice()

    @property
    def words(self) -> str:
        """What the list shows: 「未达序时进度 · 逾期未报」, 「全部任务」."""
        chosen = [LIGHTS[self.light].label] if self.light else []
        return " · ".join([*chosen, *([REPORTS[self.report].label] if self.report else [])]) or "全部任务"

    def of(self, rows: Rows, reading: RoundReading) -> Rows:
        """The rows that are let through; areas and units by the names of the reading."""
        if self.light:
            rows = LIGHTS[self.light].cut(rows, reading.judged_on)
        if self.report:
            rows = REPORTS[self.report].cut(rows, reading.judged_on)
        if self.area:
            rows = rows.filter(area__in=[pk for pk, area in reading.areas.items() if area.code == self.area])
        if self.unit:
            rows = rows.filter(unit__in=[pk for pk, unit in reading.units.items() if unit.code == self.unit])
        return rows

    def options(self, reading: RoundReading) -> dict[str, list[Option]]:
        """What the select boxes offer: lights, reports, and the areas and units of this round."""
        areas = sorted(reading.areas.values(), key=lambda area: (area.position, area.code))
        units = sorted(reading.units.values(), key=lambda unit: (unit.position, unit.code))
        return {
            "light": _options({value: cut.label for value, cut in LIGHTS.items()}, self.light),
            "area": _options({area.code: area.name for area in areas}, self.area),
            "unit": _options({unit.code: unit.name for unit in units}, self.unit),
            "report": _options({value: cut.label for value, cut in REPORTS.items()}, self.report),
        }


def _options(words: dict[str, str], chosen: str) -> list[Option]:
    return [Option(value, label, value == chosen) for value, label in words.items()]
