"""What is measured, and city 1's figures: a sheet per unit and quarter."""

from collections.abc import Iterator
from typing import Any

from metrics.models import FigureEntry, FigureSheet, Indicator, Observation, Target, TaskIndicator
from portal.scale.history import History
from portal.scale.registers import LIAISON
from portal.scale.reports import Reports
from portal.scale.shape import Shape, id_of
from portal.scale.tables import Table
from reporting.workflow import State

COUNTIES_FROM = 1_000  # ids of what counties report on themselves; the city's own begin at 1


def write_indicators(shape: Shape) -> None:
    """Shared by all cities: one per department for its whole city, and those counties report on themselves."""
    about = {"measure_unit": "项", "kind": Indicator.Kind.CUMULATIVE, "is_demo": True}
    rows = [(number, f"scale-w{number:03}", f"规模指标{number:03}", number) for number in _whole(shape)]
    rows += [
        (COUNTIES_FROM + number, f"scale-u{number:03}", f"规模分指标{number:03}", COUNTIES_FROM + number)
        for number in range(1, shape.county_indicators + 1)
    ]
    Table(Indicator, "id code name position", over_units=Indicator.OverUnits.SUM, **about).write(rows)


def _whole(shape: Shape) -> range:
    return range(1, shape.departments + 1)


class Figures:
    """Writes sheets, entries, observations and the targets of the linked indicators."""

    def __init__(self, history: History, reports: Reports) -> None:
        self.history, self.reports, self.shape = history, reports, history.shape

    def write(self) -> None:
        Table(TaskIndicator, "id task_id indicator_id", is_demo=True).write(self._links())
        Table(Target, "id indicator_id year quarter wording value", group_id=id_of(1), is_demo=True).write(
            self._targets()
        )
        Table(FigureSheet, "id submission_id unit_id round_id", is_demo=True).write(
            (sheet, sheet, id_of(unit), id_of(index + 1)) for index, unit, sheet in self._sheets()
        )
        Table(FigureEntry, "id sheet_id indicator_id raw value", is_demo=True).write(self._entries())
        recorded = {"group_id": id_of(1), "source": "指标表", "recorded_by_id": id_of(LIAISON)}
        columns = "id indicator_id unit_id year quarter value printed as_of_on sheet_id recorded_at"
        Table(Observation, columns, is_demo=True, **recorded).write(self._observations())

    def _links(self) -> Iterator[tuple[Any, ...]]:
        """Task n is measured by the indicator of department n, which leads one of its own tasks."""
        for number in range(1, self.shape.linked_indicators + 1):
            yield id_of(number), id_of(number), number

    def _targets(self) -> Iterator[tuple[Any, ...]]:
        row = 0
        for number in range(1, self.shape.linked_indicators + 1):
            for year in sorted({quarter.year for quarter in self.history.quarters}):
                for quarter in (1, 2, 3, 4, None):
                    row += 1
                    value = 1_000 + number + 100 * (quarter or 4)
                    yield id_of(row), number, year, quarter, f"{value}项", value

    def _sheets(self) -> Iterator[tuple[int, int, int]]:
        for index in range(self.shape.quarters):
            for unit in range(1, self.shape.units + 1):
                yield index, unit, self.reports.submission(index, self.shape.tasks + unit)

    def _measured_by(self, unit: int) -> range:
        if unit <= self.shape.departments:
            return range(unit, unit + 1)
        return range(COUNTIES_FROM + 1, COUNTIES_FROM + 1 + self.shape.county_indicators)

    def _figures(self, *, since: int, reported_only: bool) -> Iterator[tuple[int, int, int, int, int | None]]:
        """Quarter, unit, sheet, indicator, figure; None for what is not reported yet."""
        for index, unit, sheet in self._sheets():
            is_reported = self.history.sheet_state(index, unit) is State.ACCEPTED
            if index < since or (reported_only and not is_reported):
                continue
            for indicator in self._measured_by(unit):
                value = 900 + (unit * 7_919 + indicator * 104_729 + index * 31) % 500 + index * 25
                yield index, unit, sheet, indicator, value if is_reported else None

    def _entries(self) -> Iterator[tuple[Any, ...]]:
        newest = self.shape.quarters - self.shape.detailed_quarters
        figures = self._figures(since=newest, reported_only=False)
        for row, (_, _, sheet, indicator, value) in enumerate(figures, 1):
            yield id_of(row), sheet, indicator, "" if value is None else str(value), value

    def _observations(self) -> Iterator[tuple[Any, ...]]:
        subjects = {unit: None if unit <= self.shape.departments else id_of(unit) for unit in range(1, 1_000)}
        seen = [
            (quarter.year, quarter.quarter, quarter.last_day, self.history.moment(index, 5, 0))
            for index, quarter in enumerate(self.history.quarters)
        ]
        figures = self._figures(since=0, reported_only=True)
        for row, (index, unit, sheet, indicator, value) in enumerate(figures, 1):
            year, quarter, last_day, at = seen[index]
            yield (
                *(id_of(row), indicator, subjects[unit], year, quarter, value, str(value), last_day),
                *(sheet, at),
            )
