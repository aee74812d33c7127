"""The figures of an invented city: drawn around the targets so that they add up over areas, quarters and stocks. Pure.

A city's figure that areas report is their sum; a year's figure and a growing total never fall; a quarter says the same
whatever later quarters there are. Only the planted inconsistencies depart from that, and only in what was reported.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from core.periods import Quarter
from portal.demo.chance import Chance
from portal.demo.content import Content

WHOLE = ""
# What share of the year should be done at each quarter's end.
PACE = (0.24, 0.49, 0.75, 1.0)
# An ordinary series lies within these of its target, a lagging one within those, quarter by quarter.
ORDINARY = ((0.94, 1.08), (0.95, 1.08), (0.96, 1.08), (0.995, 1.09))
LAGGING = ((0.64, 0.7), (0.68, 0.78), (0.8, 0.9), (0.92, 0.99))
LAGGARDS = 2


@dataclass(frozen=True)
class Series:
    """One indicator's way through the years, for the whole or for one area."""

    indicator: str
    area: str
    shape: str
    part: tuple[Fraction, Fraction]
    stated: Content

    def share_of(self, whole: int) -> int:
        """This area's part of a number; the areas' parts add up to it exactly."""
        low, high = self.part
        return round(whole * high) - round(whole * low)

    def target(self, year: int) -> int:
        """The year's; beyond the last one stated each year adds the stated growth."""
        targets: dict[int, int] = self.stated["targets"]
        last = max(targets)
        whole = targets[year] if year in targets else targets[last] + (year - last) * self.stated["growth"]
        return self.share_of(whole)

    @property
    def before(self) -> tuple[int, int]:
        """Where the year before the first plan began and where it ended; a year's figure begins at 0."""
        stated = self.stated["before"]
        start, end = (0, stated) if self.shape == "year" else stated
        return self.share_of(start), self.share_of(end)


class Numbers:
    """Actuals and targets of every series: asked by indicator, area («» for the whole) and quarter."""

    def __init__(self, content: Content, chance: Chance) -> None:
        self._chance = chance
        self._stated: dict[str, Any] = {row["indicator"]: row for row in content["series"]}
        self._weights: dict[str, int] = content["area_weights"]
        self._plants = {(row["indicator"], Quarter.parse(row["quarter"])): row for row in content["plants"]}
        self._known: dict[tuple[str, str, int], tuple[int, ...]] = {}

    @property
    def indicators(self) -> list[str]:
        return list(self._stated)

    def areas(self, indicator: str) -> list[str]:
        """The areas that report it, none where only a department does."""
        return list(self._weights) if self._stated[indicator].get("by_area") else []

    def stated(self, indicator: str) -> Content:
        return dict(self._stated[indicator])

    def reported(self, indicator: str, area: str, quarter: Quarter) -> int:
        """What the sheet says: the honest figure, but for a planted one."""
        plant = None if area else self._plants.get((indicator, quarter))
        if plant is None:
            return self.actual(indicator, area, quarter)
        if "above" in plant:
            return self.actual(plant["above"], WHOLE, quarter) + int(plant["by"])
        base = quarter.previous() if plant.get("below_last") else quarter
        return self.actual(indicator, area, base) + int(plant["by"])

    def explanation(self, indicator: str, area: str, quarter: Quarter) -> str:
        plant = None if area else self._plants.get((indicator, quarter))
        return str(plant["explanation"]) if plant else ""

    def actual(self, indicator: str, area: str, quarter: Quarter) -> int:
        areas = self.areas(indicator)
        if areas and not area:
            return sum(self.actual(indicator, one, quarter) for one in areas)
        return self._year(indicator, area, quarter.year)[quarter.quarter - 1]

    def target(self, indicator: str, area: str, quarter: Quarter) -> int:
        """The quarter's target: the year's at its pace, a level's on its way from the year before."""
        areas = self.areas(indicator)
        if areas and not area:
            return sum(self.target(indicator, one, quarter) for one in areas)
        series = self._series(indicator, area)
        goal, pace = series.target(quarter.year), PACE[quarter.quarter - 1]
        if series.shape == "year":
            return self._stepped(series, goal * pace)
        start = self._goal_before(series, quarter.year)
        return self._stepped(series, start + (goal - start) * pace)

    def year_target(self, indicator: str, area: str, year: int) -> int:
        """The year's as it is written in the plan; areas' parts are rounded, the whole is not."""
        return self._series(indicator, area).target(year)

    def history(self, indicator: str, area: str) -> list[int]:
        """The quarters of the year before the first plan, which nobody reported here."""
        areas = self.areas(indicator)
        if areas and not area:
            parts = [self.history(indicator, one) for one in areas]
            return [sum(quarter) for quarter in zip(*parts, strict=True)]
        series = self._series(indicator, area)
        start, end = series.before
        return [self._stepped(series, start + (end - start) * pace) for pace in PACE]

    def _series(self, indicator: str, area: str) -> Series:
        stated = self._stated[indicator]
        return Series(indicator, area, stated["shape"], self._part(area), stated)

    def _part(self, area: str) -> tuple[Fraction, Fraction]:
        """Where the area's part begins and ends when the whole is cut in the order of the areas."""
        if not area:
            return Fraction(0), Fraction(1)
        before, whole = 0, sum(self._weights.values())
        for name, weight in self._weights.items():
            if name == area:
                return Fraction(before, whole), Fraction(before + weight, whole)
            before += weight
        raise KeyError(area)

    def _goal_before(self, series: Series, year: int) -> int:
        return (
            series.target(year - 1)
            if year > min(self._stated[series.indicator]["targets"])
            else series.before[1]
        )

    def _year(self, indicator: str, area: str, year: int) -> tuple[int, ...]:
        """The four quarters of a year, each built on the one before."""
        key = (indicator, area, year)
        if key not in self._known:
            self._known[key] = tuple(self._drawn(self._series(indicator, area), year))
        return self._known[key]

    def _drawn(self, series: Series, year: int) -> list[int]:
        last = 0 if series.shape == "year" else self._end_before(series, year)
        goal, begin, quarters = series.target(year), last, []
        for number, pace in enumerate(PACE, start=1):
            factor = self._factor(series, year, number)
            value = self._stepped(series, begin + (goal - begin) * pace * factor)
            if series.shape != "level":
                value = max(value, last)
            quarters.append(value)
            last = value
        return quarters

    def _end_before(self, series: Series, year: int) -> int:
        if year == min(self._stated[series.indicator]["targets"]):
            return series.before[1]
        return self._year(series.indicator, series.area, year - 1)[-1]

    def _factor(self, series: Series, year: int, quarter: int) -> float:
        is_lagging = series.area in self._laggards(series.indicator, year)
        low, high = (LAGGING if is_lagging else ORDINARY)[quarter - 1]
        return self._chance.between(low, high, "factor", series.indicator, series.area, year, quarter)

    def _laggards(self, indicator: str, year: int) -> list[str]:
        """Areas that fall behind in a year and catch up; among departments' indicators a whole year may lag."""
        areas = self.areas(indicator)
        if areas:
            return self._chance.some(areas, LAGGARDS, "laggards", indicator, year)
        lagging = self._stated[indicator]["shape"] == "year" and self._chance.happens(
            0.3, "lag", indicator, year
        )
        return [WHOLE] if lagging else []

    def _stepped(self, series: Series, value: float) -> int:
        step = int(series.stated.get("step", 1))
        return round(value / step) * step
