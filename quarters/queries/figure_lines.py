"""The indicators that a year's tasks measure, with this quarter's figure, its targets, and last year's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from metrics.models import FigureTally, Indicator, Observation, Target, TaskIndicator
from quarters.picture import FigureLine
from reporting.models import ReportingRound
from tasks.queries.in_round import shown_tasks

_COLUMNS = (
    *("indicator_id", "year", "value", "explanation", "as_of_on"),
    *("sheet__submission__uid", "sheet__unit__short_name"),
)


def figure_lines(round_: ReportingRound, figures: Iterable[Observation]) -> Iterator[FigureLine]:
    """Of the whole, in the official order. Two queries beside that of the figures."""
    linked = TaskIndicator.objects.filter(task__in=shown_tasks(round_.group_id, round_.year))
    indicators = (
        Indicator.objects.filter(pk__in=linked.values("indicator_id"))
        .only("code", "name", "kind", "measure_unit", "precision", "direction")
        .order_by("position", "code")
    )
    observed = {(row.indicator_id, row.year): row for row in figures}
    targets = _targets(round_)
    for indicator in indicators:
        yield figure_line(indicator, observed, targets[indicator.pk], round_)


def current_observations(round_: ReportingRound) -> QuerySet[Observation]:
    """The figures of the whole that count, of this quarter and of last year's, found by the rule itself.

    What is published is built from these. Of two sheets that speak of the same the later row comes last, and counts.
    """
    rows = Observation.objects.current().filter(group_id=round_.group_id, unit__isnull=True)
    return _shown(rows.filter(year__in=_years(round_), quarter=round_.quarter))


def tallied_observations(round_: ReportingRound) -> QuerySet[Observation]:
    """The same figures, found through their tally."""
    kept = FigureTally.objects.filter(group_id=round_.group_id, unit__isnull=True)
    chosen = kept.filter(year__in=_years(round_), quarter=round_.quarter).order_by()
    return _shown(Observation.objects.filter(pk__in=chosen.values("observation_id")))


def _shown(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    return rows.select_related("sheet__submission", "sheet__unit").only(*_COLUMNS).order_by("pk")


def _years(round_: ReportingRound) -> tuple[int, int]:
    return round_.year - 1, round_.year


def _targets(round_: ReportingRound) -> dict[int, dict[int | None, Target]]:
    """By indicator, then by quarter; None is the year's."""
    targets: dict[int, dict[int | None, Target]] = defaultdict(dict)
    rows = Target.objects.filter(group_id=round_.group_id, unit__isnull=True, year=round_.year)
    for target in rows.only("indicator_id", "quarter", "value", "wording"):
        targets[target.indicator_id][target.quarter] = target
    return targets


def figure_line(
    indicator: Indicator,
    observed: dict[tuple[int, int | None], Observation],
    targets: dict[int | None, Target],
    round_: ReportingRound,
) -> FigureLine:
    """One indicator in the words of a round; `observed` by indicator and year."""
    now, before = observed.get((indicator.pk, round_.year)), observed.get((indicator.pk, round_.year - 1))
    quarter_target, year_target = targets.get(round_.quarter), targets.get(None)
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
        target_value=quarter_target.value if quarter_target else None,
        target_wording=quarter_target.wording if quarter_target else "",
        year_target_value=year_target.value if year_target else None,
        year_target_wording=year_target.wording if year_target else "",
        last_year_value=before.value if before else None,
        direction=indicator.direction,
        reported_by=sheet.unit.short_name if sheet else "",
        submission_uid=str(sheet.submission.uid) if sheet else "",
    )
