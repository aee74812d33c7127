"""The leader's page: who may open it, what it says, and what it must never say."""

import re
from urllib.parse import quote

import pytest
from django.urls import resolve

from dashboards import links
from metrics.models import Indicator
from organization.models import RoleGrant, Unit
from quarters.queries.picture import published_picture
from tasks.models import Task
from tests import factories

pytestmark = pytest.mark.django_db
OPEN = "/dashboard/?round=2026Q3"


@pytest.fixture
def county(city_group):
    return factories.group(code="341126", name="凤阳县协调小组", parent=city_group)


@pytest.fixture
def county_leader(county):
    person = factories.user(username="county-leader", display_name="县领导")
    factories.grant(RoleGrant.Role.LEADER, user=person, group=county)
    return person


@pytest.mark.parametrize("person", ["leader", "office_clerk", "office_head"])
def test_readers_see_the_newest_round_with_accepted_reports(world, client_for, person):
    answer = client_for(world.people[person]).get("/dashboard/")
    assert (answer.status_code, answer.context["frame"].facts) == (
        200,
        "2026年三季度 · 截至2026年9月30日 · 期限按11月22日计",
    )


@pytest.mark.parametrize("person", ["lead_liaison", "signer", "stranger"])
def test_unit_people_are_told_whose_page_it_is(world, client_for, person):
    answer = client_for(world.people[person]).get("/dashboard/")
    assert answer.status_code == 403
    assert (
        "这项内容供协调小组办公室、办公室负责人、领导办理，您的账号没有这个角色。" in answer.content.decode()
    )


def test_an_auditor_is_refused(auditor, client_for):
    assert client_for(auditor).get("/dashboard/").status_code == 403


def test_without_a_round_the_page_says_what_comes_next(leader, client_for):
    answer = client_for(leader).get("/dashboard/")
    assert answer.status_code == 200
    assert "还没有开启过填报周期" in answer.content.decode()


@pytest.mark.parametrize(("asked", "status"), [("2026Q5", 400), ("三季度", 400), ("2025Q1", 404)])
def test_a_round_that_is_not_there_is_refused(world, client_for, asked, status):
    answer = client_for(world.people["leader"]).get("/dashboard/", {"round": asked})
    assert answer.status_code == status


def test_an_unreadable_round_is_named(world, client_for):
    page = client_for(world.people["leader"]).get("/dashboard/?round=2026Q5").content.decode()
    assert "“2026Q5”不是有效的季度，请写成“2026Q3”的形式。" in page


def test_a_county_leader_sees_the_own_group_only(world, county_leader, client_for):
    client = client_for(county_leader)
    answers = [client.get("/dashboard/").status_code, client.get("/dashboard/?group=341100").status_code]
    assert answers == [200, 404]


def test_a_county_leader_who_serves_a_city_unit_does_not_see_the_city(world, county_leader, client_for):
    factories.grant(RoleGrant.Role.LIAISON, user=county_leader, unit=world.lead_unit)
    assert client_for(county_leader).get("/dashboard/?group=341100").status_code == 404


def test_the_city_sees_a_county_once_it_has_published(world, county, client_for):
    client = client_for(world.people["leader"])
    assert "该协调小组还没有发布过季度进展" in client.get("/dashboard/?group=341126").content.decode()
    round_ = world.rounds["open"]
    round_.group = county
    round_.save(update_fields=["group"])
    assert client.get("/dashboard/?group=341126&round=2026Q3").status_code == 404


def test_an_unknown_group_is_not_found(world, client_for):
    assert client_for(world.people["leader"]).get("/dashboard/?group=999999").status_code == 404


def test_a_published_page_stays_as_it_was_published(world, client_for):
    client = client_for(world.people["leader"])
    Task.objects.filter(pk=world.tasks["accepted"].pk).update(title="改过的名称")
    Unit.objects.filter(pk=world.lead_unit.pk).update(short_name="改名局")
    page = client.get("/dashboard/tasks/?round=2026Q2").content.decode()
    line = published_picture(world.rounds["published"]).tasks[0]
    assert (line.title in page, "改过的名称" in page, "改名局" in page) == (True, False, False)


def test_missing_is_neither_zero_nor_green(world, client_for):
    page = client_for(world.people["leader"]).get(OPEN).content.decode()
    assert "tone-green" not in page.split('class="legend"')[0]
    assert "— / 110,000 人" in page


def test_labels_are_escaped_in_page_and_chart(world, client_for):
    Indicator.objects.update(name="<b>人才</b>")
    page = client_for(world.people["leader"]).get(OPEN).content.decode()
    assert "<b>人才</b>" not in page
    assert "&lt;b&gt;人才&lt;/b&gt;" in page


def test_tasks_behind_a_figure_are_listed(world, client_for):
    client = client_for(world.people["leader"])
    answer = client.get("/dashboard/tasks/?group=341100&round=2026Q3&light=unreported")
    assert answer.content.decode().count('class="light light-unreported">未报</span></td>') == 4


def test_tasks_filtered_to_nothing_say_so(world, client_for):
    page = client_for(world.people["leader"]).get("/dashboard/tasks/?light=done").content.decode()
    assert "没有符合条件的任务" in page


def test_honours_are_said_to_be_facts(world, client_for):
    kind = factories.honor_kind(name="全国劳动模范")
    factories.honor_batch(kind, year=2020, workers=3, share_printed="75%")
    page = client_for(world.people["leader"]).get(OPEN).content.decode()
    assert ("来自产改工作材料的事实" in page, "总数未列明" in page) == (True, True)


def test_written_addresses_are_those_of_the_url_configuration(world):
    period = world.rounds["open"].period
    uid = str(world.submissions["accepted"].uid)
    addresses = {
        links.HOME: "dashboards:home",
        links.TASKS: "dashboards:tasks",
        links.picture_url("341100", period, "areas"): "dashboards:picture",
        links.report_url(period, uid): "quarters:report",
        links.task_url(uid): "tasks:detail",
        links.indicator_url("code"): "metrics:detail",
    }
    assert {resolve(address.partition("?")[0]).view_name for address in addresses} == set(addresses.values())


def test_a_chart_is_kept_as_a_picture_that_says_what_it_shows(world, client_for):
    answer = client_for(world.people["leader"]).get("/dashboard/picture/areas/?group=341100&round=2026Q3")
    words = re.findall(r"<text[^>]*>([^<]+)", answer.content.decode())
    assert words[:5] == [
        "各领域进展", "2026年三季度 · 单位：项 · 截至2026年9月30日", "已办结", "达到序时", "黄",
    ]  # fmt: skip
    assert quote("各领域进展-2026年三季度.svg") in answer.headers["Content-Disposition"]
    assert "<a " not in answer.content.decode()


def test_a_chart_that_is_not_there_is_not_found(world, client_for):
    assert client_for(world.people["leader"]).get("/dashboard/picture/nothing/").status_code == 404


@pytest.mark.parametrize("round_", ["2026Q2", "2026Q3"])
def test_a_lasting_task_has_no_deadline_in_a_published_round_either(world, client_for, round_):
    Task.objects.update(frequency=Task.Frequency.LONG_TERM)
    page = client_for(world.people["leader"]).get(f"/dashboard/tasks/?round={round_}").content.decode()
    assert set(re.findall(r'data-label="完成时限">([^<]*)<', page)) == {"长期"}
