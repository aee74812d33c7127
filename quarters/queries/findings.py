"""What the checks of figures have to say of a whole round: everything handed in, compared as on the pages."""

from dataclasses import dataclass

from django.urls import reverse

from metrics.queries.round_doubts import remarks_of_round
from reporting.models import ReportingRound


@dataclass(frozen=True)
class Finding:
    """One thing a figure leaves open: whose sheet, which indicator, in words, and what the unit said to it."""

    unit: str
    indicator: str
    sentence: str
    explanation: str
    url: str


def findings_of(round_: ReportingRound) -> list[Finding]:
    """By unit and indicator; three queries."""
    return [
        Finding(
            unit=row.sheet.unit.name,
            indicator=row.indicator.name,
            sentence=sentence,
            explanation=row.explanation,
            url=reverse("quarters:report", args=[round_.year, round_.quarter, row.sheet.submission.uid]),
        )
        for row, sentences in remarks_of_round(round_)
        for sentence in sentences
    ]
