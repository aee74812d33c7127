"""The whole table: every state × every move × every person, written by hand."""

import pytest
from django.db import transaction

from core.errors import NotAllowed, RuleViolation
from reporting.actions import claim_draft, move
from reporting.workflow import MOVES, State, target_state
from tests.world import moment

pytestmark = pytest.mark.django_db
OFFICE = {"office_clerk", "office_clerk2", "office_head"}
# Whose business a move is; everybody else is refused for lack of the role, in every state.
WHO = {
    "submit": {"lead_liaison"},
    "withdraw": {"lead_liaison"},
    "recall": {"lead_liaison"},
    "sign": {"signer"},
    "send_back": {"signer"},
    "take": OFFICE,
    "release": OFFICE,
    "accept": OFFICE,
    "return": OFFICE,
    "amend": OFFICE,
}
# Where a move leads when the right person makes it; everything not written here is refused in a sentence.
LEADS_TO = {
    "pending": {},
    "draft": {"submit": "signing"},
    "signing": {"sign": "submitted", "send_back": "returned", "withdraw": "draft"},
    "submitted": {"recall": "draft", "take": "reviewing"},
    "reviewing": {"release": "submitted", "accept": "accepted", "return": "returned"},
    "returned": {},
    "accepted": {"amend": "accepted"},
}
# In the small city office_clerk has taken the review: colleagues must not decide for them.
ONLY_THE_REVIEWER = {"release", "accept", "return"}


def outcome(world, state, name, person):
    submission = world.fresh(state)
    facts = {"by": world.people[person], "at": moment(12), "lock_version": submission.lock_version}
    with transaction.atomic():
        try:
            return move(submission, name, reason_code="other", reason_text="请补充。", **facts).state
        except NotAllowed:
            return "not allowed"
        except RuleViolation:
            return "refused"
        finally:
            transaction.set_rollback(True)


def expected(state, name, person):
    if person not in WHO[name]:
        return "not allowed"
    if state == "reviewing" and name in ONLY_THE_REVIEWER and person != "office_clerk":
        return "refused"
    return LEADS_TO[state].get(name, "refused")


@pytest.mark.parametrize("state", LEADS_TO)
def test_every_move_of_everybody_from(world, state):
    cases = [(name, person) for name in WHO for person in world.people]
    found = {case: outcome(world, state, *case) for case in cases}
    assert found == {case: expected(state, *case) for case in cases}


def test_table_covers_every_state_and_move():
    assert (set(LEADS_TO), set(WHO) | {"edit"}) == ({s.value for s in State}, {m.name for m in MOVES})


def test_unit_without_signer_hands_in_straight_to_the_office():
    assert target_state(State.DRAFT, "submit", has_signer=False) is State.SUBMITTED


EDITABLE = {"pending", "draft", "returned"}


@pytest.mark.parametrize("state", LEADS_TO)
def test_only_the_liaison_edits_and_only_what_lies_with_the_unit(world, state):
    found = {person for person in world.people if edits(world, state, person)}
    assert found == ({"lead_liaison"} if state in EDITABLE else set())


def edits(world, state, person):
    submission = world.fresh(state)
    with transaction.atomic():
        try:
            by = world.people[person]
            claim_draft(submission, by=by, at=moment(12), lock_version=submission.lock_version)
        except RuleViolation:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def test_refusal_says_the_state_and_who_holds_it(world):
    submission = world.fresh("reviewing")
    facts = {"by": world.people["lead_liaison"], "at": moment(12), "lock_version": submission.lock_version}
    with pytest.raises(RuleViolation) as refused:
        move(submission, "recall", **facts)
    assert refused.value.message == (
        "这份材料目前是“审核中”，由协调小组办公室办理，不能撤回报送。请刷新页面查看最新状态。"
    )


@pytest.mark.parametrize(
    ("name", "person", "state"), [("send_back", "signer", "signing"), ("return", "office_clerk", "reviewing")]
)
def test_return_without_a_reason_is_refused(world, name, person, state):
    submission = world.fresh(state)
    facts = {"by": world.people[person], "at": moment(12), "lock_version": submission.lock_version}
    with pytest.raises(RuleViolation, match="须写明原因"):
        move(submission, name, reason_text="  ", **facts)


@pytest.mark.parametrize("name", ["submit", "take", "sign", "accept", "recall"])
def test_nothing_moves_in_a_published_round(world, name):
    submission, person = world.fresh("published"), sorted(WHO[name])[0]
    facts = {"by": world.people[person], "at": moment(12), "lock_version": submission.lock_version}
    with pytest.raises(RuleViolation, match="2026年二季度已于2026年7月21日发布"):
        move(submission, name, **facts)
