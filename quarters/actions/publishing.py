"""Publishing freezes a round: what pages and documents show of it from then on is the snapshot."""

import datetime
import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from core import audit, clock
from core.errors import NotAllowed, RuleViolation
from core.optimistic import claim_version
from quarters.actions.tallies import freeze_round
from quarters.picture import to_canonical
from quarters.queries.picture import live_picture
from quarters.queries.still_in_time import units_in_time
from reporting import permissions
from reporting.actions import touch_round
from reporting.models import ReportingRound, RoundSnapshot, Submission

if TYPE_CHECKING:
    from organization.models import User


def obstacles(round_: ReportingRound) -> int:
    """How many things are still submitted or under review: until they are decided nothing is published."""
    return Submission.objects.filter(round=round_).in_review().count()


@transaction.atomic
def publish_round(
    round_: ReportingRound,
    *,
    by: "User | None",
    at: datetime.datetime,
    lock_version: int | None = None,
    reason: str = "",
) -> RoundSnapshot:
    """Publishes a round and keeps its canonical JSON with SHA-256; what is missing is published as 未报.

    `by` None is the command line. RuleViolation while anything is 已报送 or 审核中, when published before, or
    without a `reason` while units may still report.
    """
    if by is not None and not permissions.can_publish(by, round_):
        raise NotAllowed("发布由办公室负责人办理。")
    locked = (
        ReportingRound.objects.select_for_update(of=("self",), no_key=True)
        .select_related("group")
        .get(pk=round_.pk)
    )
    _refuse_unready(locked)
    early_reason = _early_reason(locked, clock.shanghai_date(at), reason)
    claim_version(
        ReportingRound.objects.filter(pk=locked.pk),
        lock_version=locked.lock_version if lock_version is None else lock_version,
        published_at=at,
        published_by=by,
    )
    picture = live_picture(
        locked, judged_on=clock.shanghai_date(at), version_no=1, phase=ReportingRound.Phase.PUBLISHED
    )
    content = to_canonical(picture)
    snapshot = RoundSnapshot.objects.create(
        round=locked,
        version_no=1,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        reason=early_reason,
        published_at=at,
        published_by=by,
    )
    touch_round(locked.pk)
    freeze_round(snapshot, picture)
    _record(snapshot, by=by)
    return snapshot


def _record(snapshot: RoundSnapshot, *, by: "User | None") -> None:
    early = {"提前发布原因": snapshot.reason} if snapshot.reason else {}
    audit.record(
        "发布填报周期",
        by=by,
        obj=snapshot.round,
        label=f"{snapshot.round.group.name}{snapshot.round}",
        group_code=snapshot.round.group.code,
        after={"版本": 1, "摘要": snapshot.sha256, **early},
    )


def _refuse_unready(round_: ReportingRound) -> None:
    if round_.is_published:
        raise RuleViolation(f"{round_}已经发布，不能重复发布。")
    if round_.opened_at is None:
        raise RuleViolation(f"{round_}尚未开启，不能发布。")
    waiting = obstacles(round_)
    if waiting:
        raise RuleViolation(f"还有{waiting}件材料已报送或在审核中，请先审核通过或退回，再发布{round_}。")


def _early_reason(round_: ReportingRound, on: datetime.date, reason: str) -> str:
    """The reason, which must be given while units may still report; empty where nobody may."""
    in_time = units_in_time(round_, on)
    if not in_time:
        return ""
    if not reason.strip():
        names = "、".join(unit.name for unit in in_time)
        raise RuleViolation(f"{names}仍在填报时限内，提前发布{round_}须写明提前发布原因。")
    return reason.strip()
