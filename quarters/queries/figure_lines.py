"""The indicators that a year's tasks measure, with this quarter's figure, its targets, and last year's."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, FilteredRelation, Q, QuerySet

from core.prepared import Prepared
from metrics.models import FigureTally, Indicator, Observation, TaskIndicator
from quarters.picture import FigureLine
from reporting.models import ReportingRound
from tasks.queries.in_round import shown_tasks

_COLUMNS = (
    *("indicator_id", "year", "value", "explanation", "as_of_on"),
    *("sheet__submission__uid", "sheet__unit__short_name"),
)


@dataclass(frozen=True)
class Aim:
    """What a target asks for: a value where it names one, and its words."""

    value: Decimal | None = None
    wording: str = ""


NO_AIM = Aim()


def figure_lines(round_: ReportingRound, figures: Iterable[Observation]) -> Iterator[FigureLine]:
    """Of the whole, in the official order. One query beside that of the figures."""
    observed = {(row.indicator_id, row.year): row for row in figures}
    aimed: dict[Indicator, dict[int | None, Aim]] = defaultdict(dict)
    for indicator in _aimed(round_.group_id, round_.year).rows():
        quarter, value, wording = (
            getattr(indicator, name) for name in ("aim_quarter", "aim_value", "aim_wording")
        )
        aims = aimed[indicator]
        if wording is not None:
            aims[quarter] = Aim(value, wording)
    for indicator, aims in aimed.items():
        yield _figure_line(indicator, observed, aims, round_)


def current_observations(round_: ReportingRound) -> QuerySet[Observation]:
    """The figures of the whole that count, of this quarter and of last year's, found by the rule itself.

    What is published is built from these. Of two sheets that speak of the same the later row comes last, and counts.
    """
    rows = Observation.objects.current().filter(group_id=round_.group_id, unit__isnull=True)
    return _shown(rows.filter(year__in=(round_.year - 1, round_.year), quarter=round_.quarter))


def tallied_observations(round_: ReportingRound) -> list[Observation]:
    """The same figures, found through their tally."""
    return _tallied(round_.group_id, round_.year, round_.quarter).rows()


@functools.lru_cache(maxsize=64)
def _tallied(group_pk: int, year: int, quarter: int) -> Prepared[Observation]:
    kept = FigureTally.objects.filter(group_id=group_pk, unit__isnull=True)
    chosen = kept.filter(year__in=(year - 1, year), quarter=quarter).order_by()
    return Prepared(_shown(Observation.objects.filter(pk__in=chosen.values("observation_id"))))


def _shown(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    return rows.select_related("sheet__submission", "sheet__unit").only(*_COLUMNS).order_by("pk")


@functools.lru_cache(maxsize=64)
def _aimed(group_pk: int, year: int) -> Prepared[Indicator]:
    """The indicators the year's tasks are measured by, once for each of the year's targets for the whole."""
    linked = TaskIndicator.objects.filter(task__in=shown_tasks(group_pk, year))
    of_whole = Q(targets__group=group_pk, targets__unit__isnull=True, targets__year=year)
    return Prepared(
        Indicator.objects.filter(pk__in=linked.values("indicator_id"))
        .annotate(aim=FilteredRelation("targets", condition=of_whole))
        .annotate(aim_quarter=F("aim__quarter"), aim_value=F("aim__value"), aim_wording=F("aim__wording"))
        .only("code", "name", "kind", "measure_unit", "precision", "direction")
        .order_by("position", "code")
    )


def _figure_line(
    indicator: Indicator,
    observed: dict[tuple[int, int | None], Observation],
    aims: dict[int | None, Aim],
    round_: ReportingRound,
) -> FigureLine:
    """One indicator in the words of a round; `observed` by indicator and year."""
    now, before = observed.get((indicator.pk, round_.year)), observed.get((indicator.pk, round_.year - 1))
    quarter_aim, year_aim = aims.get(round_.quarter, NO_AIM), aims.get(None, NO_AIM)
    sheet = now.sheet if now else None
    return FigureLine(
        code=indicator.code,
        name=indicator.name,
        kind_label=indicator.get_kind_display(),
        measure_unit=indicator.measure_unit,
        precision=indicator.precision,
        unit_code="",
        unit_name="",
        value=now.value if now else None,
        explanation=now.explanation if now else "",
        as_of_on=now.as_of_on if now else None,
        target_value=quarter_aim.value,
        target_wording=quarter_aim.wording,
        year_target_value=year_aim.value,
        year_target_wording=year_aim.wording,
        last_year_value=before.value if before else None,
        direction=indicator.direction,
        reported_by=sheet.unit.short_name if sheet else "",
        submission_uid=str(sheet.submission.uid) if sheet else "",
    )
