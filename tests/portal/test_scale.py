"""Invented cities for measuring: consistent, alike, reproducible, and never beside anything else."""

import datetime
import hashlib
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from metrics.actions.tallies import current_heads
from metrics.models import FigureTally, Observation
from organization.models import CoordinationGroup, User
from portal.scale import TINY
from portal.scale.history import History
from portal.scale.shape import CITY_SPACE
from quarters.actions.tallies import rebuild_group
from quarters.models import RoundTally
from reporting.models import ReportingRound, RoundSnapshot, Submission, SubmissionTally
from tasks.models import Task, TaskStanding, TaskTally

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 22)


@pytest.fixture
def cities(db) -> list[CoordinationGroup]:
    """Two cities of a few rows."""
    call_command("make_scale_data", "--tiny", "--factor", "2", "--seed", "7", verbosity=0)
    return list(CoordinationGroup.objects.filter(level="city").order_by("code"))


def tallies_of(group: CoordinationGroup) -> dict[str, list[tuple[object, ...]]]:
    """Every tally row of a group without its own key, ids counted from the city's first."""
    found = {}
    for model in (SubmissionTally, TaskStanding, TaskTally):
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        found[model.__name__] = sorted(model.objects.filter(round__group=group).values_list(*names), key=repr)
    return found


def test_cities_have_the_counts_of_their_shape(cities):
    for group in cities:
        assert Task.objects.filter(plan__group=group).count() == TINY.tasks
        assert Submission.objects.filter(group=group).count() == TINY.owed * TINY.quarters
        assert group.rounds.count() == TINY.quarters
        assert group.rounds.opened().count() == 1


@pytest.mark.parametrize("number", [0, 1])
def test_tallies_are_those_a_rebuild_makes(cities, number):
    before = tallies_of(cities[number])
    heads = dict(RoundTally.objects.values_list("round", "labels"))
    rebuild_group(cities[number])
    assert tallies_of(cities[number]) == before
    assert dict(RoundTally.objects.values_list("round", "labels")) == heads


@pytest.mark.parametrize("number", [0, 1])
def test_figures_that_count_are_those_a_search_finds(cities, number):
    found = {row["head"] for row in current_heads(Observation.objects.filter(group=cities[number]))}
    assert (
        set(FigureTally.objects.filter(group=cities[number]).values_list("observation", flat=True)) == found
    )
    assert found


def test_cities_are_alike_but_for_their_ids(cities):
    first, second = (
        list(
            Submission.objects.filter(group=group)
            .order_by("pk")
            .values_list("state", "kind", "unit__position")
        )
        for group in cities
    )
    assert first == second
    assert {pk // CITY_SPACE for pk in Submission.objects.values_list("pk", flat=True)} == {1, 2}


def test_snapshots_bear_their_own_digest_and_names(cities):
    for snapshot in RoundSnapshot.objects.select_related("round__group"):
        assert snapshot.sha256 == hashlib.sha256(snapshot.content.encode()).hexdigest()
        assert snapshot.round.group.name in snapshot.content
        assert (snapshot.round.group == cities[0]) == ("s0001-" in snapshot.content)


def test_rows_added_later_follow_the_last_city(cities):
    added = Task.objects.filter(plan__group=cities[1])[0]
    added.pk, added.uid, added.code = None, uuid.uuid4(), "NEW"
    added._state.adding = True
    added.save()
    assert added.pk > 2 * CITY_SPACE


@pytest.mark.parametrize(
    ("account", "page"),
    [("leader", "/dashboard/"), ("office", "/review/"), ("office", "/tasks/"), ("liaison", "/my/")],
)
def test_pages_of_a_city_answer(client, cities, account, page):
    client.force_login(User.objects.get(username=f"s0002-{account}"), "organization.backends.RoleBackend")
    assert client.get(page).status_code == 200


def test_command_refuses_a_database_in_use(cities):
    with pytest.raises(CommandError, match="只能载入刚建好的空数据库"):
        call_command("make_scale_data", "--tiny")
    assert ReportingRound.objects.count() == 2 * TINY.quarters


def test_command_refuses_a_factor_of_nothing(db):
    with pytest.raises(CommandError, match="倍数须为正整数"):
        call_command("make_scale_data", "--factor", "0")


def test_history_follows_from_its_seed():
    first, again, other = (History(TINY, seed, DAY).reports for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_sign_in_page_stays_reachable(client, cities):
    assert client.get(reverse("organization:login")).status_code == 200
