"""What needs a leader, and where the calculated light and the unit's own word differ. Pure."""

from dataclasses import dataclass

from core.periods import Quarter
from dashboards.links import report_url
from dashboards.summary.behind import TaskRow, task_row
from quarters.picture import RoundPicture, TaskLine


@dataclass(frozen=True)
class CoordinationItem:
    """One 需协调事项 in the unit's words; `first_raised` is the first of the quarters without a gap."""

    title: str
    lead_name: str
    text: str
    url: str
    times: int
    first_raised: Quarter

    @property
    def times_words(self) -> str:
        return f"{self.first_raised.label}提出" + (f"，第{self.times}次" if self.times > 1 else "")


def coordination_items(picture: RoundPicture, past: tuple[RoundPicture, ...]) -> tuple[CoordinationItem, ...]:
    """Items of accepted reports; what was raised most often stands first."""
    items = [_item(picture, line, past) for line in picture.tasks if line.coordination.strip()]
    return tuple(sorted(items, key=lambda item: -item.times))


def differences(picture: RoundPicture) -> tuple[TaskRow, ...]:
    """Tasks whose light says something else than the unit declared."""
    return tuple(task_row(picture, line, 0) for line in picture.tasks if not line.agrees)


def _item(picture: RoundPicture, line: TaskLine, past: tuple[RoundPicture, ...]) -> CoordinationItem:
    first, times = picture.period, 1
    for earlier in past:
        raised = any(before.uid == line.uid and before.coordination.strip() for before in earlier.tasks)
        if earlier.period != first.previous() or not raised:
            break
        first, times = earlier.period, times + 1
    url = report_url(picture.period, line.submission_uid)
    return CoordinationItem(line.title, line.lead_name, line.coordination, url, times, first)
