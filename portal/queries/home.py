"""What waits for the office, on one page. Four queries while a quarter runs, seven before."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from core import clock
from organization import permissions as who
from organization.models import User
from organization.roles import OFFICE, OFFICE_HEAD
from portal.queries.first_steps import FirstStep, first_steps
from reporting.models import ReportingRound, Submission
from reporting.models.submissions import BUSY_STATES, overdue_rows
from reporting.workflow import State
from tasks.life import TaskState
from tasks.models import Task

SHOWN = 8


@dataclass(frozen=True)
class RoundRow:
    """One running round: how far it is, and whether it may be published."""

    label: str
    url: str
    phase: str
    lead_due_on: datetime.date
    review_due_on: datetime.date
    owed: int
    accepted: int
    in_review: int
    overdue: int
    overdue_units: int
    is_ready: bool
    group_name: str
    is_demo: bool


@dataclass(frozen=True)
class WaitingReport:
    """One report handed in and not yet decided, the oldest first."""

    title: str
    unit: str
    state_label: str
    tone: str
    days: int
    url: str
    taken_by: str


@dataclass(frozen=True)
class OfficeDesk:
    """The office's home: rounds, reports, and tasks by the step they wait for."""

    rounds: tuple[RoundRow, ...]
    waiting: tuple[WaitingReport, ...]
    drafts: int
    for_approval: int
    for_hand_out: int
    for_receipt: int
    for_verification: int
    in_verification: int
    is_head: bool
    steps: tuple[FirstStep, ...]

    @property
    def in_review(self) -> int:
        return sum(row.in_review for row in self.rounds)

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.rounds)

    @property
    def overdue_units(self) -> int:
        return sum(row.overdue_units for row in self.rounds)

    @property
    def ready_rounds(self) -> tuple[RoundRow, ...]:
        return tuple(row for row in self.rounds if row.is_ready)

    @property
    def shows_demo(self) -> bool:
        return any(row.is_demo for row in self.rounds)


def office_desk(user: User) -> OfficeDesk:
    groups = who.group_ids(user, OFFICE, OFFICE_HEAD)
    by_state = dict(
        Task.objects.filter(plan__group_id__in=groups, plan__is_founding=False)
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
    )
    rounds = running_rounds(groups, clock.today())
    return OfficeDesk(
        rounds=rounds,
        waiting=_waiting(groups),
        drafts=by_state.get(TaskState.DRAFT, 0),
        for_approval=by_state.get(TaskState.PENDING_APPROVAL, 0),
        for_hand_out=by_state.get(TaskState.APPROVED, 0),
        for_receipt=by_state.get(TaskState.HANDED_OUT, 0),
        for_verification=by_state.get(TaskState.CLOSING, 0),
        in_verification=by_state.get(TaskState.VERIFYING, 0),
        is_head=who.holds(user, OFFICE_HEAD),
        steps=() if rounds else first_steps(groups, by_state),
    )


def running_rounds(groups: set[int], today: datetime.date) -> tuple[RoundRow, ...]:
    past_due = overdue_rows(today)
    counts = {
        "owed": Count("submissions"),
        "accepted": Count("submissions", filter=Q(submissions__state=State.ACCEPTED)),
        "in_review": Count("submissions", filter=Q(submissions__state__in=BUSY_STATES)),
        "overdue": Count("submissions", filter=past_due),
        "overdue_units": Count("submissions__unit", filter=past_due, distinct=True),
    }
    rounds = ReportingRound.objects.opened().filter(group_id__in=groups).select_related("group")
    rows = rounds.annotate(**counts).newest_first()
    return tuple(_round_row(row, {name: getattr(row, name) for name in counts}, today) for row in rows)


def _round_row(row: ReportingRound, counts: dict[str, int], today: datetime.date) -> RoundRow:
    is_past_due = today > row.lead_due_on
    return RoundRow(
        label=row.period.label,
        url=row.get_absolute_url(),
        phase=str(row.phase_on(today).label),
        lead_due_on=row.lead_due_on,
        review_due_on=row.review_due_on,
        owed=counts["owed"],
        accepted=counts["accepted"],
        in_review=counts["in_review"],
        overdue=counts["overdue"],
        overdue_units=counts["overdue_units"],
        is_ready=is_past_due and not counts["in_review"],
        group_name=row.group.name,
        is_demo=row.is_demo,
    )


def _waiting(groups: set[int]) -> tuple[WaitingReport, ...]:
    today = clock.today()
    rows = (
        Submission.objects.in_review()
        .filter(group_id__in=groups, round__published_at__isnull=True)
        .select_related("unit", "progress_report__task", "taken_by")
        .order_by("submitted_at", "pk")[:SHOWN]
    )
    return tuple(_waiting_report(row, today) for row in rows)


def _waiting_report(row: Submission, today: datetime.date) -> WaitingReport:
    is_report = row.kind == Submission.Kind.PROGRESS
    return WaitingReport(
        title=row.progress_report.task.title if is_report else row.get_kind_display(),
        unit=row.unit.short_name,
        state_label=row.state_word.label,
        tone=row.state,
        days=(today - clock.shanghai_date(row.submitted_at)).days if row.submitted_at else 0,
        url=f"/review/{row.uid}/",
        taken_by=row.taken_by.display_name if row.taken_by else "",
    )
