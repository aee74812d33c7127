"""What can be asked of the register of tasks, and the same said back as chips."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.dates import parse_date
from core.formats import date_text
from tasks.life import TaskState
from tasks.models import Assignment, Task

ALL = "all"
LONGEST_SEARCH = 80
_TYPED = ("q", "plan", "area", "section", "unit", "lead", "assist", "document")
_CHOSEN: dict[str, frozenset[str]] = {
    "role": frozenset(Assignment.Role.values),
    "kind": frozenset(Task.Kind.values),
    "state": frozenset(state.value for state in TaskState),
    "frequency": frozenset(Task.Frequency.values),
}


@dataclass(frozen=True)
class TaskFilter:
    """What the reader asked of the register; anything unknown counts as not asked."""

    q: str = ""
    plan: str = ""
    area: str = ""
    section: str = ""
    unit: str = ""
    lead: str = ""
    assist: str = ""
    document: str = ""
    role: str = ""
    kind: str = ""
    state: str = ""
    frequency: str = ""
    highlight: bool = False
    due_before: datetime.date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "TaskFilter":
        """Typed and bounded; a word outside its list and a day that is none are dropped."""
        typed = {name: query.get(name, "").strip()[:LONGEST_SEARCH] for name in _TYPED}
        chosen = {name: query.get(name, "") for name in _CHOSEN}
        return cls(
            **typed,
            **{name: value if value in _CHOSEN[name] else "" for name, value in chosen.items()},
            highlight=query.get("highlight", "") == "1",
            due_before=_day(query.get("due_before", "")),
        )

    @property
    def is_on(self) -> bool:
        return self != TaskFilter(plan=self.plan)

    @property
    def shows_more(self) -> bool:
        """Whether one of the filters that stand folded away is in use."""
        folded = (self.section, self.kind, self.frequency, self.assist, self.document, self.due_before)
        return any(folded) or self.highlight


@dataclass(frozen=True)
class Choice:
    """One entry of a filter's list."""

    value: str
    label: str


@dataclass(frozen=True)
class FilterChoices:
    """What one can choose; the first plan is the newest."""

    plans: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    units: tuple[Choice, ...]
    documents: tuple[Choice, ...]

    def plan_for(self, wanted: str, year: int) -> str:
        """The chosen plan; the newest that has begun unless another, or all, was asked for."""
        known = [choice.value for choice in self.plans]
        if wanted == ALL or wanted in known:
            return wanted
        begun = (value for value in known if int(value.split("-")[0]) <= year)
        return next(begun, known[0] if known else ALL)


@dataclass(frozen=True)
class Chip:
    """One filter that is on: its words, and the parameter that takes it off again."""

    words: str
    parameter: str


def chips(asked: TaskFilter, choices: FilterChoices) -> tuple[Chip, ...]:
    """Every filter that is on, in the order of the form; a code nobody knows is shown as typed."""
    words = {
        "q": f"含“{asked.q}”",
        "area": _label(choices.areas, asked.area),
        "section": _label(choices.sections, asked.section),
        "state": TaskState(asked.state).label if asked.state else "",
        "kind": Task.Kind(asked.kind).label if asked.kind else "",
        "frequency": f"{Task.Frequency(asked.frequency).label}报" if asked.frequency else "",
        "lead": f"牵头：{_label(choices.units, asked.lead)}",
        "assist": f"协同：{_label(choices.units, asked.assist)}",
        "unit": f"承办：{_label(choices.units, asked.unit)}",
        "role": f"有{Assignment.Role(asked.role).label}单位" if asked.role else "",
        "document": f"来源：{_label(choices.documents, asked.document)}",
        "highlight": "五结合五突出",
        "due_before": f"{date_text(asked.due_before)}前到期",
    }
    return tuple(Chip(str(text), name) for name, text in words.items() if getattr(asked, name))


def _label(choices: Iterable[Choice], value: str) -> str:
    return next((choice.label for choice in choices if choice.value == value), value)


def _day(typed: str) -> datetime.date | None:
    try:
        return parse_date(typed) if typed.strip() else None
    except ValueError:
        return None
