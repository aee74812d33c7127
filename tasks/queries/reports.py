"""One report of a task with every version that was handed in and every move it made."""

from dataclasses import dataclass

from reporting.models import ReviewEvent
from tasks.models import ProgressReport
from tasks.queries.detail import Happening, ReportText, moment, people_of, report_text


@dataclass(frozen=True)
class VersionEntry:
    """One handed-in text."""

    number: int
    text: ReportText
    recorded: str
    sha256: str
    reason: str
    is_accepted: bool


@dataclass(frozen=True)
class ReportPage:
    """A report, its versions (newest first) and its moves."""

    report: ProgressReport
    versions: tuple[VersionEntry, ...]
    people: tuple[str, ...]
    events: tuple[Happening, ...]


def report_page(report: ProgressReport) -> ReportPage:
    submission = report.submission
    events = (
        ReviewEvent.objects.filter(submission=submission)
        .exclude(move="edit")
        .select_related("by", "on_behalf_of")
    )
    versions = report.versions.select_related("recorded_by").order_by("-version_no")
    accepted_no = submission.version_no if submission.accepted_at else None
    return ReportPage(
        report=report,
        versions=tuple(
            VersionEntry(
                number=row.version_no,
                text=report_text(row),
                recorded=f"{row.recorded_by or '系统命令'} {moment(row.recorded_at)}",
                sha256=row.sha256,
                reason=row.reason,
                is_accepted=row.version_no == accepted_no,
            )
            for row in versions
        ),
        people=people_of(submission),
        events=tuple(_review_happening(event) for event in events.order_by("-at", "-pk")),
    )


def _review_happening(event: ReviewEvent) -> Happening:
    by = str(event.by) if event.by else "系统命令"
    reason = f"{event.get_reason_code_display()}：" if event.reason_code else ""
    return Happening(
        when=moment(event.at),
        by=f"{by}（代{event.on_behalf_of}）" if event.on_behalf_of else by,
        title=f"{event.get_move_display()}，转为“{event.get_to_state_display()}”",
        text=f"{reason}{event.reason_text}",
        tone={"returned": "red", "accepted": "green"}.get(event.to_state, ""),
    )
