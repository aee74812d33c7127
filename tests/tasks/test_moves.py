"""The life of a task: state × move × role complete, and what a move leaves behind."""

from __future__ import annotations

import pytest

from core import clock
from core.errors import NotAllowed, RuleViolation, StaleObject
from core.models import AuditEvent, Notice
from tasks.actions.life import move_task
from tasks.life import TASK_MOVE_BY_NAME, TASK_MOVES, TaskState
from tasks.models import TaskEvent
from tasks.permissions import open_task_moves
from tests import factories
from tests.people import post

pytestmark = pytest.mark.django_db

# The one table, written by hand: state → move → target; everything else is refused.
WANTED = {
    ("draft", "propose"): "pending_approval",
    ("pending_approval", "approve"): "approved",
    ("pending_approval", "revise"): "draft",
    ("approved", "reopen"): "draft",
    ("approved", "hand_out"): "handed_out",
    ("handed_out", "receive"): "active",
    ("handed_out", "object"): "pending_approval",
    ("active", "apply"): "closing",
    ("closing", "verify"): "verifying",
    ("verifying", "close"): "closed",
    ("verifying", "send_back"): "active",
    ("closed", "archive"): "archived",
    ("active", "suspend"): "suspended",
    ("suspended", "resume"): "active",
}
ROLES = {
    "propose": "office_clerk",
    "approve": "office_head",
    "revise": "office_head",
    "reopen": "office_head",
    "hand_out": "office_clerk",
    "receive": "lead_liaison",
    "object": "lead_liaison",
    "apply": "lead_liaison",
    "verify": "office_clerk",
    "close": "office_clerk",
    "send_back": "office_clerk",
    "archive": "office_clerk",
    "suspend": "office_head",
    "resume": "office_head",
}
PEOPLE = ("office_clerk", "office_head", "leader", "lead_liaison", "assisting_liaison", "signer", "stranger")


@pytest.fixture
def task(lead_unit, assisting_unit):
    return factories.task(lead=lead_unit, assisting=(assisting_unit,), state="draft")


def in_state(task, state: str):
    type(task).objects.filter(pk=task.pk).update(state=state)
    task.refresh_from_db()
    return task


def applied_for(task):
    """The record that 办结 asks for."""
    TaskEvent.objects.create(task=task, move="apply", from_state="active", to_state="closing", at=clock.now())


def moved(task, move: str, by, *, reason: str = "理由", lock_version: int = 1):
    return move_task(task=task, move=move, by=by, at=clock.now(), lock_version=lock_version, reason=reason)


@pytest.mark.parametrize("state", [state.value for state in TaskState])
@pytest.mark.parametrize("move", [move.name for move in TASK_MOVES])
def test_every_state_and_move(request, task, state, move):
    by = request.getfixturevalue(ROLES[move])
    applied_for(in_state(task, state))
    wanted = WANTED.get((state, move))
    if wanted is None:
        with pytest.raises(RuleViolation, match=f"目前是“{TaskState(state).label}”"):
            moved(task, move, by)
    else:
        assert moved(task, move, by).state == wanted


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("move", [move.name for move in TASK_MOVES])
def test_every_move_and_role(request, task, person, move):
    by = request.getfixturevalue(person)
    step = TASK_MOVE_BY_NAME[move]
    applied_for(in_state(task, step.source.value))
    is_theirs = ROLES[move] == person
    assert (move in [found.name for found in open_task_moves(by, task)]) == is_theirs
    if is_theirs:
        assert moved(task, move, by).state == step.target
    else:
        with pytest.raises(NotAllowed):
            moved(task, move, by)


def test_move_records_event_audit_and_notice(task, office_clerk, lead_liaison, assisting_liaison):
    in_state(task, "approved")
    moved(task, "hand_out", office_clerk, reason="")
    event = TaskEvent.objects.get()
    assert (event.from_state, event.to_state, event.by) == ("approved", "handed_out", office_clerk)
    audited = AuditEvent.objects.get(action="任务交办")
    assert (audited.before, audited.after) == ({"状态": "审定"}, {"状态": "已交办", "说明": ""})
    told = set(Notice.objects.values_list("recipient_uid", flat=True))
    assert told == {lead_liaison.uid, assisting_liaison.uid}


def test_stale_version_is_refused(task, office_clerk):
    moved(task, "propose", office_clerk)
    with pytest.raises(StaleObject):
        moved(in_state(task, "draft"), "propose", office_clerk, lock_version=1)


@pytest.mark.parametrize(
    ("move", "remedy"),
    [("propose", "在任务分工中补充"), ("approve", "请先退改"), ("hand_out", "请办公室负责人退改")],
)
def test_the_way_to_handing_out_needs_a_lead(request, move, remedy):
    task = factories.task(state=TASK_MOVE_BY_NAME[move].source.value)
    with pytest.raises(RuleViolation, match=rf"还没有牵头单位，.*{remedy}"):
        moved(task, move, request.getfixturevalue(ROLES[move]))


def test_propose_needs_kind_and_frequency(task, office_clerk):
    type(task).objects.filter(pk=task.pk).update(kind="", frequency="")
    with pytest.raises(RuleViolation, match="类型和填报频次"):
        moved(task, "propose", office_clerk)


@pytest.mark.parametrize(
    ("move", "state"),
    [
        ("revise", "pending_approval"),
        ("reopen", "approved"),
        ("object", "handed_out"),
        ("send_back", "verifying"),
        ("suspend", "active"),
    ],
)
def test_moves_back_need_a_reason(request, task, move, state):
    by = request.getfixturevalue(ROLES[move])
    with pytest.raises(RuleViolation, match="须写明原因"):
        moved(in_state(task, state), move, by, reason=" \n")


def test_founding_task_is_never_moved(office_clerk, lead_unit):
    facts = factories.plan(year=2018, last_year=2021, is_founding=True)
    task = factories.task(plan=facts, lead=lead_unit, state="draft")
    assert open_task_moves(office_clerk, task) == []
    with pytest.raises(RuleViolation, match="经验材料"):
        moved(task, "propose", office_clerk)


def test_unknown_move_is_refused_in_words(task, office_clerk):
    with pytest.raises(RuleViolation, match="没有“burn”这个办理动作"):
        moved(task, "burn", office_clerk)


def test_button_moves_the_task_once(task, office_clerk, client_for):
    client, url = client_for(office_clerk), f"/tasks/{task.uid}/move/"
    form = {"move": "propose", "lock_version": 1, "submit_token": "0b0e7f3a-3f2b-4d0c-9f52-111111111111"}
    for _ in range(2):
        assert client.post(url, form).url == f"/tasks/{task.uid}/"
    assert TaskEvent.objects.count() == 1


def test_objecting_unit_is_led_back_to_its_list(task, lead_liaison, client_for):
    in_state(task, "handed_out")
    answer = post(
        client_for(lead_liaison),
        f"/tasks/{task.uid}/move/",
        {"move": "object", "lock_version": 1, "reason": "职责不符"},
    )
    task.refresh_from_db()
    assert (answer.url, task.state) == ("/tasks/", "pending_approval")


def test_refused_reason_is_shown_again(task, lead_liaison, office_clerk, client_for):
    in_state(task, "handed_out")
    form = {"move": "object", "lock_version": 7, "reason": "我们已有别的牵头任务"}
    answer = post(client_for(lead_liaison), f"/tasks/{task.uid}/move/", form)
    assert answer.status_code == 409
    assert answer.content.decode().count("我们已有别的牵头任务") == 1


@pytest.mark.parametrize(
    "form", [{}, {"move": "burn", "lock_version": 1}, {"move": "propose", "lock_version": "x"}]
)
def test_broken_form_changes_nothing(task, office_clerk, client_for, form):
    assert post(client_for(office_clerk), f"/tasks/{task.uid}/move/", form).status_code == 302
    assert TaskEvent.objects.count() == 0


def test_form_without_token_is_a_bad_request(task, office_clerk, client_for):
    answer = client_for(office_clerk).post(f"/tasks/{task.uid}/move/", {"move": "propose", "lock_version": 1})
    assert answer.status_code == 400


def test_leader_may_look_and_not_move(task, leader, client_for):
    client = client_for(leader)
    assert client.get(f"/tasks/{task.uid}/").status_code == 200
    assert post(client, f"/tasks/{task.uid}/move/", {"move": "propose", "lock_version": 1}).status_code == 403
