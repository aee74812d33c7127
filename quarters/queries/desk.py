"""What one person has to fill in or to sign, over all groups of the units, in a fixed number of queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Max, Q
from django.urls import reverse

from core import clock
from core.formats import date_text
from core.periods import Quarter
from metrics.models import FigureEntry
from organization import permissions as who
from organization.models import User
from quarters.queries.receiving import TaskToReceive, tasks_to_receive
from reporting.models import ReportingRound, ReviewEvent, Submission
from reporting.workflow import State

OUT_OF_HAND = frozenset({State.SIGNING, State.SUBMITTED, State.REVIEWING, State.ACCEPTED})
_RECEIVE_FIRST = "请先签收上面的任务；签收后，协调小组办公室开启填报时会生成您单位的应报事项。"
_LIST_WORDS = {State.PENDING: "待填", State.ACCEPTED: "通过", State.RETURNED: "退回"}


# What the list writes out; the texts of forty reports stay in the database.
_LISTED = (
    *(
        "uid",
        "kind",
        "state",
        "version_no",
        "is_demo",
        "edited_at",
        "submitted_at",
        "submitted_by__display_name",
    ),
    *("unit__short_name", "unit__position", "round__year", "round__quarter", "round__opens_on"),
    *("round__lead_due_on", "round__instructions", "round__is_demo", "round__group__name"),
    *("progress_report__declared_status", "progress_report__percent", "progress_report__is_nil"),
    *("progress_report__task__title", "progress_report__task__code"),
)


@dataclass(frozen=True)
class DeskItem:
    """One report or figure sheet of the list, ready to be written out."""

    uid: str
    url: str
    title: str
    is_figures: bool
    state: State
    tone: str
    detail: str
    reason: str
    edited: str

    @property
    def is_out_of_hand(self) -> bool:
        return self.state in OUT_OF_HAND

    @property
    def section(self) -> str:
        """The heading it stands under."""
        if self.state is State.RETURNED:
            return "已退回，请先修改"
        return "指标数据" if self.is_figures else "任务进展"

    @property
    def short_word(self) -> str:
        return _LIST_WORDS.get(self.state, self.state.label)


@dataclass(frozen=True)
class DeskRound:
    """What one unit owes in one open round."""

    round: ReportingRound
    unit_id: int
    unit_name: str
    due_on: datetime.date
    days_left: int
    is_open: bool
    items: tuple[DeskItem, ...]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def done(self) -> int:
        return sum(item.is_out_of_hand for item in self.items)

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def is_late(self) -> bool:
        return self.days_left < 0

    @property
    def is_urgent(self) -> bool:
        """Three days or less, with something still to do."""
        return self.days_left <= 3 and self.done < self.total

    @property
    def due_words(self) -> str:
        if not self.is_open:
            return f"{date_text(self.round.opens_on)}开始填报"
        return f"{date_text(self.due_on)}24:00截止 · {_countdown(self.days_left)}"

    @property
    def next_item(self) -> DeskItem | None:
        """What to do first: what came back, else the first thing in hand."""
        return next((item for item in self.items if not item.is_out_of_hand), None)


@dataclass(frozen=True)
class SigningItem:
    """One thing that waits for the signer."""

    url: str
    title: str
    period: str
    unit_name: str
    handed_in_by: str
    handed_in_at: datetime.datetime | None
    version_no: int
    due_words: str


@dataclass(frozen=True)
class Desk:
    """The whole page; `next_hint` says what comes when nothing is owed."""

    fills_in: bool
    signs: bool
    rounds: tuple[DeskRound, ...]
    to_sign: tuple[SigningItem, ...]
    to_receive: tuple[TaskToReceive, ...]
    shows_demo: bool
    next_hint: str

    @property
    def next_item(self) -> DeskItem | None:
        return next((item for part in self.rounds if part.is_open and (item := part.next_item)), None)

    @property
    def items(self) -> list[DeskItem]:
        return [item for part in self.rounds for item in part.items]


def desk_of(user: User, today: datetime.date) -> Desk:
    """Everything owed in rounds that are open, and what waits for this person's signature."""
    rows = list(owed_rows(who.unit_ids(user, "liaison", "signer")))
    parts = desk_rounds(rows, today)
    signing_units = who.unit_ids(user, "signer")
    waiting = [row for row in rows if row.state == State.SIGNING and row.unit_id in signing_units]
    deadlines = {(part.round.pk, part.unit_id): part.days_left for part in parts}
    to_receive = tasks_to_receive(who.unit_ids(user, "liaison"))
    return Desk(
        fills_in=who.holds(user, "liaison"),
        signs=bool(signing_units),
        rounds=tuple(parts),
        to_sign=tuple(_signing_item(row, deadlines[row.round_id, row.unit_id], user) for row in waiting),
        to_receive=to_receive,
        shows_demo=any(row.is_demo or row.round.is_demo for row in rows)
        or any(task.is_demo for task in to_receive),
        next_hint="" if rows else _RECEIVE_FIRST if to_receive else _next_hint(user, today),
    )


def owed_rows(unit_ids: Iterable[int]) -> Iterable[Submission]:
    """The units' submissions in rounds that are opened and not published, in the order of the page."""
    return (
        Submission.objects.filter(
            unit_id__in=set(unit_ids), round__opened_at__isnull=False, round__published_at__isnull=True
        )
        .with_extension()
        .select_related("round__group", "unit", "progress_report__task", "submitted_by")
        .only(*_LISTED)
        .order_by(
            "round__lead_due_on", "round_id", "unit__position", "unit_id", "progress_report__task__code"
        )
    )


def desk_rounds(rows: list[Submission], today: datetime.date) -> list[DeskRound]:
    """The rows by round and unit, returned ones first; two queries whatever their number."""
    pks = [row.pk for row in rows]
    reasons = _return_reasons(pks)
    filled = _filled_counts(pks)
    parts, prefix = [], reverse("quarters:my")
    for _, members in groupby(rows, key=lambda row: (row.round_id, row.unit_id)):
        own = list(members)
        due = own[0].due_on
        is_past = due < today
        items = [_item(row, prefix, reasons.get(row.pk, ""), filled.get(row.pk, ""), is_past) for row in own]
        items.sort(key=lambda item: (item.state is not State.RETURNED, item.is_figures))
        parts.append(
            DeskRound(
                round=own[0].round,
                unit_id=own[0].unit_id,
                unit_name=own[0].unit.short_name,
                due_on=due,
                days_left=(due - today).days,
                is_open=own[0].round.opens_on <= today,
                items=tuple(items),
            )
        )
    return parts


def _item(row: Submission, prefix: str, reason: str, filled: str, is_past_due: bool) -> DeskItem:
    is_figures = row.kind == Submission.Kind.FIGURES
    overdue = is_past_due and row.state_word not in OUT_OF_HAND
    return DeskItem(
        uid=str(row.uid),
        url=f"{prefix}{row.uid}/",
        title=row.get_kind_display() if is_figures else row.progress_report.task.title,
        is_figures=is_figures,
        state=row.state_word,
        tone="overdue" if overdue and row.state != State.RETURNED else row.state,
        detail=filled if is_figures else _detail(row),
        reason=reason if row.state == State.RETURNED else "",
        edited=_moment(row.submitted_at if row.state_word in OUT_OF_HAND else row.edited_at),
    )


def _detail(row: Submission) -> str:
    report = row.progress_report
    if report.is_nil:
        return "本季无进展"
    words = report.get_declared_status_display()
    return f"{words} {report.percent.normalize():f}%" if words and report.percent is not None else words


def _return_reasons(pks: list[int]) -> dict[int, str]:
    rows = ReviewEvent.objects.filter(submission_id__in=pks, to_state=State.RETURNED).order_by("at", "pk")
    return {row.submission_id: returned_words(row) for row in rows}


def returned_words(event: ReviewEvent) -> str:
    """«办公室1月11日退回（事实不清）：请写明……»"""
    day = clock.shanghai_date(event.at)
    by = "审签人" if event.move == "send_back" else "办公室"
    code = f"（{event.get_reason_code_display()}）" if event.reason_code else ""
    return f"{by}{day.month}月{day.day}日退回{code}：{event.reason_text}"


def _filled_counts(pks: list[int]) -> dict[int, str]:
    filled = Count("pk", filter=~Q(raw="") | ~Q(explanation=""))
    rows = (
        FigureEntry.objects.filter(sheet__submission_id__in=pks)
        .order_by()
        .values("sheet__submission_id")
        .annotate(total=Count("pk"), filled=filled)
        .values_list("sheet__submission_id", "total", "filled")
    )
    return {pk: f"{done} / {total} 项指标已填" for pk, total, done in rows}


def _signing_item(row: Submission, days_left: int, user: User) -> SigningItem:
    return SigningItem(
        url=f"{reverse('quarters:my')}{row.uid}/",
        title=row.get_kind_display()
        if row.kind == Submission.Kind.FIGURES
        else row.progress_report.task.title,
        period=row.round.period.label,
        unit_name=row.unit.short_name,
        handed_in_by=row.submitted_by.display_name if row.submitted_by else "",
        handed_in_at=row.submitted_at,
        version_no=row.version_no,
        due_words=_countdown(days_left),
    )


def _next_hint(user: User, today: datetime.date) -> str:
    """Which quarter comes next and when it is usually opened."""
    latest = ReportingRound.objects.visible_to(user).aggregate(
        last=Max("year"), published=Max("published_at")
    )
    period = Quarter.of(today)
    if latest["last"] is None:
        return "您的单位还没有承担填报任务；任务交办、填报开启后，您会收到消息。"
    return (
        f"下一期一般在{date_text(period.last_day)}（{period.label}末）之后由协调小组办公室开启，"
        "开启后您会收到消息。"
    )


def _countdown(days: int) -> str:
    if days == 0:
        return "今天截止"
    return f"还有 {days} 天" if days > 0 else f"逾期 {-days} 天"


def _moment(moment: datetime.datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(clock.SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
