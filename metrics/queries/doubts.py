"""What the figures of a sheet are compared with, and what must be said of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from metrics import plausibility
from metrics.models import FigureSheet, Indicator, Observation
from metrics.plausibility import Figure, Whole

# What was typed for an indicator: its meaning (None while there is none) and the text.
Typed = tuple[Indicator, Decimal | None, str]


@dataclass(frozen=True)
class Comparisons:
    """Earlier figures by indicator id, and of which indicator another one is a part."""

    is_new_year: bool
    before: Mapping[int, Decimal | None]
    last_year: Mapping[int, Decimal | None]
    wholes: Mapping[int, int]

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
        return {
            pk: Figure(
                measure_unit=indicator.measure_unit,
                raw=raw,
                value=value,
                only_grows=self._only_grows(indicator),
                before=None if self._restarts(indicator) else self.before.get(pk),
                last_year=self.last_year.get(pk),
                whole=wholes.get(pk),
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
    )
