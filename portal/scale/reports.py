"""City 1's quarters: rounds, what was handed in, its versions, shares and moves."""

import datetime
from collections.abc import Iterator
from typing import Any

from portal.scale import texts
from portal.scale.history import HANDED_IN, History, Outcome
from portal.scale.registers import LIAISON, OFFICE, Registers
from portal.scale.shape import id_of
from portal.scale.tables import Table
from reporting.models import ReportingRound, ReviewEvent, Submission
from reporting.workflow import State
from tasks.models import ProgressReport, ReportVersion, TaskMeasure

TAKEN = frozenset({State.REVIEWING, State.RETURNED, State.ACCEPTED})
WRITTEN = HANDED_IN | {State.DRAFT}
# Where a report came to → the moves that led there, each with the states before and after it.
WAY = (
    ("edit", State.PENDING, State.DRAFT),
    ("submit", State.DRAFT, State.SUBMITTED),
    ("take", State.SUBMITTED, State.REVIEWING),
    ("accept", State.REVIEWING, State.ACCEPTED),
)
WAY_BACK = ("return", State.REVIEWING, State.RETURNED)
STEPS = {State.DRAFT: 1, State.SUBMITTED: 2, State.REVIEWING: 3, State.RETURNED: 3, State.ACCEPTED: 4}
TEXT = "progress problems next_steps coordination declared_status percent is_nil"


class Reports:
    """Writes the rows of every quarter; ids count through quarter by quarter."""

    def __init__(self, history: History, registers: Registers) -> None:
        self.history, self.registers, self.shape = history, registers, history.shape

    def write(self) -> None:
        columns = (
            "id year quarter opens_on assist_due_on lead_due_on review_due_on opened_at published_at stamp"
        )
        Table(ReportingRound, columns, group_id=id_of(1), is_demo=True).write(self._rounds())
        marks = "edited_at edited_by_id submitted_at submitted_by_id taken_at taken_by_id accepted_at accepted_by_id"
        Table(
            Submission,
            f"id uid round_id unit_id kind state return_count version_no {marks}",
            group_id=id_of(1),
            is_demo=True,
        ).write(self._submissions())
        Table(ProgressReport, f"id submission_id task_id round_id {TEXT}", is_demo=True).write(
            self._progress()
        )
        recorded = {"recorded_by_id": id_of(LIAISON)}
        Table(ReportVersion, f"id report_id version_no sha256 recorded_at {TEXT}", **recorded).write(
            self._versions()
        )
        source = {"source": TaskMeasure.Source.REVIEWER, "recorded_by_id": id_of(OFFICE)}
        Table(TaskMeasure, "id task_id round_id share recorded_at", **source).write(self._measures())
        Table(ReviewEvent, "id submission_id move from_state to_state by_id at reason_text version_no").write(
            self._events()
        )

    def submission(self, index: int, place: int) -> int:
        """The id of what is owed in a quarter: first the reports by task, then the sheets by unit."""
        return id_of(index * self.shape.owed + place)

    def _rounds(self) -> Iterator[tuple[Any, ...]]:
        for index, quarter in enumerate(self.history.quarters):
            dates = self.history.dates(index)
            published = None if index == self.history.open_index else self.history.moment(index, 6, 300)
            yield (
                *(id_of(index + 1), quarter.year, quarter.quarter, *dates.values()),
                *(self.history.moment(index, 0, 0), published, 1),
            )

    def _submissions(self) -> Iterator[tuple[Any, ...]]:
        uid, shape = self.registers.uid, self.shape
        for index, outcomes in enumerate(self.history.reports):
            round_id = id_of(index + 1)
            for number, outcome in enumerate(outcomes, 1):
                unit_id = id_of(self.registers.leads(number))
                kind, returned = Submission.Kind.PROGRESS, outcome.versions > 1
                returned = returned or outcome.state is State.RETURNED
                yield (
                    *(self.submission(index, number), uid(), round_id, unit_id, kind, outcome.state.value),
                    *(int(returned), outcome.versions, *self._marks(index, outcome.state, outcome.pick)),
                )
            for number in range(1, shape.units + 1):
                state = self.history.sheet_state(index, number)
                kind, versions = Submission.Kind.FIGURES, int(state in HANDED_IN)
                yield (
                    *(self.submission(index, shape.tasks + number), uid(), round_id, id_of(number), kind),
                    *(state.value, 0, versions, *self._marks(index, state, number)),
                )

    def _marks(self, index: int, state: State, pick: int) -> tuple[Any, ...]:
        """Who and when: edited and submitted by the liaison, taken and accepted by the office."""
        liaison, office = id_of(LIAISON), id_of(OFFICE)

        def at(is_so: bool, day: int, by: int) -> tuple[datetime.datetime | None, int | None]:
            return (self.history.moment(index, day, pick), by) if is_so else (None, None)

        return (
            *at(state in WRITTEN, 1, liaison),
            *at(state in HANDED_IN, 2, liaison),
            *at(state in TAKEN and state is not State.RETURNED, 4, office),
            *at(state is State.ACCEPTED, 5, office),
        )

    def _text(self, outcome: Outcome) -> tuple[Any, ...]:
        if outcome.state not in WRITTEN:
            return "", "", "", "", "", None, False
        pick, is_behind = outcome.pick, outcome.declared != "on_pace"
        return (
            texts.progress(pick, outcome.percent),
            texts.problems(pick) if is_behind else "",
            texts.next_steps(pick) if is_behind else "",
            texts.coordination(pick) if outcome.asks else "",
            outcome.declared,
            outcome.percent,
            outcome.is_nil,
        )

    def _each(self) -> Iterator[tuple[int, int, Outcome]]:
        for index, outcomes in enumerate(self.history.reports):
            for number, outcome in enumerate(outcomes, 1):
                yield index, number, outcome

    def _progress(self) -> Iterator[tuple[Any, ...]]:
        for index, number, outcome in self._each():
            submission = self.submission(index, number)
            yield submission, submission, id_of(number), id_of(index + 1), *self._text(outcome)

    def _versions(self) -> Iterator[tuple[Any, ...]]:
        row = 0
        for index, number, outcome in self._each():
            for version in range(1, outcome.versions + 1):
                row += 1
                at = self.history.moment(index, version, outcome.pick)
                report = self.submission(index, number)
                yield (
                    id_of(row),
                    report,
                    version,
                    f"{row * 0x9E3779B97F4A7C15:064x}",
                    at,
                    *self._text(outcome),
                )

    def _measures(self) -> Iterator[tuple[Any, ...]]:
        for index, number, outcome in self._each():
            if outcome.state is State.ACCEPTED:
                row, at = self.submission(index, number), self.history.moment(index, 5, outcome.pick)
                yield row, id_of(number), id_of(index + 1), outcome.percent, at

    def _events(self) -> Iterator[tuple[Any, ...]]:
        row = 0
        newest = self.shape.quarters - self.shape.detailed_quarters
        for index, number, outcome in self._each():
            if index < newest:
                continue
            back = (WAY_BACK,) if outcome.state is State.RETURNED else ()
            for day, (move, before, after) in enumerate((*WAY[: STEPS.get(outcome.state, 0)], *back)):
                row += 1
                by = id_of(LIAISON if move in {"edit", "submit"} else OFFICE)
                at, reason = self.history.moment(index, day + 1, outcome.pick), "请补充数据。" if back else ""
                submission = self.submission(index, number)
                yield (
                    *(id_of(row), submission, move, before.value, after.value, by, at),
                    *(reason if move == "return" else "", outcome.versions if day else 0),
                )
