"""What the tallies must say, counted plainly row by row: slow, and by another way than the portal's."""

import datetime as dt
import json
from collections import Counter
from typing import Any

from metrics.models import Observation
from reporting.models import ReportingRound, RoundException, Submission
from tasks.lights import MilestoneFact, TaskFacts, Thresholds, judge
from tasks.models import LightRule, ProgressReport, Task, TaskMeasure

SHOWN = {"active", "closing", "verifying", "suspended", "closed", "archived"}
MISSING = {"pending", "draft", "returned", "signing"}


def rule_of(day: dt.date) -> Thresholds:
    rules = sorted(
        (row for row in LightRule.objects.all() if row.effective_on <= day), key=lambda r: r.effective_on
    )
    return Thresholds(rules[-1].yellow_shortfall, rules[-1].near_days) if rules else Thresholds()


def shown(round_: ReportingRound) -> list[Task]:
    return [
        task
        for task in Task.objects.select_related("plan")
        if task.plan.group_id == round_.group_id
        and task.plan.year <= round_.year <= task.plan.last_year
        and task.state in SHOWN
    ]


def facts(task: Task, round_: ReportingRound) -> TaskFacts:
    report = ProgressReport.objects.filter(task=task, round=round_).first()
    measure = TaskMeasure.objects.filter(task=task, round=round_).order_by("recorded_at", "pk").last()
    return TaskFacts(
        start_on=task.start_on or dt.date(task.plan.year, 1, 1),
        due_on=task.due_on or dt.date(task.plan.last_year, 12, 31),
        period=round_.period,
        is_finished=task.done_on is not None,
        is_long_term=task.frequency == "long_term",
        is_yearly=task.frequency == "year",
        is_due_this_round=report is not None,
        is_accepted=report is not None and report.submission.state == "accepted",
        share=measure.share if measure else None,
        is_level=measure is not None and measure.comparator != "",
        milestones=[
            MilestoneFact(m.title, m.due_on, m.done_on, m.target_share) for m in task.milestones.all()
        ],
    )


def lights(round_: ReportingRound, day: dt.date) -> Counter[tuple[Any, ...]]:
    """(lead unit, area, state, colour) of every task of an open round, judged one by one."""
    counted: Counter[tuple[Any, ...]] = Counter()
    for task in shown(round_):
        lead = task.assignments.filter(role="lead").first()
        report = ProgressReport.objects.filter(task=task, round=round_).first()
        state = report.submission.state if report else ""
        colour = judge(facts(task, round_), day, rule_of(day)).colour.value
        counted[lead.unit.code if lead else "", task.area.code, state, colour] += 1
    return counted


def owed(round_: ReportingRound, day: dt.date) -> Counter[tuple[Any, ...]]:
    """(unit, kind, state, late, overdue) of everything owed."""
    counted: Counter[tuple[Any, ...]] = Counter()
    for row in Submission.objects.filter(round=round_):
        granted = RoundException.objects.filter(round=round_, unit=row.unit).first()
        last = max(round_.lead_due_on, granted.until_on if granted else round_.lead_due_on)
        counted[row.unit.code, row.kind, row.state, row.is_late, row.state in MISSING and day > last] += 1
    return counted


def figures(group_id: int) -> dict[tuple[Any, ...], int]:
    """The figure that counts by indicator, unit and period: accepted, not superseded, the last of several."""
    superseded = {row.supersedes_id for row in Observation.objects.all()}
    counting = {}
    for row in Observation.objects.filter(group=group_id, year__isnull=False).order_by("pk"):
        accepted = row.sheet is None or row.sheet.submission.state == "accepted"
        if accepted and row.pk not in superseded:
            counting[row.indicator_id, row.unit_id, row.year, row.quarter] = row.pk
    return counting


def published(round_: ReportingRound) -> dict[str, Any]:
    """The newest snapshot as plain JSON."""
    return json.loads(round_.snapshots.order_by("version_no").last().content)


def published_lights(content: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    return Counter((t["lead_code"], t["area_code"], t["state"], t["colour"]) for t in content["tasks"])


def published_owed(content: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (o["unit_code"], o["kind"], o["state"], o["is_late"], o["is_overdue"]) for o in content["owed"]
    )


def streak(task: Task, round_: ReportingRound, *, raised: bool = False) -> int:
    """In how many published quarters without a gap before this one a task was behind, or raised a matter."""
    period, found = round_.period.previous(), 0
    while True:
        before = ReportingRound.objects.published().filter(
            group=round_.group, year=period.year, quarter=period.quarter
        )
        lines = [line for row in before for line in published(row)["tasks"] if line["uid"] == str(task.uid)]
        holds = [
            line["coordination"].strip() if raised else line["colour"] in {"red", "yellow"} for line in lines
        ]
        if not any(holds):
            return found
        found, period = found + 1, period.previous()
