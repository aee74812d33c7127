"""The demonstration: beside the facts, whole in itself, and gone without a trace."""

import json
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from core import audit, clock
from core.periods import Quarter
from honors.models import HonorBatch
from organization.demo_accounts import DEMO_ACCOUNTS, demo_password
from organization.models import CoordinationGroup, RoleGrant, Tenure, Unit, User
from portal.demo import clear_demo
from portal.demo.accounts import people_of
from portal.demo.content import read
from quarters.actions.opening import open_round
from quarters.queries.picture import picture_of
from reporting.models import ReportingRound, ReviewEvent, Submission
from reporting.workflow import State
from tasks.life import NOT_BY_THE_APPLICANT, PLAN_STEPS, TASK_MOVE_BY_NAME
from tasks.lights import Colour
from tasks.models import Plan, ProgressReport, Task, TaskEvent, TaskOrigin
from tasks.models.reports import DeclaredStatus
from tests.demo_city import rows_of
from tests.portal.dumps import dump_all


def rows(dump: str) -> dict[tuple[str, int], Any]:
    return {(row["model"], row["pk"]): row["fields"] for row in json.loads(dump)}


def city_round(year: int, quarter: int) -> ReportingRound:
    return ReportingRound.objects.get(group__code="341100", year=year, quarter=quarter)


def city_pictures() -> list[Any]:
    rounds = ReportingRound.objects.published().filter(group__code="341100").select_related("group")
    return [picture_of(round_) for round_ in rounds]


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
    first = [rows_of(round_)["Submission"] for round_ in ReportingRound.objects.all()]
    call_command("load_demo", "--refresh")
    assert [rows_of(round_)["Submission"] for round_ in ReportingRound.objects.all()] == first


def test_clearing_takes_along_what_demo_people_did(demo: str) -> None:
    group, office = CoordinationGroup.objects.get(code="341100"), User.objects.get(username="demo-office")
    opened = open_round(group, Quarter(2026, 4), by=office, at=clock.now())
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


@pytest.mark.usefixtures("demo")
def test_accounts_hold_the_roles_they_are_offered_for() -> None:
    grants = RoleGrant.objects.active().filter(user__username__in=[name for name, _ in DEMO_ACCOUNTS])
    assert sorted(grants.values_list("user__username", "role", "unit__name", "group__code")) == [
        ("demo-county-leader", "leader", None, "341181"),
        ("demo-county-office", "office", None, "341181"),
        ("demo-leader", "leader", None, "341100"),
        ("demo-liaison", "liaison", "市人社局", None),
        ("demo-liaison2", "liaison", "市教体局", None),
        ("demo-office", "office", None, "341100"),
        ("demo-office2", "office", None, "341100"),
        ("demo-officehead", "office_head", None, "341100"),
        ("demo-signer", "signer", "市人社局", None),
    ]
    kinds = User.objects.exclude(account_kind="business").order_by("username")
    assert list(kinds.values_list("username", "account_kind")) == [
        ("demo-auditor", "audit"),
        ("demo-secadmin", "security"),
        ("demo-sysadmin", "system"),
    ]


def test_all_names_and_accounts_differ() -> None:
    people = people_of(read("city"))
    assert (
        len({person.name for person in people}) == len({person.username for person in people}) == len(people)
    )


@pytest.mark.usefixtures("demo")
def test_every_reporting_unit_has_a_liaison_and_some_have_no_signer() -> None:
    reporting = Unit.objects.filter(submissions__is_demo=True).distinct()
    assert reporting.count() == 23
    signed = reporting.filter(grants__role="signer").distinct().count()
    assert (reporting.exclude(grants__role="liaison").count(), signed) == (0, 19)


@pytest.mark.usefixtures("demo")
def test_all_quarters_are_published_but_the_open_one() -> None:
    for code, first in (("341100", 2024), ("341181", 2025)):
        rounds = ReportingRound.objects.filter(group__code=code).order_by("year", "quarter")
        phases = [(round_.year, round_.quarter, round_.phase.value) for round_ in rounds]
        published = [(year, quarter, "published") for year in range(first, 2026) for quarter in range(1, 5)]
        assert phases == [*published, (2026, 1, "published"), (2026, 2, "published"), (2026, 3, "filling")]


@pytest.mark.usefixtures("demo")
def test_the_open_round_stands_in_every_state_and_is_half_reported() -> None:
    states = Counter(city_round(2026, 3).submissions.values_list("state", flat=True))
    assert states.keys() == {state.value for state in State}
    handed_in = sum(states[name] for name in ("submitted", "reviewing", "accepted"))
    assert 0.4 < handed_in / states.total() < 0.6


@pytest.mark.usefixtures("demo")
def test_every_light_status_and_difference_occurs_in_each_year() -> None:
    for year in (2024, 2025, 2026):
        lines = [line for picture in city_pictures() if picture.year == year for line in picture.tasks]
        assert {line.colour for line in lines} == {colour.value for colour in Colour}
        assert {line.declared for line in lines} == {*DeclaredStatus.values, ""}
        assert sum(not line.agrees for line in lines) > 5
        assert sum(bool(line.coordination) for line in lines) > 10


@pytest.mark.usefixtures("demo")
def test_some_are_late_returned_missing_or_nil_in_every_quarter() -> None:
    for picture in city_pictures():
        round_ = city_round(picture.year, picture.quarter)
        returned = round_.submissions.filter(return_count__gt=0, state="accepted").count()
        late, missing = (
            sum(line.is_late for line in picture.owed),
            sum(not line.version_no for line in picture.tasks),
        )
        assert min(late, returned, missing) > 0
        assert sum(line.is_nil for line in picture.tasks) == 1


@pytest.mark.usefixtures("demo")
def test_plans_follow_one_another() -> None:
    plans = list(Plan.objects.filter(is_demo=True, group__code="341100").order_by("year", "version_no"))
    counted = [(plan.year, plan.version_no, plan.tasks.count(), plan.lines.count()) for plan in plans]
    assert counted == [(2024, 1, 41, 0), (2025, 1, 0, 40), (2025, 2, 40, 0), (2026, 1, 42, 0)]
    assert plans[2].supersedes == plans[1]
    assert Task.objects.filter(plan=plans[3], carried_from__plan=plans[2]).count() == 39
    merged = Counter(TaskOrigin.objects.values_list("task__plan__year", flat=True))
    assert merged == {2025: 4, 2026: 2}


@pytest.mark.usefixtures("demo")
def test_tasks_stand_in_every_stage_the_office_works_on() -> None:
    running = Task.objects.filter(plan__year=2026, plan__group__code="341100")
    states = Counter(running.values_list("state", flat=True))
    assert states.keys() == {"active", "closed", "draft", "pending_approval", "closing", "verifying"}
    assert len(set(running.values_list("area__name", flat=True))) == 8
    single = ("draft", "pending_approval", "closing", "verifying")
    assert [states[name] for name in single] == [1, 1, 1, 1]
    ended = Task.objects.filter(plan__year=2025, plan__group__code="341100")
    assert set(ended.values_list("state", flat=True)) == {"archived", "suspended"}


@pytest.mark.usefixtures("demo")
def test_lives_of_tasks_are_told_in_the_moves_of_the_table() -> None:
    named = {*TASK_MOVE_BY_NAME, *PLAN_STEPS}
    told = set(TaskEvent.objects.values_list("move", flat=True))
    assert told - named == set()
    assert {"apply", "verify", "close", "archive", "suspend"} <= told
    closed = Task.objects.filter(is_demo=True, state__in=["closed", "archived"])
    assert closed.filter(done_on=None).count() == 0
    own = TaskEvent.objects.filter(move__in=NOT_BY_THE_APPLICANT, by__grants__role="liaison")
    assert own.count() == 0


@pytest.mark.usefixtures("demo")
def test_seats_passed_from_hand_to_hand() -> None:
    held = Tenure.objects.filter(seat__position_title="市政府联系工会工作的副市长").order_by("started_on")
    assert [row.person.name for row in held] == ["宋砚清", "康以南", "黎映雪"]
    assert all(one.ended_on < two.started_on for one, two in pairwise(held) if one.ended_on)


@pytest.mark.usefixtures("demo")
def test_honours_occur_with_and_without_totals() -> None:
    batches = HonorBatch.objects.filter(is_demo=True)
    assert (batches.count(), batches.filter(total=None).count()) == (12, 1)


@pytest.mark.usefixtures("demo")
def test_no_moment_lies_ahead_and_the_chain_is_whole() -> None:
    assert ReviewEvent.objects.filter(at__gt=clock.now()).count() == 0
    assert audit.verify() == []


@pytest.mark.usefixtures("demo")
def test_everything_published_was_done_between_opening_and_publishing() -> None:
    events = ReviewEvent.objects.filter(submission__round__published_at__isnull=False)
    for at, opened_at, published_at in events.values_list(
        "at", "submission__round__opened_at", "submission__round__published_at"
    ):
        assert opened_at <= at <= published_at


@pytest.mark.usefixtures("demo")
def test_the_integrity_check_finds_nothing_to_say() -> None:
    call_command("check_integrity")


def test_clearing_refuses_to_take_a_fact(demo: str) -> None:
    fact, invented = Task.objects.filter(is_demo=False)[0], Task.objects.filter(is_demo=True)[0]
    Task.objects.filter(pk=fact.pk).update(parent=invented)
    with pytest.raises(RuntimeError, match="是事实"):
        clear_demo()


@pytest.mark.usefixtures("demo")
def test_no_step_happened_before_the_one_it_follows() -> None:
    events = ReviewEvent.objects.order_by("submission", "pk").values_list("submission", "at")
    assert [one for one, two in pairwise(events) if one[0] == two[0] and one[1] > two[1]] == []


@pytest.mark.usefixtures("demo")
def test_nobody_signs_or_accepts_their_own() -> None:
    accepted = Submission.objects.filter(state="accepted")
    assert [row for row in accepted if row.accepted_by_id in (row.submitted_by_id, row.signed_by_id)] == []
    assert ProgressReport.objects.filter(submission__in=accepted, declared_status="").count() == 0
