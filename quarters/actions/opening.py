"""Opening a round makes every row that is owed: a missing report is a row, not an absence."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from core import audit, notices
from core.errors import NotAllowed, RuleViolation
from core.formats import date_text
from core.periods import Quarter
from metrics.models import FigureEntry, FigureSheet
from organization.models import CoordinationGroup, RoleGrant
from quarters.queries.due_work import due_tasks, indicators_owed
from reporting import permissions
from reporting.actions import rebuild_submissions
from reporting.calendar import default_due_dates
from reporting.models import ReportingRound, Submission, WorkCalendar
from tasks.actions.standings import rebuild_standings
from tasks.models import Assignment, ProgressReport, Task

if TYPE_CHECKING:
    from organization.models import User


def suggested_dates(period: Quarter) -> dict[str, datetime.date]:
    """Dates offered when a round is opened: filled in from the day after the quarter, due 10th/15th/20th."""
    exceptions = dict(WorkCalendar.objects.filter(day__gte=period.last_day).values_list("day", "is_workday"))
    due = default_due_dates(period.last_day, exceptions)
    return {"opens_on": min(period.last_day + datetime.timedelta(days=1), due["assist_due_on"]), **due}


@transaction.atomic
def open_round(
    group: CoordinationGroup,
    period: Quarter,
    *,
    by: "User | None",
    at: datetime.datetime,
    dates: Mapping[str, datetime.date] | None = None,
    instructions: str = "",
    is_demo: bool = False,
) -> ReportingRound:
    """Opens the quarter for a group and makes one row per task due and one figure sheet per reporting unit.

    `by` None is the command line. RuleViolation when the quarter was opened before or nothing is to report.
    """
    if by is not None and not permissions.can_open_round(by, group.pk):
        raise NotAllowed("开启填报由协调小组办公室办理。")
    chosen = {**suggested_dates(period), **(dates or {})}
    round_ = _new_round(group, period, chosen, instructions, by=by, at=at, is_demo=is_demo)
    tasks = due_tasks(group, period)
    if not tasks:
        raise RuleViolation(f"{period.label}没有可填报的任务：请先在年度计划中交办任务并由牵头单位签收。")
    reports = _make_reports(round_, tasks)
    sheets = _make_sheets(round_, tasks)
    rebuild_submissions(round_.pk)
    rebuild_standings(round_)
    _tell_liaisons(round_, at=at)
    audit.record(
        "开启填报",
        by=by,
        obj=round_,
        label=f"{group.name}{round_}",
        group_code=group.code,
        after={"任务报告": reports, "指标表": sheets, **{name: str(day) for name, day in chosen.items()}},
    )
    return round_


def _new_round(
    group: CoordinationGroup,
    period: Quarter,
    dates: Mapping[str, datetime.date],
    instructions: str,
    *,
    by: "User | None",
    at: datetime.datetime,
    is_demo: bool,
) -> ReportingRound:
    try:
        with transaction.atomic():
            return ReportingRound.objects.create(
                group=group,
                year=period.year,
                quarter=period.quarter,
                instructions=instructions,
                opened_at=at,
                opened_by=by,
                is_demo=is_demo,
                stamp=1,
                **dates,
            )
    except IntegrityError as refused:
        if ReportingRound.objects.filter(group=group, year=period.year, quarter=period.quarter).exists():
            raise RuleViolation(f"{period.label}的填报已经开启，不能重复开启。") from None
        raise RuleViolation(
            "日期须依次为：开始填报、协同单位截止、牵头单位截止、办公室审核截止。"
        ) from refused


def _make_reports(round_: ReportingRound, tasks: list[Task]) -> int:
    leads = dict(
        Assignment.objects.filter(task__in=tasks, role=Assignment.Role.LEAD).values_list("task_id", "unit_id")
    )
    led = [task for task in tasks if task.pk in leads]
    submissions = Submission.objects.bulk_create(
        Submission(
            group_id=round_.group_id,
            round=round_,
            unit_id=leads[task.pk],
            kind=Submission.Kind.PROGRESS,
            is_demo=task.is_demo,
        )
        for task in led
    )
    ProgressReport.objects.bulk_create(
        ProgressReport(submission=submission, task=task, round=round_, is_demo=task.is_demo)
        for submission, task in zip(submissions, led, strict=True)
    )
    return len(led)


def _make_sheets(round_: ReportingRound, tasks: list[Task]) -> int:
    owed = indicators_owed(round_.period, tasks)
    submissions = Submission.objects.bulk_create(
        Submission(
            group_id=round_.group_id,
            round=round_,
            unit_id=unit_id,
            kind=Submission.Kind.FIGURES,
            is_demo=round_.is_demo,
        )
        for unit_id in owed
    )
    sheets = FigureSheet.objects.bulk_create(
        FigureSheet(submission=submission, unit_id=submission.unit_id, round=round_, is_demo=round_.is_demo)
        for submission in submissions
    )
    FigureEntry.objects.bulk_create(
        FigureEntry(sheet=sheet, indicator=indicator, is_demo=round_.is_demo)
        for sheet in sheets
        for indicator in owed[sheet.unit_id]
    )
    return len(sheets)


def _tell_liaisons(round_: ReportingRound, *, at: datetime.datetime) -> None:
    """The liaisons of every unit that owes something learn that the round is open."""
    liaisons = RoleGrant.objects.active().filter(role=RoleGrant.Role.LIAISON, unit__submissions__round=round_)
    notices.send(
        list(liaisons.values_list("user__uid", flat=True).distinct()),
        kind="opened",
        subject=f"{round_}填报已开启",
        body=f"{date_text(round_.opens_on)}起填报，请于{date_text(round_.lead_due_on)}24:00前报送。"
        f"{round_.instructions}",
        url="/my/",
        dedupe_key=f"opened:{round_.group.code}:{round_.period}",
        at=at,
    )
