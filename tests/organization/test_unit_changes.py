"""The office's pages on a unit: rename, end, successor, spellings, collective names."""

import datetime as dt

import pytest

from organization.models import Unit, UnitSet
from tests import factories
from tests.people import post

pytestmark = pytest.mark.django_db
RENAME, END, SUCCESSOR, ALIASES = (
    f"/units/lead-unit/{page}/" for page in ("rename", "end", "successor", "aliases")
)
DAY = "2026年6月30日"


@pytest.fixture
def office(client_for, office_clerk, lead_unit):
    return client_for(office_clerk)


def kept(code="lead-unit") -> Unit:
    return Unit.objects.get(code=code)


@pytest.mark.parametrize("url", [RENAME, END, SUCCESSOR, ALIASES])
def test_pages_open_for_the_office_alone(client_for, office, leader, stranger, url):
    found = [client.get(url).status_code for client in (office, client_for(leader), client_for(stranger))]
    assert found == [200, 403, 403]
    assert office.get(url.replace("lead-unit", "nowhere")).status_code == 404


def test_rename_through_the_page(office):
    typed = {"name": "市人力社保局", "short_name": "市人社", "on": DAY, "lock_version": 1}
    answer = post(office, RENAME, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/units/lead-unit/")
    assert [span.name for span in office.get("/units/lead-unit/").context["page"].names] == [
        "市人社局",
        "市人力社保局",
    ]


def test_the_same_form_twice_renames_once(office):
    typed = {"name": "市人力社保局", "short_name": "市人社", "on": DAY, "lock_version": 1}
    token = {"submit_token": "6f1c2f5e-0a63-4a3c-9d3e-2d1f8f7b1c11"}
    assert [post(office, RENAME, typed | token).status_code for _ in range(2)] == [302, 302]
    assert kept().names.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"on": "六月"}, "on", "“六月”不是日期，请写成“2026-09-30”或“2026年9月30日”。"),
        ({"on": ""}, "on", "请填写新名称的启用日期。"),
        ({"is_correction": "on"}, "on", "更正登记错误不填启用日期；如确有更名，请取消勾选。"),
        ({"name": "市教体局"}, "__all__", "“市教体局”已使用这个名称或简称，请换一个。"),
    ],
)
def test_a_wrong_rename_is_explained_beside_its_field(office, assisting_unit, typed, field, sentence):
    good = {"name": "市人力社保局", "short_name": "市人社", "on": DAY, "lock_version": 1}
    page = post(office, RENAME, good | typed)
    assert (page.status_code, page.context["form"].errors[field]) == (200, [sentence])
    assert kept().name == "市人社局"


def test_a_stale_window_gets_409(office):
    Unit.objects.filter(code="lead-unit").update(lock_version=2)
    typed = {"name": "市人力社保局", "short_name": "市人社", "on": DAY, "lock_version": 1}
    assert post(office, RENAME, typed).status_code == 409


def test_end_closes_memberships_and_names_the_successor(office, assisting_unit):
    typed = {"on": DAY, "successor": "assisting-unit", "confirmed": "on", "lock_version": 1}
    assert post(office, END, typed).status_code == 302
    unit = kept()
    assert (unit.valid_to, unit.succeeded_by) == (dt.date(2026, 6, 30), assisting_unit)
    assert unit.memberships.get().ended_on == dt.date(2026, 6, 30)
    page = office.get("/units/assisting-unit/").context["page"]
    assert page.predecessors == [unit]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"on": "2026-11-23"}, "终止日期不能晚于今天，请在单位终止后再登记。"),
        ({"on": "2009-01-01"}, "终止日期不能早于设立日期（2010年1月1日）。"),
    ],
)
def test_a_wrong_end_is_refused(office, typed, sentence):
    Unit.objects.filter(code="lead-unit").update(valid_from=dt.date(2010, 1, 1))
    page = post(office, END, {"confirmed": "on", "lock_version": 1} | typed)
    assert page.context["form"].non_field_errors() == [sentence]
    assert kept().valid_to is None


def test_an_end_asks_for_its_tick(office):
    page = post(office, END, {"on": DAY, "lock_version": 1})
    assert page.context["form"].errors == {"confirmed": ["请核对后勾选，再确认终止。"]}


def test_a_unit_that_houses_an_office_does_not_end(client_for, office_clerk, city_group):
    client = client_for(office_clerk)
    housing = f"/units/{city_group.office_unit.code}/end/"
    assert "的办公室设在该单位" in client.get(housing).content.decode()
    post(client, housing, {"on": DAY, "confirmed": "on", "lock_version": 1})
    assert kept(city_group.office_unit.code).valid_to is None


def test_an_ended_unit_does_not_end_twice(office):
    Unit.objects.filter(code="lead-unit").update(valid_to=dt.date(2026, 1, 1))
    assert "这个单位已经终止" in office.get(END).content.decode()
    post(office, END, {"on": DAY, "confirmed": "on", "lock_version": 1})
    assert kept().valid_to == dt.date(2026, 1, 1)


def test_a_successor_is_recorded_later_and_never_in_a_circle(office, assisting_unit):
    Unit.objects.filter(code="lead-unit").update(valid_to=dt.date(2026, 1, 1))
    assert post(office, SUCCESSOR, {"successor": "assisting-unit", "lock_version": 1}).status_code == 302
    Unit.objects.filter(code="assisting-unit").update(valid_to=dt.date(2026, 2, 1))
    back = post(office, "/units/assisting-unit/successor/", {"successor": "lead-unit", "lock_version": 1})
    assert back.context["form"].non_field_errors() == ["市人社局由市教体局承接，不能反过来承接它。"]


def test_a_living_unit_has_no_successor(office, assisting_unit):
    page = post(office, SUCCESSOR, {"successor": "assisting-unit", "lock_version": 1})
    assert page.context["form"].non_field_errors() == ["承接单位只登记在已终止的单位上，请先办理终止。"]


def test_spellings_are_added_and_taken_away(office):
    assert post(office, ALIASES, {"alias": "市人力资源和社会保障局"}).status_code == 302
    assert office.get(ALIASES).context["aliases"] == ["市人力资源和社会保障局"]
    post(office, f"{ALIASES}remove/", {"alias": "市人力资源和社会保障局"})
    assert "还没有登记别名" in office.get(ALIASES).content.decode()


def test_a_taken_spelling_is_explained(office):
    page = post(office, ALIASES, {"alias": "lead-unit"})
    wanted = "“lead-unit”已是本单位的名称、简称、代码或别名，请换一个写法。"
    assert page.context["form"].errors == {"alias": [wanted]}


def test_a_spelling_taken_away_twice_is_said(office):
    assert post(office, f"{ALIASES}remove/", {"alias": "没有的"}).status_code == 409


def test_collective_names_through_the_page(office):
    assert "还没有登记统称" in office.get("/units/sets/").content.decode()
    post(office, "/units/sets/", {"name": "市直各部门"})
    post(office, "/units/sets/add/", {"whole": "市直各部门", "unit": "lead-unit"})
    [row] = office.get("/units/sets/").context["rows"]
    assert (row.whole.name, [unit.code for unit in row.units]) == ("市直各部门", ["lead-unit"])
    post(office, "/units/sets/remove/", {"whole": "市直各部门", "unit": "lead-unit"})
    assert UnitSet.objects.get().members.count() == 0


def test_readers_see_collective_names_and_change_none(client_for, stranger, lead_unit):
    factories.unit_set(lead_unit, name="市直各部门")
    client = client_for(stranger)
    assert "登记统称" not in client.get("/units/sets/").content.decode()
    assert post(client, "/units/sets/", {"name": "另一个"}).status_code == 403
    assert post(client, "/units/sets/add/", {"whole": "市直各部门", "unit": "lead-unit"}).status_code == 403


def test_collective_names_cost_the_same_for_one_and_three(office, django_assert_num_queries):
    for wanted, more in ((1, 1), (3, 2)):
        for _ in range(more):
            factories.unit_set(factories.unit(), factories.unit())
        with django_assert_num_queries(6):
            assert len(office.get("/units/sets/").context["rows"]) == wanted
