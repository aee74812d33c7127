"""A prepared query gives what the queryset gives, now and after a change."""

import pytest
from django.db.models import F

from core import clock
from core.prepared import OPEN, Prepared
from organization.models import RoleGrant
from tests import factories

pytestmark = pytest.mark.django_db


def grants():
    rows = RoleGrant.objects.select_related("unit", "group", "user").annotate(name=F("user__display_name"))
    return rows.order_by("pk")


def values(rows):
    return [(row, row.uid, row.granted_at, row.unit, row.group, row.name) for row in rows]


def test_rows_are_those_of_the_queryset(django_assert_num_queries):
    factories.grant("office"), factories.grant("liaison", unit=factories.unit())
    expected, prepared = values(grants()), Prepared(grants())
    with django_assert_num_queries(1):
        assert values(prepared.rows()) == expected


def test_columns_left_out_are_read_when_asked_for(django_assert_num_queries):
    grant = factories.grant("office")
    [row] = Prepared(RoleGrant.objects.only("role")).rows()
    with django_assert_num_queries(1):
        assert (row.role, row.uid) == (grant.role, grant.uid)


def test_a_change_shows_at_the_next_call():
    grant = factories.grant("office")
    prepared = Prepared(RoleGrant.objects.active())
    before = prepared.rows()
    RoleGrant.objects.update(ended_at=clock.now(), ended_by=grant.user)
    assert (before, prepared.rows()) == ([grant], [])


def test_one_statement_serves_many_keys():
    first, second = factories.grant("office"), factories.grant("liaison")
    prepared = Prepared(RoleGrant.objects.filter(pk=OPEN).select_related("user"))
    assert [prepared.rows(grant.pk) for grant in (first, second)] == [[first], [second]]
    assert prepared.rows() == []
