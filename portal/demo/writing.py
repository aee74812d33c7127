"""Writes what happened to the submissions of a quarter in bulk: the rows that the real actions would have left.

Years of history through the real actions would take minutes. `portal.demo.performing` does the same one by one; a test
compares both. What is not written is the audit of each single move: the chain says truthfully that a command loaded them.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from core import clock
from core.formats import decimal_text
from metrics.actions import rebuild_figures
from metrics.formulas import share_of_target
from metrics.models import FigureEntry, Observation
from organization.models import Unit, User
from portal.demo.book import Book
from portal.demo.stories import Step, Story
from quarters.actions.tallies import rebuild_round
from reporting.models import ReportingRound, ReviewEvent, RoundException, Submission
from reporting.workflow import State, target_state
from tasks.models import ProgressReport, ReportVersion, TaskMeasure

CLEARED = {"signed_at": None, "signed_by": None, "taken_at": None, "taken_by": None}
SUBMISSION_COLUMNS = (
    *("state", "lock_version", "return_count", "version_no", "is_late", "edited_at", "edited_by", "uid"),
    *("submitted_at", "submitted_by", "signed_at", "signed_by", "taken_at", "taken_by"),
    *("accepted_at", "accepted_by"),
)
BATCH = 100


@dataclass
class _Rows:
    """What is to be written at the end, in the order in which it happened."""

    events: list[ReviewEvent] = field(default_factory=list)
    versions: list[ReportVersion] = field(default_factory=list)
    observations: dict[int, list[Observation]] = field(default_factory=lambda: defaultdict(list))
    measures: list[TaskMeasure] = field(default_factory=list)
    reports: list[ProgressReport] = field(default_factory=list)
    entries: list[FigureEntry] = field(default_factory=list)
    exceptions: dict[int, RoundException] = field(default_factory=dict)


def write_stories(round_: ReportingRound, stories: list[Story]) -> None:
    """All of a round that was just opened. Runs in the caller's transaction."""
    rows, book = _Rows(), Book(round_)
    for story in stories:
        _Pen(round_, story, rows, book).run()
    _save(stories, rows)
    rebuild_round(round_)
    rebuild_figures(round_.group)


def _save(stories: list[Story], rows: _Rows) -> None:
    _rewrite(Submission, [story.submission for story in stories], SUBMISSION_COLUMNS)
    _rewrite(ProgressReport, rows.reports, ProgressReport.TEXT_FIELDS)
    _rewrite(FigureEntry, rows.entries, ("raw", "value", "explanation"))
    ReviewEvent.objects.bulk_create(rows.events, batch_size=BATCH)
    ReportVersion.objects.bulk_create(rows.versions, batch_size=BATCH)
    for _, observed in sorted(rows.observations.items()):
        Observation.objects.bulk_create(observed, batch_size=BATCH)
    TaskMeasure.objects.bulk_create(rows.measures, batch_size=BATCH)
    RoundException.objects.bulk_create(rows.exceptions.values())


def _rewrite(model: type[models.Model], changed: list[Any], columns: Iterable[str]) -> None:
    """Columns of rows that stand already: one upsert by key is a tenth of the work of `bulk_update`."""
    model._default_manager.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=list(columns), batch_size=BATCH
    )


class _Pen:
    """One submission: its row after every step, and what each step leaves behind."""

    def __init__(self, round_: ReportingRound, story: Story, rows: _Rows, book: Book) -> None:
        self.round, self.story, self.rows, self.book = round_, story, rows, book
        self.submission = story.submission
        is_report = self.submission.kind == Submission.Kind.PROGRESS
        self.report = self.submission.progress_report if is_report else None
        self.heads: dict[int, Observation] = {}

    def run(self) -> None:
        if self.story.extension:
            self._extend()
        for step in self.story.steps:
            getattr(self, f"_{step.name}", self._plainly)(step)
        if self.report is not None and self.story.steps:
            self.rows.reports.append(self.report)

    def _extend(self) -> None:
        extension = self.story.extension
        if extension is not None:
            self.rows.exceptions[self.submission.unit_id] = RoundException(
                round=self.round,
                unit=self.submission.unit,
                until_on=extension.until_on,
                reason=extension.reason,
                granted_by=extension.by,
                granted_at=extension.at,
            )

    def _move(self, step: Step, **changes: Any) -> None:
        """The state by the workflow's own table, the columns a move writes, and its event."""
        row, before = self.submission, self.submission.state_word
        has_signer = self.book.has_signer(row.unit_id)
        row.state = target_state(before, step.name, has_signer=has_signer).value
        row.lock_version += 1
        for name, value in changes.items():
            setattr(row, name, value)
        if row.state == State.SUBMITTED and step.name in ("submit", "sign"):
            row.is_late = clock.shanghai_date(step.at) > self.round.lead_due_on
        self._event(step, before)

    def _event(self, step: Step, before: State) -> None:
        self.rows.events.append(
            ReviewEvent(
                submission=self.submission,
                move=step.name,
                from_state=before.value,
                to_state=self.submission.state,
                by=step.by,
                at=step.at,
                reason_code=step.reason_code,
                reason_text=step.reason,
                version_no=self.submission.version_no,
            )
        )

    def _edit(self, step: Step) -> None:
        """Saving a draft that stood already leaves no event."""
        row, before = self.submission, self.submission.state_word
        row.state, row.lock_version = State.DRAFT.value, row.lock_version + 1
        row.edited_at, row.edited_by = step.at, step.by
        if before is not State.DRAFT:
            self._event(step, before)
        if self.report is not None:
            for name, value in (step.fields or {}).items():
                setattr(self.report, name, value)
            return
        for entry in self.book.entries[self.submission.figure_sheet.pk]:
            typed = (step.figures or {})[entry.indicator_id]
            entry.raw, entry.value, entry.explanation = typed.raw, typed.value, typed.explanation
            if entry not in self.rows.entries:
                self.rows.entries.append(entry)

    def _submit(self, step: Step) -> None:
        version_no = self.submission.version_no + 1
        self._move(step, **CLEARED, submitted_by=step.by, submitted_at=step.at, version_no=version_no)
        if self.report is not None:
            self._record_version(self.report, step)
        else:
            self._observe(step)

    def _record_version(self, report: ProgressReport, step: Step) -> None:
        report.round = self.round
        version = ReportVersion(
            report=report,
            version_no=self.submission.version_no,
            recorded_at=step.at,
            recorded_by=step.by,
            **{name: getattr(report, name) for name in ProgressReport.TEXT_FIELDS},
        )
        version.sha256 = version.content_digest()
        self.rows.versions.append(version)

    def _observe(self, step: Step) -> None:
        """Each version's rows are written after those they take the place of."""
        sheet, version_no = self.submission.figure_sheet, self.submission.version_no
        for entry in self.book.entries[sheet.pk]:
            head = self.heads.get(entry.indicator_id)
            self.heads[entry.indicator_id] = observed = Observation(
                indicator=entry.indicator,
                group_id=self.round.group_id,
                unit_id=self._subject_id,
                year=self.round.year,
                quarter=self.round.quarter,
                value=entry.value,
                printed=entry.raw,
                explanation=entry.explanation,
                as_of_on=self.round.period.last_day,
                source=f"{self.round}指标表",
                sheet=sheet,
                version_no=version_no,
                supersedes=head,
                correction_reason=f"第{version_no}次报送" if head else "",
                recorded_at=step.at,
                recorded_by=step.by,
                is_demo=sheet.is_demo,
            )
            self.rows.observations[version_no].append(observed)

    @property
    def _subject_id(self) -> int | None:
        """A county or park reports on itself, a department on the whole."""
        unit = self.submission.unit
        return unit.pk if unit.kind in (Unit.Kind.COUNTY, Unit.Kind.PARK) else None

    def _sign(self, step: Step) -> None:
        self._move(step, signed_by=step.by, signed_at=step.at)

    def _take(self, step: Step) -> None:
        self._move(step, taken_by=step.by, taken_at=step.at)

    def _release(self, step: Step) -> None:
        self._move(step, taken_by=None, taken_at=None)

    def _plainly(self, step: Step) -> None:
        """Sent back by the signer, or recalled."""
        self._move(step, **CLEARED)

    def _return(self, step: Step) -> None:
        self._move(step, **CLEARED, return_count=self.submission.return_count + 1)

    def _accept(self, step: Step) -> None:
        self._move(step, accepted_by=step.by, accepted_at=step.at)
        if self.report is None:
            self._pass_to_tasks(step)
        elif self.book.needs_judgement(self.report) and self.report.percent is not None:
            self._measure(
                self.report.task_id, self.report.percent, TaskMeasure.Source.REVIEWER, step.by, step.at
            )

    def _pass_to_tasks(self, step: Step) -> None:
        for link in self.book.links(self.submission.unit_id):
            observed = self.heads.get(link.indicator_id)
            target = self.book.target(link.indicator, self._subject_id)
            value = observed.value if observed else None
            share = share_of_target(value, target.value if target else None, link.indicator.direction)
            if target is None or share is None:
                continue
            self._measure(
                link.task_id,
                share,
                TaskMeasure.Source.FIGURES,
                step.by,
                step.at,
                actual=decimal_text(value, link.indicator.precision),
                target=target.wording,
                comparator=">=",
            )

    def _measure(
        self, task_id: int, share: Decimal, source: str, by: User, at: datetime.datetime, **words: str
    ) -> None:
        self.rows.measures.append(
            TaskMeasure(
                task_id=task_id,
                round=self.round,
                share=share.quantize(Decimal("0.01")),
                source=source,
                recorded_by=by,
                recorded_at=at,
                **words,
            )
        )
