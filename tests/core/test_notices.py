import datetime as dt
import uuid

import pytest

from core import notices
from core.models import Notice
from tests.core.threads import in_threads

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 10, 8, 9, 0, tzinfo=dt.UTC)
WANG, LI = uuid.UUID(int=1), uuid.UUID(int=2)


def send(*uids, key="round-2026Q3"):
    notices.send(uids, kind="开启填报", subject="三季度填报开始", body="", url="/my/", dedupe_key=key, at=AT)


def test_notice_reaches_each_person_once():
    send(WANG, LI, WANG)
    send(WANG)
    assert (notices.unread_count(WANG), notices.unread_count(LI), Notice.objects.count()) == (1, 1, 2)


def test_person_reads_only_their_own():
    send(WANG, LI)
    theirs = Notice.objects.get(recipient_uid=LI)
    assert (notices.mark_read(WANG, at=AT, notice_uid=theirs.uid), notices.mark_read(WANG, at=AT)) == (0, 1)
    assert (notices.unread_count(WANG), notices.unread_count(LI)) == (0, 1)


def test_claimed_notice_is_not_claimed_again_before_its_lease_ends():
    send(WANG)
    assert [
        len(notices.claim_batch(at=AT + late)) for late in (dt.timedelta(0), dt.timedelta(minutes=9))
    ] == [1, 0]
    assert len(notices.claim_batch(at=AT + dt.timedelta(minutes=11))) == 1


def test_sent_notice_leaves_the_outbox():
    send(WANG)
    notices.mark_sent(notices.claim_batch(at=AT)[0], at=AT)
    assert (notices.claim_batch(at=AT + dt.timedelta(days=1)), notices.unread_count(WANG)) == ([], 1)


def test_notice_that_fails_five_times_waits_for_a_person():
    send(WANG)
    for _ in range(5):
        notices.mark_failed(notices.claim_batch(at=AT)[0], error="邮箱不存在")
    assert notices.claim_batch(at=AT) == []
    assert [(notice.attempts, notice.last_error) for notice in notices.stuck()] == [(5, "邮箱不存在")]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_four_workers_share_the_outbox_without_a_double():
    for number in range(40):
        send(WANG, key=f"key-{number}")
    claimed = []
    assert in_threads(lambda _: claimed.extend(drain()), 4) == []
    assert (len(claimed), len(set(claimed))) == (40, 40)


def drain():
    while batch := notices.claim_batch(at=AT, limit=3):
        yield from (notice.pk for notice in batch)
