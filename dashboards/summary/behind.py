"""What is behind, by name and lead unit, with the rule in words and since how many quarters. Pure."""

from dataclasses import dataclass

from dashboards.links import report_url, task_url
from dashboards.summary.tally import BEHIND, TONES
from quarters.picture import RoundPicture, TaskLine
from tasks.lights import Colour

# Worst first; then by shortfall, then by the deadline.
SEVERITY = (
    Colour.RED,
    Colour.YELLOW,
    Colour.UNREPORTED,
    Colour.GREEN,
    Colour.DONE,
    Colour.EXEMPT,
)


@dataclass(frozen=True)
class TaskRow:
    """One task as a list shows it; `url` leads to the signed report, where there is one, else to the task."""

    line: TaskLine
    url: str
    task_url: str
    tone: str
    word: str
    quarters: int

    @property
    def quarters_words(self) -> str:
        return f"{self.quarters}季" if self.quarters else "—"


def behind_rows(picture: RoundPicture, past: tuple[RoundPicture, ...]) -> tuple[TaskRow, ...]:
    """Red and yellow tasks, then those whose report is overdue; the worst first."""
    shown = [line for line in picture.tasks if is_behind(line) or _is_overdue_unreported(line)]
    return task_rows(picture, shown, past)


def task_rows(
    picture: RoundPicture, lines: list[TaskLine], past: tuple[RoundPicture, ...]
) -> tuple[TaskRow, ...]:
    """The lines as rows, sorted by severity."""
    streaks = streaks_of(past, picture)
    ordered = sorted(
        lines, key=lambda line: (SEVERITY.index(line.light), -line.shortfall, line.due_on, line.code)
    )
    return tuple(task_row(picture, line, streaks.get(line.uid, 0)) for line in ordered)


def task_row(picture: RoundPicture, line: TaskLine, earlier: int) -> TaskRow:
    has_report = line.state == "accepted" and line.submission_uid
    return TaskRow(
        line=line,
        url=report_url(picture.period, line.submission_uid) if has_report else task_url(line.uid),
        task_url=task_url(line.uid),
        tone=TONES[line.colour],
        word=line.word,
        quarters=earlier + 1 if is_behind(line) else 0,
    )


def is_behind(line: TaskLine) -> bool:
    return line.light in BEHIND


def streaks_of(past: tuple[RoundPicture, ...], picture: RoundPicture) -> dict[str, int]:
    """In how many quarters without a gap before this one each task was behind. `past` is newest first."""
    streaks: dict[str, int] = {}
    expected, running = picture.period.previous(), {line.uid for line in picture.tasks}
    for earlier in past:
        if earlier.period != expected or not running:
            break
        running &= {line.uid for line in earlier.tasks if is_behind(line)}
        for uid in running:
            streaks[uid] = streaks.get(uid, 0) + 1
        expected = expected.previous()
    return streaks


def _is_overdue_unreported(line: TaskLine) -> bool:
    return line.is_unreported and line.is_overdue
