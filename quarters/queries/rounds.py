"""One round as a board of units × items."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Max
from django.urls import reverse

from core import clock
from organization.models import RoleGrant
from quarters.picture import OwedLine
from quarters.queries.picture import owed_lines, published_picture
from quarters.queries.round_list import HANDED_IN, WITH_OFFICE
from reporting.models import ReportingRound, Submission
from reporting.workflow import State

FIGURES_COLUMN = "指标表"
# Stands in a published line for every state in which nothing had reached the office.
MISSING = "missing"
# The unit has not begun, or is still writing.
UNSENT = (State.PENDING.value, State.DRAFT.value)
SHORT_WORDS = {
    State.PENDING: "待填",
    State.DRAFT: "草稿",
    State.SIGNING: "审签",
    State.SUBMITTED: "已报",
    State.REVIEWING: "审核",
    State.RETURNED: "退回",
    State.ACCEPTED: "通过",
}


@dataclass(frozen=True)
class Cell:
    """One item of a unit: its state in a word, the way to it, and what it is about."""

    url: str
    word: str
    tone: str
    title: str
    is_faded: bool


@dataclass(frozen=True)
class BoardRow:
    """One unit with its items in a line."""

    unit_name: str
    unit_code: str
    done: int
    total: int
    cells: tuple[Cell | None, ...]
    liaisons: str
    last_active: str
    extended: str


@dataclass(frozen=True)
class Tally:
    """The counts of the stat cards. Of a published round only `accepted` and `missing` are left to count.

    An open one is the sum of `accepted`, `waiting`, `signing`, `returned` and `unsent`; `overdue` is among them.
    """

    total: int
    accepted: int
    unsent: int
    drafts: int
    missing: int
    missing_units: int
    waiting: int
    oldest_days: int
    signing: int
    returned: int
    returned_twice: int
    overdue: int
    overdue_units: int

    @property
    def missing_words(self) -> str:
        return f"{self.missing_units} 家单位" if self.missing_units else ""

    @property
    def unsent_words(self) -> str:
        return f"其中草稿 {self.drafts} 项" if self.drafts else ""

    @property
    def unfinished(self) -> int:
        return self.total - self.accepted

    @property
    def oldest_words(self) -> str:
        return "最久的今天报送" if self.oldest_days <= 0 else f"最久 {self.oldest_days} 天"

    @property
    def returned_words(self) -> str:
        return f"{self.returned_twice} 件退回两次以上" if self.returned_twice else ""

    @property
    def overdue_words(self) -> str:
        return f"{self.overdue_units} 家单位" if self.overdue_units else ""


@dataclass(frozen=True)
class Board:
    """The whole board."""

    round: ReportingRound
    phase: ReportingRound.Phase
    tally: Tally
    columns: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    shows_demo: bool
    lines: tuple[OwedLine, ...]


def board_of(round_: ReportingRound, today: datetime.date, wanted: dict[str, str]) -> Board:
    """Units × items: from the snapshot where the round is published, else from the rows; four queries more."""
    submissions = list(
        round_.submissions.with_extension()
        .select_related("unit", "progress_report__task")
        .order_by("unit__position", "unit__code", "progress_report__task__code", "pk")
    )
    is_published = round_.is_published
    owed = published_picture(round_).owed if is_published else owed_lines(submissions, today)
    lines = sorted(map(_as_published, owed) if is_published else owed, key=_figures_last)
    units: dict[str, list[OwedLine]] = defaultdict(list)
    for line in lines:
        units[line.unit_code].append(line)
    places = {row.unit.code: place for place, row in reversed(list(enumerate(submissions)))}
    ordered = sorted(units.values(), key=lambda own: places.get(own[0].unit_code, 0))
    columns = _columns(ordered)
    rows = _RowMaker(round_, submissions, columns, wanted.get("state", ""), today)
    return Board(
        round=round_,
        phase=round_.phase_on(today),
        tally=_tally(() if is_published else submissions, lines, today),
        columns=columns,
        rows=tuple(rows.row(own) for own in ordered if _is_wanted(own, wanted)),
        shows_demo=round_.is_demo,
        lines=tuple(line for own in ordered for line in own),
    )


def _as_published(line: OwedLine) -> OwedLine:
    """What was missing when the round was published is 未报, wherever with the unit it lay."""
    return line if line.state in HANDED_IN else replace(line, state=MISSING, state_label="未报")


def _figures_last(line: OwedLine) -> bool:
    return line.kind == Submission.Kind.FIGURES


def _columns(units: Sequence[Sequence[OwedLine]]) -> tuple[str, ...]:
    width = max((_task_count(own) for own in units), default=0)
    has_figures = any(_figures_last(line) for own in units for line in own)
    return (*(f"任务{place}" for place in range(1, width + 1)), *([FIGURES_COLUMN] if has_figures else []))


class _RowMaker:
    """Writes the line of one unit; knows what the lines share."""

    def __init__(
        self,
        round_: ReportingRound,
        submissions: Sequence[Submission],
        columns: tuple[str, ...],
        state: str,
        today: datetime.date,
    ) -> None:
        self.round, self.state, self.today = round_, state, today
        self.has_figures = FIGURES_COLUMN in columns
        self.width = len(columns) - self.has_figures
        self.liaisons, self.active = _liaisons(round_), _last_active(round_)
        self.extended = {
            row.unit.code: _extension_words(row.extended_to) for row in submissions if row.extended_to
        }

    def row(self, own: Sequence[OwedLine]) -> BoardRow:
        code = own[0].unit_code
        return BoardRow(
            unit_name=own[0].unit_name,
            unit_code=code,
            done=sum(line.state in HANDED_IN for line in own),
            total=len(own),
            cells=self.cells(own),
            liaisons=self.liaisons.get(code, ""),
            last_active=_when(self.active.get(code), self.today),
            extended=self.extended.get(code, ""),
        )

    def cells(self, own: Sequence[OwedLine]) -> tuple[Cell | None, ...]:
        tasks = [self.cell(line) for line in own if not _figures_last(line)]
        sheet = next((self.cell(line) for line in own if _figures_last(line)), None)
        return (*tasks, *([None] * (self.width - len(tasks))), *([sheet] if self.has_figures else []))

    def cell(self, line: OwedLine) -> Cell:
        return _cell(line, self.round, self.state)


def _task_count(own: Sequence[OwedLine]) -> int:
    return sum(not _figures_last(line) for line in own)


def _is_wanted(own: Sequence[OwedLine], wanted: dict[str, str]) -> bool:
    kind, state = wanted.get("unit_kind"), wanted.get("state")
    if wanted.get("unit", own[0].unit_code) != own[0].unit_code:
        return False
    if kind and own[0].unit_kind != kind:
        return False
    return not state or any(_matches(line, state) for line in own)


def _matches(line: OwedLine, state: str) -> bool:
    if state == "overdue":
        return line.is_overdue or line.state == MISSING
    if state == "unsent":
        return line.state in UNSENT
    return line.state in WITH_OFFICE if state == "waiting" else line.state == state


def _cell(line: OwedLine, round_: ReportingRound, state: str) -> Cell:
    late = "，逾期报送" if line.is_late else ""
    return Cell(
        url=f"{reverse('quarters:round', args=[round_.year, round_.quarter])}reports/{line.submission_uid}/",
        word=_word(line),
        tone="overdue" if _is_alarm(line) else line.state,
        title=f"{line.title}：{line.state_label}{late}",
        is_faded=bool(state) and not _matches(line, state),
    )


def _word(line: OwedLine) -> str:
    if line.state == MISSING:
        return "未报"
    return "逾期" if _is_alarm(line) else SHORT_WORDS[State(line.state)]


def _is_alarm(line: OwedLine) -> bool:
    return line.state == MISSING or (line.is_overdue and line.state != State.RETURNED)


def _tally(submissions: Sequence[Submission], lines: Sequence[OwedLine], today: datetime.date) -> Tally:
    waiting = [row for row in submissions if row.state in WITH_OFFICE]
    arrived = [moment for row in waiting if (moment := row.signed_at or row.submitted_at)]
    missing = [line for line in lines if line.state == MISSING]
    overdue = [line for line in lines if line.is_overdue and line.state != MISSING]
    returned = [row for row in submissions if row.state == State.RETURNED]
    return Tally(
        total=len(lines),
        accepted=sum(line.state == State.ACCEPTED for line in lines),
        unsent=sum(line.state in UNSENT for line in lines),
        drafts=sum(line.state == State.DRAFT for line in lines),
        missing=len(missing),
        missing_units=len({line.unit_code for line in missing}),
        waiting=len(waiting),
        oldest_days=max(((today - clock.shanghai_date(moment)).days for moment in arrived), default=0),
        signing=sum(line.state == State.SIGNING for line in lines),
        returned=len(returned),
        returned_twice=sum(row.return_count > 1 for row in returned),
        overdue=len(overdue),
        overdue_units=len({line.unit_code for line in overdue}),
    )


def _liaisons(round_: ReportingRound) -> dict[str, str]:
    grants = (
        RoleGrant.objects.active()
        .filter(role=RoleGrant.Role.LIAISON, unit__submissions__round=round_)
        .order_by("granted_at")
        .values_list("unit__code", "user__display_name")
    )
    names: dict[str, list[str]] = defaultdict(list)
    for code, name in grants:
        if name not in names[code]:
            names[code].append(name)
    return {code: "、".join(found) for code, found in names.items()}


def _last_active(round_: ReportingRound) -> dict[str, datetime.datetime]:
    """When each unit last worked on its reports: the newest edit or handing in."""
    rows = Submission.objects.filter(round=round_).values("unit__code").order_by()
    columns = rows.annotate(edited=Max("edited_at"), handed_in=Max("submitted_at"), signed=Max("signed_at"))
    moments = {
        row["unit__code"]: [row[name] for name in ("edited", "handed_in", "signed") if row[name]]
        for row in columns
    }
    return {code: max(found) for code, found in moments.items() if found}


def _extension_words(day: datetime.date) -> str:
    return f"延至{day.month}月{day.day}日"


def _when(moment: datetime.datetime | None, today: datetime.date) -> str:
    if moment is None:
        return "—"
    local = moment.astimezone(clock.SHANGHAI)
    days = (today - local.date()).days
    if days == 0:
        return f"今天 {local:%H:%M}"
    return "昨天" if days == 1 else f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m-%d}"
