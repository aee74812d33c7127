"""The faults of a file as a page or a workbook shows them: grouped by what is wrong, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.register_preview import RowFault
from core.sheets import Sheet

# As many stand one by one; beyond, the same fault in many rows is one group.
MOST_IN_A_ROW = 60
MOST_OF_A_GROUP = 40


@dataclass(frozen=True)
class FaultGroup:
    """The same thing wrong with one column, row by row."""

    column: str
    remedy: str
    faults: tuple[RowFault, ...]

    @property
    def count(self) -> int:
        return len(self.faults)

    @property
    def shown(self) -> tuple[RowFault, ...]:
        return self.faults[:MOST_OF_A_GROUP]

    @property
    def not_shown(self) -> int:
        return max(0, self.count - MOST_OF_A_GROUP)


def grouped(faults: Iterable[RowFault]) -> list[FaultGroup]:
    """The most frequent first; sentences that quote the cell count as one."""
    groups: dict[tuple[str, str], list[RowFault]] = {}
    for fault in faults:
        sentence = fault.remedy.replace(f"“{fault.value}”", "“…”") if fault.value else fault.remedy
        groups.setdefault((fault.column, sentence), []).append(fault)
    found = [FaultGroup(column, remedy, tuple(rows)) for (column, remedy), rows in groups.items()]
    return sorted(found, key=lambda group: -group.count)


def fault_rows(faults: Iterable[RowFault]) -> int:
    """In how many rows something is wrong."""
    return len({fault.row for fault in faults})


def notes_by_cell(sheet: Sheet, faults: Iterable[RowFault]) -> dict[tuple[int, int], str]:
    """What to write beside each faulty cell, by row and place from 0; a fault of a whole row stands at its first."""
    places = {head: place for place, head in enumerate(sheet.heads)}
    found: dict[tuple[int, int], str] = {}
    for fault in faults:
        for head in fault.column.split("、"):
            key = (fault.row - 1, places.get(head, 0))
            found[key] = f"{found[key]}\n{fault.remedy}" if key in found else fault.remedy
    return found
