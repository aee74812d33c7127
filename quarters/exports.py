"""The round board as rows of a workbook."""

from collections.abc import Iterator
from typing import Any

from core.exports import Column
from quarters.queries.rounds import Board
from reporting.models import Submission

BOARD_COLUMNS = (
    Column("单位", 20),
    Column("种类", 12),
    Column("事项", 48),
    Column("状态", 12),
    Column("逾期报送", 10),
    Column("逾期未报", 10),
)


def board_rows(board: Board) -> Iterator[list[Any]]:
    """One row per item, in the order of the board."""
    for line in board.lines:
        yield [
            line.unit_name,
            Submission.Kind(line.kind).label,
            line.title,
            line.state_label,
            line.is_late,
            line.is_overdue,
        ]
