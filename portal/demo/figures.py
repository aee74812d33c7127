"""Invented indicators, the targets of every year, the figures of the year before the first plan, and computed shares."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from core.periods import Quarter
from metrics.actions import refresh_figures
from metrics.models import Indicator, Observation, Target
from organization.models import CoordinationGroup, Unit, User
from portal.demo.accounts import GRANTED_ON
from portal.demo.calendar import FIRST, DemoCalendar
from portal.demo.content import Content
from portal.demo.numbers import WHOLE, Numbers
from portal.demo.registers import Registers
from portal.demo.texts import short

LAST_YEAR_SOURCE = "演示数据：上年同期"
SHARE_SOURCE = "演示数据：由指标表计算"
DEMO_POSITION = 60


def make_indicators(content: Content, units: dict[str, Unit]) -> None:
    for number, stated in enumerate(content["indicators"]):
        Indicator.objects.create(
            code=stated["code"],
            name=stated["name"],
            kind=stated["kind"],
            measure_unit=stated["unit"],
            definition=stated["definition"],
            over_units=stated.get("over_units", Indicator.OverUnits.NONE),
            owner_unit=units[stated["owner"]],
            position=DEMO_POSITION + number,
            is_demo=True,
        )
    known = {indicator.name: indicator for indicator in Indicator.objects.all()}
    for number, stated in enumerate(content["ratios"], start=len(content["indicators"])):
        Indicator.objects.create(
            code=stated["code"],
            name=stated["name"],
            kind=Indicator.Kind.RATIO,
            measure_unit="%",
            precision=stated["precision"],
            over_units=Indicator.OverUnits.RATIO,
            numerator=known[stated["numerator"]],
            denominator=known[stated["denominator"]],
            definition=stated["definition"],
            position=DEMO_POSITION + number,
            is_demo=True,
        )


def make_targets(numbers: Numbers, registers: Registers, county_area: str, years: range) -> None:
    """The city's, each area's, and in the county's own group those of its area as the whole's."""
    indicators = {row.name: row for row in Indicator.objects.all()}
    rows: list[Target] = []
    for name in numbers.indicators:
        for year in years:
            rows += _year_targets(numbers, indicators[name], WHOLE, registers.city, None, year)
            for area in numbers.areas(name):
                rows += _year_targets(
                    numbers, indicators[name], area, registers.city, registers.units[area], year
                )
                if area == county_area:
                    rows += _year_targets(numbers, indicators[name], area, registers.county, None, year)
    Target.objects.bulk_create(rows, batch_size=200)


def _year_targets(
    numbers: Numbers, indicator: Indicator, area: str, group: CoordinationGroup, unit: Unit | None, year: int
) -> Iterator[Target]:
    """One per quarter, and the year's with its raw wording."""
    stated = numbers.stated(indicator.name)
    for number in range(1, 5):
        quarter = Quarter(year, number)
        value = numbers.target(indicator.name, area, quarter)
        wording = f"{quarter.short_label}末{short(value)}{indicator.measure_unit}"
        yield _target(indicator, group, unit, year, value, wording, quarter=number)
    goal = numbers.year_target(indicator.name, area, year)
    is_about = stated["wording"].endswith("左右")
    yield _target(
        indicator,
        group,
        unit,
        year,
        goal,
        stated["wording"].format(target=f"{short(goal)}"),
        comparator=Target.Comparator.ABOUT if is_about else Target.Comparator.AT_LEAST,
        is_soft=stated.get("soft", False),
    )


def _target(
    indicator: Indicator,
    group: CoordinationGroup,
    unit: Unit | None,
    year: int,
    value: int,
    wording: str,
    *,
    quarter: int | None = None,
    comparator: str = Target.Comparator.AT_LEAST,
    is_soft: bool = False,
) -> Target:
    return Target(
        indicator=indicator,
        group=group,
        unit=unit,
        year=year,
        quarter=quarter,
        value=Decimal(value),
        wording=wording,
        comparator=comparator,
        is_soft=is_soft,
        is_demo=True,
    )


def make_history(numbers: Numbers, registers: Registers, county_area: str, calendar: DemoCalendar) -> None:
    """No round was kept in the portal in the year before: its figures stand alone, with their source."""
    indicators = {row.name: row for row in Indicator.objects.all()}
    recorded_at = calendar.moment(GRANTED_ON, 10)
    rows: list[Observation] = []
    for name in numbers.indicators:
        about: list[tuple[str, CoordinationGroup, Unit | None]] = [(WHOLE, registers.city, None)]
        for area in numbers.areas(name):
            about.append((area, registers.city, registers.units[area]))
            if area == county_area:
                about.append((area, registers.county, None))
        for area, group, unit in about:
            for number, value in enumerate(numbers.history(name, area), start=1):
                quarter = Quarter(FIRST.year - 1, number)
                rows.append(_alone(indicators[name], group, unit, quarter, value, recorded_at))
    Observation.objects.bulk_create(rows, batch_size=200)


def _alone(
    indicator: Indicator,
    group: CoordinationGroup,
    unit: Unit | None,
    quarter: Quarter,
    value: int,
    recorded_at: datetime.datetime,
) -> Observation:
    return Observation(
        indicator=indicator,
        group=group,
        unit=unit,
        year=quarter.year,
        quarter=quarter.quarter,
        value=Decimal(value),
        as_of_on=quarter.last_day,
        source=LAST_YEAR_SOURCE,
        recorded_at=recorded_at,
        is_demo=True,
    )


def make_shares(
    numbers: Numbers, city: CoordinationGroup, quarter: Quarter, at: datetime.datetime, by: User
) -> None:
    """Shares of two reported figures, kept as their parts when the quarter is published."""
    ratios = Indicator.objects.filter(numerator__name__in=numbers.indicators).select_related(
        "numerator", "denominator"
    )
    Observation.objects.bulk_create(
        Observation(
            indicator=ratio,
            group=city,
            year=quarter.year,
            quarter=quarter.quarter,
            numerator=Decimal(numbers.reported(ratio.numerator.name, WHOLE, quarter)),
            denominator=Decimal(numbers.reported(ratio.denominator.name, WHOLE, quarter)),
            as_of_on=quarter.last_day,
            source=SHARE_SOURCE,
            recorded_at=at,
            recorded_by=by,
            is_demo=True,
        )
        for ratio in ratios
        if ratio.numerator and ratio.denominator
    )
    keys = [ratio.pk for ratio in ratios]
    refresh_figures(keys, group_id=city.pk, year=quarter.year, quarter=quarter.quarter)
