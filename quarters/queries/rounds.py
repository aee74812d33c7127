"""The rounds of a group, and one round as a board of units × items."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.urls import reverse

from core import clock
from organization.models import CoordinationGroup, RoleGrant, User
from quarters.picture import OwedLine
from quarters.queries.picture import owed_lines, published_picture
from reporting.models import ReportingRound, Submission
from reporting.workflow import State

WITH_OFFICE = (State.SUBMITTED, State.REVIEWING)
HANDED_IN = (*WITH_OFFICE, State.ACCEPTED)
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
class RoundRow:
    """One round in the list."""

    round: ReportingRound
    url: str
    phase: ReportingRound.Phase
    total: int
    handed_in: int
    accepted: int
    waiting: int
    overdue: int


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

    @property
    def has_gap(self) -> bool:
        return self.done < self.total


@dataclass(frozen=True)
class Tally:
    """The counts of the stat cards."""

    total: int
    accepted: int
    waiting: int
    oldest_days: int
    signing: int
    returned: int
    returned_twice: int
    overdue: int
    overdue_units: int

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


def rounds_of(group: CoordinationGroup, user: User, today: datetime.date) -> list[RoundRow]:
    """The group's rounds the user may see, newest first, with their counts; one query."""
    state = "submissions__state"
    unreported = Q(**{f"{state}__in": [State.PENDING, State.DRAFT, State.SIGNING, State.RETURNED]})
    rows = (
        ReportingRound.objects.visible_to(user)
        .filter(group=group)
        .select_related("group")
        .annotate(
            total=Count("submissions"),
            handed_in=Count("submissions", filter=Q(**{f"{state}__in": HANDED_IN})),
            accepted=Count("submissions", filter=Q(**{state: State.ACCEPTED})),
            waiting=Count("submissions", filter=Q(**{f"{state}__in": WITH_OFFICE})),
            unreported=Count("submissions", filter=unreported),
        )
        .newest_first()
    )
    return [_round_row(row, today) for row in rows]


def _round_row(row: ReportingRound, today: datetime.date) -> RoundRow:
    counts = {name: getattr(row, name) for name in ("total", "handed_in", "accepted", "waiting")}
    is_past = today > row.lead_due_on or row.is_published
    return RoundRow(
        round=row,
        url=row.get_absolute_url(),
        phase=row.phase_on(today),
        overdue=getattr(row, "unreported") if is_past else 0,  # noqa: B009 (an annotation)
        **counts,
    )


def board_of(round_: ReportingRound, today: datetime.date, wanted: dict[str, str]) -> Board:
    """Units × items: from the snapshot where the round is published, else from the rows; five queries."""
    picture = published_picture(round_) if round_.is_published else None
    submissions = list(
        round_.submissions.with_extension()
        .select_related("unit", "progress_report__task")
        .order_by("unit__position", "unit__code", "kind", "pk")
    )
    lines = picture.owed if picture else tuple(owed_lines(submissions, today))
    units: dict[str, list[OwedLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.kind == Submission.Kind.FIGURES):
        units[line.unit_code].append(line)
    order = {row.unit.code: place for place, row in enumerate(submissions)}
    width = max((_task_count(own) for own in units.values()), default=0)
    liaisons, active = _liaisons(round_), _last_active(round_)
    extended = {row.unit.code: _extension_words(row.extended_to) for row in submissions if row.extended_to}
    rows = [
        BoardRow(
            unit_name=own[0].unit_name,
            unit_code=code,
            done=sum(line.state in HANDED_IN for line in own),
            total=len(own),
            cells=_cells(own, width, round_, wanted.get("state", "")),
            liaisons=liaisons.get(code, ""),
            last_active=_when(active.get(code), today),
            extended=extended.get(code, ""),
        )
        for code, own in sorted(units.items(), key=lambda item: order.get(item[0], 0))
        if _is_wanted(own, wanted)
    ]
    has_figures = any(line.kind == Submission.Kind.FIGURES for line in lines)
    columns = (*(f"任务{place}" for place in range(1, width + 1)), *(["指标表"] if has_figures else []))
    return Board(
        round=round_,
        phase=round_.phase_on(today),
        tally=_tally(submissions, lines, today),
        columns=columns,
        rows=tuple(rows),
        shows_demo=round_.is_demo,
        lines=tuple(lines),
    )


def _task_count(own: Sequence[OwedLine]) -> int:
    return sum(line.kind != Submission.Kind.FIGURES for line in own)


def _is_wanted(own: Sequence[OwedLine], wanted: dict[str, str]) -> bool:
    kind, state = wanted.get("unit_kind"), wanted.get("state")
    if kind and own[0].unit_kind != kind:
        return False
    return not state or any(_matches(line, state) for line in own)


def _matches(line: OwedLine, state: str) -> bool:
    return line.is_overdue if state == "overdue" else line.state == state


def _cells(
    own: Sequence[OwedLine], width: int, round_: ReportingRound, state: str
) -> tuple[Cell | None, ...]:
    tasks = [_cell(line, round_, state) for line in own if line.kind != Submission.Kind.FIGURES]
    sheets = [_cell(line, round_, state) for line in own if line.kind == Submission.Kind.FIGURES]
    return (*tasks, *([None] * (width - len(tasks))), *(sheets or [None]))


def _cell(line: OwedLine, round_: ReportingRound, state: str) -> Cell:
    is_overdue = line.is_overdue and line.state != State.RETURNED
    word = "逾期" if is_overdue else SHORT_WORDS[State(line.state)]
    late = "，逾期报送" if line.is_late else ""
    return Cell(
        url=f"{reverse('quarters:round', args=[round_.year, round_.quarter])}reports/{line.submission_uid}/",
        word="未报" if round_.is_published and line.state not in HANDED_IN else word,
        tone="overdue" if is_overdue else line.state,
        title=f"{line.title}：{line.state_label}{late}",
        is_faded=bool(state) and not _matches(line, state),
    )


def _tally(submissions: Sequence[Submission], lines: Sequence[OwedLine], today: datetime.date) -> Tally:
    waiting = [row for row in submissions if row.state in WITH_OFFICE]
    arrived = [moment for row in waiting if (moment := row.signed_at or row.submitted_at)]
    overdue = [line for line in lines if line.is_overdue]
    returned = [row for row in submissions if row.state == State.RETURNED]
    return Tally(
        total=len(lines),
        accepted=sum(line.state == State.ACCEPTED for line in lines),
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
