"""What one may ask of the register of indicators, and the indicators that answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from core.periods import Quarter
from metrics.models import Indicator, Observation, Target
from organization.models import CoordinationGroup, Unit
from reporting.models import ReportingRound
from tasks.models import ReformArea

if TYPE_CHECKING:
    from organization.models import User

LONGEST_SEARCH = 80
WITH, WITHOUT = "yes", "no"


@dataclass(frozen=True)
class IndicatorFilter:
    """What the reader asked of the register; anything unknown counts as not asked."""

    q: str = ""
    kind: str = ""
    unit: str = ""
    area: str = ""
    target: str = ""
    figure: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "IndicatorFilter":
        typed = {name: query.get(name, "").strip()[:LONGEST_SEARCH] for name in ("q", "unit", "area")}
        kind = query.get("kind", "")
        chosen = {name: query.get(name, "") for name in ("target", "figure")}
        return cls(
            **typed,
            kind=kind if kind in Indicator.Kind.values else "",
            **{name: value if value in (WITH, WITHOUT) else "" for name, value in chosen.items()},
        )

    @property
    def is_on(self) -> bool:
        return any((self.q, self.kind, self.unit, self.area, self.target, self.figure))


@dataclass(frozen=True)
class Choices:
    """What the lists of the filter offer: code and name."""

    kinds: list[tuple[str, str]]
    units: list[tuple[str, str]]
    areas: list[tuple[str, str]]
    quarter: Quarter


def choices_for(group: CoordinationGroup) -> Choices:
    """Three queries: the units that own an indicator, the areas of tasks one measures, the quarter one asks about."""
    units = Unit.objects.filter(indicators__isnull=False).distinct().order_by("position", "code")
    areas = ReformArea.objects.filter(tasks__task_indicators__isnull=False).distinct()
    return Choices(
        kinds=[(str(value), str(label)) for value, label in Indicator.Kind.choices],
        units=list(units.values_list("code", "short_name")),
        areas=list(areas.order_by("taxonomy", "position").values_list("code", "name")),
        quarter=asked_quarter(group),
    )


def asked_quarter(group: CoordinationGroup) -> Quarter:
    """«本季度»: that of the newest opened round, else the one that ended last."""
    newest = ReportingRound.objects.filter(group=group, opened_at__isnull=False).order_by("-year", "-quarter")
    found = newest.values_list("year", "quarter").first()
    return Quarter(*found) if found else Quarter.of(clock.today()).previous()


def matching_indicators(
    asked: IndicatorFilter, user: "User", group: CoordinationGroup
) -> QuerySet[Indicator]:
    wanted = Q(kind=asked.kind) if asked.kind else Q()
    if asked.q:
        wanted &= Q(name__icontains=asked.q) | Q(code__icontains=asked.q) | Q(definition__icontains=asked.q)
    if asked.unit:
        wanted &= Q(owner_unit__code=asked.unit)
    if asked.target:
        wanted &= _whether(asked.target, Target.objects.filter(group=group))
    if asked.figure:
        wanted &= _whether(asked.figure, _figures_of(asked_quarter(group), user, group))
    rows = Indicator.objects.filter(wanted)
    if asked.area:
        rows = rows.filter(task_indicators__task__area__code=asked.area).distinct()
    return rows


def _figures_of(quarter: Quarter, user: "User", group: CoordinationGroup) -> QuerySet[Observation]:
    rows = Observation.objects.visible_to(user).current().filter(group=group)
    return rows.filter(year=quarter.year, quarter=quarter.quarter)


def _whether(answer: str, rows: QuerySet) -> Q:
    there = Exists(rows.filter(indicator=OuterRef("pk")))
    return Q(there) if answer == WITH else ~Q(there)
