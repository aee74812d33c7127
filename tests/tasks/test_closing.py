"""How a task ends: applied for by its lead, verified and closed by an office that did not apply itself."""

from __future__ import annotations

import datetime
import uuid

import pytest

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.models import Notice
from tasks.actions.life import move_task
from tasks.models import TaskEvent
from tasks.permissions import open_task_moves
from tests import factories
from tests.people import post

pytestmark = pytest.mark.django_db

APPLIED_AT = datetime.datetime(2026, 9, 29, 15, tzinfo=clock.SHANGHAI)


@pytest.fixture
def task(lead_unit, assisting_unit):
    return factories.task(lead=lead_unit, assisting=(assisting_unit,), state="active")


def moved(task, move: str, by, *, at=None, reason: str = ""):
    task.refresh_from_db()
    return move_task(
        task=task, move=move, by=by, at=at or clock.now(), lock_version=task.lock_version, reason=reason
    )


@pytest.fixture
def verifying(task, lead_liaison, office_clerk):
    moved(task, "apply", lead_liaison, at=APPLIED_AT)
    return moved(task, "verify", office_clerk)


def test_a_task_is_done_on_the_day_it_was_applied_for(verifying, office_clerk2):
    closed = moved(verifying, "close", office_clerk2)
    assert (closed.state, closed.done_on) == ("closed", datetime.date(2026, 9, 29))
    assert moved(closed, "archive", office_clerk2).done_on == datetime.date(2026, 9, 29)


def test_what_is_not_done_goes_back_and_may_be_applied_for_again(verifying, office_clerk, lead_liaison):
    assert moved(verifying, "send_back", office_clerk, reason="缺少佐证").done_on is None
    moved(verifying, "apply", lead_liaison)
    assert list(TaskEvent.objects.order_by("pk").values_list("move", flat=True)) == [
        *("apply", "verify", "send_back", "apply")
    ]


@pytest.mark.parametrize("move", ["verify", "close", "send_back"])
def test_the_applicant_has_no_part_in_the_verification(task, office_clerk, move):
    state = "closing" if move == "verify" else "verifying"
    type(task).objects.filter(pk=task.pk).update(state=state)
    factories.task_event(task=task, move="apply", by=office_clerk, from_state="active", to_state="closing")
    task.refresh_from_db()
    assert open_task_moves(office_clerk, task) == []
    with pytest.raises(NotAllowed, match="由您申请办结"):
        moved(task, move, office_clerk, reason="理由")


def test_a_later_applicant_frees_the_earlier_one(task, office_clerk, lead_liaison):
    type(task).objects.filter(pk=task.pk).update(state="closing")
    for by in (office_clerk, lead_liaison):
        factories.task_event(task=task, move="apply", by=by, from_state="active", to_state="closing")
    assert moved(task, "verify", office_clerk).state == "verifying"


def test_closing_waits_for_the_report_of_the_running_round(verifying, office_clerk):
    report = factories.progress_report(task=verifying)
    with pytest.raises(RuleViolation, match="进展报告还没有审核通过"):
        moved(verifying, "close", office_clerk)
    type(report.submission).objects.update(
        state="accepted", accepted_by=office_clerk, accepted_at=clock.now()
    )
    assert moved(verifying, "close", office_clerk).state == "closed"


def test_closing_without_an_application_is_refused(task, office_clerk):
    type(task).objects.filter(pk=task.pk).update(state="verifying")
    with pytest.raises(RuleViolation, match="没有申请办结的记录"):
        moved(task, "close", office_clerk)


def test_who_is_told(task, lead_liaison, assisting_liaison, office_clerk, office_clerk2):
    def told() -> set[uuid.UUID]:
        found = set(Notice.objects.values_list("recipient_uid", flat=True))
        Notice.objects.all().delete()
        return found

    moved(task, "apply", lead_liaison)
    assert told() == {office_clerk.uid, office_clerk2.uid}
    moved(task, "verify", office_clerk)
    assert told() == set()
    moved(task, "close", office_clerk)
    assert told() == {lead_liaison.uid, assisting_liaison.uid}


def test_the_page_offers_the_steps_and_tells_them(task, lead_liaison, client_for):
    client, url = client_for(lead_liaison), f"/tasks/{task.uid}/"
    assert client.get(url).content.decode().count("确认申请办结") == 1
    assert post(client, f"{url}move/", {"move": "apply", "lock_version": 1}).url == url
    page = client.get(url).content.decode()
    assert (page.count("申请办结，转为“申请办结”"), page.count("确认")) == (1, 0)
