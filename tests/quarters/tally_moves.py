"""Everything that may happen to a city between two looks at its dashboard, one small function each.

A move that the rules refuse changes nothing and is skipped: sequences are drawn blindly.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import RuleViolation
from core.periods import Quarter
from metrics.actions import TypedFigure, refresh_figures, save_figures
from metrics.models import Observation
from organization.models import Unit
from quarters.actions import handing_in, reviewing
from quarters.actions.extending import grant_exception
from quarters.actions.opening import open_round
from quarters.actions.publishing import publish_round
from reporting.models import ReportingRound, Submission
from tasks.actions.reports import save_text
from tasks.actions.standings import refresh_rule, refresh_task, refresh_tasks
from tasks.models import Assignment, LightRule, ReformArea, Task
from tests import factories
from tests.world import OPEN_DATES, World, moment

STATUSES = ("orderly", "slow", "behind", "done")


@dataclass
class City:
    """The small city with a second lead unit and a second area, and the day each example starts on."""

    world: World
    units: list[Unit]
    areas: list[ReformArea]
    rules: list[int] = field(default_factory=list)

    @property
    def open_round(self) -> ReportingRound | None:
        rounds = ReportingRound.objects.opened().filter(group=self.world.group)
        return rounds.select_related("group").order_by("year", "quarter").first()

    def submission(self, number: int) -> Submission | None:
        rows = Submission.objects.filter(round=self.open_round).order_by("pk")
        return rows[number % len(rows)] if self.open_round and rows else None

    def task(self, number: int) -> Task:
        rows = Task.objects.filter(plan=self.world.plan).order_by("pk")
        return rows[number % len(rows)]


def draft(city: City, number: int, size: int) -> None:
    submission = city.submission(number)
    assert submission is not None
    facts = {
        "lock_version": submission.lock_version,
        "by": city.world.people["lead_liaison"],
        "at": moment(20),
    }
    if submission.kind == Submission.Kind.FIGURES:
        typed = TypedFigure(str(size * 3000), Decimal(size * 3000))
        keys = submission.figure_sheet.entries.values_list("indicator_id", flat=True)
        save_figures(submission.figure_sheet, figures=dict.fromkeys(keys, typed), **facts)
        return
    text = {
        "progress": "" if size % 7 == 0 else "已开展。",
        "problems": "资金不足。",
        "next_steps": "抓紧办理。",
        "coordination": "请协调经费。" if size % 2 else " ",
        "declared_status": STATUSES[size % 4],
        "percent": Decimal(size),
        "is_nil": size % 7 == 0,
    }
    save_text(submission.progress_report, fields=text, **facts)


def _acting(action: Callable[..., object], person: str, **more: str) -> Callable[[City, int, int], None]:
    def move(city: City, number: int, size: int) -> None:
        submission = city.submission(number)
        assert submission is not None
        who = city.world.people[person]
        action(submission, by=who, at=moment(21), lock_version=submission.lock_version, **more)

    return move


def carry_through(city: City, number: int, size: int) -> None:
    """From wherever it stands to 审核通过, as far as the rules let it."""
    for step in ("draft", "submit", "sign", "take", "accept"):
        attempt(MOVES[step], city, number, size)


def extend(city: City, number: int, size: int) -> None:
    submission, until = city.submission(number), OPEN_DATES["lead_due_on"] + dt.timedelta(days=1 + size)
    assert submission is not None
    grant = {
        "until_on": until,
        "reason": "数据未出",
        "by": city.world.people["office_clerk"],
        "at": moment(21),
    }
    grant_exception(submission.round, submission.unit, **grant)


def publish_and_open_next(city: City, number: int, size: int) -> None:
    """What waits for the office goes back, what is missing stays missing."""
    round_, clerk = city.open_round, city.world.people["office_clerk"]
    assert round_ is not None
    facts = {"at": moment(21), "reason_code": "other", "reason": "请补充。"}
    for row in Submission.objects.filter(round=round_, state="submitted"):
        reviewing.take(row, by=clerk, at=moment(21), lock_version=row.lock_version)
    for row in Submission.objects.filter(round=round_, state="reviewing"):
        reviewing.send_back(row, by=clerk, lock_version=row.lock_version, **facts)
    publish_round(round_, by=city.world.people["office_head"], at=moment(22), reason="试验")
    following = Quarter(round_.year, round_.quarter).next()
    open_round(city.world.group, following, by=clerk, at=moment(22), dates=OPEN_DATES)


def change_due(city: City, number: int, size: int) -> None:
    task = city.task(number)
    task.due_on = dt.date(2026, 11, 1) + dt.timedelta(days=size)
    task.title = f"改到第{size}天的任务"
    task.save(update_fields=["due_on", "title"])
    refresh_task(task)


def change_frequency(city: City, number: int, size: int) -> None:
    task = city.task(number)
    task.frequency = list(Task.Frequency.values)[size % 4]
    task.save(update_fields=["frequency"])
    refresh_task(task)


def change_milestone(city: City, number: int, size: int) -> None:
    task = city.task(number)
    step = task.milestones.first() or factories.milestone(task=task, due_on=dt.date(2026, 9, 1))
    step.done_on = dt.date(2026, 8, 1) if size % 2 else None
    step.target_share = Decimal(size) if size % 3 else None
    step.save()
    refresh_task(task)


def change_lead(city: City, number: int, size: int) -> None:
    task = city.task(number)
    task.assignments.all().delete()
    if size % 5:
        Assignment.objects.create(task=task, unit=city.units[size % len(city.units)], role="lead")
    refresh_task(task.pk)


def change_area(city: City, number: int, size: int) -> None:
    first, second = city.task(number), city.task(number + 1)
    first.area, second.area = city.areas[size % 2], city.areas[(size + 1) % 2]
    first.save(update_fields=["area"])
    second.save(update_fields=["area"])
    refresh_tasks([first, second])


def close_task(city: City, number: int, size: int) -> None:
    task = city.task(number)
    Task.objects.filter(pk=task.pk).update(state="closed", done_on=dt.date(2026, 11, 20))
    refresh_task(task)


def end_task(city: City, number: int, size: int) -> None:
    task = city.task(number)
    state = ("terminated", "active", "suspended")[size % 3]
    Task.objects.filter(pk=task.pk).update(state=state, done_on=None)
    refresh_task(task)


def change_rule(city: City, number: int, size: int) -> None:
    """In force at once, or only in December."""
    day = dt.date(2026, 12, 10) if size % 2 else dt.date(2026, 11, 1) + dt.timedelta(days=number)
    values = {"yellow_shortfall": Decimal(size), "near_days": size % 40}
    LightRule.objects.update_or_create(effective_on=day, defaults=values)
    refresh_rule()


def correct_figure(city: City, number: int, size: int) -> None:
    """A figure of this year or the last is entered, or what counts is superseded."""
    indicator, year = city.world.indicator, 2025 + number % 2
    of_period = {"indicator": indicator, "group": city.world.group, "year": year, "quarter": 3}
    head = Observation.objects.current().filter(**of_period).order_by("pk").last()
    superseding = {"supersedes": head, "sheet": head.sheet, "correction_reason": "更正"} if head else {}
    factories.observation(**of_period, value=Decimal(size), **superseding)
    refresh_figures([indicator.pk], group_id=city.world.group.pk, year=year)


MOVES: dict[str, Callable[[City, int, int], None]] = {
    "draft": draft,
    "submit": _acting(handing_in.submit, "lead_liaison"),
    "sign": _acting(handing_in.sign, "signer"),
    "send_back": _acting(handing_in.send_back, "signer", reason="请核对。"),
    "take_back": _acting(handing_in.take_back, "lead_liaison"),
    "take": _acting(reviewing.take, "office_clerk"),
    "release": _acting(reviewing.release, "office_clerk"),
    "accept": _acting(reviewing.accept, "office_clerk"),
    "return": _acting(reviewing.send_back, "office_clerk", reason_code="other", reason="请补充。"),
    "carry_through": carry_through,
    "extend": extend,
    "publish": publish_and_open_next,
    "due": change_due,
    "frequency": change_frequency,
    "milestone": change_milestone,
    "lead": change_lead,
    "area": change_area,
    "close": close_task,
    "end": end_task,
    "rule": change_rule,
    "figure": correct_figure,
}


def attempt(move: Callable[[City, int, int], None], city: City, number: int, size: int) -> None:
    if city.open_round is None:
        return
    try:
        move(city, number, size)
    except RuleViolation:
        return
