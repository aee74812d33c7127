"""One task as the lists show it: its light with the rule in words, who leads it, what the unit said last. Pure."""

import datetime
from dataclasses import dataclass

from core.periods import Quarter
from dashboards.links import report_url, task_url
from tasks.lights import Colour, agrees, light_word

SHORTEST, LONGEST = 12, 80
TONES = {Colour.EXEMPT: "unassessed"}


@dataclass(frozen=True)
class TaskRow:
    """`quarters` counts this one; `said` is the unit's last word, from the accepted report."""

    uid: str
    code: str
    title: str
    lead_code: str
    lead_name: str
    area_name: str
    period: Quarter
    light: Colour
    rule: str
    quarters: int
    due_on: datetime.date | None
    state: str
    state_label: str
    is_late: bool
    is_overdue: bool
    declared: str
    declared_label: str
    said: str
    coordination: str
    raised: int
    submission_uid: str
    sheet_url: str = ""
    is_demo: bool = False

    @property
    def url(self) -> str:
        """The signed report where there is one, else the task."""
        return self.report_url or self.task_url

    @property
    def report_url(self) -> str:
        return report_url(self.period, self.submission_uid) if self.state == "accepted" else ""

    @property
    def task_url(self) -> str:
        return task_url(self.uid)

    @property
    def tone(self) -> str:
        return TONES.get(self.light, self.light.value)

    @property
    def word(self) -> str:
        return light_word(self.light, self.state)

    @property
    def quarters_words(self) -> str:
        return f"{self.quarters}季" if self.quarters else "—"

    @property
    def agrees(self) -> bool:
        return agrees(self.light, self.declared)

    @property
    def raised_words(self) -> str:
        """「2026年二季度提出，第2次」."""
        first = self.period
        for _ in range(1, self.raised):
            first = first.previous()
        return f"{first.label}提出" + (f"，第{self.raised}次" if self.raised > 1 else "")


@dataclass(frozen=True)
class Listed:
    """The first rows of a list, and how many there are in all."""

    rows: tuple[TaskRow, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def unsettled_words(sheet_state: str) -> str:
    """Who is waited for where the report is accepted and its figures are not; by the state of the unit's sheet."""
    waits = {
        "pending": "未报",
        "draft": "未报",
        "signing": "单位审签中，尚未报送",
        "submitted": "待办公室审核",
        "reviewing": "待办公室审核",
        "returned": "已退回，待单位修改",
    }
    return f"报告已审核通过，指标表{waits.get(sheet_state, '已审核通过，完成度待核定')}"


def last_words(problems: str, progress: str) -> str:
    """What the unit says stands in the way, else how it stands; its first sentences, cut to a line or two."""
    text = " ".join((problems.strip() or progress.strip()).split())
    if len(text) <= LONGEST:
        return text
    end = max(text.rfind(mark, SHORTEST, LONGEST) for mark in "。；")
    return text[: end + 1] if end > 0 else f"{text[: LONGEST - 1]}…"
