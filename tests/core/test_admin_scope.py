"""Whose rows the data maintenance shows: each office its own group's; administrators and leaders nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.models import AuditEvent
from organization.models import RoleGrant
from tasks.models import Plan, Task
from tests import factories
from tests.core.test_register_import import faults, upload_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(city_group):
    return factories.group(code="341126", parent=city_group)


@pytest.fixture
def county_clerk(county):
    person = factories.user(username="county-office")
    factories.grant(RoleGrant.Role.OFFICE, user=person, group=county)
    return person


@pytest.fixture
def clients(office_clerk, county_clerk, client_for):
    return client_for(office_clerk), client_for(county_clerk)


def shown(client, name: str) -> list[str]:
    page = client.get(reverse(f"admin:{name}_changelist"))
    return [str(row) for row in page.context["cl"].result_list]


def test_each_office_sees_the_plans_tasks_and_targets_of_its_group(clients, city_group, county):
    for group, word in ((city_group, "市"), (county, "县")):
        plan = factories.plan(group=group, name=f"{word}计划")
        factories.task(plan=plan, title=f"{word}任务", state="draft")
        factories.target(indicator=factories.indicator(name=f"{word}指标"), group=group)
    for client, word in zip(clients, "市县", strict=True):
        assert shown(client, "tasks_plan") == [f"{word}计划"]
        assert shown(client, "tasks_task") == [f"{word}任务"]
        assert [target[:1] for target in shown(client, "metrics_target")] == [word]


def test_another_groups_task_is_not_there(clients, county):
    task = factories.task(plan=factories.plan(group=county), state="draft")
    url = reverse("admin:tasks_task_change", args=[task.pk])
    assert [client.get(url).status_code for client in clients] == [302, 200]


def test_another_groups_plan_cannot_be_named(clients, county, city_group):
    factories.plan(group=county, name="县计划"), factories.reform_area()
    heads = ("计划", "编号", "任务名称", "改革领域")
    answer = upload_rows(clients[0], heads, ("县计划", "1", "任务", "素质提升"), register="tasks_task")
    assert [(column, remedy[:8]) for _, column, _, remedy in faults(answer)] == [("计划", "没有找到这个计划")]
    form = {"name": "甲", "year": 2026, "last_year": 2026, "version_no": 1, "group": county.pk}
    page = clients[0].post(reverse("admin:tasks_plan_add"), form)
    assert (
        list(page.context["adminform"].form.errors),
        Plan.objects.count(),
    ) == (["group"], 1)


def test_registers_all_share_are_kept_by_the_city(clients):
    for name in ("metrics_indicator", "honors_honorkind", "tasks_lightrule", "reporting_workcalendar"):
        codes = [client.get(reverse(f"admin:{name}_add")).status_code for client in clients]
        assert (name, codes) == (name, [200, 403])
    assert clients[1].get(reverse("admin:metrics_indicator_changelist")).status_code == 200
    assert clients[1].get(reverse("admin:metrics_indicator_import")).status_code == 403


def test_city_sees_the_groups_below_and_their_seats(clients, county, city_group):
    factories.seat(group=county, position_title="县长")
    factories.seat(group=city_group, position_title="市长")
    assert [len(shown(client, "organization_seat")) for client in clients] == [2, 1]
    assert [len(shown(client, "organization_coordinationgroup")) for client in clients] == [2, 1]


@pytest.mark.parametrize("person", ["sysadmin", "secadmin", "auditor", "leader", "lead_liaison", "signer"])
def test_nobody_else_has_a_register(request, client_for, person):
    client = client_for(request.getfixturevalue(person))
    for name in ("tasks_task", "metrics_observation", "organization_unit", "reporting_submission"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code in (302, 403)


def test_history_speaks_in_words(clients):
    area = factories.reform_area()
    task = factories.task(state="draft", area=factories.reform_area(code="x"))
    old = task.area
    form = {
        "code": task.code,
        "title": "新名称",
        "kind": "quality",
        "frequency": "quarter",
        "plan": task.plan_id,
        "area": area.pk,
        "seen_version": task.lock_version,
    }
    parts = {
        f"{part}-{count}_FORMS": 0 for part in ("assignments", "milestones") for count in ("TOTAL", "INITIAL")
    }
    url = reverse("admin:tasks_task_change", args=[task.pk])
    assert clients[0].post(url, {**form, **parts}).status_code == 302
    assert (Task.objects.get().area, AuditEvent.objects.count()) == (area, 1)
    [entry] = clients[0].get(reverse("admin:tasks_task_history", args=[task.pk])).context["entries"]
    changes = {change.name: (change.before, change.after) for change in entry.changes}
    assert changes["改革领域"] == (old.name, area.name)
    assert changes["任务名称"] == (task.title, "新名称")


def test_front_page_is_arranged_by_work(clients):
    page = clients[0].get("/admin/").content.decode()
    works = [
        page.index(f"<h2>{work}</h2>") for work in ("计划与任务", "指标与数据", "荣誉与产业", "单位与人员")
    ]
    assert works == sorted(works)
    assert page.count('href="/admin/tasks/task/import/"') == 1
