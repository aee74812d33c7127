"""What happened to a submission, in words."""

from dataclasses import dataclass

from core import clock
from core.formats import datetime_text
from reporting.models import ReviewEvent, Submission

_TONES = {"send_back": "red", "return": "red", "accept": "green"}


@dataclass(frozen=True)
class HistoryEntry:
    """One line of the timeline."""

    when: str
    by: str
    title: str
    text: str
    tone: str


def history_of(submission: Submission) -> list[HistoryEntry]:
    """Every move, newest first: who, what, why; one query."""
    rows = submission.events.select_related("by", "on_behalf_of").order_by("-at", "-pk")
    return [_entry(row) for row in rows]


def last_return(submission: Submission) -> ReviewEvent | None:
    """The return that the unit has to answer, while it is in its hands."""
    return submission.events.filter(to_state="returned").order_by("-at", "-pk").first()


def _entry(row: ReviewEvent) -> HistoryEntry:
    version = f"（第{row.version_no}次报送）" if row.move == "submit" else ""
    behalf = f"，代{row.on_behalf_of}" if row.on_behalf_of else ""
    code = f"{row.get_reason_code_display()}：" if row.reason_code else ""
    title = "开始填写" if row.move == "edit" else f"{row.get_move_display()}{version}"
    return HistoryEntry(
        when=datetime_text(row.at.astimezone(clock.SHANGHAI)),
        by=f"{row.by.display_name if row.by else '系统'}{behalf}",
        title=title,
        text=f"{code}{row.reason_text}" if row.reason_text else "",
        tone=_TONES.get(row.move, ""),
    )
