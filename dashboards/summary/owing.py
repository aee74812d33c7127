"""Who has not reported, and who reported late: timeliness only, whatever the figures say. Pure."""

from collections import defaultdict
from dataclasses import dataclass

from dashboards.links import report_url
from quarters.picture import OwedLine, RoundPicture

TASK = "progress"
PAPERS = {"figures": "指标表"}
WITH_OFFICE = frozenset({"submitted", "reviewing", "accepted"})


@dataclass(frozen=True)
class OwedItem:
    """One thing that is missing or came late, with the way to it."""

    title: str
    words: str
    tone: str
    url: str
    kind: str


@dataclass(frozen=True)
class UnitOwing:
    """One unit with what it owes: overdue (past the due date), waiting (still in time), late (came too late)."""

    code: str
    name: str
    owed: int
    overdue: tuple[OwedItem, ...]
    waiting: tuple[OwedItem, ...]
    late: tuple[OwedItem, ...]

    @property
    def items(self) -> tuple[OwedItem, ...]:
        return self.overdue + self.waiting + self.late

    @property
    def overdue_words(self) -> str:
        return counted(self.overdue)

    @property
    def waiting_words(self) -> str:
        return counted(self.waiting)

    @property
    def late_words(self) -> str:
        return counted(self.late)


def owing_of(picture: RoundPicture) -> tuple[UnitOwing, ...]:
    """Units with anything missing or late; overdue ones first, then late ones, then those still in time."""
    by_unit: dict[str, list[OwedLine]] = defaultdict(list)
    for line in picture.owed:
        by_unit[line.unit_code].append(line)
    units = [_unit(lines, picture) for lines in by_unit.values()]
    owing = [unit for unit in units if unit.items]
    return tuple(sorted(owing, key=lambda unit: (-len(unit.overdue), -len(unit.late), -len(unit.waiting))))


def counted(items: tuple[OwedItem, ...]) -> str:
    """「任务2项、指标表」: tasks are counted as in the comparison of units, other papers are named."""
    tasks = sum(1 for item in items if item.kind == TASK)
    papers = dict.fromkeys(PAPERS.get(item.kind, item.title) for item in items if item.kind != TASK)
    return "、".join([f"任务{tasks}项"] * bool(tasks) + list(papers))


def _unit(lines: list[OwedLine], picture: RoundPicture) -> UnitOwing:
    missing = [line for line in lines if line.state not in WITH_OFFICE]
    return UnitOwing(
        code=lines[0].unit_code,
        name=lines[0].unit_name,
        owed=len(lines),
        overdue=tuple(_item(line, picture, "overdue") for line in missing if line.is_overdue),
        waiting=tuple(_item(line, picture, line.state) for line in missing if not line.is_overdue),
        late=tuple(
            _item(line, picture, "amber") for line in lines if line.state in WITH_OFFICE and line.is_late
        ),
    )


def _item(line: OwedLine, picture: RoundPicture, tone: str) -> OwedItem:
    words = {"overdue": "逾期未报", "amber": "逾期报送"}.get(tone, line.state_label)
    return OwedItem(line.title, words, tone, report_url(picture.period, line.submission_uid), line.kind)
