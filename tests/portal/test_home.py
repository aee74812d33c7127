"""The first page of each role, the library and the guide."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization.models import RoleGrant
from reporting.models import ReportingRound
from tests import factories
from tests.world import add_task

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("leader", "/dashboard/"),
        ("lead_liaison", "/my/"),
        ("signer", "/my/"),
        ("auditor", "/audit/"),
        ("sysadmin", "/accounts/"),
        ("secadmin", "/grants/"),
    ],
)
def test_home_leads_each_role_to_its_work(person, address, request, client_for):
    answer = client_for(request.getfixturevalue(person)).get("/")
    assert (answer.status_code, answer.url) == (302, address)


def test_a_person_without_a_role_learns_whom_to_ask(city_group, client_for):
    page = client_for(factories.user()).get("/").content.decode()
    assert "由协调小组办公室（设在市总工会）确认后，安全管理员授予角色" in page


def test_an_assessor_learns_when_there_is_work(city_group, client_for):
    person = factories.user()
    factories.grant(RoleGrant.Role.ASSESSOR, user=person, group=city_group)
    assert "目前没有需要您评分的内容" in client_for(person).get("/").content.decode()


def test_the_office_sees_what_waits(world, client_for):
    desk = client_for(world.people["office_clerk"]).get("/").context["desk"]
    [row] = desk.rounds
    assert (row.owed, row.accepted, row.in_review, row.overdue) == (8, 1, 2, 0)
    assert (len(desk.waiting), desk.drafts, desk.is_head) == (2, 1, False)


def test_after_the_due_date_what_is_missing_is_overdue(world, client_for, settings):
    settings.PORTAL_TODAY = "2026-11-28"
    [row] = client_for(world.people["office_clerk"]).get("/").context["desk"].rounds
    assert (row.overdue, row.overdue_units, row.is_ready) == (5, 1, False)


def test_the_head_sees_what_waits_for_approval(world, client_for):
    add_task(world, "50", "等待审定的任务", state="pending_approval")
    page = client_for(world.people["office_head"]).get("/").content.decode()
    assert "1项任务等待审定" in page


def test_an_office_without_a_round_learns_how_to_begin(office_clerk, client_for):
    ReportingRound.objects.all().delete()
    assert "没有进行中的填报周期" in client_for(office_clerk).get("/").content.decode()


def test_the_office_home_costs_the_same_for_few_and_many_tasks(world, client_for):
    client = client_for(world.people["office_clerk"])
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(30, 34):
        add_task(world, str(number), f"另一项{number}", state="draft")
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert (len(few), len(many)) == (6, 6)


def test_the_library_leads_to_the_registers(leader, client_for):
    page = client_for(leader).get("/library/").content.decode()
    assert [page.count(f'href="{url}"') for url in ("/documents/", "/areas/", "/group/", "/units/")] == [
        1,
        1,
        1,
        1,
    ]


def test_the_guide_shows_the_own_role_first(signer, client_for):
    guides = client_for(signer).get("/help/").context["guides"]
    assert guides[0].title == "单位审签人"


def test_the_guide_is_open_before_the_sign_in(client):
    assert client.get("/help/").status_code == 200


def steps_of(client) -> list[tuple[str, bool, bool]]:
    return [(step.label, step.is_done, step.is_next) for step in client.get("/").context["desk"].steps]


def test_an_office_with_facts_only_is_led_to_the_first_quarter(office_clerk, lead_unit, client_for):
    client = client_for(office_clerk)
    assert [label for label, is_done, _ in steps_of(client) if not is_done] == [
        *("建立年度计划", "登记任务", "确定分工", "送审", "审定", "交办", "签收", "开启填报"),
    ]
    factories.task(lead=lead_unit, state="pending_approval")
    assert [label for label, is_done, _ in steps_of(client) if is_done] == [
        *("建立年度计划", "登记任务", "确定分工", "送审"),
    ]
    assert [label for label, _, is_next in steps_of(client) if is_next] == ["审定"]


def test_every_first_step_leads_to_a_page(office_clerk, client_for):
    client = client_for(office_clerk)
    steps = client.get("/").context["desk"].steps
    assert {client.get(step.url).status_code for step in steps} == {200}


def test_a_running_quarter_needs_no_first_steps(world, client_for):
    assert client_for(world.people["office_clerk"]).get("/").context["desk"].steps == ()


def test_tasks_of_the_founding_text_are_no_drafts(office_clerk, client_for):
    factories.task(plan=factories.plan(year=2018, last_year=2021, is_founding=True), state="draft")
    client = client_for(office_clerk)
    assert client.get("/").context["desk"].drafts == 0
    assert client.get("/tasks/?plan=all&state=draft").context["rows"] == []
    assert [row.state_label for row in client.get("/tasks/?plan=all").context["rows"]] == ["材料任务"]


def test_the_head_is_led_to_a_round_that_may_be_published(world, client_for, settings):
    settings.PORTAL_TODAY = "2026-11-28"
    world.rounds["open"].submissions.in_review().update(state="returned", taken_at=None, taken_by=None)
    page = client_for(world.people["office_head"]).get("/").content.decode()
    assert "2026年三季度可以发布（7件按未报公布）" in page
