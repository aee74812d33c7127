"""Lead units and counties compared, with the change against last quarter. Pure."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from core.formats import percent_text
from dashboards.links import tasks_url
from dashboards.summary.tally import Tally, change_text, is_comparable, points_between
from quarters.picture import RoundPicture, TaskLine

COUNTY_KINDS = frozenset({"county", "park"})


@dataclass(frozen=True)
class UnitRow:
    """One lead unit: how many of its assessed tasks reach 序时进度, and how that has changed."""

    code: str
    name: str
    kind: str
    tally: Tally
    change: Decimal | None
    url: str

    @property
    def share_words(self) -> str:
        return percent_text(self.tally.share) if self.tally.assessed else "不考核"

    @property
    def percent(self) -> str:
        """The share for a meter, in per cent without localisation; empty where nothing is assessed."""
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


def units_compared(picture: RoundPicture, previous: RoundPicture | None) -> UnitComparison:
    before = {code: Tally.of(lines).share for code, lines in _by_lead(previous).items()} if previous else {}
    rows = [_row(picture, lines, before) for code, lines in _by_lead(picture).items() if code]
    rows.sort(key=lambda row: (row.tally.share is None, -(row.tally.share or 0), -row.tally.assessed))
    return UnitComparison(
        counties=tuple(row for row in rows if row.kind in COUNTY_KINDS),
        departments=tuple(row for row in rows if row.kind not in COUNTY_KINDS),
    )


def _by_lead(picture: RoundPicture) -> dict[str, list[TaskLine]]:
    leads: dict[str, list[TaskLine]] = defaultdict(list)
    for line in picture.tasks:
        leads[line.lead_code].append(line)
    return leads


def _row(picture: RoundPicture, lines: list[TaskLine], before: dict[str, Decimal | None]) -> UnitRow:
    first, tally = lines[0], Tally.of(lines)
    return UnitRow(
        code=first.lead_code,
        name=first.lead_name,
        kind=first.lead_kind,
        tally=tally,
        change=points_between(tally.share, before.get(first.lead_code))
        if is_comparable(picture, tally)
        else None,
        url=tasks_url(picture.group_code, picture.period, unit=first.lead_code),
    )
