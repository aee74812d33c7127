"""Work outside the request: one row per job, held by one worker under a lease that runs out."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from core.canonical import storable
from core.models import Job

LEASE = dt.timedelta(minutes=10)
MAX_ATTEMPTS = 3
Runner = Callable[[Job], Any]


def enqueue(
    kind: str,
    *,
    payload: Mapping[str, Any] | None = None,
    requested_by_uid: uuid.UUID | None = None,
    at: dt.datetime,
    run_after: dt.datetime | None = None,
) -> Job:
    """Adds a job; in the transaction of the change that asks for it."""
    return Job.objects.create(
        kind=kind,
        payload=storable(payload or {}),
        requested_by_uid=requested_by_uid,
        requested_at=at,
        run_after=run_after or at,
    )


def claim_next(worker: str, *, kinds: tuple[str, ...], at: dt.datetime) -> Job | None:
    """The oldest due job of these kinds, now held by `worker`; a dead worker's job comes back after its lease."""
    with transaction.atomic():
        candidates = _claimable(at).filter(kind__in=kinds).order_by("run_after", "pk")
        if connection.features.has_select_for_update_skip_locked:
            candidates = candidates.select_for_update(skip_locked=True)
        pk = candidates.values_list("pk", flat=True).first()
        if pk is None or not _claim(pk, worker, at):
            return None
    return Job.objects.get(pk=pk)


def report_progress(job: Job, percent: int, *, at: dt.datetime) -> bool:
    """Notes the progress and renews the lease; False when the job is no longer this worker's."""
    return _held(job).update(progress=max(0, min(100, percent)), lease_until=at + LEASE) == 1


def finish(job: Job, result: Any = None, *, at: dt.datetime) -> bool:
    """Ends the job well; False when the lease was lost and another worker holds it."""
    return _end(job, Job.State.DONE, at, progress=100, result=storable(result), error="") == 1


def fail(job: Job, error: str, *, at: dt.datetime) -> bool:
    """Ends the attempt badly: queued again until the attempts are used up, then failed."""
    if job.attempts < MAX_ATTEMPTS:
        return _held(job).update(state=Job.State.QUEUED, lease_until=None, error=error[:2000]) == 1
    return _end(job, Job.State.FAILED, at, error=error[:2000]) == 1


def give_up_abandoned(*, at: dt.datetime) -> int:
    """Fails the jobs whose workers died once too often; returns how many."""
    abandoned = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=at, attempts__gte=MAX_ATTEMPTS)
    return abandoned.update(
        state=Job.State.FAILED, error="执行者多次中断。", finished_at=at, lease_until=None
    )


def run_next(runners: Mapping[str, Runner], *, worker: str, clock: Callable[[], dt.datetime]) -> Job | None:
    """Claims and runs one job; an error of the runner is kept on the job and raised again."""
    job = claim_next(worker, kinds=tuple(runners), at=clock())
    if job is None:
        return None
    try:
        result = runners[job.kind](job)
    except Exception as error:
        fail(job, f"{type(error).__name__}: {error}", at=clock())
        raise
    finish(job, result, at=clock())
    return job


def _claimable(at: dt.datetime) -> QuerySet[Job]:
    queued = Q(("state", Job.State.QUEUED), ("run_after__lte", at))
    abandoned = Q(("state", Job.State.RUNNING), ("lease_until__lt", at))
    return Job.objects.filter(queued | abandoned, attempts__lt=MAX_ATTEMPTS)


def _claim(pk: int, worker: str, at: dt.datetime) -> bool:
    claimed = (
        _claimable(at)
        .filter(pk=pk)
        .update(state=Job.State.RUNNING, worker=worker, lease_until=at + LEASE, attempts=F("attempts") + 1)
    )
    return claimed == 1


def _held(job: Job) -> QuerySet[Job]:
    """The row as long as this attempt of this worker holds it."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker, attempts=job.attempts)


def _end(job: Job, state: Job.State, at: dt.datetime, **columns: Any) -> int:
    return _held(job).update(state=state, finished_at=at, lease_until=None, **columns)
