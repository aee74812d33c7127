"""Who sees which submissions and rounds; the predicate and the queryset agree."""

import pytest

from quarters import permissions
from reporting.models import ReportingRound, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "count"),
    [
        ("office_clerk", 9),
        ("office_head", 9),
        ("leader", 9),
        ("lead_liaison", 9),
        ("signer", 9),
        ("stranger", 0),
    ],
)
def test_submissions_of_the_own_group_or_unit(world, person, count):
    assert Submission.objects.visible_to(world.people[person]).count() == count


@pytest.fixture
def county(world):
    """A county's group below the city's, with an open and a published round of one unit."""
    group = factories.group(code="341126", parent=world.group)
    unit = factories.unit()
    opened = factories.reporting_round(group=group, year=2026, quarter=3)
    published = factories.reporting_round(group=group, year=2026, quarter=2, published_at=opened.opened_at)
    for round_ in (opened, published):
        for state in ("pending", "accepted"):
            task = factories.task(area=world.area)
            factories.progress_report(task=task, unit=unit, round=round_, state=state)
    return group


def test_upper_office_sees_of_the_county_only_what_was_accepted_and_published(world, county):
    seen = Submission.objects.visible_to(world.people["office_clerk"]).filter(group=county)
    assert [(row.state, row.round.quarter) for row in seen] == [("accepted", 2)]


def test_upper_leader_sees_of_the_county_only_published_rounds(world, county):
    seen = ReportingRound.objects.visible_to(world.people["leader"]).filter(group=county)
    assert [round_.quarter for round_ in seen] == [2]


def test_county_office_never_sees_upward(world, county):
    clerk = factories.grant("office", group=county).user
    assert {row.group_id for row in Submission.objects.visible_to(clerk)} == {county.pk}


def test_unit_sees_the_rounds_in_which_it_reports(world):
    seen = ReportingRound.objects.visible_to(world.people["signer"]).order_by("quarter")
    assert [round_.quarter for round_ in seen] == [2, 3]


def test_predicates_say_what_the_querysets_say(world):
    for user in world.people.values():
        for row in Submission.objects.all():
            listed = row in Submission.objects.visible_to(user)
            assert permissions.can_view_submission(user, row) == listed
        for round_ in ReportingRound.objects.all():
            assert permissions.can_view_round(user, round_) == (
                round_ in ReportingRound.objects.visible_to(user)
            )
