"""The yearly plans of a group: tasks carried from facts and from plan to plan, who carries them, how they began and ended."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from core.periods import Quarter
from metrics.models import Indicator, TaskIndicator
from organization.models import CoordinationGroup, Unit, User
from portal.demo.accounts import People
from portal.demo.calendar import ONE_DAY, DemoCalendar, workday
from portal.demo.chance import Chance
from portal.demo.content import Content
from portal.demo.numbers import WHOLE, Numbers
from portal.demo.sources import Sources
from portal.demo.standing import Course, Standings
from portal.demo.texts import Subject, goals_known
from tasks.life import next_task_state
from tasks.models import Assignment, Milestone, Plan, Task, TaskEvent, TaskOrigin

# What happens to a task in January: move → (day of the month, hour, who).
LIFE = {
    "propose": (5, 10, "office"),
    "approve": (8, 15, "officehead"),
    "hand_out": (10, 9, "office"),
    "receive": (12, 11, ""),
}
DONE_BEFORE_QUARTER_END = 10 * ONE_DAY


@dataclass(frozen=True)
class Work:
    """One task of a year with everything its reports need."""

    task: Task
    lead: Unit
    course: Course
    subject: Subject
    indicators: tuple[str, ...]


@dataclass
class YearPlan:
    """A group's plan of one year."""

    plan: Plan
    works: dict[str, Work] = field(default_factory=dict)

    def of_task(self, task_id: int) -> Work:
        return next(work for work in self.works.values() if work.task.pk == task_id)


@dataclass(frozen=True)
class Offices:
    """Who acts for a group."""

    office: User
    colleague: User
    head: User

    def __getitem__(self, name: str) -> User:
        return {"office": self.office, "officehead": self.head, "colleague": self.colleague}[name]


@dataclass(frozen=True)
class Planner:
    """Makes the plans of one group, year after year."""

    group: CoordinationGroup
    units: dict[str, Unit]
    offices: Offices
    people: People
    numbers: Numbers
    standings: Standings
    chance: Chance
    calendar: DemoCalendar
    founding: dict[str, Task]
    indicators: dict[str, Indicator]
    sources: Sources

    def make(
        self, stated: list[Content], year: int, before: YearPlan | None, making: list[Content]
    ) -> YearPlan:
        """The plan with its tasks; handed out in January, or still 草拟 where no quarter of the year has ended."""
        plan = Plan.objects.create(
            group=self.group,
            name=f"{year}年度产业工人队伍建设改革工作要点任务分解",
            year=year,
            last_year=year,
            is_demo=True,
        )
        made = YearPlan(plan)
        has_begun = year <= self.calendar.open_quarter.year
        for number, row in enumerate(stated, start=1):
            made.works[row["key"]] = self._task(plan, row, number, before, has_begun=has_begun)
        for number, row in enumerate(making, start=len(stated) + 1):
            self._in_the_making(plan, row, number)
        if before is not None:
            self._merge(stated, made, before)
        return made

    def _task(
        self, plan: Plan, row: Content, number: int, before: YearPlan | None, *, has_begun: bool
    ) -> Work:
        year = plan.year
        course = course_of(row, year)
        known = self._known(row, course)
        earlier = before.works.get(row["key"]) if before else None
        task = self._create(
            plan, row, number, row["title"].format(**known), earlier.task if earlier else None
        )
        self._assign(task, row)
        self._add_steps(task, course)
        TaskIndicator.objects.bulk_create(
            TaskIndicator(task=task, indicator=self.indicators[name], is_demo=True)
            for name in course.indicators
        )
        if has_begun:
            self._begin(task, row["lead"], tuple(LIFE))
        subject = Subject(course, row, {"area": row["area"]} if row.get("area") else {})
        return Work(task, self.units[row["lead"]], course, subject, course.indicators)

    def _create(self, plan: Plan, row: Content, number: int, title: str, earlier: Task | None) -> Task:
        fact = self.founding[row["from"]]
        month, day = (int(part) for part in row.get("due", "12-31").split("-"))
        clause = self.sources.clause_of(fact.code, fact.area.name)
        return Task.objects.create(
            uid=self.chance.uid("task", self.group.code, plan.year, row["key"]),
            plan=plan,
            code=f"{plan.year}-{number:02}",
            title=title,
            wording=title,
            kind=row["kind"],
            frequency=row.get("frequency", Task.Frequency.QUARTER),
            area=fact.area,
            start_on=datetime.date(plan.year, 1, 1),
            due_on=datetime.date(plan.year, month, day),
            is_highlight=fact.is_highlight,
            document=clause.document,
            clause=clause,
            central_section=self.sources.sections.get(fact.code),
            carried_from=earlier or fact,
            is_demo=True,
        )

    def _known(self, row: Content, course: Course) -> dict[str, str]:
        """What a title may name: the year, a number of its own, the year's targets."""
        stated: dict[int, int] = row.get("n", {})
        known = {"year": str(course.year), "area": row.get("area", "")}
        if stated:
            known["n"] = str(stated.get(course.year, stated[max(stated)]))
        for place, indicator in enumerate(course.indicators):
            mark = "" if place == 0 else str(place + 1)
            known |= goals_known(self.numbers, indicator, course.area, course.year, mark)
        return known

    def _assign(self, task: Task, row: Content) -> None:
        lead = Assignment(task=task, unit=self.units[row["lead"]], role=Assignment.Role.LEAD, is_demo=True)
        assisting = [
            Assignment(
                task=task,
                unit=self.units[name],
                role=Assignment.Role.ASSIST,
                stated_share=share,
                is_demo=True,
            )
            for name, share in row.get("assist", {}).items()
        ]
        Assignment.objects.bulk_create([lead, *assisting])

    def _add_steps(self, task: Task, course: Course) -> None:
        steps = self.standings.steps(course) if course.steps else []
        Milestone.objects.bulk_create(
            Milestone(
                task=task,
                title=step.title,
                due_on=Quarter(course.year, step.due).last_day,
                done_on=self._done_on(course.year, step.done),
                is_demo=True,
            )
            for step in steps
        )

    def _done_on(self, year: int, quarter: int | None) -> datetime.date | None:
        """Some days before the end of the quarter it was done in, if that is not still to come."""
        if quarter is None:
            return None
        done_on = Quarter(year, quarter).last_day - DONE_BEFORE_QUARTER_END
        return done_on if done_on < self.calendar.today else None

    def _begin(self, task: Task, lead: str, moves: tuple[str, ...]) -> None:
        for move in moves:
            day, hour, who = LIFE[move]
            by = self.offices[who] if who else self.people.liaison_of(lead)
            at = self.calendar.moment(
                workday(datetime.date(task.plan.year, 1, day)), hour, int(task.code[-2:])
            )
            move_task_on(task, move, by=by, at=at)

    def _in_the_making(self, plan: Plan, row: Content, number: int) -> None:
        """Tasks the office and its head still work on."""
        task = self._create(plan, row, number, row["title"], None)
        self._assign(task, row)
        self._begin(task, row["lead"], tuple(row["moves"]))

    def _merge(self, stated: list[Content], made: YearPlan, before: YearPlan) -> None:
        """A task that was taken over by another one this year is named as its origin, beside its own forerunner."""
        present = {row["key"] for row in stated}
        for key, work in before.works.items():
            target = work.subject.words.get("merged_into")
            if key not in present and target in made.works:
                heir = made.works[target]
                origins = [work.task, *(before.works[k].task for k in (target,) if k in before.works)]
                TaskOrigin.objects.bulk_create(
                    TaskOrigin(task=heir.task, origin=origin, is_demo=True) for origin in origins
                )


def move_task_on(task: Task, move: str, by: User, at: datetime.datetime, reason: str = "") -> None:
    """One event of a task's life and the row as it leaves it, by the table of tasks/life.py."""
    target = next_task_state(task.state_word, move).value
    TaskEvent.objects.create(
        task=task, move=move, from_state=task.state, to_state=target, by=by, at=at, reason=reason
    )
    task.state, task.lock_version = target, task.lock_version + 1
    task.save(update_fields=["state", "lock_version"])


def course_of(row: Content, year: int) -> Course:
    """What decides how the task goes."""
    month = int(row.get("due", "12-31").split("-")[0])
    return Course(
        key=row["key"],
        year=year,
        kind=row["kind"],
        area=row.get("area", WHOLE),
        indicators=tuple(row.get("indicators", ())),
        steps=tuple(row.get("milestones", ())),
        last_quarter=month // 3,
        is_punctual="closes" in row,
    )


def city_tasks(content: Content, areas: list[str], units: dict[str, Unit], year: int) -> list[Content]:
    """The departments' tasks of a year, and one for each county and park."""
    chosen = [row for row in content["tasks"] if row.get("since", year) <= year <= row.get("until", year)]
    shared: dict[str, Any] = content["area_task"]
    own = [{**shared, "key": f"area-{units[name].code}", "lead": name, "area": name} for name in areas]
    return [*chosen, *own]


def county_tasks(content: Content, area: str) -> list[Content]:
    """The county's own tasks; their figures are the county's part of the city's."""
    return [{**row, "area": area} if row.get("indicators") else row for row in content["tasks"]]
