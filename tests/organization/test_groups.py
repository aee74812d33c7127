"""The group on a day: terms, seats with predecessors, members, the switch; and the contact directory."""

import datetime as dt

import pytest

from organization.models import Seat, User
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
CONTACTS = "/group/contacts/"


@pytest.fixture
def held_seat(city_group):
    seat = factories.seat(group=city_group, role=Seat.Role.HEAD, position_title="市委副书记")
    for name, began, ended in (("甲", 2020, 2023), ("乙", 2024, None)):
        factories.tenure(
            seat=seat,
            person=factories.person(name=name, phone=f"05503{began}"),
            started_on=dt.date(began, 1, 1),
            ended_on=dt.date(ended, 12, 31) if ended else None,
        )
    return seat


@pytest.mark.parametrize(
    ("day", "holder", "former"),
    [
        ("2022-05-01", "甲", ""),
        ("2023年12月31日", "甲", ""),
        ("", "乙", "甲（2020年1月1日至2023年12月31日）"),
        ("2019-01-01", "材料未列明任职人员", ""),
        ("2024-01-01", "乙", "甲（2020年1月1日至2023年12月31日）"),
    ],
)
def test_seats_on_a_day(client_for, leader, held_seat, day, holder, former):
    [row] = client_for(leader).get("/group/", {"on": day}).context["page"].seats
    assert (row.holder_text, row.former_text) == (holder, former)


def test_a_seat_whose_holder_has_left_is_vacant(client_for, leader, held_seat):
    held_seat.tenures.filter(ended_on=None).update(ended_on=dt.date(2025, 6, 30))
    [row] = client_for(leader).get("/group/", {"on": "2025-07-01"}).context["page"].seats
    assert row.holder_text == "空缺"


def test_a_wrong_day_is_named_and_today_is_shown(client_for, leader, held_seat):
    page = client_for(leader).get("/group/", {"on": "昨天"})
    assert page.context["day"].errors["on"] == ["“昨天”不是日期，请写成“2026-09-30”或“2026年9月30日”。"]
    assert page.context["page"].on == dt.date(2026, 11, 22)


def test_members_and_the_name_of_a_past_day(client_for, leader, city_group, lead_unit):
    factories.group_term(group=city_group, name="旧名", ended_on=dt.date(2018, 3, 31))
    factories.group_term(group=city_group, name="今名", started_on=dt.date(2018, 4, 1))
    lead_unit.memberships.update(started_on=dt.date(2018, 4, 1), is_main_responsible=True)
    client = client_for(leader)
    for day, name, members in (("2018-01-01", "旧名", []), ("2026-01-01", "今名", [lead_unit])):
        page = client.get("/group/", {"on": day}).context["page"]
        assert (page.term_then.name, [member.unit for member in page.main_units]) == (name, members)


def test_an_invented_group_is_not_said_to_stand_in_a_document(client_for, leader, city_group):
    county = factories.group(code="341126", parent=city_group, is_demo=True)
    factories.group_term(group=county, main_unit_count=5)
    factories.group_member(group=county, is_main_responsible=True, is_demo=True)
    page = client_for(leader).get("/group/", {"group": "341126"}).context["page"]
    assert page.main_unit_sentence == "1家主要责任单位。"


def test_whoever_sees_several_groups_may_switch(client_for, leader, city_group):
    county = factories.group(code="341126", parent=city_group)
    client = client_for(leader)
    assert client.get("/group/").context["page"].visible == [city_group, county]
    below = client.get("/group/", {"group": "341126"}).context["page"]
    assert (below.group, below.above) == (county, city_group)


def test_directory_has_office_leaders_and_members_people(
    client_for, leader, office_clerk, lead_liaison, signer, held_seat
):
    factories.grant(user=factories.user(), unit=factories.unit(name="不是成员"))
    page = client_for(leader).get(CONTACTS)
    found = [(row.name, row.place) for row in page.context["rows"]]
    group = held_seat.group.name
    assert found == [
        (office_clerk.display_name, group),
        (leader.display_name, group),
        (lead_liaison.display_name, "市人社局"),
        (signer.display_name, "市人社局"),
    ]
    assert [(row.name, row.phone) for row in page.context["seats"]] == [("乙", "055032024")]


@pytest.mark.parametrize(
    ("query", "count", "seats"),
    [
        ({"role": "liaison"}, 1, 0),
        ({"unit": "lead-unit"}, 2, 0),
        ({"q": "3058"}, 1, 0),
        ({"q": "人社"}, 2, 0),
        ({"q": "书记"}, 0, 1),
        ({"q": "没有"}, 0, 0),
        ({"unit": "nowhere", "role": "king", "sort": "password", "page": "x"}, 4, 1),
    ],
)
def test_directory_is_searched(
    client_for, leader, office_clerk, lead_liaison, signer, held_seat, query, count, seats
):
    User.objects.filter(pk=signer.pk).update(phone="13958000000")
    User.objects.filter(pk=signer.pk).update(phone="0550-3058001")
    page = client_for(leader).get(CONTACTS, query)
    assert (len(page.context["rows"]), len(page.context["seats"])) == (count, seats)


def test_empty_directory_says_what_to_do(client_for, leader):
    assert "没有符合条件的人员" in client_for(leader).get(CONTACTS, {"q": "没有"}).content.decode()


def test_directory_leaves_as_a_workbook(client_for, leader, lead_liaison, held_seat):
    sheet = rows_of(client_for(leader).get(f"{CONTACTS}export/", {"sort": "-role"}))
    assert [row[0] for row in sheet] == ["姓名", "乙", lead_liaison.display_name, leader.display_name]
    assert [row[1] for row in sheet] == ["人员类别", "小组组成人员", "办事人员", "办事人员"]
    assert sheet[1][4] == "055032024"


@pytest.mark.parametrize("url", [CONTACTS, f"{CONTACTS}export/"])
def test_phones_are_for_people_of_the_group(client_for, lead_liaison, auditor, url):
    county = factories.group(code="341126")
    outsider = factories.grant("leader", group=county).user
    found = [
        client_for(lead_liaison).get(url, {"group": "341126"}).status_code,
        client_for(outsider).get(url, {"group": "341100"}).status_code,
        client_for(factories.user()).get(url).status_code,
        client_for(auditor).get(url).status_code,
        client_for(outsider).get(url).status_code,
    ]
    assert found == [404, 404, 403, 403, 200]


def test_directory_costs_the_same_for_one_and_three(client_for, leader, lead_unit, django_assert_num_queries):
    client = client_for(leader)
    for wanted, more in ((2, 1), (4, 2)):
        for _ in range(more):
            factories.grant(unit=lead_unit)
            factories.tenure(seat=factories.seat(group=lead_unit.groups.get()))
        with django_assert_num_queries(8):
            assert len(client.get(CONTACTS).context["rows"]) == wanted


def test_phones_of_a_unit_are_hidden_from_other_groups(client_for, stranger, lead_unit, lead_liaison):
    User.objects.filter(pk=lead_liaison.pk).update(phone="0550-3058001")
    outsider = factories.grant("leader", group=factories.group(code="341126")).user
    found = [
        "0550-3058001" in client_for(person).get("/units/lead-unit/").content.decode()
        for person in (stranger, outsider, factories.user())
    ]
    assert found == [True, False, False]


def test_people_of_a_unit_on_a_past_day(client_for, leader, lead_unit, lead_liaison, held_seat):
    held_seat.unit = lead_unit
    held_seat.save()
    page = client_for(leader).get("/units/lead-unit/", {"on": "2022-01-01"}).context["page"]
    assert (page.people, [row.holder_text for row in page.seats]) == ([], ["甲"])
