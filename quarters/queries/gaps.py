"""What a draft still lacks, each with the field to go to."""

from metrics.actions import sheet_gaps
from quarters.gaps import PageGap
from reporting.models import Submission
from tasks.completeness import report_gaps


def gaps_of(submission: Submission) -> list[PageGap]:
    """The same rules as handing in refuses by."""
    if submission.kind == Submission.Kind.FIGURES:
        found = sheet_gaps(submission.figure_sheet)
        return [PageGap(f"id_figure-{code}", sentence) for code, sentence in found]
    report = submission.progress_report
    rows = report_gaps(
        progress=report.progress,
        problems=report.problems,
        next_steps=report.next_steps,
        declared_status=report.declared_status,
        is_nil=report.is_nil,
    )
    return [
        PageGap(
            "div_id_declared_status" if row.field == "declared_status" else f"id_{row.field}", row.sentence
        )
        for row in rows
    ]
