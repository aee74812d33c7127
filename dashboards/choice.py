"""Which tasks of a picture a list shows: by light, area and lead unit. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from core.errors import BadInput
from dashboards.links import tasks_url
from dashboards.summary.behind import task_rows
from dashboards.summary.tally import BEHIND, PARTS, part_of
from quarters.picture import RoundPicture, TaskLine

PER_PAGE = 100
LONGEST = 40
# What may stand after ?light=: one light, or what a figure of the headline counts.
LIGHTS: dict[str, tuple[str, Callable[[TaskLine], bool]]] = {
    "reached": ("达到序时进度（含已办结）", lambda line: line.light.reaches_pace),
    "behind": ("未达序时进度", lambda line: line.light in BEHIND),
    **{
        part: (word, lambda line, part=part: part_of(line) == part)  # type: ignore[misc]
        for part, word in PARTS.items()
    },
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class TaskChoice:
    """The three filters, an empty one lets everything through; and the page of the list."""

    light: str = ""
    area: str = ""
    unit: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> "TaskChoice":
        """BadInput for a light that does not exist."""
        light = query.get("light", "")
        if light and light not in LIGHTS:
            raise BadInput(f"“{light[:20]}”不是有效的灯色，请从列表中选择。")
        typed = query.get("page", "")
        page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
        return cls(light, query.get("area", "")[:LONGEST], query.get("unit", "")[:LONGEST], page)

    @property
    def light_words(self) -> str:
        return LIGHTS[self.light][0] if self.light else "全部任务"

    def lets_through(self, line: TaskLine) -> bool:
        return (
            (not self.light or LIGHTS[self.light][1](line))
            and self.area in {"", line.area_code}
            and self.unit in {"", line.lead_code}
        )

    def options(self, picture: RoundPicture) -> dict[str, list[Option]]:
        """What the three select boxes offer: the lights, and the areas and units of this picture."""
        areas = {line.area_code: line.area_name for line in picture.tasks}
        units = {line.lead_code: line.lead_name for line in picture.tasks if line.lead_code}
        return {
            "light": _options({value: words for value, (words, _) in LIGHTS.items()}, self.light),
            "area": _options(areas, self.area),
            "unit": _options(units, self.unit),
        }


def _options(words: dict[str, str], chosen: str) -> list[Option]:
    return [Option(value, label, value == chosen) for value, label in words.items()]


@dataclass(frozen=True)
class Listing:
    """One page of the chosen tasks, with what the page around it needs."""

    choice: TaskChoice
    page: Page
    options: dict[str, list[Option]]
    previous_url: str
    next_url: str


def listing_of(picture: RoundPicture, past: tuple[RoundPicture, ...], asked: TaskChoice) -> Listing:
    """Worst first, a hundred to a page; a page number beyond the end is the last page."""
    lines = [line for line in picture.tasks if asked.lets_through(line)]
    page = Paginator(task_rows(picture, lines, past), PER_PAGE).get_page(asked.page)

    def url(number: int) -> str:
        kept = {"light": asked.light, "area": asked.area, "unit": asked.unit}
        return f"{tasks_url(picture.group_code, picture.period, **kept)}&page={number}"

    return Listing(
        choice=asked,
        page=page,
        options=asked.options(picture),
        previous_url=url(page.number - 1) if page.has_previous() else "",
        next_url=url(page.number + 1) if page.has_next() else "",
    )
