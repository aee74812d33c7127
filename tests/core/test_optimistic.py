import datetime as dt

import pytest

from core.errors import StaleObject
from core.optimistic import claim_version
from reporting.models import ReportingRound
from tests import factories
from tests.core.threads import in_threads

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 1)
DATES = {"opens_on": DAY, "assist_due_on": DAY, "lead_due_on": DAY, "review_due_on": DAY}


@pytest.fixture
def rounds(db):
    """A queryset of the one row everybody edits."""
    made = ReportingRound.objects.create(group=factories.group(), year=2026, quarter=3, **DATES)
    return ReportingRound.objects.filter(pk=made.pk)


def test_first_writer_wins_and_the_second_is_told(rounds):
    assert claim_version(rounds, lock_version=1, instructions="甲文") == 2
    with pytest.raises(StaleObject, match="已被他人修改"):
        claim_version(rounds, lock_version=1, instructions="乙文")
    assert list(rounds.values_list("instructions", "lock_version")) == [("甲文", 2)]


def test_condition_of_the_queryset_counts_too(rounds):
    with pytest.raises(StaleObject):
        claim_version(rounds.filter(published_at__isnull=False), lock_version=1)


def test_two_rows_cannot_be_claimed_at_once(rounds):
    ReportingRound.objects.create(group=factories.group(code="341102"), year=2026, quarter=3, **DATES)
    with pytest.raises(ValueError, match="one row"):
        claim_version(ReportingRound.objects.all(), lock_version=1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_eight_writers_one_wins(transactional_db, rounds):
    told = in_threads(lambda number: claim_version(rounds.all(), lock_version=1, stamp=number + 10), 8)
    assert [type(error) for error in told] == [StaleObject] * 7
    assert rounds.get().lock_version == 2
