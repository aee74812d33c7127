"""The year's plan: tasks carried from facts, who carries them, and their way from 草拟 to 推进中."""

import datetime
from typing import Any

from metrics.models import Indicator, TaskIndicator
from organization.models import CoordinationGroup, GroupMember, Unit
from portal.demo.accounts import People
from portal.demo.calendar import ONE_DAY, DemoCalendar
from tasks.actions.life import move_task
from tasks.life import TaskState
from tasks.models import Assignment, Milestone, Plan, Task, TaskEvent

# What happens to a task in the first weeks: move → (day after the start of the first quarter, hour, who).
LIFE = {
    "propose": (4, 10, "demo-office"),
    "approve": (7, 15, "demo-officehead"),
    "hand_out": (9, 9, "demo-office"),
    "receive": (11, 11, ""),
}


def make_plan(content: dict[str, Any], group: CoordinationGroup, calendar: DemoCalendar) -> dict[str, Task]:
    """The plan and its tasks in 草拟, by code."""
    quarters = calendar.quarters
    plan = Plan.objects.create(
        group=group,
        name=content["plan"]["name"].format(year=calendar.year),
        year=quarters[0].year,
        last_year=max(calendar.year, calendar.today.year),
        is_demo=True,
    )
    units = {unit.name: unit for unit in Unit.objects.all()}
    for name in content["members"]:
        GroupMember.objects.create(group=group, unit=units[name], is_demo=True)
    facts = {task.code: task for task in Task.objects.filter(plan__group=group, plan__is_founding=True)}
    return {
        stated["code"]: _make_task(plan, stated, facts[stated["from"]], units, calendar)
        for stated in content["tasks"]
    }


def _make_task(
    plan: Plan, stated: dict[str, Any], fact: Task, units: dict[str, Unit], calendar: DemoCalendar
) -> Task:
    task = Task.objects.create(
        plan=plan,
        code=f"{calendar.year}-{stated['code']}",
        title=stated["title"],
        wording=stated["title"],
        kind=stated["kind"],
        frequency=stated.get("frequency", Task.Frequency.QUARTER),
        area=fact.area,
        start_on=calendar.quarters[0].first_day,
        due_on=_due_on(stated, calendar),
        is_highlight=fact.is_highlight,
        carried_from=fact,
        is_demo=True,
    )
    roles = {stated["lead"]: Assignment.Role.LEAD} | dict.fromkeys(stated["assist"], Assignment.Role.ASSIST)
    for name, role in roles.items():
        Assignment.objects.create(task=task, unit=units[name], role=role, is_demo=True)
    for step in stated.get("milestones", []):
        _make_milestone(task, step, calendar)
    for name in stated.get("indicators", []):
        TaskIndicator.objects.create(task=task, indicator=Indicator.objects.get(name=name), is_demo=True)
    return task


def _due_on(stated: dict[str, Any], calendar: DemoCalendar) -> datetime.date:
    if "due_in_days" in stated:
        return calendar.today + stated["due_in_days"] * ONE_DAY
    return calendar.quarters[stated.get("due_quarter", 3)].last_day


def _make_milestone(task: Task, step: dict[str, Any], calendar: DemoCalendar) -> None:
    """Done ten days before the end of the quarter it was done in; a closing step with the task itself."""
    done_on = calendar.quarters[step["done"]].last_day - 10 * ONE_DAY if "done" in step else None
    Milestone.objects.create(
        task=task,
        title=step["title"],
        due_on=calendar.quarters[step["quarter"]].last_day,
        done_on=done_on,
        is_demo=True,
    )


def start_tasks(
    content: dict[str, Any], tasks: dict[str, Task], people: People, calendar: DemoCalendar
) -> None:
    """Through the real actions, as the office, its head and the lead units' liaisons."""
    begin = calendar.quarters[0].first_day
    for stated in content["tasks"]:
        for move in stated.get("life", LIFE):
            days, hour, username = LIFE[move]
            by = people[username] if username else people.liaison_of(stated["lead"])
            at = calendar.moment(begin + days * ONE_DAY, hour, int(stated["code"]))
            task = tasks[stated["code"]]
            tasks[stated["code"]] = move_task(
                task=task, move=move, by=by, at=at, lock_version=task.lock_version
            )


def close_tasks(
    content: dict[str, Any], tasks: dict[str, Task], people: People, calendar: DemoCalendar, after: int
) -> None:
    """Tasks that were finished in the weeks after a quarter: applied for, verified by the office, closed."""
    steps = (
        ("apply_close", TaskState.ACTIVE, TaskState.CLOSING, 40, ""),
        ("verify", TaskState.CLOSING, TaskState.VERIFYING, 43, "demo-office"),
        ("close", TaskState.VERIFYING, TaskState.CLOSED, 48, "demo-office2"),
    )
    first = calendar.quarters[after].last_day + ONE_DAY
    for stated in content["tasks"]:
        if stated.get("closed_after") != after:
            continue
        task = tasks[stated["code"]]
        for move, source, target, days, username in steps:
            by = people[username] if username else people.liaison_of(stated["lead"])
            at = calendar.moment(first + days * ONE_DAY, 10)
            TaskEvent.objects.create(task=task, move=move, from_state=source, to_state=target, by=by, at=at)
        done_on = calendar.moment(first + 40 * ONE_DAY, 10).date()
        task.milestones.filter(done_on=None).update(done_on=first + 30 * ONE_DAY)
        Task.objects.filter(pk=task.pk).update(state=TaskState.CLOSED.value, done_on=done_on)
