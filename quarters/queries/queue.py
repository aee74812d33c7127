"""The office's review queue and the page of one thing under review."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from core import clock
from organization.models import CoordinationGroup, Unit, User
from quarters.queries.content import Content, previous_of, versions_of
from quarters.queries.history import HistoryEntry, history_of
from quarters.queries.titles import facts_of, title_of
from reporting import permissions
from reporting.models import Submission
from reporting.workflow import State
from tasks.models import ReformArea

# What the list writes out; the texts under review stay in the database.
_LISTED = (
    *("uid", "kind", "state", "is_late", "is_demo", "return_count", "taken_by__display_name"),
    *("unit__short_name", "round__year", "round__quarter", "round__review_due_on"),
    *("progress_report__task__title", "progress_report__task__area__name"),
)


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue, ready to be written out."""

    url: str
    title: str
    area: str
    unit_name: str
    period: str
    state: str
    state_label: str
    reviewer: str
    is_mine: bool
    arrived: str
    age_words: str
    is_old: bool
    is_late: bool
    return_count: int


@dataclass(frozen=True)
class ReviewPage:
    """The version under review with everything a decision needs."""

    submission: Submission
    title: str
    facts: str
    content: Content | None
    versions: Sequence[Content]
    previous: Content | None
    history: Sequence[HistoryEntry]
    moves: frozenset[str]
    is_own: bool
    age_words: str
    position: int
    total: int
    previous_url: str
    next_url: str


def queue_of(group: CoordinationGroup, user: User, wanted: dict[str, Any]) -> QuerySet[Any]:
    """What waits for the office in rounds not yet published: one's own reviews first, then the oldest."""
    rows = (
        Submission.objects.in_review()
        .filter(group=group, round__published_at__isnull=True)
        .select_related("unit", "round", "taken_by", "progress_report__task__area")
        .only(*_LISTED)
        .annotate(
            arrived_at=Coalesce("signed_at", "submitted_at"),
            others_first=Case(
                When(taken_by=user, then=Value(0)), default=Value(1), output_field=IntegerField()
            ),
        )
    )
    filters = {
        "unit": "unit",
        "kind": "kind",
        "state": "state",
        "area": "progress_report__task__area",
    }
    return rows.filter(**{filters[name]: value for name, value in wanted.items()})


def in_order(queue: QuerySet[Any]) -> QuerySet[Any]:
    """The order of the list unless another is asked for."""
    return queue.order_by("others_first", "arrived_at", "pk")


QUEUE_SORTS: dict[str, tuple[str, ...]] = {
    "arrived": ("others_first", "arrived_at"),
    "unit": ("unit__position", "unit__code"),
    "title": ("kind", "progress_report__task__code"),
    "state": ("state",),
    "returns": ("return_count",),
}


def queue_rows(page: Iterable[Any], user: User, today: datetime.date) -> list[QueueRow]:
    """The words of the annotated submissions of one page."""
    prefix = reverse("quarters:review")
    return [_queue_row(row, prefix, user, today) for row in page]


def _queue_row(row: Any, prefix: str, user: User, today: datetime.date) -> QueueRow:
    is_figures = row.kind == Submission.Kind.FIGURES
    task = None if is_figures else row.progress_report.task
    arrived_on = clock.shanghai_date(row.arrived_at)
    return QueueRow(
        url=f"{prefix}{row.uid}/",
        title=task.title if task else row.get_kind_display(),
        area=task.area.name if task else "",
        unit_name=row.unit.short_name,
        period=row.round.period.label,
        state=row.state,
        state_label=row.state_word.label,
        reviewer=row.taken_by.display_name if row.taken_by else "",
        is_mine=row.taken_by_id == user.pk,
        arrived=f"{arrived_on.month}月{arrived_on.day}日",
        age_words=age_words((today - arrived_on).days),
        is_old=today > row.round.review_due_on,
        is_late=row.is_late,
        return_count=row.return_count,
    )


def age_words(days: int) -> str:
    """How long it has been waiting."""
    return "今天" if days <= 0 else f"{days} 天"


def units_in_queue(group: CoordinationGroup) -> QuerySet[Unit]:
    waiting = Submission.objects.in_review().filter(group=group, round__published_at__isnull=True)
    return Unit.objects.filter(pk__in=waiting.values("unit_id")).order_by("position", "code")


def areas_in_queue(group: CoordinationGroup) -> QuerySet[ReformArea]:
    waiting = Submission.objects.in_review().filter(group=group, round__published_at__isnull=True)
    return ReformArea.objects.filter(pk__in=waiting.values("progress_report__task__area_id")).order_by(
        "position"
    )


def review_page(
    submission: Submission, user: User, today: datetime.date, ordered: QuerySet[Submission], query: str
) -> ReviewPage:
    """`ordered` is the queue as the list shows it, so that next and previous follow it."""
    uids = list(ordered.values_list("uid", flat=True))
    place = uids.index(submission.uid) if submission.uid in uids else -1
    following = uids[place + 1] if place + 1 < len(uids) else None
    before = uids[place - 1] if place > 0 else None
    versions = versions_of(submission)
    arrived = submission.signed_at or submission.submitted_at
    days = (today - clock.shanghai_date(arrived)).days if arrived else 0
    return ReviewPage(
        submission=submission,
        title=title_of(submission),
        facts=facts_of(submission),
        content=versions[0] if versions else None,
        versions=versions,
        previous=previous_of(submission),
        history=history_of(submission),
        moves=frozenset(permissions.open_moves(user, submission)),
        is_own=permissions.is_own(user, submission),
        age_words=_waiting_words(submission, days),
        position=place + 1,
        total=len(uids),
        previous_url=_queue_url(before, query),
        next_url=_queue_url(following, query),
    )


def _waiting_words(submission: Submission, days: int) -> str:
    if submission.state not in (State.SUBMITTED, State.REVIEWING):
        return ""
    return "今天报送" if days <= 0 else f"已等待 {days} 天"


def _queue_url(uid: Any, query: str) -> str:
    return f"{reverse('quarters:review')}{uid}/{query}" if uid else ""
