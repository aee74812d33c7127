"""What a submission says: the draft, each version handed in, and what was accepted the quarter before."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from core.canonical import digest_of
from core.formats import decimal_text
from metrics.actions import previous_figures
from metrics.models import FigureSheet, Indicator, Observation, Target
from metrics.queries.doubts import Comparisons, comparisons_of
from quarters.differences import Piece, differences
from reporting.models import Submission
from reporting.workflow import State
from tasks.models import ProgressReport, ReportVersion

# Four digits or more that are neither a year nor part of a decimal.
_LONG_NUMBER = re.compile(r"(?<![\d.,])\d{4,}(?![\d.,年])")
TEXT_LABELS = (
    ("progress", "进展情况"),
    ("problems", "存在问题"),
    ("next_steps", "下一步打算"),
    ("coordination", "需协调事项"),
)


@dataclass(frozen=True)
class TextPart:
    """One text field, with what changed against the version before."""

    name: str
    label: str
    text: str
    pieces: tuple[Piece, ...] = ()

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True)
class FigurePart:
    """One figure with its unit, what was typed, the quarter before and the target."""

    code: str
    name: str
    measure_unit: str
    definition: str
    value: Decimal | None
    text: str
    raw: str
    explanation: str
    before: str
    target: str
    changed_from: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """A report or a figure sheet as it was at one moment."""

    is_figures: bool
    texts: tuple[TextPart, ...]
    figures: tuple[FigurePart, ...]
    status: str
    status_label: str
    percent: Decimal | None
    is_nil: bool
    version_no: int
    sha256: str
    recorded_at: datetime.datetime | None
    recorded_by: str
    period: str = ""

    @property
    def percent_text(self) -> str:
        return "—" if self.percent is None else f"{decimal_text(self.percent)}%"

    @property
    def filled_texts(self) -> list[TextPart]:
        return [part for part in self.texts if part.text]


def draft_of(submission: Submission) -> Content:
    """What would be handed in now."""
    if submission.kind != Submission.Kind.FIGURES:
        return _report_content(submission.progress_report, version_no=submission.version_no)
    sheet = submission.figure_sheet
    figures = (
        (entry.indicator, entry.value, entry.raw, entry.explanation)
        for entry in sheet.entries.select_related("indicator").order_by("indicator__position", "pk")
    )
    return _sheet_content(sheet, figures, version_no=submission.version_no)


def versions_of(submission: Submission) -> list[Content]:
    """Every version handed in, newest first, each marked against the one before."""
    if submission.kind == Submission.Kind.FIGURES:
        return _sheet_versions(submission.figure_sheet)
    rows = list(submission.progress_report.versions.select_related("recorded_by").order_by("-version_no"))
    before: list[ReportVersion | None] = [*rows[1:], None]
    return [
        _report_content(
            row,
            version_no=row.version_no,
            sha256=row.sha256,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by.display_name if row.recorded_by else "",
            earlier=earlier,
        )
        for row, earlier in zip(rows, before, strict=False)
    ]


def previous_of(submission: Submission) -> Content | None:
    """What was accepted of the same task the last time it was reported; a new year's task continues the old."""
    if submission.kind == Submission.Kind.FIGURES:
        return None
    report = last_accepted(submission)
    if report is None:
        return None
    return _report_content(report, version_no=report.submission.version_no, period=report.round.period.label)


def last_accepted(submission: Submission) -> ProgressReport | None:
    """The newest accepted report of an earlier round on this task or the one it was carried over from."""
    task, round_ = submission.progress_report.task, submission.round
    earlier = Q(round__year__lt=round_.year) | Q(round__year=round_.year, round__quarter__lt=round_.quarter)
    return (
        ProgressReport.objects.filter(earlier, submission__state=State.ACCEPTED)
        .filter(Q(task_id=task.pk) | Q(task_id=task.carried_from_id))
        .select_related("round", "submission")
        .order_by("-round__year", "-round__quarter")
        .first()
    )


def targets_of(sheet: FigureSheet) -> dict[int, Target]:
    """By indicator: this quarter's target, else the year's, for whom the sheet speaks of; one query."""
    rows = Target.objects.filter(
        Q(quarter=sheet.round.quarter) | Q(quarter__isnull=True),
        Q(unit_id=sheet.subject_unit_id),
        group_id=sheet.round.group_id,
        year=sheet.round.year,
        indicator__entries__sheet=sheet,
    )
    ordered = sorted(rows, key=lambda row: row.quarter is not None)
    return {row.indicator_id: row for row in ordered}


def target_text(target: Target | None) -> str:
    """The wording as entered, long numbers by thousands; a year's target says so."""
    if target is None:
        return "—"
    wording = _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", target.wording)
    return wording if target.quarter else f"全年：{wording}"


def _report_content(
    row: ProgressReport | ReportVersion,
    *,
    version_no: int,
    sha256: str = "",
    recorded_at: datetime.datetime | None = None,
    recorded_by: str = "",
    earlier: ReportVersion | None = None,
    period: str = "",
) -> Content:
    return Content(
        is_figures=False,
        texts=tuple(_text_part(name, label, row, earlier) for name, label in TEXT_LABELS),
        figures=(),
        status=row.declared_status,
        status_label=row.get_declared_status_display(),
        percent=row.percent,
        is_nil=row.is_nil,
        version_no=version_no,
        sha256=sha256,
        recorded_at=recorded_at,
        recorded_by=recorded_by,
        period=period,
    )


def _text_part(
    name: str, label: str, row: ProgressReport | ReportVersion, earlier: ReportVersion | None
) -> TextPart:
    text = getattr(row, name)
    pieces = differences(getattr(earlier, name), text) if earlier is not None else ()
    return TextPart(name, label, text, pieces)


_Typed = tuple[Indicator, Decimal | None, str, str]


def _sheet_content(
    sheet: FigureSheet,
    figures: Iterable[_Typed],
    *,
    version_no: int,
    recorded: Observation | None = None,
    targets: Mapping[int, Target] | None = None,
    before: Mapping[int, Observation] | None = None,
    earlier: Mapping[int, Observation] | None = None,
    compared: Comparisons | None = None,
) -> Content:
    targets = targets_of(sheet) if targets is None else targets
    before = previous_figures(sheet) if before is None else before
    typed = list(figures)
    doubts = (compared or _comparisons(sheet, before)).remarks(row[:3] for row in typed)
    parts = tuple(
        _figure_part(row, targets, before, earlier or {}, tuple(doubts.get(row[0].pk, ()))) for row in typed
    )
    return Content(
        is_figures=True,
        texts=(),
        figures=parts,
        status="",
        status_label="",
        percent=None,
        is_nil=False,
        version_no=version_no,
        sha256=figures_digest(sheet, parts) if recorded else "",
        recorded_at=recorded.recorded_at if recorded else None,
        recorded_by=recorded.recorded_by.display_name if recorded and recorded.recorded_by else "",
    )


def _comparisons(sheet: FigureSheet, before: Mapping[int, Observation]) -> Comparisons:
    return comparisons_of(sheet, previous=before, subject_id=sheet.subject_unit_id)


def figures_digest(sheet: FigureSheet, parts: Iterable[FigurePart]) -> str:
    """SHA-256 of the figures as handed in, in canonical form: the same figures give the same digest."""
    rows = {part.code: [part.value, part.raw, part.explanation] for part in parts}
    return digest_of({"unit": sheet.unit.code, "round": str(sheet.round.period), "figures": rows})


def _figure_part(
    typed: _Typed,
    targets: Mapping[int, Target],
    before: Mapping[int, Observation],
    earlier: Mapping[int, Observation],
    doubts: tuple[str, ...],
) -> FigurePart:
    indicator, value, raw, explanation = typed
    last, old = before.get(indicator.pk), earlier.get(indicator.pk)
    changed = old is not None and old.value != value
    return FigurePart(
        code=indicator.code,
        name=indicator.name,
        measure_unit=indicator.measure_unit,
        definition=indicator.definition,
        value=value,
        text=decimal_text(value, indicator.precision if value is not None else None),
        raw=raw,
        explanation=explanation,
        before=decimal_text(last.value if last else None, indicator.precision),
        target=target_text(targets.get(indicator.pk)),
        changed_from=decimal_text(old.value, indicator.precision) if changed and old else "",
        doubts=doubts,
    )


def _sheet_versions(sheet: FigureSheet) -> list[Content]:
    by_version: dict[int, dict[int, Observation]] = {}
    rows = Observation.objects.filter(sheet=sheet).select_related("indicator", "recorded_by")
    for row in rows.order_by("-version_no", "indicator__position", "pk"):
        by_version.setdefault(row.version_no, {})[row.indicator_id] = row
    targets, before = targets_of(sheet), previous_figures(sheet)
    compared = _comparisons(sheet, before)
    numbers = list(by_version)
    return [
        _sheet_content(
            sheet,
            ((row.indicator, row.value, row.printed, row.explanation) for row in by_version[number].values()),
            version_no=number,
            recorded=next(iter(by_version[number].values())),
            targets=targets,
            before=before,
            earlier=by_version.get(older) if older is not None else None,
            compared=compared,
        )
        for number, older in zip(numbers, [*numbers[1:], None], strict=False)
    ]
