"""The rules of the organization that the database itself keeps, on whichever database runs."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.constraints import sentence_for
from organization.models import CoordinationGroup, GroupMember, RoleGrant, Tenure, Unit, UnitName, User
from tests import factories

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


def refused(write) -> str | None:
    """The sentence of the rule that refused; some other error fails the test."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return sentence_for(caught.value)


def overlapping_rows(make, **fixed) -> str | None:
    make(**fixed, started_on=FIRST, ended_on=LAST)
    make(**fixed, started_on=LAST + dt.timedelta(days=1))
    return refused(lambda: make(**fixed, started_on=LAST, ended_on=LAST))


def test_tenures_of_a_seat_never_overlap(db):
    assert overlapping_rows(factories.tenure, seat=factories.seat()) == Tenure.overlap_message


def test_names_of_a_unit_never_overlap(db):
    assert overlapping_rows(factories.unit_name, unit=factories.unit()) == UnitName.overlap_message


def test_memberships_never_overlap(city_group):
    fixed = {"group": city_group, "unit": factories.unit()}
    assert overlapping_rows(factories.group_member, **fixed) == GroupMember.overlap_message


def test_an_open_end_overlaps_everything_after(db):
    held = factories.tenure()
    later = Tenure(seat=held.seat, person=factories.person(), started_on=dt.date(2030, 1, 1))
    assert refused(later.save) == Tenure.overlap_message
    with pytest.raises(ValidationError) as caught:
        later.full_clean()
    assert caught.value.message_dict == {"__all__": [Tenure.overlap_message]}


def test_moving_a_row_onto_another_is_refused(db):
    early = factories.tenure(ended_on=LAST)
    late = factories.tenure(seat=early.seat, started_on=dt.date(2026, 8, 1))
    late.started_on = FIRST
    assert refused(late.save) == Tenure.overlap_message


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: User.objects.update(account_kind="both"), "账号类别不在可选范围内。"),
        (lambda: Unit.objects.update(kind="palace"), "单位类别不在可选范围内。"),
        (lambda: Unit.objects.update(valid_from=LAST, valid_to=FIRST), "单位的终止日期不能早于设立日期。"),
        (lambda: CoordinationGroup.objects.update(level="moon"), "小组层级不在可选范围内。"),
        (
            lambda: RoleGrant.objects.update(role="leader"),
            "联络员和审签人授予单位，其他角色授予协调小组，两者只选其一。",
        ),
        (
            lambda: RoleGrant.objects.update(ended_by=User.objects.first()),
            "收回人须与收回时间同时填写。",
        ),
    ],
)
def test_checks_speak_chinese(lead_liaison, change, sentence):
    assert refused(change) == sentence


def test_a_role_is_held_once(lead_liaison, lead_unit):
    again = RoleGrant(user=lead_liaison, role="liaison", unit=lead_unit, granted_at=clock.now())
    refused(again.save)
    RoleGrant.objects.update(ended_at=clock.now())
    again.save()
    assert lead_liaison.grants.count() == 2


def test_login_names_are_unique_after_folding(db):
    factories.user(username="Wang")
    assert User.objects.get().username == "wang"
    refused(lambda: factories.user(username="ＷＡＮＧ"))


def test_what_carries_history_is_never_deleted(lead_liaison, lead_unit):
    for row in (lead_unit, lead_liaison):
        with pytest.raises(IntegrityError):
            row.delete()


def test_a_living_unit_has_no_successor_and_none_succeeds_itself(db):
    unit, other = factories.unit(), factories.unit(valid_to=LAST)
    unit.succeeded_by, other.succeeded_by = other, other
    assert [refused(row.save) for row in (unit, other)] == [
        "承接单位只登记在已终止的单位上，请先填写终止日期。",
        "单位不能由自己承接。",
    ]


def test_a_name_may_begin_on_an_unknown_day_and_still_not_overlap(db):
    first = factories.unit_name(started_on=None, ended_on=FIRST)
    later = UnitName(unit=first.unit, name="市另名局", started_on=FIRST)
    assert refused(later.save) == UnitName.overlap_message
