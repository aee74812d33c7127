"""Plays a group's quarter: opened, handed in, reviewed, and published unless it is the open one."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from core.periods import Quarter
from metrics.actions import TypedFigure
from metrics.models import FigureEntry
from organization.models import Unit
from portal.demo.calendar import FIRST, ONE_DAY, workday
from portal.demo.chance import Chance
from portal.demo.hands import ACCEPTED, LATE, MISSING, WAYS, deal_open, deal_published
from portal.demo.numbers import WHOLE
from portal.demo.performing import perform
from portal.demo.plans import Planner, YearPlan
from portal.demo.stories import Cast, Clockwork, Content, Extension, Story, tell
from portal.demo.texts import Texts
from portal.demo.writing import write_stories
from quarters.actions import opening, publishing
from reporting.models import ReportingRound, Submission

INSTRUCTIONS = "请对照年度任务分解逐项填报，数据截至季度末。"
# Nobody has begun these in the open round: whoever tries the portal fills them in.
UNTOUCHED = ("peixun", "sheet-rensheju")
CODES = ("unclear", "figures", "incomplete", "evidence", "off_topic", "other")
# What a first attempt said wrong when a sheet came back.
SLIP = (1.01, 1.03)
LONG_WAYS = ("answered", "signer_sent_back", "recalled", "released")


@dataclass(frozen=True)
class Owed:
    """One submission with the key by which chance knows it; a report's has the task's, a sheet's the unit's."""

    key: str
    submission: Submission
    entries: tuple[FigureEntry, ...] = ()

    @property
    def is_sheet(self) -> bool:
        return self.submission.kind == Submission.Kind.FIGURES


class Player:
    """One group's quarters, in the order of time."""

    def __init__(self, planner: Planner, texts: Texts, chance: Chance, figure_area: str) -> None:
        """`figure_area` names the county whose figures are this group's whole; empty for the city."""
        self.planner, self.texts, self.chance, self.figure_area = planner, texts, chance, figure_area
        self.group, self.calendar = planner.group, planner.calendar

    def open(self, quarter: Quarter) -> ReportingRound:
        return opening.open_round(
            self.group,
            quarter,
            by=self.planner.offices.office,
            at=self.calendar.opened_at(quarter),
            dates=self.calendar.dates(quarter),
            instructions=INSTRUCTIONS,
            is_demo=True,
        )

    def publish(self, round_: ReportingRound) -> datetime.datetime:
        at = self.calendar.published_at(round_.period)
        publishing.publish_round(round_, by=self.planner.offices.head, at=at)
        return at

    def write(self, round_: ReportingRound, plan: YearPlan) -> None:
        """A published quarter's submissions, in bulk."""
        write_stories(round_, self.stories(round_, plan))

    def perform(self, round_: ReportingRound, plan: YearPlan) -> None:
        """The same through the real actions: the open round, and the test that both are alike."""
        stories = self.stories(round_, plan)
        Submission.objects.bulk_update([story.submission for story in stories], ["uid"])
        for story in stories:
            perform(story)

    def stories(self, round_: ReportingRound, plan: YearPlan) -> list[Story]:
        """What happens to every submission of a round that was just opened."""
        owed, quarter = self._owed(round_, plan), round_.period
        ways = self._ways(owed, quarter)
        return [
            self._story(one, ways[one.key], plan, round_, number) for number, one in enumerate(owed, start=1)
        ]

    def _owed(self, round_: ReportingRound, plan: YearPlan) -> list[Owed]:
        """Reports by the task's number, then sheets by the unit's place; with the identity chance gives them."""
        keys = {work.task.pk: key for key, work in plan.works.items()}
        entries: dict[int, list[FigureEntry]] = {}
        for entry in (
            FigureEntry.objects.filter(sheet__round=round_).select_related("indicator").order_by("pk")
        ):
            entries.setdefault(entry.sheet_id, []).append(entry)
        rows = round_.submissions.select_related("unit", "progress_report__task", "figure_sheet")
        found = []
        for row in rows.order_by("kind", "progress_report__task__code", "unit__position", "unit__code"):
            if row.kind == Submission.Kind.FIGURES:
                key, lines = f"sheet-{row.unit.code}", tuple(entries[row.figure_sheet.pk])
            else:
                key, lines = keys[row.progress_report.task_id], ()
            row.round = round_
            row.uid = self.chance.uid("submission", self.group.code, round_.period, key)
            found.append(Owed(key, row, lines))
        return sorted(found, key=lambda one: one.is_sheet)

    def _ways(self, owed: list[Owed], quarter: Quarter) -> dict[str, str]:
        signed = {one.key: self._signer(one.submission.unit) is not None for one in owed}
        reports = [one.key for one in owed if not one.is_sheet]
        sheets = [one.key for one in owed if one.is_sheet]
        if quarter == self.calendar.open_quarter:
            untouched = [one.key for one in owed if one.key in UNTOUCHED]
            return deal_open(reports, sheets, signed, untouched, self.chance, self.group.code, quarter)
        turn = (quarter.year - FIRST.year) * 4 + quarter.quarter - 1
        return deal_published(reports, sheets, signed, self.chance, self.group.code, quarter, turn=turn)

    def _story(self, one: Owed, way: str, plan: YearPlan, round_: ReportingRound, number: int) -> Story:
        if way == MISSING:
            return Story(one.submission)
        quarter, unit = round_.period, one.submission.unit
        content = self._figures(one, way, quarter) if one.is_sheet else self._text(one, way, plan, quarter)
        return tell(
            one.submission,
            way,
            self._cast(unit, number),
            content,
            self._clockwork(one, way, round_, number),
            partial(self._extension, round_, one),
        )

    def _cast(self, unit: Unit, number: int) -> Cast:
        """The two clerks of the office take turns."""
        offices = self.planner.offices
        reviewer = offices.office if number % 2 else offices.colleague
        return Cast(self.planner.people.liaison_of(unit.name), self._signer(unit), reviewer)

    def _signer(self, unit: Unit) -> Any:
        return self.planner.people.signer_of(unit.name)

    def _clockwork(self, one: Owed, way: str, round_: ReportingRound, number: int) -> Clockwork:
        """Each on its own day and minute; what goes back and forth begins early, what is late after the due date."""
        days = self.calendar.reporting_days(round_.period)
        source = self.chance.source("day", self.group.code, round_.period, one.key)
        early = max(1, len(days) // 2) if way in LONG_WAYS else max(1, len(days) - 1)
        begin = days[source.randrange(early)]
        if way == LATE:
            begin = workday(round_.lead_due_on + ONE_DAY)
        return Clockwork(self.calendar, round_.opens_on, begin, number * 7 % 60)

    def _extension(self, round_: ReportingRound, one: Owed) -> Extension:
        """Granted on the due date, for one working day."""
        return Extension(
            until_on=workday(round_.lead_due_on + ONE_DAY),
            reason=self.texts.sentence("late", round_.period, self.group.code, one.key),
            by=self.planner.offices.office,
            at=self.calendar.moment(round_.lead_due_on, 16, 30),
        )

    def _text(self, one: Owed, way: str, plan: YearPlan, quarter: Quarter) -> Content:
        """The report; where it came back, a shorter first attempt and what the revision adds."""
        subject = plan.works[one.key].subject
        fields = self.texts.report(subject, quarter, way)
        attempts = WAYS[way].count("edit")
        if attempts < 2:
            reason = self._reason(way, quarter, one)
            return Content([{"fields": fields}], *reason)
        revised = fields
        if way != "recalled":
            added = self.texts.sentence("answered", quarter, self.group.code, one.key)
            revised = {**fields, "progress": fields["progress"] + added}
        return Content([{"fields": fields}, {"fields": revised}], *self._reason(way, quarter, one))

    def _reason(self, way: str, quarter: Quarter, one: Owed) -> tuple[str, str]:
        """Category and text where something went back."""
        words = (self.group.code, one.key)
        if way == "signer_sent_back":
            return "", self.texts.sentence("sent_back", quarter, *words)
        if "return" not in WAYS[way]:
            return "", ""
        codes = ("figures",) if one.is_sheet else CODES
        return self.texts.reason(codes, quarter, *words)

    def _figures(self, one: Owed, way: str, quarter: Quarter) -> Content:
        """The sheet; where the office returned it, the first attempt had one figure too high."""
        right = {entry.indicator_id: self._typed(one, entry, quarter) for entry in one.entries}
        attempts = [right] * WAYS[way].count("edit")
        if way == "answered":
            entry = one.entries[0]
            slip = self.chance.between(*SLIP, "slip", self.group.code, quarter, one.key)
            value = int(self._value(one, entry, quarter) * slip)
            attempts[0] = {**right, entry.indicator_id: TypedFigure(str(value), Decimal(value))}
        return Content([{"figures": figures} for figures in attempts], *self._reason(way, quarter, one))

    def _typed(self, one: Owed, entry: FigureEntry, quarter: Quarter) -> TypedFigure:
        value = self._value(one, entry, quarter)
        explanation = self.planner.numbers.explanation(entry.indicator.name, self._area(one), quarter)
        return TypedFigure(str(value), Decimal(value), explanation)

    def _value(self, one: Owed, entry: FigureEntry, quarter: Quarter) -> int:
        return self.planner.numbers.reported(entry.indicator.name, self._area(one), quarter)

    def _area(self, one: Owed) -> str:
        """Whom the sheet speaks of: a county or park of itself, a department of its group's whole."""
        unit = one.submission.unit
        if unit.kind in (Unit.Kind.COUNTY, Unit.Kind.PARK):
            return unit.name
        return self.figure_area or WHOLE


__all__ = ["ACCEPTED", "Player"]
