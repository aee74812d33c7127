"""What must be said of all figures of a round, in three queries however many sheets there are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby

from django.db.models import Q

from metrics.models import FigureEntry, Indicator, Observation
from metrics.plausibility import Parts
from metrics.queries.doubts import AREA_KINDS, HANDED_IN, Comparisons, parts_from
from reporting.models import ReportingRound

# Figures of one unit by indicator; the unit is the one that reported, or the one reported of.
Figures = dict[int | None, dict[int, Decimal | None]]


@dataclass(frozen=True)
class Earlier:
    """Last quarter's figures by who reported them, last year's by whom they are about."""

    before: Figures
    last_year: Figures


def remarks_of_round(round_: ReportingRound) -> Iterator[tuple[FigureEntry, list[str]]]:
    """Each figure that was handed in, with everything a reader must look at; by unit, then by indicator."""
    entries = list(
        FigureEntry.objects.filter(sheet__round=round_)
        .select_related("indicator", "sheet__unit", "sheet__submission")
        .order_by("sheet__unit__position", "sheet__unit__code", "sheet_id", "indicator__position", "pk")
    )
    if not entries:
        return
    earlier, wholes = _earlier(round_), _wholes()
    parts = parts_from(
        (row.indicator_id, row.value, row.sheet.submission.state)
        for row in entries
        if row.sheet.unit.kind in AREA_KINDS
    )
    for _, group in groupby(entries, key=lambda row: row.sheet_id):
        rows = list(group)
        sheet = rows[0].sheet
        if sheet.submission.state not in HANDED_IN:
            continue
        subject = sheet.subject_unit_id
        compared = Comparisons(
            is_new_year=round_.quarter == 1,
            before=earlier.before.get(sheet.unit_id, {}),
            last_year=earlier.last_year.get(subject, {}),
            wholes=wholes,
            parts_of=partial(_known, parts if subject is None else {}),
        )
        remarks = compared.remarks((row.indicator, row.value, row.raw) for row in rows)
        yield from ((row, found) for row in rows if (found := remarks.get(row.indicator_id)))


def _known(parts: dict[int, Parts], indicator_ids: set[int]) -> dict[int, Parts]:
    """The sums of all indicators at once: whoever asks takes what it needs."""
    return parts


def _earlier(round_: ReportingRound) -> Earlier:
    before = round_.period.previous()
    quarters = Q(year=before.year, quarter=before.quarter) | Q(year=round_.year - 1, quarter=round_.quarter)
    rows = Observation.objects.current().filter(quarters, group_id=round_.group_id).order_by("pk")
    found = Earlier(defaultdict(dict), defaultdict(dict))
    columns = ("year", "quarter", "sheet__unit_id", "unit_id", "indicator_id", "value")
    for year, quarter, reporter, subject, indicator, value in rows.values_list(*columns):
        if (year, quarter) == (before.year, before.quarter):
            if reporter is not None:
                found.before[reporter][indicator] = value
        else:
            found.last_year[subject][indicator] = value
    return found


def _wholes() -> dict[int, int]:
    """Of which indicator another one is a part: what a ratio divides, and by what."""
    ratios = Indicator.objects.filter(
        kind=Indicator.Kind.RATIO, numerator__isnull=False, denominator__isnull=False
    )
    return dict(ratios.order_by("pk").values_list("numerator_id", "denominator_id"))
