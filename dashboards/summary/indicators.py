"""Key indicators: actual against target and last year, and over the quarters of the year. Pure."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from core.charts import Bullet, BulletRow, Period, TargetActual
from core.formats import decimal_text
from dashboards.links import indicator_url, report_url
from quarters.picture import FigureLine
from quarters.reading import RoundReading


@dataclass(frozen=True)
class FigureRow:
    """One indicator in the table under the bullets: every figure with its as-of date and its signed sheet."""

    name: str
    url: str
    measure_unit: str
    value: str
    target: str
    last_year: str
    as_of_on: datetime.date | None
    reported_by: str
    report_url: str
    explanation: str

    @property
    def review_words(self) -> str:
        return "审核通过" if self.report_url else "没有审核通过的数据"


def bullets(reading: RoundReading) -> Bullet:
    """Actual on the way to the year's target; the mark is the target of this quarter."""
    return Bullet("关键指标", tuple(_bullet(line) for line in reading.figures), reading.as_of_on)


def figure_rows(reading: RoundReading) -> tuple[FigureRow, ...]:
    return tuple(_figure_row(reading, line) for line in reading.figures)


def trends(reading: RoundReading, past: tuple[RoundReading, ...]) -> tuple[TargetActual, ...]:
    """Target against actual per indicator: last year's same quarter, then this year's quarters so far.

    A quarter that was not published is a gap, never 0.
    """
    by_period = {earlier.period: earlier for earlier in past} | {reading.period: reading}
    quarters = [reading.period]
    while quarters[0].quarter > 1:
        quarters.insert(0, quarters[0].previous())
    shown = [by_period.get(period) for period in quarters]
    labels = [period.short_label for period in quarters]
    return tuple(_trend(line, list(zip(labels, shown, strict=True)), reading) for line in reading.figures)


def _trend(
    line: FigureLine, quarters: list[tuple[str, RoundReading | None]], reading: RoundReading
) -> TargetActual:
    last_year = Period(reading.period.short_label, line.last_year_value, None, f"{reading.period.year - 1}年")
    points = [_point(label, earlier, line.code, reading) for label, earlier in quarters]
    return TargetActual(line.name, line.measure_unit, (last_year, *points), reading.as_of_on, line.precision)


def _point(label: str, earlier: RoundReading | None, code: str, reading: RoundReading) -> Period:
    found = [figure for figure in earlier.figures if figure.code == code] if earlier else []
    group = f"{reading.period.year}年"
    if not found or earlier is None:
        return Period(label, None, None, group)
    figure = found[0]
    return Period(
        label, figure.value, figure.target_value, group, report_url(earlier.period, figure.submission_uid)
    )


def _bullet(line: FigureLine) -> BulletRow:
    target, words, pace = line.year_target_value, line.year_target_wording, line.target_value
    if target is None and not words:
        target, words, pace = line.target_value, line.target_wording, None
    return BulletRow(
        label=line.name,
        actual=line.value,
        target=target,
        unit=line.measure_unit,
        pace=pace,
        last_year=line.last_year_value,
        note=_note(line),
        target_text=words if target is None else "",
        precision=line.precision,
        tone="green" if _is_reached(line, target) else "actual",
        url=indicator_url(line.code),
    )


def _note(line: FigureLine) -> str:
    """「存量 · 市人社局」; what the unit said where it gave no figure."""
    if line.value is None:
        return line.explanation or "本季度没有审核通过的数据"
    return " · ".join(part for part in (line.kind_label, line.reported_by) if part)


def _is_reached(line: FigureLine, target: Decimal | None) -> bool:
    if line.value is None or target is None:
        return False
    return line.value <= target if line.direction == "down" else line.value >= target


def _figure_row(reading: RoundReading, line: FigureLine) -> FigureRow:
    year_target = line.year_target_wording or _text(line.year_target_value, line)
    quarter_target = line.target_wording or _text(line.target_value, line)
    return FigureRow(
        name=line.name,
        url=indicator_url(line.code),
        measure_unit=line.measure_unit,
        value=_text(line.value, line),
        target=f"{quarter_target} / {year_target}",
        last_year=_text(line.last_year_value, line),
        as_of_on=line.as_of_on,
        reported_by=line.reported_by,
        report_url=report_url(reading.period, line.submission_uid),
        explanation=line.explanation,
    )


def _text(value: Decimal | None, line: FigureLine) -> str:
    return decimal_text(value, line.precision)
