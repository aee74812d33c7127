"""Names of a unit over time, its spellings, and collective names: the rules of the actions."""

import datetime as dt

import pytest

from core import clock
from core.errors import NotAllowed, RuleViolation, StaleObject
from core.models import AuditEvent
from organization import actions
from organization.models import UnitAlias, UnitName
from tests import factories

pytestmark = pytest.mark.django_db
NEW_YEAR = dt.date(2026, 1, 1)


def renamed(unit, by, **given):
    typed = {"name": "市新局", "short_name": "新局", "on": NEW_YEAR, "lock_version": unit.lock_version}
    return actions.rename(unit=unit, by=by, at=clock.now(), **{**typed, **given})


@pytest.fixture
def unit(db):
    return factories.unit(name="市旧局", short_name="旧局", valid_from=dt.date(2010, 5, 1))


def test_rename_keeps_the_former_name_its_days_and_its_spellings(office_clerk, unit):
    row = renamed(unit, office_clerk)
    assert (row.name, row.short_name, row.lock_version) == ("市新局", "新局", 2)
    assert list(UnitName.objects.values_list("name", "started_on", "ended_on")) == [
        ("市旧局", dt.date(2010, 5, 1), dt.date(2025, 12, 31))
    ]
    assert set(UnitAlias.objects.values_list("alias", flat=True)) == {"市旧局", "旧局"}
    event = AuditEvent.objects.get()
    assert (event.action, event.before["单位名称"], event.after["更名日期"]) == (
        "单位更名",
        "市旧局",
        "2026-01-01",
    )


def test_second_rename_begins_where_the_first_ended(office_clerk, unit):
    second = renamed(renamed(unit, office_clerk), office_clerk, name="市再新局", on=dt.date(2026, 6, 1))
    spans = second.names.order_by("started_on").values_list("name", "started_on", "ended_on")
    assert list(spans)[1] == ("市新局", NEW_YEAR, dt.date(2026, 5, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2010, 5, 1), "市旧局"),
        (dt.date(2025, 12, 31), "市旧局"),
        (NEW_YEAR, "市新局"),
        (dt.date(2026, 11, 22), "市新局"),
        (dt.date(2010, 4, 30), None),
    ],
)
def test_name_on_a_day(office_clerk, unit, day, name):
    assert renamed(unit, office_clerk).name_on(day) == name


def test_a_unit_never_renamed_always_had_its_name(db):
    assert factories.unit(name="市局").name_on(dt.date(1990, 1, 1)) == "市局"


def test_an_unknown_beginning_stays_unknown(office_clerk):
    row = renamed(factories.unit(name="市某局"), office_clerk)
    assert (row.names.get().started_on, row.name_on(dt.date(1990, 1, 1))) == (None, "市某局")


def test_an_open_dated_name_is_closed_and_not_doubled(office_clerk, unit):
    factories.unit_name(unit=unit, name="市旧局", started_on=dt.date(2015, 1, 1))
    row = renamed(unit, office_clerk)
    assert row.names.get().ended_on == dt.date(2025, 12, 31)


def test_a_correction_leaves_no_former_name(office_clerk, unit):
    row = renamed(unit, office_clerk, on=None)
    assert (row.name, row.names.count(), row.aliases.count()) == ("市新局", 0, 0)
    assert AuditEvent.objects.get().action == "更正单位名称"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "市旧局", "short_name": "旧局"}, "名称和简称都没有变化，请填写新的名称或简称。"),
        ({"name": "市邻局"}, "“市邻局”已使用这个名称或简称，请换一个。"),
        ({"on": dt.date(2026, 11, 23)}, "更名日期不能晚于今天，请在新名称启用后再登记。"),
        (
            {"on": dt.date(2010, 5, 1)},
            "“市旧局”自2010年5月1日起启用，更名日期须晚于这一天。",
        ),
    ],
)
def test_rename_is_refused(office_clerk, unit, given, sentence):
    factories.unit(name="市邻局")
    with pytest.raises(RuleViolation) as refused:
        renamed(unit, office_clerk, **given)
    assert refused.value.message == sentence
    assert UnitName.objects.count() == 0


def test_the_second_of_two_windows_is_told(office_clerk, unit):
    renamed(unit, office_clerk)
    with pytest.raises(StaleObject):
        renamed(unit, office_clerk, name="市又新局", lock_version=1)
    assert UnitName.objects.count() == 1


def test_whoever_is_not_the_office_renames_nothing(lead_liaison, unit):
    with pytest.raises(NotAllowed):
        renamed(unit, lead_liaison)


def test_an_office_of_a_county_keeps_only_units_of_its_own_group(city_group, unit):
    county = factories.group(code="341126", parent=city_group)
    clerk = factories.grant("office", group=county).user
    with pytest.raises(NotAllowed):
        renamed(unit, clerk)
    factories.group_member(group=county, unit=unit)
    assert renamed(unit, clerk).name == "市新局"
    factories.group_member(group=city_group, unit=unit)
    with pytest.raises(NotAllowed):
        renamed(unit, clerk, name="市又新局", lock_version=2)


@pytest.mark.parametrize("taken", ["市邻局", "邻局", "neighbour", "邻居局", "市旧局"])
def test_an_alias_means_one_unit(office_clerk, unit, taken):
    other = factories.unit(name="市邻局", short_name="邻局", code="neighbour")
    factories.unit_alias(unit=other, alias="邻居局")
    with pytest.raises(RuleViolation) as refused:
        actions.add_alias(unit=unit, alias=taken, by=office_clerk)
    assert refused.value.message.startswith(f"“{taken}”已是")


def test_members_of_a_collective_name_come_and_go(office_clerk, unit):
    whole = actions.create_set(name="各部门", by=office_clerk)
    actions.add_to_set(whole=whole, unit=unit, by=office_clerk)
    with pytest.raises(RuleViolation):
        actions.add_to_set(whole=whole, unit=unit, by=office_clerk)
    actions.remove_from_set(whole=whole, unit=unit, by=office_clerk)
    assert whole.members.count() == 0
    assert [event.action for event in AuditEvent.objects.order_by("position")] == [
        "登记单位统称",
        "统称增加单位",
        "统称移出单位",
    ]
