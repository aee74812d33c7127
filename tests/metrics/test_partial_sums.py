"""A sum over part of the units: said as such, never as the whole's figure, never judged by the whole's target."""

from __future__ import annotations

from decimal import Decimal

import pytest

from metrics.models import Indicator
from metrics.queries.quarters import spread_cells
from organization.models import Unit
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
SAID = "1/2家单位已审核通过，合计7，未报齐不作判断"


@pytest.fixture
def round_(city_group):
    return factories.reporting_round(group=city_group, year=2026, quarter=3)


@pytest.fixture
def indicator(round_, city_group):
    """Owed by two counties and by a department, for which it is about the whole; a target of ten."""
    found = factories.indicator(code="peixun", over_units=Indicator.OverUnits.SUM)
    factories.target(indicator=found, group=city_group, quarter=3, value=Decimal(10))
    for kind in (Unit.Kind.COUNTY, Unit.Kind.COUNTY, Unit.Kind.DEPARTMENT):
        sheet = factories.figure_sheet(unit=factories.unit(kind=kind), round=round_, state="accepted")
        factories.figure_entry(sheet=sheet, indicator=found)
    return found


def hand_in(indicator, units):
    for entry in indicator.entries.order_by("pk")[:units]:
        sheet, group = entry.sheet, entry.sheet.round.group
        about = {"indicator": indicator, "sheet": sheet, "group": group, "year": 2026, "quarter": 3}
        factories.observation(**about, unit=sheet.unit, value=Decimal(7))


@pytest.mark.parametrize(
    ("units", "said"),
    [(1, ("—", SAID, "1/2家单位合计", "")), (2, ("14", "", "2家单位合计", "达到"))],
)
def test_only_all_units_make_the_figure_of_the_whole(indicator, office_clerk, client_for, units, said):
    hand_in(indicator, units)
    [row] = client_for(office_clerk).get("/metrics/").context["rows"]
    assert (row.reading.shown, row.reading.note, row.scope, row.verdict) == said


@pytest.mark.parametrize(("units", "actual"), [(1, None), (2, Decimal(14))])
def test_a_part_is_not_drawn(indicator, office_clerk, client_for, units, actual):
    hand_in(indicator, units)
    [point] = client_for(office_clerk).get("/metrics/peixun/").context["chart"].points
    assert point.actual == actual


@pytest.mark.parametrize(("units", "value"), [(1, SAID), (2, Decimal(14))])
def test_a_part_says_so_in_the_workbook_of_quarters(indicator, office_clerk, city_group, units, value):
    hand_in(indicator, units)
    assert [cell.value for cell in spread_cells(office_clerk, city_group) if cell.kind == "实际"] == [value]


def test_the_workbook_of_the_list_says_whether_the_target_is_met(indicator, office_clerk, client_for):
    hand_in(indicator, 2)
    head, row = rows_of(client_for(office_clerk).get("/metrics/export/"))
    assert dict(zip(head, row, strict=True))["达到目标"] == "达到"


def test_targets_of_units_stand_folded_apart_from_those_of_the_whole(indicator, office_clerk, client_for):
    units = [entry.sheet.unit for entry in indicator.entries.all()]
    for unit in units:
        factories.target(indicator=indicator, group=indicator.targets.first().group, quarter=3, unit=unit)
    page = client_for(office_clerk).get("/metrics/peixun/")
    assert (len(page.context["targets"]), len(page.context["unit_targets"])) == (1, 3)
    assert page.content.decode().count("<summary>各单位的目标 3 条</summary>") == 1
