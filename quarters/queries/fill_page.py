"""The page of one thing a unit owes: what it says, what came before, what is around it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import RuleViolation
from core.formats import decimal_text
from core.numbers import plain_text
from metrics.actions import previous_figures
from organization import permissions as who
from organization.models import User
from quarters.gaps import PageGap
from quarters.queries.content import Content, draft_of, previous_of, versions_of
from quarters.queries.desk import DeskItem, DeskRound, desk_rounds, owed_rows, returned_words
from quarters.queries.gaps import gaps_of
from quarters.queries.history import HistoryEntry, history_of, last_return
from quarters.queries.titles import facts_of, title_of
from reporting import permissions
from reporting.actions import refuse_late, unit_has_signer
from reporting.models import Submission


@dataclass(frozen=True)
class FillPage:
    """Everything the fill-in page shows beside the form."""

    submission: Submission
    title: str
    facts: str
    part: DeskRound
    returned: str
    late: str
    previous: Content | None
    figures_before: dict[int, str]
    raw_before: dict[int, str]
    history: Sequence[HistoryEntry]
    doubts: dict[str, tuple[str, ...]]

    @property
    def previous_url(self) -> str:
        return self._neighbour(-1)

    @property
    def next_url(self) -> str:
        return self._neighbour(1)

    def _neighbour(self, step: int) -> str:
        place = next(n for n, row in enumerate(self.part.items) if row.uid == str(self.submission.uid)) + step
        return self.part.items[place].url if 0 <= place < len(self.part.items) else ""


@dataclass(frozen=True)
class SubmitPage:
    """What will be handed in, and what still stands in the way."""

    submission: Submission
    title: str
    content: Content
    gaps: Sequence[PageGap]
    late: str
    goes_to_signer: bool


@dataclass(frozen=True)
class ReadingPage:
    """What was handed in, its receipt, its history, and what the reader may do now."""

    submission: Submission
    title: str
    facts: str
    part: DeskRound | None
    content: Content
    versions: Sequence[Content]
    previous: Content | None
    history: Sequence[HistoryEntry]
    moves: frozenset[str]
    holder: str
    fills_in: bool

    @property
    def next_url(self) -> str:
        """What the liaison fills in next, once this one has left their hands."""
        following = self.part.next_item if self.part and self.fills_in else None
        return following.url if following else ""

    @property
    def receipt(self) -> Content | None:
        return self.versions[0] if self.versions else None

    @property
    def items(self) -> Sequence[DeskItem]:
        return self.part.items if self.part else ()


def fill_page(submission: Submission, user: User, today: datetime.date) -> FillPage:
    """What the liaison sees around the form."""
    part = part_of(submission, today)
    if part is None:
        raise RuleViolation(f"{submission.round}没有开启填报。")
    returned = last_return(submission) if submission.return_count or submission.state == "returned" else None
    is_figures = submission.kind == Submission.Kind.FIGURES
    before = previous_figures(submission.figure_sheet) if is_figures else {}
    return FillPage(
        submission=submission,
        title=title_of(submission),
        facts=facts_of(submission),
        part=part,
        returned=returned_words(returned) if returned else "",
        late=late_sentence(submission, today),
        previous=previous_of(submission),
        figures_before={pk: decimal_text(row.value, row.indicator.precision) for pk, row in before.items()},
        raw_before={
            pk: plain_text(row.value.normalize()) for pk, row in before.items() if row.value is not None
        },
        history=history_of(submission),
        doubts={row.code: row.doubts for row in draft_of(submission).figures} if is_figures else {},
    )


def submit_page(submission: Submission, user: User, today: datetime.date) -> SubmitPage:
    """The draft as it will be handed in."""
    return SubmitPage(
        submission=submission,
        title=title_of(submission),
        content=draft_of(submission),
        gaps=gaps_of(submission),
        late=late_sentence(submission, today),
        goes_to_signer=unit_has_signer(submission.unit_id),
    )


def reading_page(submission: Submission, user: User, today: datetime.date) -> ReadingPage:
    """The newest version handed in, or the draft where nothing was handed in yet."""
    versions = versions_of(submission)
    return ReadingPage(
        submission=submission,
        title=title_of(submission),
        facts=facts_of(submission),
        part=part_of(submission, today),
        content=versions[0] if versions and not submission.is_editable else draft_of(submission),
        versions=versions,
        previous=previous_of(submission),
        history=history_of(submission),
        moves=frozenset(permissions.open_moves(user, submission)),
        holder=submission.state_word.holder,
        fills_in=who.holds_for_unit(user, submission.unit_id, "liaison"),
    )


def late_sentence(submission: Submission, today: datetime.date) -> str:
    """Why it cannot be handed in today; empty when it can."""
    try:
        refuse_late(submission, today)
    except RuleViolation as refused:
        return refused.message
    return ""


def part_of(submission: Submission, today: datetime.date) -> DeskRound | None:
    """The unit's list of the same round; None once the round is published."""
    rows = [row for row in owed_rows({submission.unit_id}) if row.round_id == submission.round_id]
    return next(iter(desk_rounds(rows, today)), None)
