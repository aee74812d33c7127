import datetime as dt

import pytest
from django.contrib.admin import AdminSite
from django.db import transaction
from django.test import RequestFactory

from core.admin import AuditedAdmin
from core.errors import StaleObject
from core.models import AuditEvent
from reporting.models import ReportingRound
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 1)


class Everybody:
    """Somebody who may do everything in the admin."""

    uid, username, display_name, is_active, is_staff = None, "wang", "王芳", True, True

    def has_perm(self, permission):
        return True


class RoundAdmin(AuditedAdmin):
    fieldsets = [("填报周期", {"fields": [("opens_on", "lead_due_on"), "instructions"]})]


@pytest.fixture
def registered():
    return RoundAdmin(ReportingRound, AdminSite())


@pytest.fixture
def round_row(db):
    dates = dict.fromkeys(["opens_on", "assist_due_on", "lead_due_on", "review_due_on"], DAY)
    return ReportingRound.objects.create(group=factories.group(), year=2026, quarter=3, **dates)


@pytest.fixture
def post():
    request = RequestFactory().post("/admin/")
    setattr(request, "user", Everybody())  # noqa: B010 (not a User, and need not be)
    return request


def typed(registered, post, row, **words):
    fields = {"opens_on": "2026-10-01", "lead_due_on": "2026-10-01", **words}
    return registered.get_form(post, row, change=True)(fields, instance=row)


def test_form_carries_the_version_in_its_own_fieldset(registered, post, round_row):
    assert registered.get_fieldsets(post, round_row)[-1] == (None, {"fields": ["seen_version"]})
    form = registered.get_form(post, round_row, change=True)(instance=round_row)
    assert str(form["seen_version"]).count('type="hidden" name="seen_version" value="1"') == 1


@pytest.mark.parametrize("seen", ["", "0", "2"])
def test_stale_form_is_told_and_nothing_saved(registered, post, round_row, seen):
    form = typed(registered, post, round_row, instructions="乙文", seen_version=seen)
    assert form.errors == {"__all__": [StaleObject.default_message]}


def test_fresh_form_is_saved_over_its_version_once(registered, post, round_row):
    form = typed(registered, post, round_row, instructions="甲文", seen_version="1")
    assert form.is_valid()
    with transaction.atomic():
        registered.save_model(post, form.save(commit=False), form, True)
    assert list(ReportingRound.objects.values_list("instructions", "lock_version")) == [("甲文", 2)]
    assert AuditEvent.objects.get().after == {"填报说明": "甲文", "修改版本": 2}


def test_second_of_two_forms_sent_together_is_refused(registered, post, round_row):
    form = typed(registered, post, round_row, instructions="乙文", seen_version="1")
    assert form.is_valid()
    ReportingRound.objects.update(lock_version=2, instructions="甲文")
    with pytest.raises(StaleObject):
        registered.save_model(post, form.save(commit=False), form, True)
