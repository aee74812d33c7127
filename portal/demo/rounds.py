"""Plays the quarters through the real actions: everything in them is what people would have left behind."""

import datetime
from decimal import Decimal
from typing import Any

from metrics import actions as metrics
from organization.models import CoordinationGroup, Unit, User
from portal.demo import figures
from portal.demo.accounts import People
from portal.demo.calendar import ONE_DAY, OPEN_INDEX, DemoCalendar
from quarters.actions import handing_in, opening, publishing, reviewing
from quarters.actions.extending import grant_exception
from reporting.models import ReportingRound, Submission
from reporting.workflow import State
from tasks.actions import reports as task_reports

# How far a thing got → the steps that lead there.
TO_SIGNER = ("save", "submit")
TO_OFFICE = (*TO_SIGNER, "sign")
RETURNED = (*TO_OFFICE, "take", "send_back")
WAYS: dict[str, tuple[str, ...]] = {
    "missing": (),
    "pending": (),
    "draft": ("save",),
    "signing": TO_SIGNER,
    "submitted": TO_OFFICE,
    "reviewing": (*TO_OFFICE, "take"),
    "returned": RETURNED,
    "accepted": (*TO_OFFICE, "take", "accept"),
    "late": (*TO_OFFICE, "take", "accept"),
    "returned_accepted": (*RETURNED, "save", "submit", "sign", "take", "accept"),
}
# Step → (days after the first save, hour).
PACE = {
    "save": (0, 9),
    "submit": (0, 10),
    "sign": (0, 16),
    "take": (1, 9),
    "accept": (1, 14),
    "send_back": (1, 15),
}
SECOND_TRY_DAYS = 2
NEXT_STEP = datetime.timedelta(minutes=47)
LATE_DAYS = 17


def play_round(
    content: dict[str, Any], group: CoordinationGroup, people: People, calendar: DemoCalendar, index: int
) -> ReportingRound:
    """Opens a quarter, lets every unit do what the content says, and publishes it unless it is the open one."""
    dates = calendar.dates(index)
    round_ = opening.open_round(
        group,
        calendar.quarters[index],
        by=people["demo-office"],
        at=calendar.moment(dates["opens_on"], 8, 30),
        dates=dates,
        instructions="请对照年度任务分解逐项填报，数据截至季度末。",
        is_demo=True,
    )
    stated = {f"{calendar.year}-{row['code']}": row["reports"].get(index, {}) for row in content["tasks"]}
    for number, pk in enumerate(round_.submissions.order_by("pk").values_list("pk", flat=True)):
        _Play(content, stated, people, calendar, index, number, pk).run()
    if index != OPEN_INDEX:
        at = calendar.moment(dates["review_due_on"], 16)
        publishing.publish_round(round_, by=people["demo-officehead"], at=at)
    return round_


class _Play:
    """One submission on its way."""

    def __init__(
        self,
        content: dict[str, Any],
        stated: dict[str, dict[str, Any]],
        people: People,
        calendar: DemoCalendar,
        index: int,
        number: int,
        pk: int,
    ) -> None:
        self.people, self.calendar, self.index, self.number, self.pk = people, calendar, index, number, pk
        submission = self._fresh()
        self.unit: Unit = submission.unit
        if submission.kind == Submission.Kind.FIGURES:
            self.text: dict[str, Any] = {"outcome": content["sheets"][index].get(self.unit.name, "accepted")}
        else:
            self.text = stated[submission.progress_report.task.code]
        self.figures = figures.actuals(content, index)
        self.tries = 0
        self.last_at: datetime.datetime | None = None

    def run(self) -> None:
        outcome = self.text.get("outcome", "accepted" if self.text else "missing")
        if outcome == "late":
            self._ask_for_more_time()
        for step in WAYS[outcome]:
            if step == "save":
                self.tries += 1
            submission = self._fresh()
            if step == "sign" and submission.state != State.SIGNING:
                continue
            getattr(self, f"_{step}")(submission, self._at(step))

    def _fresh(self) -> Submission:
        related = (
            "round",
            "unit",
            "group",
            "progress_report__task",
            "progress_report__round",
            "figure_sheet",
        )
        return Submission.objects.select_related(*related).get(pk=self.pk)

    def _at(self, step: str) -> datetime.datetime:
        """Each submission on its own day and minute, a late one after the due date; no step before the one it follows."""
        days, hour = PACE[step]
        first = LATE_DAYS if self.text.get("outcome") == "late" else 1 + self.number % 6
        days += first + SECOND_TRY_DAYS * (self.tries - 1)
        at = self.calendar.in_round(self.index, days, hour, self.number * 7 % 60)
        if self.last_at is not None and at <= self.last_at:
            at = min(self.last_at + NEXT_STEP, self.calendar.now)
        self.last_at = at
        return at

    def _ask_for_more_time(self) -> None:
        round_ = self._fresh().round
        grant_exception(
            round_,
            self.unit,
            until_on=round_.lead_due_on + 7 * ONE_DAY,
            reason=self.text["late_reason"],
            by=self.people["demo-office"],
            at=self.calendar.moment(round_.lead_due_on, 17),
        )

    @property
    def _reviewer(self) -> User:
        """The two clerks of the office take turns; what is under review lies with the second."""
        turn = self.number % 2 or self.text.get("outcome") == "reviewing"
        return self.people["demo-office2" if turn else "demo-office"]

    def _save(self, submission: Submission, at: datetime.datetime) -> None:
        by, version = self.people.liaison_of(self.unit.name), submission.lock_version
        if submission.kind == Submission.Kind.FIGURES:
            sheet = submission.figure_sheet
            metrics.save_figures(sheet, figures=self._typed(submission), lock_version=version, by=by, at=at)
            return
        task_reports.save_text(
            submission.progress_report, fields=self._fields(), lock_version=version, by=by, at=at
        )

    def _typed(self, submission: Submission) -> dict[int, metrics.TypedFigure]:
        about = self.unit.name if self.unit.kind == Unit.Kind.COUNTY else ""
        typed = {}
        for entry in submission.figure_sheet.entries.select_related("indicator"):
            value = self.figures[entry.indicator.name, about]
            typed[entry.indicator_id] = metrics.TypedFigure(raw=str(value), value=Decimal(value))
        return typed

    def _fields(self) -> dict[str, Any]:
        text = self.text
        percent = text.get("percent")
        return {
            "progress": text["revised"] if self.tries > 1 else text.get("progress", ""),
            "problems": text.get("problems", ""),
            "next_steps": text.get("next_steps", ""),
            "coordination": text.get("coordination", ""),
            "declared_status": text["status"],
            "percent": None if percent is None else Decimal(percent),
            "is_nil": text.get("nil", False),
        }

    def _submit(self, submission: Submission, at: datetime.datetime) -> None:
        by = self.people.liaison_of(self.unit.name)
        handing_in.submit(submission, by=by, at=at, lock_version=submission.lock_version)

    def _sign(self, submission: Submission, at: datetime.datetime) -> None:
        by = self.people.signer_of(self.unit.name)
        handing_in.sign(submission, by=by, at=at, lock_version=submission.lock_version)

    def _take(self, submission: Submission, at: datetime.datetime) -> None:
        reviewing.take(submission, by=self._reviewer, at=at, lock_version=submission.lock_version)

    def _accept(self, submission: Submission, at: datetime.datetime) -> None:
        reviewing.accept(submission, by=self._reviewer, at=at, lock_version=submission.lock_version)

    def _send_back(self, submission: Submission, at: datetime.datetime) -> None:
        reviewing.send_back(
            submission,
            reason_code=self.text.get("reason_code", "figures"),
            reason=self.text.get("reason", "请与上季度数据核对口径后重新报送。"),
            by=self._reviewer,
            at=at,
            lock_version=submission.lock_version,
        )
