"""What a county's office reaches of the city's rows and of the registers all groups share: it looks, it keeps its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.models import AuditEvent
from organization.admin.units import UnitAdmin
from organization.models import CoordinationGroup, Person, RoleGrant
from tasks.models import AreaCrossing, Task
from tests import factories
from tests.core.test_register_import import confirm, faults, outcomes, upload_rows
from tests.people import post

pytestmark = pytest.mark.django_db
PERSONS = "organization_person"


@pytest.fixture
def county(city_group):
    return factories.group(code="341126", parent=city_group)


@pytest.fixture
def office(county, client_for):
    """The county's office, signed in."""
    person = factories.user(username="county-office")
    factories.grant(RoleGrant.Role.OFFICE, user=person, group=county)
    return client_for(person)


@pytest.fixture
def city_person(city_group):
    held = factories.tenure(seat=factories.seat(group=city_group), person=factories.person(name="闻人博"))
    return held.person


@pytest.fixture
def own_person(county):
    held = factories.tenure(seat=factories.seat(group=county), person=factories.person(name="公羊瑾"))
    return held.person


def change(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def offered(client, name: str) -> list[str]:
    return [str(row) for row in client.get(reverse(f"admin:{name}_changelist")).context["cl"].result_list]


def test_crosswalk_is_kept_by_the_city(office):
    area, section = factories.reform_area(code="skills"), factories.central_section(code="first")
    answers = [
        office.get("/areas/crosswalk/"),
        post(office, "/areas/crosswalk/", {"sections-skills": "first"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (office.get("/areas/").context["may_edit"], AreaCrossing.objects.count()) == (False, 0)
    crossing = factories.area_crossing(area=area, section=section)
    assert office.post(change(crossing), {}).status_code == 403


def test_section_of_a_task_is_the_business_of_its_own_office(office, county):
    section = factories.central_section(code="first")
    own = factories.task(plan=factories.plan(group=county))
    of_city = factories.task(plan=factories.plan(is_founding=True))
    answers = [post(office, f"/tasks/{row.uid}/section/", {"section": "first"}) for row in (own, of_city)]
    assert [answer.status_code for answer in answers] == [302, 403]
    assert list(Task.objects.filter(central_section=section)) == [own]
    assert office.get(f"/tasks/{of_city.uid}/").context["section_form"] is None


def test_documents_offer_no_way_that_refuses(office, client_for, office_clerk):
    document = factories.policy_document(code="03")
    addresses = [
        (
            client.get("/documents/").context["add_url"] != "",
            client.get(f"/documents/{document.code}/").context["edit_url"] != "",
        )
        for client in (office, client_for(office_clerk))
    ]
    assert addresses == [(False, False), (True, True)]
    assert office.post(change(document), {"title": "改"}).status_code == 403


def test_persons_are_those_of_the_own_seats(office, city_person, own_person, client_for, office_clerk):
    factories.person(name="材料中的人")
    assert offered(office, PERSONS) == ["公羊瑾"]
    assert len(offered(client_for(office_clerk), PERSONS)) == 3
    typed = {"name": "闻人博", "phone": "13800000000"}
    assert [office.post(change(row), typed).status_code for row in (city_person, own_person)] == [302, 302]
    assert list(Person.objects.filter(phone="13800000000")) == [own_person]


def test_person_of_two_groups_is_seen_and_kept_above(office, county, city_person):
    factories.tenure(seat=factories.seat(group=county), person=city_person)
    assert offered(office, PERSONS) == ["闻人博"]
    assert office.post(change(city_person), {"phone": "13800000000"}).status_code == 403
    heads = ("姓名", "职务（原文）", "电话")
    answer = upload_rows(office, heads, ("闻人博", "", "13800000000"), register=PERSONS)
    [fault] = faults(answer)
    assert fault[3].startswith("这个人在其他小组也担任席位")


def test_person_added_by_an_office_is_its_own(office, county):
    added = office.post(reverse(f"admin:{PERSONS}_add"), {"name": "新人"})
    assert (added.status_code, Person.objects.get().kept_by, offered(office, PERSONS)) == (
        302,
        county,
        ["新人"],
    )


def test_imported_person_is_a_new_one_beside_the_citys(office, county, city_person):
    heads = ("姓名", "职务（原文）", "电话")
    answer = upload_rows(office, heads, ("闻人博", "", "13800000000"), register=PERSONS)
    assert outcomes(office, answer) == [(2, "新增")]
    confirm(office, answer)
    assert set(Person.objects.values_list("kept_by", "phone")) == {(None, ""), (county.pk, "13800000000")}


def test_foreign_person_cannot_be_given_an_own_seat(office, county, city_person):
    seat = factories.seat(group=county)
    row = {
        "tenures-0-person": city_person.pk,
        "tenures-0-started_on": "2026-01-01",
        "tenures-0-seat": seat.pk,
    }
    counts = {"tenures-TOTAL_FORMS": 1, "tenures-INITIAL_FORMS": 0}
    typed = {"group": county.pk, "role": seat.role, "position_title": "县长", "rank": 1}
    assert office.post(change(seat), {**typed, **counts, **row}).status_code == 200
    typed = {"seat": seat.pk, "person": city_person.pk, "started_on": "2026-01-01"}
    assert office.post(reverse("admin:organization_tenure_add"), typed).status_code == 200
    assert not seat.tenures.exists()


def test_group_stays_where_it_stands_in_the_tree(office, county, city_group):
    typed = {"name": "改名", "code": "x", "level": "city", "parent": "", "office_unit": county.office_unit_id}
    counts = {"terms-TOTAL_FORMS": 0, "terms-INITIAL_FORMS": 0}
    assert office.post(change(county), {**typed, **counts}).status_code == 302
    kept = CoordinationGroup.objects.get(pk=county.pk)
    assert (kept.name, kept.code, kept.level, kept.parent) == ("改名", "341126", "county", city_group)
    assert office.get(reverse("admin:organization_coordinationgroup_add")).status_code == 403


def test_unit_of_the_city_is_refused_with_its_reason(office, lead_unit):
    heads = ("单位代码", "单位名称", "简称", "类别")
    rows = (("lead-unit", "改名", "改名", "市直部门"), ("new-unit", "县新局", "县新局", "市直部门"))
    answer = upload_rows(office, heads, *rows, register="organization_unit")
    assert [(row, remedy) for row, *_, remedy in faults(answer)] == [(2, UnitAdmin.import_refused)]


SHARED = {
    "organization_unitset": factories.unit_set,
    "organization_unitalias": factories.unit_alias,
    "organization_unitname": factories.unit_name,
    "tasks_policydocument": factories.policy_document,
    "tasks_reformarea": factories.reform_area,
    "tasks_clause": factories.clause,
    "metrics_indicator": factories.indicator,
    "honors_honorkind": factories.honor_kind,
    "honors_honorbatch": factories.honor_batch,
}


@pytest.mark.parametrize("name", SHARED)
def test_shared_registers_refuse_every_way_of_writing(office, name):
    row = SHARED[name]()
    addresses = [change(row), reverse(f"admin:{name}_add"), reverse(f"admin:{name}_delete", args=[row.pk])]
    assert [office.post(address, {"post": "yes"}).status_code for address in addresses] == [403] * 3
    assert not AuditEvent.objects.filter(action__startswith="后台").exists()


def test_rows_of_the_citys_plans_cannot_be_named(office, city_group):
    task, indicator = factories.task(plan=factories.plan(group=city_group)), factories.indicator()
    linked = {"task": task.pk, "indicator": indicator.pk}
    aimed = {
        "indicator": indicator.pk,
        "group": city_group.pk,
        "year": 2026,
        "wording": "1",
        "comparator": ">=",
    }
    pages = [
        office.post(reverse("admin:metrics_taskindicator_add"), linked),
        office.post(reverse("admin:metrics_target_add"), aimed),
    ]
    refused = [list(page.context["adminform"].form.errors) for page in pages]
    assert refused == [["task"], ["group"]]
