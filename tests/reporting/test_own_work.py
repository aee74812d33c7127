"""Nobody signs or accepts what they handed in, whatever roles they hold."""

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed
from organization.models import User
from quarters.actions import handing_in, reviewing
from reporting import permissions
from reporting.models import Submission
from tests import factories
from tests.world import moment

pytestmark = pytest.mark.django_db


def give(world, person, role, **scope):
    """Grants another role; rights are read afresh, as on the next request."""
    factories.grant(role, user=world.people[person], **scope)
    world.people[person] = User.objects.get(pk=world.people[person].pk)


def facts(world, key, person):
    return {"by": world.people[person], "at": moment(12), "lock_version": world.fresh(key).lock_version}


def test_liaison_who_is_also_signer_does_not_sign_their_own(world):
    give(world, "lead_liaison", "signer", unit=world.lead_unit)
    with pytest.raises(NotAllowed, match="由您本人报送或审签"):
        handing_in.sign(world.fresh("signing"), **facts(world, "signing", "lead_liaison"))


@pytest.mark.parametrize("person", ["lead_liaison", "signer"])
def test_office_member_does_not_accept_what_they_submitted_or_signed(world, person):
    give(world, person, "office", group=world.group)
    submission = reviewing.take(world.fresh("submitted"), **facts(world, "submitted", person))
    with pytest.raises(NotAllowed, match="须由他人办理"):
        reviewing.accept(submission, **facts(world, "submitted", person))


def test_own_work_is_never_offered(world):
    give(world, "signer", "office", group=world.group)
    submission = reviewing.take(world.fresh("submitted"), **facts(world, "submitted", "signer"))
    assert permissions.open_moves(world.people["signer"], submission) == ["release", "return"]


@pytest.mark.parametrize("name", ["signed", "accepted"])
def test_database_refuses_own_work(world, name):
    row = Submission.objects.filter(pk=world.submissions["accepted"].pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**{f"{name}_by": row.get().submitted_by})


def test_every_move_is_kept_with_who_and_why(world):
    events = world.submissions["returned"].events.order_by("pk")
    assert [(event.move, event.by.username, event.reason_text) for event in events] == [
        ("edit", "lead-liaison", ""),
        ("submit", "lead-liaison", ""),
        ("sign", "signer", ""),
        ("take", "office-clerk", ""),
        ("return", "office-clerk", "请写明新增招生人数。"),
    ]
