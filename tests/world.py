"""A small city in mid-quarter, made through the real actions: one submission in every state, two rounds.

`build(people)` wants the fixtures of tests/people.py by name; the objects it makes are found by their keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.clock import SHANGHAI
from core.periods import Quarter
from metrics.actions import TypedFigure, save_figures
from metrics.models import Indicator, Target, TaskIndicator
from organization.models import CoordinationGroup, Unit, User
from quarters.actions import handing_in, reviewing
from quarters.actions.opening import open_round
from quarters.actions.publishing import publish_round
from reporting.models import ReportingRound, Submission
from tasks.actions.reports import save_text
from tasks.actions.standings import refresh_task
from tasks.models import Assignment, Plan, PolicyDocument, ReformArea, Task

OPEN_DATES = {
    "opens_on": dt.date(2026, 10, 1),
    "assist_due_on": dt.date(2026, 11, 24),
    "lead_due_on": dt.date(2026, 11, 27),
    "review_due_on": dt.date(2026, 12, 2),
}
PAST_DATES = {
    "opens_on": dt.date(2026, 7, 1),
    "assist_due_on": dt.date(2026, 7, 10),
    "lead_due_on": dt.date(2026, 7, 15),
    "review_due_on": dt.date(2026, 7, 20),
}
STATES = ("pending", "draft", "signing", "submitted", "reviewing", "returned", "accepted")


def moment(day: int, month: int = 11, hour: int = 9) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=SHANGHAI)


@dataclass
class World:
    """What there is, by key; `submissions` holds one progress report per state, `sheet` the figure sheet."""

    group: CoordinationGroup
    plan: Plan
    area: ReformArea
    people: dict[str, User]
    lead_unit: Unit
    rounds: dict[str, ReportingRound] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)
    indicator: Indicator | None = None

    def fresh(self, key: str) -> Submission:
        return Submission.objects.get(pk=self.submissions[key].pk)


def build(people: dict[str, User], group: CoordinationGroup, lead_unit: Unit) -> World:
    """A published second quarter with one accepted report, and an open third quarter with every state."""
    area, _ = ReformArea.objects.get_or_create(
        code="skills", defaults={"name": "素质提升", "position": 3, "is_core": True}
    )
    plan = Plan.objects.create(group=group, name="2026年度计划", year=2026, last_year=2026)
    world = World(group, plan, area, people, lead_unit)
    PolicyDocument.objects.create(code="main-2018", number="滁发〔2018〕13号", level="city", place="1")
    _tasks_and_indicator(world)
    _published_quarter(world)
    _open_quarter(world)
    return world


def add_task(world: World, code: str, title: str, **fields: Any) -> Task:
    task = Task.objects.create(
        plan=world.plan, area=world.area, code=code, title=title, **{"state": "active", **fields}
    )
    Assignment.objects.create(task=task, unit=world.lead_unit, role=Assignment.Role.LEAD)
    refresh_task(task)
    return task


def _tasks_and_indicator(world: World) -> None:
    world.tasks["accepted"] = add_task(world, "01", "推进技工教育综合改革")
    world.indicator = Indicator.objects.create(
        code="skilled-total", name="高技能人才总量", measure_unit="人", kind=Indicator.Kind.STOCK
    )
    Target.objects.create(
        indicator=world.indicator,
        group=world.group,
        year=2026,
        quarter=3,
        wording="11万人以上",
        value=Decimal(110000),
    )


def _published_quarter(world: World) -> None:
    office, head = world.people["office_clerk"], world.people["office_head"]
    round_ = open_round(world.group, Quarter(2026, 2), by=office, at=moment(1, 7), dates=PAST_DATES)
    submission = round_.submissions.get()
    carry(world, submission, "accepted", when=lambda hour: moment(8, 7, hour))
    publish_round(round_, by=head, at=moment(21, 7))
    world.rounds["published"] = ReportingRound.objects.get(pk=round_.pk)
    world.submissions["published"] = Submission.objects.get(pk=submission.pk)


def _open_quarter(world: World) -> None:
    for number, state in enumerate(STATES[:-1], start=2):
        world.tasks[state] = add_task(world, f"{number:02}", f"第{number}项任务")
    assert world.indicator is not None
    TaskIndicator.objects.create(task=world.tasks["accepted"], indicator=world.indicator)
    round_ = open_round(
        world.group, Quarter(2026, 3), by=world.people["office_clerk"], at=moment(1, 10), dates=OPEN_DATES
    )
    for state in STATES:
        submission = round_.submissions.get(progress_report__task=world.tasks[state])
        carry(world, submission, state, when=lambda hour: moment(10, 11, hour))
        world.submissions[state] = Submission.objects.get(pk=submission.pk)
    sheet = round_.submissions.get(kind=Submission.Kind.FIGURES)
    save_figures(
        sheet.figure_sheet,
        figures={world.indicator.pk: TypedFigure("112000", Decimal(112000))},
        lock_version=sheet.lock_version,
        by=world.people["lead_liaison"],
        at=moment(10),
    )
    world.submissions["sheet"] = Submission.objects.get(pk=sheet.pk)
    world.rounds["open"] = ReportingRound.objects.get(pk=round_.pk)
    world.tasks["draft_task"] = add_task(world, "20", "尚在草拟的任务", state="draft")


PATHS = {
    "pending": (),
    "draft": ("save",),
    "signing": ("save", "submit"),
    "submitted": ("save", "submit", "sign"),
    "reviewing": ("save", "submit", "sign", "take"),
    "returned": ("save", "submit", "sign", "take", "return"),
    "accepted": ("save", "submit", "sign", "take", "accept"),
}


def carry(world: World, submission: Submission, state: str, *, when: Callable[[int], dt.datetime]) -> None:
    """Moves a pending report to `state` through the people whose business each step is."""
    for hour, step in enumerate(PATHS[state], start=9):
        current = Submission.objects.get(pk=submission.pk)
        _STEPS[step](world.people, current, when(hour))


def _save(people: dict[str, User], submission: Submission, at: dt.datetime) -> None:
    fields = {"progress": "已印发实施方案。", "declared_status": "orderly", "percent": Decimal(80)}
    save_text(
        submission.progress_report,
        fields=fields,
        lock_version=submission.lock_version,
        by=people["lead_liaison"],
        at=at,
    )


def _return(people: dict[str, User], submission: Submission, at: dt.datetime) -> None:
    reviewing.send_back(
        submission,
        reason_code="unclear",
        reason="请写明新增招生人数。",
        by=people["office_clerk"],
        at=at,
        lock_version=submission.lock_version,
    )


def _plainly(
    action: Callable[..., object], person: str
) -> Callable[[dict[str, User], Submission, dt.datetime], None]:
    def step(people: dict[str, User], submission: Submission, at: dt.datetime) -> None:
        action(submission, by=people[person], at=at, lock_version=submission.lock_version)

    return step


_STEPS: dict[str, Callable[[dict[str, User], Submission, dt.datetime], None]] = {
    "save": _save,
    "submit": _plainly(handing_in.submit, "lead_liaison"),
    "sign": _plainly(handing_in.sign, "signer"),
    "take": _plainly(reviewing.take, "office_clerk"),
    "accept": _plainly(reviewing.accept, "office_clerk"),
    "return": _return,
}
