"""The register of indicators: each with its latest figure, for the page and for the workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from core.formats import UNKNOWN, decimal_text
from core.periods import Quarter
from metrics.formulas import meets
from metrics.models import Indicator, Observation, Target
from metrics.models.observations import ObservationQuerySet
from metrics.queries.unit_sums import UnitsTotal, partial_words, unit_totals
from metrics.wording import PERCENT, Parts, Reading, amount_of, as_of_text, period_text, read_figure
from organization.models import CoordinationGroup, Unit
from tasks.models import Assignment, Task

if TYPE_CHECKING:
    from organization.models import User

SORTS: dict[str, tuple[str, ...]] = {
    "order": ("position", "code"),
    "name": ("name",),
    "kind": ("kind", "position"),
    "unit": ("owner_unit__position", "position"),
    "section": ("section__sort_order", "position"),
}
DEFAULT_SORT = "order"
WHOLE = "全市"


@dataclass(frozen=True)
class IndicatorRow:
    """One line of the register, ready to print."""

    code: str
    name: str
    kind: str
    unit: str
    owner: str
    reading: Reading
    amount: Decimal | None
    scope: str
    period: str
    as_of: str
    state: str
    target: str
    aim: str
    verdict: str
    section: str
    is_demo: bool

    @property
    def url(self) -> str:
        return f"/metrics/{self.code}/"

    @property
    def is_computed(self) -> bool:
        """Whether the shown value stands on parts that are known, not on a printed share alone."""
        return self.amount is not None

    @property
    def figure_note(self) -> str:
        """The sum behind a share, and how far the figure has gone."""
        return " · ".join(word for word in (self.reading.working, self.state) if word)

    @property
    def figure_label(self) -> str:
        return "最新数据" if self.unit != PERCENT else "计算值"

    @property
    def figure_value(self) -> str:
        """A share nobody can compute is unknown, whatever was printed beside it."""
        return self.reading.shown if self.unit != PERCENT or self.is_computed else UNKNOWN

    @property
    def target_note(self) -> str:
        notes = (
            f"原文：{self.target}" if self.target != UNKNOWN else "",
            f"{self.verdict}目标" if self.verdict else "",
        )
        return "，".join(note for note in notes if note)

    @property
    def shown_unit(self) -> str:
        """The unit behind the shown figure; a percentage carries its sign, an unknown figure nothing."""
        unit = "" if self.unit == PERCENT or self.reading.shown == UNKNOWN else self.unit
        return f"{unit}{self.reading.bound}"


def subject_of(task: Task) -> Unit | None:
    """Whose figures measure a task: those of the county or park that leads it, else those of the whole."""
    leads = Assignment.objects.filter(task=task, role=Assignment.Role.LEAD).select_related("unit")
    lead = leads.filter(unit__kind__in=(Unit.Kind.COUNTY, Unit.Kind.PARK)).first()
    return lead.unit if lead else None


def with_latest(
    indicators: QuerySet[Indicator], user: "User", group: CoordinationGroup, *, subject: Unit | None = None
) -> QuerySet[Indicator]:
    """Each with `latest_id`: the newest visible figure of the whole; where units add up, that of the newest
    period whoever it is of (the rows then add up the units). With a `subject` only that unit's figures count."""
    figures = Observation.objects.visible_to(user).current().filter(indicator=OuterRef("pk"), group=group)
    newest = _first(figures if subject is None else figures.about(subject.pk))
    latest: Case | Subquery = newest
    if subject is None:
        adds_up = When(over_units=Indicator.OverUnits.SUM, then=newest)
        latest = Case(adds_up, default=Coalesce(_first(figures.about(None)), newest))
    return indicators.select_related("owner_unit", "section").annotate(latest_id=latest)


def _first(figures: ObservationQuerySet) -> Subquery:
    return Subquery(figures.newest_first().values("pk")[:1])


def indicator_rows(
    indicators: Iterable[Indicator], user: "User", group: CoordinationGroup, *, subject: Unit | None = None
) -> list[IndicatorRow]:
    """The rows of indicators fetched by `with_latest`; three queries for any number of them."""
    found = list(indicators)
    latest = _latest(found)
    of_units = {} if subject else unit_totals(latest.values(), user, group)
    targets = _targets(found, group, subject)
    rows = []
    for indicator in found:
        figure = latest.get(getattr(indicator, "latest_id", None) or 0)
        rows.append(_row(indicator, figure, of_units.get(indicator.pk), targets.get(indicator.pk, ())))
    return rows


def parts_of(figure: Observation) -> Parts:
    return Parts(
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        printed=figure.printed,
        is_lower_bound=figure.bound == Observation.Bound.AT_LEAST,
    )


def reading_of(indicator: Indicator, figure: Observation) -> Reading:
    return read_figure(
        parts_of(figure),
        is_ratio=is_ratio(indicator),
        precision=indicator.precision,
        unit=indicator.measure_unit,
    )


def is_ratio(indicator: Indicator) -> bool:
    return indicator.kind == Indicator.Kind.RATIO


def state_of(figure: Observation) -> str:
    """How far a figure has gone; what a unit has not had accepted is no figure yet and stands nowhere."""
    if figure.sheet is None:
        return "历史数据"
    return "已发布" if figure.sheet.round.published_at else "审核通过，未发布"


def period_of(figure: Observation) -> str:
    return period_text(year=figure.year, quarter=figure.quarter, printed=figure.period_printed)


def target_text(target: Target, unit: str) -> str:
    """The raw wording; the parsed value stands beside it on the indicator's page."""
    when = Quarter(target.year, target.quarter).label if target.quarter else f"{target.year}年"
    number = target.wording.replace(".", "").replace(",", "")
    return f"{target.wording}{unit if number.isdigit() else ''}（{when}）"


def _latest(indicators: list[Indicator]) -> dict[int, Observation]:
    ids = [getattr(indicator, "latest_id", None) for indicator in indicators]
    rows = Observation.objects.filter(pk__in=[pk for pk in ids if pk]).select_related(
        "unit", "section", "indicator", "sheet__round"
    )
    return {row.pk: row for row in rows}


def _targets(
    indicators: list[Indicator], group: CoordinationGroup, subject: Unit | None
) -> dict[int, list[Target]]:
    """The targets of the whole, or of the subject, by indicator."""
    found: dict[int, list[Target]] = {}
    for target in Target.objects.filter(indicator__in=indicators, group=group, unit=subject):
        found.setdefault(target.indicator_id, []).append(target)
    return found


def target_for(targets: Iterable[Target], year: int | None, quarter: int | None) -> Target | None:
    """This quarter's target, else the year's; for a figure without a period the newest."""
    known = list(targets)
    if year is None:
        return max(known, key=lambda row: (row.year, row.quarter or 5), default=None)
    this_year = [row for row in known if row.year == year and row.quarter in (quarter, None)]
    return min(this_year, key=lambda row: row.quarter is None, default=None)


def _row(
    indicator: Indicator,
    figure: Observation | None,
    of_units: UnitsTotal | None,
    targets: Iterable[Target],
) -> IndicatorRow:
    reading, amount, scope = _reading(indicator, figure, of_units)
    target = target_for(targets, figure.year if figure else None, figure.quarter if figure else None)
    met = meets(amount, target.comparator, target.value) if target and target.quarter else None
    return IndicatorRow(
        code=indicator.code,
        name=indicator.name,
        kind=indicator.get_kind_display() or UNKNOWN,
        unit=indicator.measure_unit,
        owner=indicator.owner_unit.short_name if indicator.owner_unit else UNKNOWN,
        reading=reading,
        amount=amount,
        scope=scope,
        period=period_of(figure) if figure else UNKNOWN,
        as_of=as_of_text(figure.as_of_on, figure.as_of_note) if figure else UNKNOWN,
        state=state_of(figure) if figure else "",
        target=target_text(target, indicator.measure_unit) if target else UNKNOWN,
        aim=_aim(target, indicator.measure_unit),
        verdict=_VERDICTS[met],
        section=_section(indicator, figure),
        is_demo=indicator.is_demo or bool(figure and figure.is_demo) or bool(target and target.is_demo),
    )


def _aim(target: Target | None, unit: str) -> str:
    """The target as a number where one was read from its wording, else the wording."""
    if target is None:
        return UNKNOWN
    return target.wording if target.value is None else f"{decimal_text(target.value)} {unit}"


_VERDICTS = {True: "达到", False: "未达到", None: ""}


def _section(indicator: Indicator, figure: Observation | None) -> str:
    """The section the figure stands in; a figure handed in by a unit stands in none."""
    if figure is not None:
        return figure.section.label if figure.section else ""
    return indicator.section.label if indicator.section else ""


def _scope(figure: Observation) -> str:
    return figure.unit.short_name if figure.unit else WHOLE


def _reading(
    indicator: Indicator, figure: Observation | None, of_units: UnitsTotal | None
) -> tuple[Reading, Decimal | None, str]:
    if figure is None:
        return Reading(UNKNOWN, "", "", ""), None, ""
    if figure.unit_id is None or of_units is None:
        return (
            reading_of(indicator, figure),
            amount_of(parts_of(figure), is_ratio=is_ratio(indicator)),
            _scope(figure),
        )
    if indicator.over_units != Indicator.OverUnits.SUM:
        return Reading(UNKNOWN, "", "", "各单位数据不汇总"), None, of_units.scope
    shown, scope = decimal_text(of_units.total), f"{of_units.scope}合计"
    if of_units.is_partial:
        note = partial_words(of_units.units, of_units.owed, shown)
        return Reading(UNKNOWN, "", "", note), None, scope
    note = "" if of_units.total is not None else "有单位数值为空，不能合计"
    return Reading(shown, "", "", note), of_units.total, scope
