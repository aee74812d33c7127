"""What the figures of a sheet are compared with, and what must be said of each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db.models import Q

from metrics import plausibility
from metrics.formulas import total_of
from metrics.models import FigureEntry, FigureSheet, Indicator, Observation
from metrics.plausibility import Figure, Parts, Whole
from organization.models import Unit
from reporting.models.submissions import BUSY_STATES
from reporting.workflow import State

AREA_KINDS = (Unit.Kind.COUNTY, Unit.Kind.PARK)
HANDED_IN = (*BUSY_STATES, State.ACCEPTED.value)

# What was typed for an indicator: its meaning (None while there is none) and the text.
Typed = tuple[Indicator, Decimal | None, str]


@dataclass(frozen=True)
class Comparisons:
    """Earlier figures by indicator id, and of which indicator another one is a part."""

    is_new_year: bool
    before: Mapping[int, Decimal | None]
    last_year: Mapping[int, Decimal | None]
    wholes: Mapping[int, int]
    # Of these indicators the counties' and parks' part; read only where a figure is their sum.
    parts_of: Callable[[set[int]], Mapping[int, Parts]]

    def refusals(self, typed: Iterable[Typed]) -> dict[int, list[str]]:
        """By indicator id: what no explanation lets pass."""
        return {pk: plausibility.refusals(figure) for pk, figure in self._figures(typed).items()}

    def doubts(self, typed: Iterable[Typed]) -> dict[int, list[str]]:
        """By indicator id: what an explanation lets pass."""
        return {pk: plausibility.doubts(figure) for pk, figure in self._figures(typed).items()}

    def remarks(self, typed: Iterable[Typed]) -> dict[int, list[str]]:
        """By indicator id: everything a reader must look at."""
        figures = self._figures(typed).items()
        return {pk: plausibility.refusals(figure) + plausibility.doubts(figure) for pk, figure in figures}

    def _figures(self, typed: Iterable[Typed]) -> dict[int, Figure]:
        known = {
            indicator.pk: (indicator, value, raw) for indicator, value, raw in typed if value is not None
        }
        wholes = {
            part: Whole(known[whole][0].name, known[whole][1])
            for part, whole in self.wholes.items()
            if whole in known
        }
        summed = {pk for pk, (row, _, _) in known.items() if row.over_units == Indicator.OverUnits.SUM}
        parts = self.parts_of(summed) if summed else {}
        return {
            pk: Figure(
                measure_unit=indicator.measure_unit,
                raw=raw,
                value=value,
                only_grows=self._only_grows(indicator),
                before=None if self._restarts(indicator) else self.before.get(pk),
                last_year=self.last_year.get(pk),
                whole=wholes.get(pk),
                parts=parts.get(pk),
            )
            for pk, (indicator, value, raw) in known.items()
        }

    def _restarts(self, indicator: Indicator) -> bool:
        """A year's figure starts anew in the first quarter: the quarter before says nothing."""
        return self.is_new_year and indicator.kind == Indicator.Kind.ANNUAL

    def _only_grows(self, indicator: Indicator) -> bool:
        """Cumulative figures, and a year's figure of which the latest counts."""
        if indicator.kind == Indicator.Kind.ANNUAL:
            return indicator.over_time == Indicator.OverTime.LATEST
        return indicator.kind == Indicator.Kind.CUMULATIVE


def comparisons_of(
    sheet: FigureSheet, *, previous: Mapping[int, Observation], subject_id: int | None
) -> Comparisons:
    """Last quarter's figures are handed in; those of last year's same quarter and the parts are read here."""
    round_ = sheet.round
    rows = Observation.objects.current().filter(
        Q(unit_id=subject_id),
        indicator__entries__sheet=sheet,
        group_id=round_.group_id,
        year=round_.year - 1,
        quarter=round_.quarter,
    )
    ratios = Indicator.objects.filter(
        kind=Indicator.Kind.RATIO, numerator__entries__sheet=sheet, denominator__isnull=False
    )
    return Comparisons(
        is_new_year=round_.quarter == 1,
        before={pk: row.value for pk, row in previous.items()},
        last_year=dict(rows.order_by("pk").values_list("indicator_id", "value")),
        wholes=dict(ratios.order_by("pk").values_list("numerator_id", "denominator_id")),
        parts_of=partial(_parts_of, sheet) if subject_id is None else _no_parts,
    )


def _parts_of(sheet: FigureSheet, indicator_ids: set[int]) -> dict[int, Parts]:
    """By indicator the sum of what counties and parks handed in this round; nothing while one is still missing."""
    areas = FigureEntry.objects.filter(
        sheet__round=sheet.round_id, indicator__in=indicator_ids, sheet__unit__kind__in=AREA_KINDS
    )
    return parts_from(areas.order_by("pk").values_list("indicator_id", "value", "sheet__submission__state"))


def parts_from(rows: Iterable[tuple[int, Decimal | None, str]]) -> dict[int, Parts]:
    """The sums of what counties and parks wrote, each with its indicator and the state of its sheet."""
    found: dict[int, list[Decimal | None]] = defaultdict(list)
    for indicator_id, value, state in rows:
        found[indicator_id].append(value if state in HANDED_IN else None)
    totals = {pk: (len(values), total_of(values)) for pk, values in found.items()}
    return {pk: Parts(count, total) for pk, (count, total) in totals.items() if total is not None}


def _no_parts(indicator_ids: set[int]) -> dict[int, Parts]:
    """A county's own figure has no parts here."""
    return {}
