import pytest
from django.db import connection, transaction

from core import audit
from core.models import AuditEvent
from tests.core.threads import in_threads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def write_twenty(worker):
    for number in range(20):
        with transaction.atomic():
            audit.record(f"线程{worker}第{number}次", by=None)


def test_chain_does_not_fork_under_eight_writers():
    assert in_threads(write_twenty, 8) == []
    assert list(AuditEvent.objects.order_by("position").values_list("position", flat=True)) == list(
        range(1, 161)
    )
    assert audit.verify() == []


def write_or_roll_back(worker):
    for number in range(10):
        with transaction.atomic():
            audit.record(f"线程{worker}第{number}次", by=None)
            transaction.set_rollback(number % 2 == 1)


def test_chain_is_whole_when_half_of_the_writers_roll_back():
    assert in_threads(write_or_roll_back, 8) == []
    assert (AuditEvent.objects.count(), audit.verify()) == (40, [])


def test_verify_does_no_harm_and_takes_none_while_others_write():
    found = []
    write_twenty(0)

    def write_or_verify(worker):
        if worker:
            write_twenty(worker)
        else:
            found.extend(problem for _ in range(10) for problem in audit.verify())

    assert in_threads(write_or_verify, 4) == []
    assert (found, audit.verify(), connection.in_atomic_block) == ([], [], False)
