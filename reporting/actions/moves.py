"""Moves of a submission: locked, asked of the workflow, recorded for ever."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import audit, clock
from core.errors import NotAllowed, RuleViolation, StaleObject
from core.formats import date_text
from organization.models import RoleGrant
from reporting import permissions
from reporting.actions.rounds import refuse_late, touch_round
from reporting.actions.tallies import refresh_submissions
from reporting.models import ReportingRound, ReviewEvent, Submission
from reporting.workflow import MOVE_BY_NAME, Move, State, target_state

if TYPE_CHECKING:
    from organization.models import User


def unit_has_signer(unit_id: int) -> bool:
    """Units without an active signer skip the signing step."""
    return RoleGrant.objects.active().filter(unit_id=unit_id, role=RoleGrant.Role.SIGNER).exists()


@transaction.atomic
def move(
    submission: Submission,
    move_name: str,
    *,
    by: "User",
    at: datetime.datetime,
    lock_version: int,
    reason_code: str = "",
    reason_text: str = "",
) -> Submission:
    """Moves a submission by the table. NotAllowed, RuleViolation or StaleObject when it must not.

    The row is locked first, so of two people at once one wins and the other is told where it stands.
    """
    locked = lock(submission)
    step = MOVE_BY_NAME[move_name]
    from_state = locked.state_word
    if not permissions.has_role_for(by, locked, step.role):
        raise NotAllowed(f"您没有“{step.label}”的权限，需由{_ROLE_WORDS[step.role]}办理。")
    refuse_published(locked.round, step)
    _refuse_taken(locked, move_name)
    to_state = target_state(from_state, move_name, has_signer=unit_has_signer(locked.unit_id))
    _refuse_own(by, locked, move_name)
    _refuse_stale(locked, lock_version, step, reason_text)
    if step.needs_reason and not reason_text.strip():
        raise RuleViolation(f"{step.label}须写明原因，请填写后再提交。")
    if move_name == "submit":
        refuse_late(locked, clock.shanghai_date(at))
    changes = _marks(locked, move_name, to_state, by, at)
    _apply(locked, to_state, changes)
    _record(
        locked,
        move_name,
        from_state,
        to_state,
        by=by,
        at=at,
        reason_code=reason_code,
        reason_text=reason_text.strip(),
    )
    return locked


_ROLE_WORDS = {"liaison": "本单位联络员", "signer": "本单位审签人", "office": "协调小组办公室"}


def lock(submission: Submission) -> Submission:
    """The row and its round as they stand now, held until the end: nothing moves while a round is published."""
    return (
        Submission.objects.select_for_update(of=("self", "round"), no_key=True)
        .select_related("round", "unit", "group")
        .get(pk=submission.pk)
    )


def refuse_published(round: ReportingRound, step: Move) -> None:
    """What is missing has been published as 未报; afterwards there are only corrections."""
    if round.published_at is not None and step.name != "amend":
        raise RuleViolation(
            f"{round}已于{date_text(clock.shanghai_date(round.published_at))}发布，不能再{step.label}。"
        )


def _refuse_taken(submission: Submission, move_name: str) -> None:
    """Of two who take over at once the slower learns the name of the colleague."""
    if move_name == "take" and submission.state_word is State.REVIEWING and submission.taken_at:
        local = submission.taken_at.astimezone(clock.SHANGHAI)
        raise RuleViolation(
            f"{submission.taken_by}已于{local.month}月{local.day}日{local:%H:%M}接手，正在审核。"
        )


def _refuse_own(by: "User", submission: Submission, move_name: str) -> None:
    if move_name in ("sign", "accept") and permissions.is_own(by, submission):
        raise NotAllowed("这份材料由您本人报送或审签，须由他人办理。")
    if move_name in ("accept", "return", "release") and submission.taken_by_id != by.pk:
        raise RuleViolation(f"这份材料正由{submission.taken_by}审核，请先由其放回待审。")


def _refuse_stale(submission: Submission, lock_version: int, step: Move, reason_text: str) -> None:
    """Whoever acts must have read this very version: both sides are told, a typed reason comes back."""
    if submission.lock_version == lock_version:
        return
    mine = {"您要办理的": step.label, **({"您填写的原因": reason_text} if reason_text.strip() else {})}
    theirs = {"目前状态": submission.state_word.label, "目前版本": f"第{submission.version_no}次报送"}
    raise StaleObject("您打开页面之后，这份材料已有变动，请刷新后再办理。", mine=mine, theirs=theirs)


_CLEARED: dict[str, Any] = {"signed_at": None, "signed_by": None, "taken_at": None, "taken_by": None}


def _marks(
    submission: Submission, move_name: str, to_state: State, by: "User", at: datetime.datetime
) -> dict[str, Any]:
    """The columns a move writes beside the state: who and when, counts, lateness."""
    changes: dict[str, Any] = {}
    if move_name == "submit":
        changes |= _CLEARED | {
            "submitted_by": by,
            "submitted_at": at,
            "version_no": submission.version_no + 1,
        }
    if move_name == "sign":
        changes |= {"signed_by": by, "signed_at": at}
    if move_name == "take":
        changes |= {"taken_by": by, "taken_at": at}
    if move_name in ("release",):
        changes |= {"taken_by": None, "taken_at": None}
    if move_name in ("send_back", "return", "withdraw", "recall"):
        changes |= _CLEARED
    if move_name == "return":
        changes["return_count"] = submission.return_count + 1
    if move_name == "accept":
        changes |= {"accepted_by": by, "accepted_at": at}
    if to_state is State.SUBMITTED and move_name in ("submit", "sign"):
        changes["is_late"] = clock.shanghai_date(at) > submission.round.lead_due_on
    return changes


def _apply(submission: Submission, to_state: State, changes: dict[str, Any]) -> None:
    submission.state = to_state.value
    submission.lock_version += 1
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.save(update_fields=["state", "lock_version", *changes])


def _record(
    submission: Submission,
    move_name: str,
    from_state: State,
    to_state: State,
    *,
    by: "User",
    at: datetime.datetime,
    reason_code: str = "",
    reason_text: str = "",
) -> None:
    ReviewEvent.objects.create(
        submission=submission,
        move=move_name,
        from_state=from_state.value,
        to_state=to_state.value,
        by=by,
        at=at,
        reason_code=reason_code,
        reason_text=reason_text,
        version_no=submission.version_no,
    )
    touch_round(submission.round_id)
    if to_state is not from_state:
        refresh_submissions(submission.round_id, submission.unit_id)
    audit.record(
        f"报送件{MOVE_BY_NAME[move_name].label}",
        by=by,
        obj=submission,
        label=str(submission),
        group_code=submission.group.code,
        unit_name=submission.unit.name,
        before={"状态": from_state.label},
        after={"状态": to_state.label, "原因": reason_text},
    )
