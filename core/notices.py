"""Notices: written in the transaction of the change they speak of, sent later, each exactly once."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F, Q

from core.models import Notice
from core.models.notices import NoticeQuerySet

CLAIM_LEASE = dt.timedelta(minutes=10)
MAX_ATTEMPTS = 5


def send(
    recipient_uids: Iterable[uuid.UUID],
    *,
    kind: str,
    subject: str,
    body: str = "",
    url: str = "",
    dedupe_key: str,
    at: dt.datetime,
) -> None:
    """One notice per recipient; a key that was used before for a recipient adds nothing."""
    rows = [
        Notice(
            recipient_uid=uid,
            kind=kind,
            subject=subject,
            body=body,
            url=url,
            dedupe_key=f"{dedupe_key}:{uid}",
            created_at=at,
        )
        for uid in dict.fromkeys(recipient_uids)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=50)


def unread_count(uid: uuid.UUID) -> int:
    """Unread notices of one person."""
    return Notice.objects.inbox(uid).unread().count()


def mark_read(uid: uuid.UUID, *, at: dt.datetime, notice_uid: uuid.UUID | None = None) -> int:
    """Marks one notice of this person read, or all of them; returns how many were unread."""
    notices = Notice.objects.inbox(uid).unread()
    if notice_uid is not None:
        notices = notices.filter(uid=notice_uid)
    return notices.update(read_at=at)


def claim_batch(*, at: dt.datetime, limit: int = 50) -> list[Notice]:
    """Takes up to `limit` unsent notices for sending; no other worker gets them for ten minutes.

    SKIP LOCKED on PostgreSQL; on SQLite the immediate transaction, and on both an UPDATE that repeats the
    condition, so that a notice is never claimed twice.
    """
    with transaction.atomic():
        candidates = _claimable(at).order_by("created_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            candidates = candidates.select_for_update(skip_locked=True)
        ids = list(candidates.values_list("pk", flat=True)[:limit])
        claimed = [pk for pk in ids if _claim(pk, at)]
    return list(Notice.objects.filter(pk__in=claimed).order_by("created_at", "pk"))


def mark_sent(notice: Notice, *, at: dt.datetime) -> None:
    """The notice has left the house."""
    Notice.objects.filter(pk=notice.pk).update(sent_at=at, last_error="")


def mark_failed(notice: Notice, *, error: str) -> None:
    """Gives the notice back for another attempt."""
    Notice.objects.filter(pk=notice.pk).update(claimed_at=None, last_error=error[:2000])


def stuck() -> NoticeQuerySet:
    """Notices that failed too often: a person has to look."""
    return Notice.objects.unsent().filter(attempts__gte=MAX_ATTEMPTS)


def _claimable(at: dt.datetime) -> NoticeQuerySet:
    free = Q(("claimed_at", None)) | Q(("claimed_at__lt", at - CLAIM_LEASE))
    return Notice.objects.unsent().filter(free, attempts__lt=MAX_ATTEMPTS)


def _claim(pk: int, at: dt.datetime) -> bool:
    return _claimable(at).filter(pk=pk).update(claimed_at=at, attempts=F("attempts") + 1) == 1
