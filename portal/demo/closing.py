"""How tasks of the demonstration end: closed when their work is done, 挂账 when the year ended before them."""

import datetime

from core import clock
from core.periods import Quarter
from portal.demo.calendar import ONE_DAY, workday
from portal.demo.plans import Planner, Work, YearPlan, move_task_on
from reporting.models import ReportingRound, Submission
from reporting.workflow import State
from tasks.life import TaskState
from tasks.models import Task

# What the timeline calls the steps, in official words: the table of tasks/life.py has no moves of these names.
APPLY, VERIFY, CLOSE, SUSPEND = "申请办结", "核查", "办结", "挂账"
SUSPENDED_AFTER = 12 * ONE_DAY


def close_reached(planner: Planner, plan: YearPlan, round_: ReportingRound) -> None:
    """Before a quarter is published: tasks due in it whose work is done and whose report was accepted."""
    quarter = round_.period
    accepted = set(
        Submission.objects.filter(
            round=round_, state=State.ACCEPTED, progress_report__is_nil=False
        ).values_list("progress_report__task_id", flat=True)
    )
    for work in plan.works.values():
        if work.task.pk in accepted and _is_reached(planner, work, quarter):
            _close(planner, work, round_.review_due_on)


def suspend_unreached(planner: Planner, plan: YearPlan, published_on: datetime.date) -> None:
    """After the year's last quarter: what is unfinished is carried on by the next plan and put on account here."""
    on = workday(published_on + SUSPENDED_AFTER)
    if on >= planner.calendar.today:
        return
    at = planner.calendar.moment(on, 10)
    for work in plan.works.values():
        if work.task.state == TaskState.ACTIVE:
            move_task_on(work.task, SUSPEND, TaskState.SUSPENDED, by=planner.offices.head, at=at)


def _is_reached(planner: Planner, work: Work, quarter: Quarter) -> bool:
    if work.task.state != TaskState.ACTIVE or work.task.frequency == Task.Frequency.LONG_TERM:
        return False
    if quarter.quarter < work.course.last_quarter:
        return False
    return planner.standings.of(work.course, quarter.quarter).is_reached


def _close(planner: Planner, work: Work, review_due_on: datetime.date) -> None:
    """Applied for on the day before the review is due, verified and closed by two clerks on that day."""
    calendar, task = planner.calendar, work.task
    applied_at = calendar.moment(review_due_on - ONE_DAY, 15, int(task.code[-2:]))
    steps = (
        (APPLY, TaskState.CLOSING, planner.people.liaison_of(work.lead.name), applied_at),
        (VERIFY, TaskState.VERIFYING, planner.offices.office, calendar.moment(review_due_on, 14, 40)),
        (CLOSE, TaskState.CLOSED, planner.offices.colleague, calendar.moment(review_due_on, 15, 20)),
    )
    for move, target, by, at in steps:
        move_task_on(task, move, target, by=by, at=at)
    task.done_on = clock.shanghai_date(applied_at)
    task.save(update_fields=["done_on"])
