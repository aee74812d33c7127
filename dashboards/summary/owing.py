"""Who has not reported, and who reported late: timeliness only, whatever the figures say. Pure."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from dashboards.links import board_url, tasks_url
from quarters.reading import OwedCell, RoundReading

TASK = "progress"
PAPERS = {"figures": "指标表", "contribution": "协同情况", "pilot": "试点情况"}
WITH_OFFICE = frozenset({"submitted", "reviewing", "accepted"})


@dataclass(frozen=True)
class OwedCount:
    """So many tasks and other papers, in words and with the list behind each."""

    tasks: int
    papers: tuple[str, ...]
    url: str
    papers_url: str

    def __bool__(self) -> bool:
        return bool(self.tasks or self.papers)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Words and address: the tasks in their list, the other papers in the unit's row of the round's board."""
        tasks = [(f"任务{self.tasks}项", self.url)] if self.tasks else []
        return (*tasks, *((paper, self.papers_url) for paper in self.papers))

    @property
    def words(self) -> str:
        """「任务2项、指标表」: tasks are counted as in the comparison of units, other papers are named."""
        return "、".join(words for words, _ in self.links)


@dataclass(frozen=True)
class UnitOwing:
    """One unit with what it owes: overdue (past the due date), waiting (still in time), late (came too late)."""

    code: str
    name: str
    overdue: OwedCount
    waiting: OwedCount
    late: OwedCount


def owing_of(reading: RoundReading) -> tuple[UnitOwing, ...]:
    """Units with anything missing or late; overdue ones first, then late ones, then those still in time."""
    by_unit: dict[str, list[OwedCell]] = defaultdict(list)
    for cell in reading.owed:
        by_unit[cell.unit_code].append(cell)
    counted = [(_weights(cells), _unit(reading, cells)) for cells in by_unit.values()]
    counted.sort(key=lambda pair: tuple(-weight for weight in pair[0]))
    return tuple(unit for weights, unit in counted if any(weights))


def _weights(cells: list[OwedCell]) -> tuple[int, int, int]:
    """How many papers are overdue, came late, are awaited."""
    counts = Counter[str]()
    for cell in cells:
        counts[_stand(cell)] += cell.submissions
    return counts["overdue"], counts["late"], counts["waiting"]


def _stand(cell: OwedCell) -> str:
    if cell.state in WITH_OFFICE:
        return "late" if cell.is_late else ""
    return "overdue" if cell.is_overdue else "waiting"


def _unit(reading: RoundReading, cells: list[OwedCell]) -> UnitOwing:
    return UnitOwing(
        code=cells[0].unit_code,
        name=cells[0].unit_name,
        overdue=_count(reading, cells, "overdue"),
        waiting=_count(reading, cells, "waiting"),
        late=_count(reading, cells, "late"),
    )


def _count(reading: RoundReading, cells: list[OwedCell], stand: str) -> OwedCount:
    counts = Counter[str]()
    for cell in cells:
        if _stand(cell) == stand:
            counts[cell.kind] += cell.submissions
    return OwedCount(
        tasks=counts[TASK],
        papers=tuple(PAPERS[kind] for kind in PAPERS if counts[kind]),
        url=tasks_url(reading.group_code, reading.period, unit=cells[0].unit_code, report=stand),
        papers_url=board_url(reading.group_code, reading.period, unit=cells[0].unit_code),
    )
