"""Lead units and counties compared, with the change against last quarter. Pure."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from core.formats import percent_text
from dashboards.links import tasks_url
from dashboards.summary.tally import Tally, change_text, is_comparable, is_unreported_red, points_between
from quarters.reading import Cell, RoundReading

COUNTY_KINDS = frozenset({"county", "park"})


@dataclass(frozen=True)
class UnitRow:
    """One lead unit: how many of its assessed tasks reach 序时进度, and how that has changed."""

    code: str
    name: str
    kind: str
    tally: Tally
    change: Decimal | None
    unreported_reds: int
    url: str

    @property
    def share_words(self) -> str:
        return percent_text(self.tally.share) if self.tally.assessed else "不考核"

    @property
    def silent_words(self) -> str:
        """「未报2 待审核1」; 「未报计红灯1」 is missing too, but past its deadline and therefore red."""
        counts = {"未报": self.tally.unreported, "待审核": self.tally.waiting, "待核定": self.tally.unsettled}
        words = [f"{word}{number}" for word, number in counts.items() if number]
        return " ".join([*words, *([f"未报计红灯{self.unreported_reds}"] if self.unreported_reds else [])])

    @property
    def percent(self) -> str:
        """The share for a meter, in per cent without localisation; empty where it is unknown."""
        return "" if self.tally.share is None else f"{self.tally.share * 100:.1f}"

    @property
    def change_words(self) -> str:
        return change_text(self.change) or "—"

    @property
    def is_falling(self) -> bool:
        return self.change is not None and self.change < 0


@dataclass(frozen=True)
class UnitComparison:
    """Counties and parks beside the departments: two lists, each best first."""

    counties: tuple[UnitRow, ...]
    departments: tuple[UnitRow, ...]


def units_compared(reading: RoundReading, previous: RoundReading | None) -> UnitComparison:
    """Best share first; of equal shares the unit with more tasks, then the official order."""
    before = {code: Tally.of(cells).share for code, cells in _by_lead(previous).items()} if previous else {}
    rows = [_row(reading, cells, before) for code, cells in _by_lead(reading).items() if code]
    place = {label.code: (label.position, label.code) for label in reading.units.values()}
    rows.sort(
        key=lambda row: (
            row.tally.share is None,
            -(row.tally.share or 0),
            -row.tally.assessed,
            place.get(row.code, (0, row.code)),
        )
    )
    return UnitComparison(
        counties=tuple(row for row in rows if row.kind in COUNTY_KINDS),
        departments=tuple(row for row in rows if row.kind not in COUNTY_KINDS),
    )


def _by_lead(reading: RoundReading) -> dict[str, list[Cell]]:
    leads: dict[str, list[Cell]] = defaultdict(list)
    for cell in reading.cells:
        leads[cell.unit_code].append(cell)
    return leads


def _row(reading: RoundReading, cells: list[Cell], before: dict[str, Decimal | None]) -> UnitRow:
    first, tally = cells[0], Tally.of(cells)
    return UnitRow(
        code=first.unit_code,
        name=first.unit_name,
        kind=first.unit_kind,
        tally=tally,
        change=points_between(tally.share, before.get(first.unit_code))
        if is_comparable(reading, tally)
        else None,
        unreported_reds=sum(cell.tasks for cell in cells if is_unreported_red(cell)),
        url=tasks_url(reading.group_code, reading.period, unit=first.unit_code),
    )
