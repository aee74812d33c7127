"""What an import would do to a register, for the page, and what it must not do again under another state."""

import hashlib
from dataclasses import dataclass

NEW, CHANGED, SAME = "新增", "修改", "不变"
WHOLE_ROW = "整行"


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one cell, or in a whole row, and what to do about it."""

    row: int
    column: str
    value: str
    remedy: str


@dataclass(frozen=True)
class PreviewCell:
    """One cell as it will stand, and what stood there before where that changes."""

    text: str
    before: str = ""
    is_changed: bool = False


@dataclass(frozen=True)
class PreviewRow:
    """One row of the file: what becomes of it."""

    number: int
    outcome: str
    cells: tuple[PreviewCell, ...]


@dataclass(frozen=True)
class ReadNumber:
    """A number with 万 or 亿 and what it was taken for: a person agrees to it before it is written."""

    row: int
    column: str
    typed: str
    meant: str


@dataclass(frozen=True)
class Preview:
    """Everything the file would do; nothing is done while there is a fault."""

    heads: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    faults: tuple[RowFault, ...] = ()
    readings: tuple[ReadNumber, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: sum(row.outcome == outcome for row in self.rows) for outcome in (NEW, CHANGED, SAME)}

    @property
    def moving(self) -> list[PreviewRow]:
        """The rows that would be written, in the order of the file."""
        return [row for row in self.rows if row.outcome != SAME]

    @property
    def digest(self) -> str:
        """The SHA-256 of what is shown: another state of the register gives another one."""
        return hashlib.sha256(repr((self.heads, self.rows)).encode()).hexdigest()
