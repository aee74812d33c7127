"""Invented indicators, the year's targets by quarter, and the figures of the year before."""

from decimal import Decimal
from typing import Any

from metrics.models import Indicator, Observation, Target
from organization.models import CoordinationGroup, Unit
from portal.demo.calendar import DemoCalendar

LAST_YEAR_SOURCE = "演示数据：上年同期"
DEMO_POSITION = 60


def make_figures(content: dict[str, Any], group: CoordinationGroup, calendar: DemoCalendar) -> None:
    for number, stated in enumerate(content["indicators"]):
        _make_indicator(stated, DEMO_POSITION + number)
    for stated in content["figures"]:
        indicator = Indicator.objects.get(name=stated["indicator"])
        unit = Unit.objects.get(name=stated["unit"]) if "unit" in stated else None
        _make_targets(stated, indicator, group, unit, calendar)
        _make_last_year(stated, indicator, group, unit, calendar)


def actuals(content: dict[str, Any], index: int) -> dict[tuple[str, str], int]:
    """What the sheets of a quarter say: (indicator, county or empty) → figure, where one is known."""
    return {
        (stated["indicator"], stated.get("unit", "")): stated["actuals"][index]
        for stated in content["figures"]
        if index < len(stated["actuals"])
    }


def _make_indicator(stated: dict[str, Any], position: int) -> None:
    Indicator.objects.create(
        code=stated["code"],
        name=stated["name"],
        kind=stated["kind"],
        measure_unit=stated["unit"],
        definition=stated["definition"],
        position=position,
        is_demo=True,
    )


def _make_targets(
    stated: dict[str, Any],
    indicator: Indicator,
    group: CoordinationGroup,
    unit: Unit | None,
    calendar: DemoCalendar,
) -> None:
    """One per quarter, and the year's with its raw wording."""
    about = {"indicator": indicator, "group": group, "unit": unit, "is_demo": True}
    for quarter, value in zip(calendar.quarters, stated["targets"], strict=True):
        Target.objects.create(
            **about,
            year=quarter.year,
            quarter=quarter.quarter,
            wording=f"{quarter.short_label}末{value}{indicator.measure_unit}",
            value=Decimal(value),
        )
    comparator = Target.Comparator.ABOUT if stated["wording"].endswith("左右") else Target.Comparator.AT_LEAST
    Target.objects.create(
        **about,
        year=calendar.year,
        wording=stated["wording"],
        comparator=comparator,
        value=Decimal(stated["targets"][-1]),
    )


def _make_last_year(
    stated: dict[str, Any],
    indicator: Indicator,
    group: CoordinationGroup,
    unit: Unit | None,
    calendar: DemoCalendar,
) -> None:
    """No round was kept in the portal then: the figures stand alone, with their source."""
    for quarter, value in zip(calendar.quarters, stated["last_year"], strict=True):
        Observation.objects.create(
            indicator=indicator,
            group=group,
            unit=unit,
            year=quarter.year - 1,
            quarter=quarter.quarter,
            value=Decimal(value),
            as_of_on=quarter.last_day.replace(year=quarter.year - 1),
            source=LAST_YEAR_SOURCE,
            recorded_at=calendar.moment(calendar.quarters[0].first_day, 9),
            is_demo=True,
        )
