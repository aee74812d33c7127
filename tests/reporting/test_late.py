"""Deadlines are inclusive to 24:00 Shanghai; afterwards only an exception or a return opens the way."""

import datetime as dt

import pytest

from core.clock import SHANGHAI
from core.errors import NotAllowed, RuleViolation
from quarters.actions import handing_in
from reporting.actions import grant_exception
from tests.world import moment

pytestmark = pytest.mark.django_db
LAST_SECOND = dt.datetime(2026, 11, 27, 23, 59, 59, tzinfo=SHANGHAI)
TOO_LATE = dt.datetime(2026, 11, 28, 0, 0, tzinfo=SHANGHAI)


def submit(world, at, key="draft"):
    submission = world.fresh(key)
    by = world.people["lead_liaison"]
    return handing_in.submit(submission, by=by, at=at, lock_version=submission.lock_version)


def extend(world, until_on=dt.date(2026, 11, 30), person="office_clerk"):
    round_, by = world.rounds["open"], world.people[person]
    return grant_exception(
        round_, world.lead_unit, until_on=until_on, reason="数据未出", by=by, at=moment(26)
    )


def test_last_second_is_in_time(world):
    assert submit(world, LAST_SECOND).state == "signing"


def test_next_second_is_too_late(world):
    with pytest.raises(RuleViolation) as refused:
        submit(world, TOO_LATE)
    assert refused.value.message == (
        "2026年三季度填报已于2026年11月27日截止。如需补报，请联系协调小组办公室准予延期填报。"
    )


def test_before_the_opening_day_nothing_is_handed_in(world):
    with pytest.raises(RuleViolation, match="2026年三季度填报于2026年10月1日开始"):
        submit(world, dt.datetime(2026, 9, 30, 12, tzinfo=SHANGHAI))


def test_exception_opens_the_way_and_the_report_is_marked_late(world):
    extend(world)
    moved = submit(world, TOO_LATE)
    signed = handing_in.sign(moved, by=world.people["signer"], at=TOO_LATE, lock_version=moved.lock_version)
    assert (signed.state, signed.is_late) == ("submitted", True)


def test_exception_ends_on_its_day(world):
    extend(world)
    with pytest.raises(RuleViolation, match="截止"):
        submit(world, dt.datetime(2026, 12, 1, 0, 0, tzinfo=SHANGHAI))


def test_what_the_office_returned_may_come_after_the_deadline(world):
    submission = world.fresh("returned")
    report, by = submission.progress_report, world.people["lead_liaison"]
    handing_in.reports.save_text(
        report, fields={"progress": "补充了人数。"}, lock_version=submission.lock_version, by=by, at=TOO_LATE
    )
    assert submit(world, TOO_LATE, "returned").state == "signing"


def test_signing_in_time_is_not_late(world):
    submission = world.fresh("signing")
    signed = handing_in.sign(
        submission, by=world.people["signer"], at=LAST_SECOND, lock_version=submission.lock_version
    )
    assert signed.is_late is False


@pytest.mark.parametrize("person", ["leader", "lead_liaison", "signer", "stranger"])
def test_only_the_office_grants_exceptions(world, person):
    with pytest.raises(NotAllowed):
        extend(world, person=person)


def test_exception_must_lie_after_the_due_date(world):
    with pytest.raises(RuleViolation, match="须晚于牵头单位截止日期2026年11月27日"):
        extend(world, until_on=dt.date(2026, 11, 27))
