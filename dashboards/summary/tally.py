"""What a set of tasks adds up to. Missing reports stay in the whole and never count as reached. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.shares import computed_share
from quarters.reading import Cell, RoundReading
from reporting.models.submissions import UNREPORTED
from tasks.lights import Colour

# What was handed in and waits for the office: no light of its own, but never counted as 「未报」.
WAITING = "waiting"
# Whose report is accepted, but not yet how far the task got: mostly its figures are awaited or under review.
UNSETTLED = "unsettled"
# The parts of a whole in the order in which they lie in a bar, each with its word.
PARTS = {
    Colour.DONE.value: "已办结",
    Colour.GREEN.value: "达到序时",
    Colour.YELLOW.value: "黄",
    Colour.RED.value: "红",
    WAITING: "待审核",
    UNSETTLED: "待核定",
    Colour.UNREPORTED.value: "未报",
    Colour.EXEMPT.value: "不考核",
}
TONES = {part: part for part in PARTS} | {"exempt": "unassessed"}
POINT = Decimal("0.1")


@dataclass(frozen=True)
class Tally:
    """Counts by part. 应考核 = all but 不考核; 达到序时 = green and finished."""

    done: int = 0
    green: int = 0
    yellow: int = 0
    red: int = 0
    waiting: int = 0
    unsettled: int = 0
    unreported: int = 0
    exempt: int = 0

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Tally":
        counts: Counter[str] = Counter()
        for cell in cells:
            counts[part_of(cell)] += cell.tasks
        return cls(**counts)

    @property
    def values(self) -> tuple[int, ...]:
        known = self.done, self.green, self.yellow, self.red
        return (*known, self.waiting, self.unsettled, self.unreported, self.exempt)

    @property
    def total(self) -> int:
        return sum(self.values)

    @property
    def assessed(self) -> int:
        return self.total - self.exempt

    @property
    def reached(self) -> int:
        return self.done + self.green

    @property
    def behind(self) -> int:
        return self.yellow + self.red

    @property
    def silent(self) -> int:
        """Of how many nothing is known yet."""
        return self.waiting + self.unsettled + self.unreported

    @property
    def share(self) -> Decimal | None:
        """Reached ÷ assessed; None where nothing is assessed, or nothing is known yet: missing is not 0."""
        return computed_share(self.reached, self.assessed) if self.assessed > self.silent else None


def part_of(cell: Cell) -> str:
    """Which part of the whole the tasks of a cell are."""
    handed_in = cell.light is Colour.UNREPORTED and cell.word != Colour.UNREPORTED.label
    if not handed_in:
        return cell.light.value
    return UNSETTLED if cell.word == PARTS[UNSETTLED] else WAITING


def is_unreported_red(cell: Cell) -> bool:
    """Counted as red because its deadline is past, while its report is missing too."""
    return cell.light is Colour.RED and cell.state in UNREPORTED


def is_comparable(reading: RoundReading, tally: Tally) -> bool:
    """Whether a share may stand beside last quarter's: while reports are still coming in it would mislead."""
    return reading.is_published or not tally.silent


def points_between(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The change of a share in 个百分点, to one place; None where one of the two is unknown.

    Both shares are rounded first, so that the change is the difference of the figures that are printed.
    """
    if now is None or before is None:
        return None
    return _points(now) - _points(before)


def change_text(points: Decimal | None) -> str:
    """「+5.1」, 「-2.0」, 「持平」; empty where it is unknown."""
    if points is None:
        return ""
    return f"{points:+.1f}" if points else "持平"


def _points(share: Decimal) -> Decimal:
    return (share * 100).quantize(POINT, ROUND_HALF_UP)
