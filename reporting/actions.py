"""Moves of a submission and of a round: locked, asked of the workflow, recorded for ever."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from core import audit, clock
from core.errors import NotAllowed, RuleViolation, StaleObject
from core.formats import date_text
from organization import permissions as who
from organization.models import RoleGrant
from reporting import permissions
from reporting.models import ReportingRound, ReviewEvent, RoundException, Submission
from reporting.models.submissions import WITH_UNIT
from reporting.workflow import MOVE_BY_NAME, Move, State, target_state

if TYPE_CHECKING:
    from organization.models import Unit, User


def unit_has_signer(unit_id: int) -> bool:
    """Units without an active signer skip the signing step."""
    return RoleGrant.objects.active().filter(unit_id=unit_id, role=RoleGrant.Role.SIGNER).exists()


def touch_round(round_id: int) -> None:
    """Advances the round's stamp: whatever was built from its rows is now old."""
    ReportingRound.objects.filter(pk=round_id).update(stamp=F("stamp") + 1)


SAVED_ELSEWHERE = "您在另一窗口保存过这份材料，本窗口填写的内容没有保存。"


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
        Submission.objects.select_for_update(of=("self", "round"))
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


def refuse_late(submission: Submission, today: datetime.date) -> None:
    """After the lead units' due date only a named exception, or a return by the office, opens the way."""
    round_ = submission.round
    if today < round_.opens_on:
        raise RuleViolation(f"{round_}填报于{date_text(round_.opens_on)}开始，请届时提交。")
    if today <= round_.lead_due_on or submission.return_count:
        return
    if RoundException.objects.filter(round=round_, unit_id=submission.unit_id, until_on__gte=today).exists():
        return
    raise RuleViolation(
        f"{round_}填报已于{date_text(round_.lead_due_on)}截止。如需补报，请联系协调小组办公室准予延期填报。"
    )


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


def claim_draft(submission: Submission, *, by: "User", at: datetime.datetime, lock_version: int) -> int:
    """One conditional UPDATE that decides who may write the draft; returns the new version.

    NotAllowed for a stranger, RuleViolation when it is no longer with the unit, StaleObject when
    somebody else saved first. Runs inside the caller's transaction; a draft's saving is not audited.
    """
    if not who.holds_for_unit(by, submission.unit_id, "liaison"):
        raise NotAllowed("您不是该单位的联络员，不能填写这份材料。")
    # No join here: PostgreSQL repeats only conditions on the row itself for a writer that had to wait.
    rows = Submission.objects.filter(
        pk=submission.pk,
        lock_version=lock_version,
        state__in=WITH_UNIT,
        round__in=ReportingRound.objects.opened(),
    )
    claimed = rows.update(
        lock_version=F("lock_version") + 1, state=State.DRAFT.value, edited_at=at, edited_by=by
    )
    if not claimed:
        current = Submission.objects.select_related("round").get(pk=submission.pk)
        refuse_published(current.round, MOVE_BY_NAME["edit"])
        target_state(current.state_word, "edit", has_signer=True)
        if current.edited_by_id == by.pk:
            raise StaleObject(SAVED_ELSEWHERE)
        raise StaleObject
    if submission.state != State.DRAFT:
        from_state, submission.state = submission.state_word, State.DRAFT.value
        ReviewEvent.objects.create(
            submission=submission,
            move="edit",
            from_state=from_state.value,
            to_state=State.DRAFT.value,
            by=by,
            at=at,
            version_no=submission.version_no,
        )
        touch_round(submission.round_id)
    submission.lock_version = lock_version + 1
    return submission.lock_version


@transaction.atomic
def grant_exception(
    round: ReportingRound,
    unit: "Unit",
    *,
    until_on: datetime.date,
    reason: str,
    by: "User",
    at: datetime.datetime,
) -> RoundException:
    """Lets one unit report after the due date, until a named day; the office's decision with its reason."""
    if not permissions.can_open_round(by, round.group_id):
        raise NotAllowed("准予延期填报由协调小组办公室办理。")
    if round.is_published:
        raise RuleViolation(f"{round}已发布，不能再准予延期填报。")
    if until_on <= round.lead_due_on:
        raise RuleViolation(
            f"延至日期“{date_text(until_on)}”须晚于牵头单位截止日期{date_text(round.lead_due_on)}。"
        )
    exception, _ = RoundException.objects.update_or_create(
        round=round,
        unit=unit,
        defaults={"until_on": until_on, "reason": reason, "granted_at": at, "granted_by": by},
    )
    touch_round(round.pk)
    audit.record(
        "准予延期填报",
        by=by,
        obj=exception,
        label=str(exception),
        group_code=round.group.code,
        unit_name=unit.name,
        after={"延至": str(until_on), "原因": reason},
    )
    return exception
