"""The demonstration: beside the facts, through the real actions, and gone without a trace."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core import audit, clock
from core.periods import Quarter
from metrics.models import Observation
from organization.demo_accounts import demo_password
from organization.models import RoleGrant, User
from portal.demo import clear_demo, load_demo
from portal.demo.accounts import DEMO_ACCOUNTS, PEOPLE
from portal.facts import load_facts
from quarters.actions.opening import open_round
from quarters.queries.picture import picture_of
from reporting.models import ReportingRound, ReviewEvent, Submission
from tasks.models import Plan, ProgressReport, Task
from tests.portal.dumps import dump_all


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The facts' dump, with the demonstration loaded around all tests of this module that ask for it."""
    around = transaction.atomic()
    around._from_testcase = True
    with django_db_blocker.unblock(), around:
        load_facts()
        before = dump_all()
        assert load_demo()
        with django_db_blocker.block():
            yield before
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded_once: str, db: None) -> str:
    return loaded_once


def rows(dump: str) -> dict[tuple[str, int], Any]:
    return {(row["model"], row["pk"]): row["fields"] for row in json.loads(dump)}


def story() -> list[Any]:
    """The demonstration as a reader sees it: no keys, no uids, no moments of loading."""
    submissions = Submission.objects.order_by("round__year", "round__quarter", "unit__code", "kind", "pk")
    moves = ReviewEvent.objects.order_by("submission__round__year", "submission__round__quarter", "at", "pk")
    return [
        list(
            Task.objects.filter(is_demo=True).order_by("code").values_list("code", "title", "state", "due_on")
        ),
        list(submissions.values_list("unit__code", "kind", "state", "version_no", "submitted_at")),
        list(
            ProgressReport.objects.order_by("round__quarter", "task__code").values_list(
                "progress", "problems"
            )
        ),
        list(
            Observation.objects.filter(is_demo=True)
            .order_by("pk")
            .values_list("indicator__code", "year", "value")
        ),
        sorted(moves.values_list("move", "at", "by__username", "reason_text")),
    ]


def test_no_fact_is_changed(demo: str) -> None:
    before, after = rows(demo), rows(dump_all())
    assert {key: after[key] for key in before} == before


def test_clearing_leaves_the_facts_alone(demo: str) -> None:
    call_command("clear_demo")
    assert dump_all() == demo


def test_every_new_row_that_can_be_marked_is(demo: str) -> None:
    before, after = rows(demo), rows(dump_all())
    fresh = [fields for key, fields in after.items() if key not in before and "is_demo" in fields]
    assert fresh
    assert [fields for fields in fresh if not fields["is_demo"]] == []


def test_second_loading_changes_nothing(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = dump_all()
    call_command("load_demo")
    assert capsys.readouterr().out.strip() == "演示数据已存在，未作更改；重新载入请加 --refresh。"
    assert dump_all() == before


def test_loading_again_tells_the_same_story(demo: str) -> None:
    first = story()
    call_command("load_demo", "--refresh")
    assert story() == first


def test_clearing_takes_along_what_demo_people_did(demo: str) -> None:
    plan, office = Plan.objects.get(is_demo=True), User.objects.get(username="demo-office")
    opened = open_round(plan.group, Quarter(2026, 4), by=office, at=clock.now())
    assert opened.is_demo is False
    clear_demo()
    assert dump_all() == demo


@pytest.mark.usefixtures("demo")
def test_every_offered_account_can_sign_in() -> None:
    for username, _ in DEMO_ACCOUNTS:
        client, typed = Client(), {"username": username, "password": demo_password()}
        response = client.post(reverse("organization:login"), typed)
        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(User.objects.get(username=username).pk)


def test_accounts_hold_the_roles_they_are_offered_for(demo: str) -> None:
    grants = RoleGrant.objects.active().filter(user__username__in=[name for name, _ in DEMO_ACCOUNTS])
    assert sorted(grants.values_list("user__username", "role", "unit__name")) == [
        ("demo-leader", "leader", None),
        ("demo-liaison", "liaison", "市人社局"),
        ("demo-liaison2", "liaison", "市教体局"),
        ("demo-office", "office", None),
        ("demo-office2", "office", None),
        ("demo-officehead", "office_head", None),
        ("demo-signer", "signer", "市人社局"),
    ]
    kinds = User.objects.exclude(account_kind="business").order_by("username")
    assert list(kinds.values_list("username", "account_kind")) == [
        ("demo-auditor", "audit"),
        ("demo-secadmin", "security"),
        ("demo-sysadmin", "system"),
    ]


def test_all_names_and_accounts_differ() -> None:
    assert (
        len({person.name for person in PEOPLE}) == len({person.username for person in PEOPLE}) == len(PEOPLE)
    )


@pytest.mark.usefixtures("demo")
def test_two_quarters_are_published_and_one_is_open() -> None:
    rounds = ReportingRound.objects.order_by("year", "quarter")
    assert [(str(r.period), r.phase.value) for r in rounds] == [
        ("2026Q1", "published"),
        ("2026Q2", "published"),
        ("2026Q3", "filling"),
    ]
    assert rounds[2].lead_due_on > clock.today()


@pytest.mark.usefixtures("demo")
def test_open_round_stands_in_every_state() -> None:
    states = Counter(Submission.objects.filter(round__quarter=3).values_list("state", flat=True))
    assert states == {
        "accepted": 6,
        "submitted": 4,
        "pending": 3,
        "reviewing": 1,
        "returned": 1,
        "signing": 1,
        "draft": 1,
    }
    assert ProgressReport.objects.filter(is_nil=True).count() == 1
    assert Submission.objects.filter(is_late=True).count() == 1


@pytest.mark.usefixtures("demo")
def test_lights_of_the_published_quarter_differ() -> None:
    picture = picture_of(ReportingRound.objects.get(quarter=2))
    assert Counter(line.colour for line in picture.tasks) == {
        "green": 8,
        "yellow": 4,
        "red": 2,
        "done": 1,
    }


@pytest.mark.usefixtures("demo")
def test_tasks_stand_in_every_stage_the_office_works_on() -> None:
    tasks = Task.objects.filter(is_demo=True)
    assert Counter(tasks.values_list("state", flat=True)) == {
        "active": 14,
        "closed": 1,
        "draft": 1,
        "pending_approval": 1,
    }
    assert tasks.filter(carried_from__plan__is_founding=True).count() == tasks.count() == 17
    assert len(set(tasks.values_list("area__name", flat=True))) == 8


@pytest.mark.usefixtures("demo")
def test_texts_do_not_repeat() -> None:
    texts = list(ProgressReport.objects.exclude(progress="").values_list("progress", flat=True))
    assert len(texts) == len(set(texts)) > 30


@pytest.mark.usefixtures("demo")
def test_no_moment_lies_ahead_and_the_chain_is_whole() -> None:
    assert ReviewEvent.objects.filter(at__gt=clock.now()).count() == 0
    assert audit.verify() == []


def test_clearing_refuses_to_take_a_fact(demo: str) -> None:
    fact, invented = Task.objects.filter(is_demo=False)[0], Task.objects.filter(is_demo=True)[0]
    Task.objects.filter(pk=fact.pk).update(parent=invented)
    with pytest.raises(RuntimeError, match="是事实"):
        clear_demo()


def test_no_step_happened_before_the_one_it_follows(demo):
    events = ReviewEvent.objects.order_by("submission", "pk").values_list("submission", "at")
    assert [one for one, two in pairwise(events) if one[0] == two[0] and one[1] > two[1]] == []
