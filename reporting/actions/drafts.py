"""Who may write a draft: decided by one statement."""

import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from core.errors import NotAllowed, StaleObject
from organization import permissions as who
from reporting.actions.moves import refuse_published
from reporting.actions.rounds import touch_round
from reporting.actions.tallies import refresh_submissions
from reporting.models import ReportingRound, ReviewEvent, Submission
from reporting.models.submissions import WITH_UNIT
from reporting.workflow import MOVE_BY_NAME, State, target_state

if TYPE_CHECKING:
    from organization.models import User

SAVED_ELSEWHERE = "您在另一窗口保存过这份材料，本窗口填写的内容没有保存。"


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
        refresh_submissions(submission.round_id, submission.unit_id)
    submission.lock_version = lock_version + 1
    return submission.lock_version
