"""How tasks of the demonstration end: closed when their work is done, 挂账 when the year ended before them."""

import datetime

from core import clock
from core.periods import Quarter
from organization.models import User
from portal.demo.calendar import ONE_DAY, workday
from portal.demo.plans import Planner, Work, YearPlan, move_task_on
from reporting.models import ReportingRound, Submission
from reporting.workflow import State
from tasks.life import TaskState
from tasks.models import Task

SUSPENDED_AFTER = 12 * ONE_DAY
# From this percent of the year's work on a lead unit thinks of applying.
NEARLY_DONE = 95
UNFINISHED = "年度内未全部完成，转入下一年度计划继续推进，本年度计划内挂账。"
Step = tuple[str, User, datetime.datetime]


def close_reached(planner: Planner, plan: YearPlan, round_: ReportingRound) -> None:
    """Before a quarter is published: tasks due in it whose work is done and whose report was accepted."""
    for work in _reached(planner, plan, round_):
        steps = _steps(planner, work, round_.review_due_on)
        for step in steps:
            move_task_on(work.task, *step)
        work.task.done_on = clock.shanghai_date(steps[0][2])
        work.task.save(update_fields=["done_on"])


def apply_for_nearly_reached(planner: Planner, plan: YearPlan, round_: ReportingRound) -> None:
    """In the open quarter: of two tasks almost done one is being verified, the other was applied for yesterday."""
    quarter = round_.period.quarter
    near = [
        work
        for work in _accepted(plan, round_)
        if planner.standings.of(work.course, quarter).percent >= NEARLY_DONE
    ]
    for work, moves in zip(near, (2, 1), strict=False):
        for step in _steps(planner, work, planner.calendar.today)[:moves]:
            move_task_on(work.task, *step)


def end_year(planner: Planner, plan: YearPlan, published_on: datetime.date) -> None:
    """After the year's last quarter: what is done is archived, what is not is put on account and carried on."""
    on = workday(published_on + SUSPENDED_AFTER)
    if on >= planner.calendar.today:
        return
    offices, at = planner.offices, planner.calendar.moment(on, 10)
    for work in plan.works.values():
        if work.task.state == TaskState.ACTIVE:
            move_task_on(work.task, "suspend", offices.head, at, UNFINISHED)
        elif work.task.state == TaskState.CLOSED:
            move_task_on(work.task, "archive", offices.office, at)


def _reached(planner: Planner, plan: YearPlan, round_: ReportingRound) -> list[Work]:
    return [work for work in _accepted(plan, round_) if _is_reached(planner, work, round_.period)]


def _accepted(plan: YearPlan, round_: ReportingRound) -> list[Work]:
    """Those whose report of this round told of progress and was accepted."""
    accepted = set(
        Submission.objects.filter(
            round=round_, state=State.ACCEPTED, progress_report__is_nil=False
        ).values_list("progress_report__task_id", flat=True)
    )
    return [work for work in plan.works.values() if work.task.pk in accepted]


def _is_reached(planner: Planner, work: Work, quarter: Quarter) -> bool:
    if work.task.state != TaskState.ACTIVE or work.task.frequency == Task.Frequency.LONG_TERM:
        return False
    if quarter.quarter < work.course.last_quarter:
        return False
    return planner.standings.of(work.course, quarter.quarter).is_reached


def _steps(planner: Planner, work: Work, on: datetime.date) -> tuple[Step, Step, Step]:
    """Applied for by the lead on the day before, verified and closed by two clerks on that day."""
    calendar, offices = planner.calendar, planner.offices
    applied_at = calendar.moment(on - ONE_DAY, 15, int(work.task.code[-2:]))
    return (
        ("apply", planner.people.liaison_of(work.lead.name), applied_at),
        ("verify", offices.office, calendar.moment(on, 14, 40)),
        ("close", offices.colleague, calendar.moment(on, 15, 20)),
    )
