"""Who may move a submission. The predicates read as sentences; the states are the workflow's business."""

from typing import TYPE_CHECKING

from organization import permissions as who
from reporting.models import ReportingRound, Submission
from reporting.workflow import MOVE_BY_NAME, moves_from

if TYPE_CHECKING:
    from organization.models import User


def has_role_for(user: "User", submission: Submission, role: str) -> bool:
    """Whether the user holds the workflow's role for this submission: in its unit, or in its group's office."""
    if role == "office":
        return who.holds_for_group(user, submission.group_id, "office", "office_head")
    return who.holds_for_unit(user, submission.unit_id, role)


def is_own(user: "User", submission: Submission) -> bool:
    """Whether the user handed it in or signed it: then neither signing nor accepting is theirs."""
    return user.pk in (submission.submitted_by_id, submission.signed_by_id)


def can_move(user: "User", submission: Submission, move_name: str) -> bool:
    """Role for the move, and never on one's own work where a second pair of eyes is asked."""
    move = MOVE_BY_NAME[move_name]
    if not has_role_for(user, submission, move.role):
        return False
    if move_name in ("sign", "accept") and is_own(user, submission):
        return False
    return not (
        move_name in ("accept", "return", "release") and submission.taken_by_id not in (None, user.pk)
    )


def open_moves(user: "User", submission: Submission) -> list[str]:
    """Names of the moves that this user may make now; none once the round is published."""
    if submission.round.is_published:
        return []
    return [move.name for move in moves_from(submission.state_word) if can_move(user, submission, move.name)]


def can_open_round(user: "User", group_id: int) -> bool:
    return who.holds_for_group(user, group_id, "office", "office_head")


def can_publish(user: "User", round: ReportingRound) -> bool:
    """Publishing a round is the office head's approval."""
    return who.holds_for_group(user, round.group_id, "office_head")
