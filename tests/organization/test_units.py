"""The register of units, the page of one, and the group's page."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse

from core.models import AuditEvent
from organization.models import Seat, Unit
from organization.queries.groups import main_unit_sentence
from tests import factories

pytestmark = pytest.mark.django_db
UNITS = "/units/"


def names(page) -> list[str]:
    return [unit.name for unit, *_ in page.context["rows"]]


def test_register_shows_units_in_the_official_order(client_for, leader, lead_unit, assisting_unit):
    lead_unit.memberships.update(is_main_responsible=True)
    page = client_for(leader).get(UNITS)
    parts = {unit.name: part for unit, part, _ in page.context["rows"]}
    assert names(page)[:2] == ["市人社局", "市教体局"]
    assert (parts["市人社局"], parts["市教体局"]) == ("主要责任单位", "成员单位")


def test_register_costs_the_same_for_one_and_three_rows(
    client_for, leader, city_group, django_assert_num_queries
):
    client = client_for(leader)
    with django_assert_num_queries(5):
        assert len(names(client.get(UNITS))) == 1
    factories.group_member(), factories.group_member(unit=factories.unit(section=factories.section()))
    with django_assert_num_queries(5):
        assert len(names(client.get(UNITS))) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "park"}, ["苏滁高新区"]),
        ({"q": "人社"}, ["市人社局"]),
        ({"q": "人力资源"}, ["市人社局"]),
        ({"q": "旧称"}, ["市人社局"]),
        ({"q": "%"}, []),
        ({"kind": "county"}, []),
        ({"sort": "-name", "kind": "department"}, ["市教体局", "市人社局"]),
    ],
)
def test_register_filters_searches_and_sorts(client_for, leader, lead_unit, assisting_unit, query, found):
    factories.unit_alias(unit=lead_unit, alias="市人力资源和社会保障局")
    factories.unit_name(unit=lead_unit, name="旧称局", ended_on=dt.date(2018, 1, 1))
    factories.unit(name="苏滁高新区", kind=Unit.Kind.PARK)
    assert names(client_for(leader).get(UNITS, query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"part": "main"}, ["市人社局"]),
        ({"part": "member"}, ["市人社局", "市教体局"]),
        ({"part": "none", "kind": "park"}, ["苏滁高新区"]),
        ({"part": "none", "kind": "park", "standing": "in_force"}, []),
        ({"standing": "ended"}, ["苏滁高新区"]),
        ({"standing": "ended", "on": "2020-01-01"}, []),
        ({"standing": "in_force", "on": "2020年1月1日", "kind": "park"}, ["苏滁高新区"]),
        ({"staff": "liaison", "part": "member"}, ["市教体局"]),
        ({"staff": "signer", "part": "member"}, ["市人社局", "市教体局"]),
    ],
)
def test_register_asks_for_part_standing_and_people(
    client_for, leader, lead_unit, assisting_unit, lead_liaison, query, found
):
    lead_unit.memberships.update(is_main_responsible=True)
    factories.unit(name="苏滁高新区", kind=Unit.Kind.PARK, valid_to=dt.date(2024, 12, 31))
    assert names(client_for(leader).get(UNITS, query)) == found


def test_register_shows_the_name_of_a_past_day(client_for, leader, lead_unit):
    factories.unit_name(unit=lead_unit, name="市劳动局", ended_on=dt.date(2018, 1, 1))
    client = client_for(leader)
    found = [client.get(UNITS, {"on": day}).context["rows"][0][0].name_then for day in ("2017-06-01", "")]
    assert found == ["市劳动局", None]


@pytest.mark.parametrize(
    "query", [{"kind": "palace"}, {"q": "长" * 41}, {"sort": "password"}, {"page": "9e9"}]
)
def test_bad_query_narrows_nothing(client_for, leader, lead_unit, query):
    page = client_for(leader).get(UNITS, query)
    assert (page.status_code, len(names(page))) == (200, 2)


def test_bad_query_says_what_is_wrong(client_for, leader, lead_unit):
    page = client_for(leader).get(UNITS, {"kind": "palace"})
    assert page.context["filter"].errors == {"kind": ["选择一个有效的选项。 palace 不在可用的选项中。"]}


def test_empty_register_says_what_to_do(client_for, leader):
    page = client_for(leader).get(UNITS, {"q": "没有这个单位"})
    assert "没有符合条件的单位" in page.content.decode()


@pytest.mark.parametrize("person", ["sysadmin", "secadmin", "auditor"])
@pytest.mark.parametrize("url", ["/units/", "/units/export/", "/units/lead-unit/", "/group/"])
def test_administrators_do_not_read_the_business(client_for, request, lead_unit, person, url):
    answer = client_for(request.getfixturevalue(person)).get(url)
    assert answer.status_code == 403
    assert "这项内容供业务账号使用" in answer.content.decode()


def test_export_holds_the_rows_of_the_page(client_for, leader, lead_unit, assisting_unit):
    factories.unit(name="=1+1", kind=Unit.Kind.PARK)
    answer = client_for(leader).get("/units/export/", {"sort": "-position"})
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    column = [cell.value for cell in sheet["A"]]
    assert (column[0], column[1], len(column)) == ("单位名称", "=1+1", 5)
    assert sheet["A2"].data_type == "s"
    assert AuditEvent.objects.get().action == "导出表格"


def test_unit_page_shows_what_the_register_knows(client_for, stranger, lead_unit, lead_liaison, signer):
    factories.unit_alias(unit=lead_unit, alias="市人力资源和社会保障局")
    factories.unit_name(
        unit=lead_unit, name="市劳动局", ended_on=dt.date(2009, 1, 1), started_on=dt.date(1990, 1, 1)
    )
    factories.unit_set(lead_unit, name="市直各部门")
    answer = client_for(stranger).get(lead_unit.get_absolute_url())
    page = answer.context["page"]
    assert [(span.name, span.started) for span in page.names] == [
        ("市劳动局", "1990年1月1日"),
        ("市人社局", "2009年1月2日"),
    ]
    assert [grant.user for grant in page.people] == [lead_liaison, signer]
    assert answer.context["tasks_url"] == "/tasks/units/lead-unit/"
    text = answer.content.decode()
    assert all(
        word in text for word in ("市人力资源和社会保障局", "1990年1月1日", "市直各部门", "加入日期未列明")
    )


def test_unit_page_costs_the_same_for_one_and_three_rows(
    client_for, leader, lead_unit, lead_liaison, django_assert_num_queries
):
    client = client_for(leader)
    for more in range(2):
        with django_assert_num_queries(12):
            assert client.get(lead_unit.get_absolute_url()).status_code == 200
        for _ in range(2):
            factories.unit_alias(unit=lead_unit)
            factories.grant("signer", unit=lead_unit)
            factories.unit_set(lead_unit)
            factories.group_member(unit=lead_unit, group=factories.group(code=f"34112{more}{_}"))


def test_unknown_unit_is_404(client_for, leader):
    assert client_for(leader).get("/units/nowhere/").status_code == 404


@pytest.mark.parametrize(
    ("stated", "named", "sentence"),
    [
        (8, 5, "8家主要责任单位，材料列名5家，另有3家未在材料中列名。"),
        (8, 8, "8家主要责任单位，材料已全部列名。"),
        (None, 0, "材料未列明主要责任单位。"),
        (None, 2, "材料未列明主要责任单位总数，已登记2家。"),
    ],
)
def test_sentence_of_the_main_units(stated, named, sentence):
    assert main_unit_sentence(stated, named) == sentence


def test_group_page_shows_names_seats_and_people_named(client_for, leader, city_group, lead_unit):
    factories.group_term(group=city_group, ended_on=dt.date(2018, 3, 31))
    factories.group_term(
        group=city_group,
        name="更名后的小组",
        started_on=dt.date(2018, 4, 1),
        started_printed="2018-04",
        main_unit_count=8,
    )
    lead_unit.memberships.update(is_main_responsible=True)
    factories.seat(group=city_group, role=Seat.Role.HEAD, position_title="市委副书记", rank=1)
    held = factories.seat(group=city_group, position_title="副市长", rank=2)
    holder = factories.tenure(seat=held, person=factories.person(name="王五")).person
    factories.person(name="高怀忠", post_as_printed="市总工会主席")
    page = client_for(leader).get("/group/").context["page"]
    assert [term.started_printed for term in page.terms] == ["2017年9月", "2018-04"]
    assert [row.holder_text for row in page.seats] == ["材料未列明任职人员", holder.name]
    assert [person.name for person in page.named_persons] == ["高怀忠"]
    assert page.main_unit_sentence == "8家主要责任单位，材料列名1家，另有7家未在材料中列名。"


def test_group_page_costs_the_same_for_one_and_three_rows(
    client_for, leader, city_group, django_assert_num_queries
):
    client = client_for(leader)
    for _ in range(2):
        factories.seat(group=city_group)
        factories.group_member(group=city_group, is_main_responsible=True)
        factories.group_term(group=city_group, started_on=dt.date(2017 + _, 1, 1))
        with django_assert_num_queries(10):
            assert client.get("/group/").status_code == 200


def test_empty_group_page_says_so(client_for, leader, city_group):
    text = client_for(leader).get("/group/").content.decode()
    assert all(word in text for word in ("没有登记届次", "没有登记席位", "材料未列明主要责任单位。"))


@pytest.mark.parametrize("code", ["341122", "nowhere", "' or 1=1"])
def test_strange_group_is_404(client_for, lead_liaison, code):
    factories.group(code="341122")
    assert client_for(lead_liaison).get("/group/", {"group": code}).status_code == 404


def test_leader_of_the_city_looks_down_never_up(client_for, leader, city_group):
    county = factories.group(code="341122", parent=city_group)
    below = factories.user()
    factories.grant("leader", user=below, group=county)
    assert client_for(leader).get("/group/", {"group": "341122"}).context["page"].group == county
    assert client_for(below).get("/group/").context["page"].group == county
    assert client_for(below).get("/group/", {"group": "341100"}).status_code == 404
    assert client_for(leader).get(reverse("organization:group")).context["page"].below == [county]
