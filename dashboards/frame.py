"""What stands around the content: the round's name and state, its neighbours. Plain words, kept with the content."""

import datetime
from dataclasses import dataclass

from core import clock
from core.formats import date_text
from dashboards.links import home_url, tasks_url
from dashboards.rounds import RoundChoice
from dashboards.scope import Scope
from reporting.models import ReportingRound


@dataclass(frozen=True)
class Neighbour:
    label: str
    url: str


@dataclass(frozen=True)
class Frame:
    """The head of a dashboard page."""

    group_name: str
    round_label: str
    state_words: str
    state_tone: str
    facts: str
    printed_on: str
    shows_demo: bool
    earlier: Neighbour | None
    later: Neighbour | None
    home_url: str
    tasks_url: str

    @classmethod
    def of(cls, scope: Scope, choice: RoundChoice) -> "Frame":
        """「已发布」 or 「填报中 · 实时」: a published page never changes, an open one does."""
        round_, code = choice.chosen, scope.group.code
        return cls(
            group_name=scope.group.name,
            round_label=round_.period.label,
            state_words=round_.phase_label if round_.is_published else f"{round_.phase_label} · 实时",
            state_tone="green" if round_.is_published else "blue",
            facts=_facts(scope, round_, clock.today()),
            printed_on=date_text(clock.today()),
            shows_demo=round_.is_demo,
            earlier=_neighbour(choice.earlier, choice),
            later=_neighbour(choice.later, choice),
            home_url=home_url(code, round_.period),
            tasks_url=tasks_url(code, round_.period),
        )


def _facts(scope: Scope, round_: ReportingRound, today: datetime.date) -> str:
    """A county's name stands on its page; the city's goes without saying."""
    words = [scope.group.name] if scope.group.parent_id else []
    words.append(round_.period.label)
    if round_.published_at:
        words.append(f"{date_text(clock.shanghai_date(round_.published_at))}发布")
    words.append(f"截至{date_text(round_.period.last_day)}")
    if not round_.published_at:
        words.append(f"期限按{today.month}月{today.day}日计")
    return " · ".join(words)


def _neighbour(round_: ReportingRound | None, choice: RoundChoice) -> Neighbour | None:
    if round_ is None:
        return None
    same_year = round_.year == choice.chosen.year
    label = round_.period.short_label if same_year else round_.period.label
    return Neighbour(label, home_url(round_.group.code, round_.period))
