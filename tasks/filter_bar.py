"""The filters of the register of tasks as its page shows them: lists with the chosen entry marked, chips."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tasks.life import TaskState
from tasks.models import Task
from tasks.queries.filters import ALL, Choice, FilterChoices, TaskFilter, chips

Pairs = Iterable[tuple[str, str]]
_STATES = tuple((state.value, state.label) for state in TaskState)
_FREQUENCIES = tuple((value, f"{label}报") for value, label in Task.Frequency.choices)


@dataclass(frozen=True)
class Select:
    """One list of the filter form, its options written out: a template would spend half a page on them."""

    name: str
    label: str
    options: SafeString


@dataclass(frozen=True)
class ChipLink:
    """A filter that is on and the address of the page without it."""

    words: str
    url: str


class TaskFilterBar:
    """What the filter form of /tasks/ shows for this request."""

    def __init__(self, query: QueryDict, asked: TaskFilter, choices: FilterChoices, plan: str) -> None:
        self._query, self.asked, self._choices, self.plan = query, asked, choices, plan

    @property
    def plan_label(self) -> str:
        return next((row.label for row in self._choices.plans if row.value == self.plan), "全部计划")

    @property
    def is_all_plans(self) -> bool:
        return self.plan == ALL

    def first(self) -> tuple[Select, ...]:
        """The lists that always stand open."""
        plans = [*((row.value, row.label) for row in self._choices.plans), (ALL, "全部计划")]
        units = _pairs(self._choices.units)
        return (
            Select("plan", "计划", _options(plans, self.plan)),
            _select("area", "改革领域", _pairs(self._choices.areas), self.asked.area),
            _select("lead", "牵头单位", units, self.asked.lead),
            _select("state", "状态", _STATES, self.asked.state),
        )

    def folded(self) -> tuple[Select, ...]:
        """The lists that open on demand."""
        return (
            _select("section", "中央意见章节", _pairs(self._choices.sections), self.asked.section),
            _select("assist", "协同单位", _pairs(self._choices.units), self.asked.assist),
            _select("kind", "类型", Task.Kind.choices, self.asked.kind),
            _select("frequency", "填报频次", _FREQUENCIES, self.asked.frequency),
            _select("document", "来源文件", _pairs(self._choices.documents), self.asked.document),
            _select(
                "highlight",
                "范围",
                (("1", "仅五结合五突出"),),
                "1" if self.asked.highlight else "",
                "全部任务",
            ),
        )

    def kept(self) -> tuple[tuple[str, str], ...]:
        """What the form carries on without showing it."""
        found = {name: str(self._query.get(name, "")) for name in ("group", "sort", "unit", "role")}
        return tuple((name, value) for name, value in found.items() if value)

    def chips(self) -> tuple[ChipLink, ...]:
        """The filters that are on, each with the way to take it off."""
        return tuple(
            ChipLink(chip.words, f"?{self.query(without=chip.parameter)}")
            for chip in chips(self.asked, self._choices)
        )

    def cleared(self) -> str:
        """The same plan without any filter."""
        query = QueryDict(mutable=True)
        for name in ("group", "plan", "sort"):
            if self._query.get(name):
                query[name] = str(self._query.get(name))
        return f"?{query.urlencode()}"

    def query(self, *, without: str = "") -> str:
        """The filters as a query string for the workbook, or for the page without one of them."""
        query = self._query.copy()
        for name in {"page", without}:
            query.pop(name, None)
        return query.urlencode()


def _select(name: str, label: str, pairs: Pairs, chosen: str, nothing: str = "全部") -> Select:
    return Select(name, label, _options([("", nothing), *pairs], chosen))


def _options(pairs: Pairs, chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if value == chosen else "", label) for value, label in pairs),
    )


def _pairs(choices: Iterable[Choice]) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in choices]


_SELECTED = SafeString(" selected")
