"""A unit's name and end in data entry: the same rules as on the pages of the office."""

import datetime as dt

import pytest
from django.urls import reverse

from organization.admin.units import UnitAdmin
from organization.models import Unit, UnitName
from tests import factories
from tests.core.test_register_import import confirm, faults, upload_rows

pytestmark = pytest.mark.django_db
UNITS = "organization_unit"
HEAD = ("单位代码", "单位名称", "终止日期")


@pytest.fixture
def office(client_for, office_clerk, lead_unit):
    return client_for(office_clerk)


def saved(office, unit, *names, **changed):
    """Saves the change form; `names` are dated names typed on the same page."""
    typed = {"name": unit.name, "short_name": unit.short_name, "code": unit.code, "kind": unit.kind}
    inlines = {
        f"{part}-{count}_FORMS": "0" for part in ("names", "aliases") for count in ("TOTAL", "INITIAL")
    }
    for place, (name, started, ended) in enumerate(names):
        row = {"name": name, "started_on": started, "ended_on": ended, "unit": unit.pk}
        inlines |= {f"names-{place}-{field}": value for field, value in row.items()}
    inlines["names-TOTAL_FORMS"] = str(len(names))
    form = {**typed, "position": "1", "seen_version": unit.lock_version, **inlines, **changed}
    return office.post(reverse(f"admin:{UNITS}_change", args=[unit.pk]), form)


def former_names() -> list[tuple]:
    return list(UnitName.objects.values_list("name", "started_on", "ended_on"))


def test_a_changed_name_is_kept_until_yesterday(office, lead_unit):
    assert saved(office, lead_unit, name="市人力社保局", short_name="市人社").status_code == 302
    assert former_names() == [("市人社局", None, dt.date(2026, 11, 21))]
    assert [row.alias for row in lead_unit.aliases.all()] == ["市人社局"]


def test_a_name_that_began_today_leaves_no_history(office, lead_unit):
    Unit.objects.filter(pk=lead_unit.pk).update(valid_from=dt.date(2026, 11, 22))
    assert saved(office, lead_unit, name="市人力社保局", valid_from="2026-11-22").status_code == 302
    assert former_names() == []


def test_a_former_name_dated_by_hand_stays_as_typed(office, lead_unit):
    by_hand = ("市人社局", "2009-01-01", "2026-02-28")
    assert saved(office, lead_unit, by_hand, name="市人力社保局").status_code == 302
    assert former_names() == [("市人社局", dt.date(2009, 1, 1), dt.date(2026, 2, 28))]


def test_a_workbook_that_renames_keeps_the_former_name(office):
    answer = upload_rows(office, HEAD[:2], ("lead-unit", "市人力社保局"), register=UNITS)
    assert former_names() == []
    assert confirm(office, answer).status_code == 302
    assert former_names() == [("市人社局", None, dt.date(2026, 11, 21))]
    assert Unit.objects.get(code="lead-unit").name == "市人力社保局"


def test_a_workbook_does_not_end_a_unit_with_open_work(office, lead_unit):
    factories.task(title="未完的任务", lead=lead_unit)
    answer = upload_rows(office, HEAD, ("lead-unit", "市人社局", "2026-06-30"), register=UNITS)
    wanted = (
        "市人社局还有未办结的工作：未完的任务（推进中）。请办结后再终止，尚未签收的任务可退改后改选单位。"
    )
    assert [fault[3] for fault in faults(answer)] == [wanted]
    assert Unit.objects.get(code="lead-unit").valid_to is None


def test_the_office_of_a_county_changes_units_of_its_own_group_alone(client_for, city_group, lead_unit):
    county = factories.group(code="341126", parent=city_group)
    own = factories.group_member(group=county).unit
    client = client_for(factories.grant("office", group=county).user)
    assert saved(client, own, name="县新局").status_code == 302
    assert saved(client, lead_unit, name="县里改的名").status_code == 403
    answer = upload_rows(client, HEAD[:2], ("lead-unit", "县里改的名"), register=UNITS)
    assert [fault[3] for fault in faults(answer)] == [UnitAdmin.import_refused]
