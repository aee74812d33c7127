"""Everything the dashboard says of a round, from the rows alone. Standard library only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from tests.dashboards.recompute.judging import Count, Judge, Judged
from tests.dashboards.recompute.records import Records, Row, day, moment, number, shanghai

HANDED_OUT = {"active", "closing", "verifying", "suspended", "closed", "archived"}
WITH_UNIT = {"pending", "draft", "returned", "signing"}
WORST_FIRST = ("red", "yellow", "unreported", "waiting", "unsettled", "green", "done", "exempt")


class Round:
    """Everything the dashboard says of one round on a day."""

    def __init__(self, records: Records, row: Row, today: dt.date) -> None:
        self.records, self.row = records, row
        self.year, self.quarter = row["year"], row["quarter"]
        self.name = f"{self.year}Q{self.quarter}"
        self.published = moment(row["published_at"])
        self.on = shanghai(self.published) if self.published else today
        self.due, self.judge = day(row["lead_due_on"]), Judge(records, row, self.on, self.published)
        self.submissions = records.of("reporting.submission", round=row["pk"])

    @cached_property
    def before(self) -> Round | None:
        """The published round of the quarter before."""
        year, quarter = (self.year, self.quarter - 1) if self.quarter > 1 else (self.year - 1, 4)
        group = self.row["group"]
        rows = self.records.of("reporting.reportinground", group=group, year=year, quarter=quarter)
        return Round(self.records, rows[0], self.on) if rows and rows[0]["published_at"] else None

    # -- tasks -----------------------------------------------------------------------------------------------

    @cached_property
    def tasks(self) -> list[Judged]:
        reports = {}
        by_submission = {row["pk"]: row for row in self.submissions}
        for report in self.records.of("tasks.progressreport", round=self.row["pk"]):
            reports[report["task"]] = (report, by_submission[report["submission"]])
        found = [self._judged(task, *reports.get(task["pk"], (None, None))) for task in self._shown()]
        area = {row["pk"]: row["position"] for row in self.records.of("tasks.reformarea")}
        return sorted(found, key=lambda judged: (area[judged.task["area"]], judged.task["code"]))

    def _shown(self) -> list[Row]:
        plans = {
            plan["pk"]: plan
            for plan in self.records.of("tasks.plan", group=self.row["group"], is_founding=False)
            if plan["year"] <= self.year <= plan["last_year"]
        }
        tasks = [task for task in self.records.of("tasks.task") if task["plan"] in plans]
        shown = [{**task, **self._as_known(task)} for task in tasks]
        for task in shown:
            plan = plans[task["plan"]]
            task["start"] = day(task["start_on"]) or dt.date(plan["year"], 1, 1)
            task["due"] = day(task["due_on"]) or dt.date(plan["last_year"], 12, 31)
        return [task for task in shown if task["state"] in HANDED_OUT]

    def _as_known(self, task: Row) -> Row:
        """State and closing as they were when the round was published; as they are while it is open."""
        if self.published is None:
            return {}
        events = self.records.of("tasks.taskevent", task=task["pk"])
        events.sort(key=lambda event: (moment(event["at"]), event["pk"]))
        past = [event for event in events if moment(event["at"]) <= self.published]
        if len(past) == len(events):
            return {}
        state = past[-1]["to_state"] if past else events[0]["from_state"]
        return {"state": state, "done_on": task["done_on"] if state in ("closed", "archived") else None}

    def _judged(self, task: Row, report: Row | None, submission: Row | None) -> Judged:
        text = self._accepted_text(report, submission)
        part, numbers, shortfall = self.judge.light(
            task, is_due=report is not None, is_accepted=text is not None
        )
        if part == "unreported" and submission and submission["state"] not in WITH_UNIT:
            part = "unsettled" if submission["state"] == "accepted" else "waiting"
        judged = Judged(task, part, numbers, shortfall)
        judged.is_overdue = bool(submission and self.is_overdue(submission))
        is_missing = submission is not None and submission["state"] in WITH_UNIT
        judged.is_unreported_red = part == "red" and is_missing
        if text is not None:
            judged.coordination, judged.declared = text["coordination"].strip(), text["declared_status"]
        if submission and text is None and part in ("unreported", "red"):
            judged.numbers += self._awaited(submission)
        if judged.is_behind:
            judged.quarters = 1 + (self.before.streak(task["pk"]) if self.before else 0)
        return judged

    def _awaited(self, submission: Row) -> tuple[int, ...]:
        """The figures in what is said of a report that is not there: days overdue, else the last day."""
        due, state = self.due_on(submission), submission["state"]
        if self.is_overdue(submission):
            return ((self.on - due).days,)
        return (due.month, due.day) if state in ("pending", "draft") else ()

    def streak(self, task_pk: int) -> int:
        return next((judged.quarters for judged in self.tasks if judged.task["pk"] == task_pk), 0)

    def _accepted_text(self, report: Row | None, submission: Row | None) -> Row | None:
        if report is None or submission is None or submission["state"] != "accepted":
            return None
        versions = self.records.of("tasks.reportversion", report=report["pk"])
        if self.published:
            versions = [row for row in versions if moment(row["recorded_at"]) <= self.published]
        return max(versions, key=lambda row: row["version_no"])

    # -- what the page says ----------------------------------------------------------------------------------

    def count(self, tasks: Iterable[Judged] | None = None) -> Count:
        return Count(self.tasks if tasks is None else tasks)

    def areas(self) -> list[tuple[str, tuple[int, ...]]]:
        """Name and counts by part, in the official order."""
        areas: dict[int, list[Judged]] = defaultdict(list)
        for judged in self.tasks:
            areas[judged.task["area"]].append(judged)
        return [
            (self.records.one("tasks.reformarea", pk)["name"], self.count(tasks).values)
            for pk, tasks in areas.items()
        ]

    def behind(self) -> list[Judged]:
        """Red and yellow, then what is overdue; the worst first."""
        shown = [row for row in self.tasks if row.is_behind or (row.part == "unreported" and row.is_overdue)]
        return sorted(
            shown,
            key=lambda row: (WORST_FIRST.index(row.part), -row.shortfall, row.task["due"], row.task["code"]),
        )

    def lead_of(self, task_pk: int) -> Row | None:
        leads = self.records.of("tasks.assignment", task=task_pk, role="lead")
        return self.records.one("organization.unit", leads[0]["unit"]) if leads else None

    def due_on(self, submission: Row) -> dt.date:
        granted = self.records.of("reporting.roundexception", round=self.row["pk"], unit=submission["unit"])
        return max([self.due, *(day(row["until_on"]) for row in granted)])

    def is_overdue(self, submission: Row) -> bool:
        return submission["state"] in WITH_UNIT and self.on > self.due_on(submission)

    def came_late(self, submission: Row) -> bool:
        """By the record of moves: the last time it reached the office was after the due date."""
        events = self.records.of("reporting.reviewevent", submission=submission["pk"], to_state="submitted")
        arrived = [shanghai(moment(row["at"])) for row in events if row["move"] in ("submit", "sign")]
        return submission["state"] not in WITH_UNIT and bool(arrived) and max(arrived) > self.due

    def owing(self) -> dict[str, tuple[int, int, int]]:
        """Unit → how many papers are overdue, still awaited in time, came late; units that owe nothing left out."""
        owing: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in self.submissions:
            name = self.records.one("organization.unit", row["unit"])["short_name"]
            if row["state"] in WITH_UNIT:
                owing[name][0 if self.is_overdue(row) else 1] += 1
            elif self.came_late(row):
                owing[name][2] += 1
        return {name: (counts[0], counts[1], counts[2]) for name, counts in owing.items()}

    def units(self) -> dict[str, tuple[int, int, Decimal | None, Decimal | None]]:
        """Lead unit → reached, assessed, per cent, change in points against the quarter before."""
        before = self.before._by_lead() if self.before else {}
        rows = {}
        for name, tasks in self._by_lead().items():
            now = self.count(tasks)
            then = self.count(before[name]).percent if name in before else None
            silent = not self.published and now.is_incomplete
            change = None if silent or now.percent is None or then is None else now.percent - then
            rows[name] = (now.reached, now.assessed, now.percent, change)
        return rows

    def _by_lead(self) -> dict[str, list[Judged]]:
        leads: dict[str, list[Judged]] = defaultdict(list)
        for judged in self.tasks:
            lead = self.lead_of(judged.task["pk"])
            if lead is not None:
                leads[lead["short_name"]].append(judged)
        return leads

    def indicators(self) -> dict[str, tuple[int, *tuple[Decimal | str | None, ...]]]:
        """Indicator → places, actual, target, what is due by now, last year's same quarter.

        The target is the year's, a value or else its words; where there is none it is the quarter's, and
        nothing is due by now.
        """
        shown = {task["pk"] for task in self._shown()}
        linked = {
            row["indicator"] for row in self.records.of("metrics.taskindicator") if row["task"] in shown
        }
        rows: dict[str, tuple[int, *tuple[Decimal | str | None, ...]]] = {}
        for pk in linked:
            indicator = self.records.one("metrics.indicator", pk)
            quarter, year = self._target(pk, self.quarter), self._target(pk, None)
            now, then = self._observed(pk, self.year), self._observed(pk, self.year - 1)
            target, due = (quarter, None) if year is None else (year, quarter)
            rows[indicator["name"]] = (
                indicator["precision"],
                now,
                target,
                due if isinstance(due, Decimal) else None,
                then,
            )
        return rows

    def _target(self, indicator: int, quarter: int | None) -> Decimal | str | None:
        """Its value, else its words; None where there is no target."""
        wanted = {"group": self.row["group"], "unit": None, "year": self.year, "quarter": quarter}
        rows = self.records.of("metrics.target", indicator=indicator, **wanted)
        return (number(rows[0]["value"]) or rows[0]["wording"]) if rows else None

    def _observed(self, indicator: int, year: int) -> Decimal | None:
        wanted = {"group": self.row["group"], "unit": None, "year": year, "quarter": self.quarter}
        rows = self.records.of("metrics.observation", indicator=indicator, **wanted)
        superseded = {row["supersedes"] for row in rows}
        counted = [row for row in rows if row["pk"] not in superseded and self._is_accepted(row)]
        return number(counted[-1]["value"]) if counted else None

    def _is_accepted(self, observation: Row) -> bool:
        if observation["sheet"] is None:
            return True
        sheet = self.records.one("metrics.figuresheet", observation["sheet"])
        return self.records.one("reporting.submission", sheet["submission"])["state"] == "accepted"


def rounds_of(records: Records, group_code: str, today: dt.date) -> dict[str, Round]:
    """The opened rounds of a group by their name («2026Q3»)."""
    [group] = records.of("organization.coordinationgroup", code=group_code)
    rows = records.of("reporting.reportinground", group=group["pk"])
    return {f"{row['year']}Q{row['quarter']}": Round(records, row, today) for row in rows if row["opened_at"]}
