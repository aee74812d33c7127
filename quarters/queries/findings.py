"""What the checks of figures have to say of a whole round: everything handed in, compared as on the pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from metrics.actions import previous_figures, subject_unit_id
from metrics.models import FigureSheet
from metrics.queries.doubts import HANDED_IN, comparisons_of
from reporting.models import ReportingRound


@dataclass(frozen=True)
class Finding:
    """One thing a figure leaves open: whose sheet, which indicator, in words, and what the unit said to it."""

    unit: str
    indicator: str
    sentence: str
    explanation: str


def findings_of(round_: ReportingRound) -> list[Finding]:
    """By unit and indicator; some queries for each sheet, for commands and tests."""
    sheets = FigureSheet.objects.filter(round=round_, submission__state__in=HANDED_IN)
    rows = sheets.select_related("unit", "round").order_by("unit__position", "unit__code")
    return [finding for sheet in rows for finding in _findings(sheet)]


def _findings(sheet: FigureSheet) -> Iterable[Finding]:
    entries = list(sheet.entries.select_related("indicator").order_by("indicator__position", "pk"))
    compared = comparisons_of(sheet, previous=previous_figures(sheet), subject_id=subject_unit_id(sheet))
    remarks = compared.remarks((row.indicator, row.value, row.raw) for row in entries)
    for row in entries:
        for sentence in remarks.get(row.indicator_id, []):
            yield Finding(sheet.unit.name, row.indicator.name, sentence, row.explanation)
