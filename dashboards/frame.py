"""What stands around the content: the round's name and state, its neighbours. Pure, from rows already read."""

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

    scope: Scope
    choice: RoundChoice

    @property
    def group_code(self) -> str:
        return self.scope.group.code

    @property
    def group_name(self) -> str:
        """A county's name stands on its page; the city's goes without saying."""
        return "" if self.scope.group.parent_id is None else self.scope.group.name

    @property
    def round_code(self) -> str:
        return str(self.choice.chosen.period)

    @property
    def round_label(self) -> str:
        return self.choice.chosen.period.label

    @property
    def state_words(self) -> str:
        """「已发布」 or 「填报中 · 实时」: a published page never changes, an open one does."""
        round_ = self.choice.chosen
        return round_.phase_label if round_.is_published else f"{round_.phase_label} · 实时"

    @property
    def state_tone(self) -> str:
        return "green" if self.choice.chosen.is_published else "blue"

    @property
    def facts(self) -> str:
        round_ = self.choice.chosen
        words = [self.group_name, round_.period.label]
        if round_.published_at:
            words.append(f"{date_text(clock.shanghai_date(round_.published_at))}发布")
        words.append(f"截至 {date_text(round_.period.last_day)}")
        return " · ".join(word for word in words if word)

    @property
    def shows_demo(self) -> bool:
        return self.choice.chosen.is_demo

    @property
    def earlier(self) -> Neighbour | None:
        return self._neighbour(self.choice.earlier)

    @property
    def later(self) -> Neighbour | None:
        return self._neighbour(self.choice.later)

    @property
    def home_url(self) -> str:
        return home_url(self.group_code, self.choice.chosen.period)

    @property
    def tasks_url(self) -> str:
        return tasks_url(self.group_code, self.choice.chosen.period)

    def _neighbour(self, round_: ReportingRound | None) -> Neighbour | None:
        if round_ is None:
            return None
        same_year = round_.year == self.choice.chosen.year
        label = round_.period.short_label if same_year else round_.period.label
        return Neighbour(label, home_url(self.group_code, round_.period))
