"""How tasks stand in a round, date-free: one row per task, and counts of them. Derived, never edited.

Lights move at midnight without anybody acting, so nothing here knows what day it is: deadlines are looked at on
reading (`tasks.queries.standings`). Written in the transaction of the move that changes them
(`tasks.actions.standings`), frozen with the round, rebuilt by `rebuild_tallies`, compared by `check_integrity`.
"""

import datetime
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from core.constraints import check, declare_message, unique
from organization.models import Unit
from reporting.models import ReportingRound, Submission
from reporting.models.submissions import UNREPORTED
from reporting.workflow import State
from tasks.lights import HUNDRED, Colour, Thresholds, declared_matches
from tasks.models.plans import ReformArea
from tasks.models.reports import DeclaredStatus, ReportVersion
from tasks.models.task import Task

# What a task is before any deadline is looked at; DONE where its closing was recorded.
PACE_CHOICES = [(colour.value, colour.label) for colour in Colour]
ONCE_PER_CELL = "tasks_tasktally_once"
declare_message(ONCE_PER_CELL, "同一口径的任务计数只能有一行。")

BEHIND = (Colour.RED.value, Colour.YELLOW.value)
# Worst first, as lists and headlines go.
SEVERITY = (Colour.RED, Colour.YELLOW, Colour.UNREPORTED, Colour.GREEN, Colour.DONE, Colour.EXEMPT)


def _light(on: datetime.date, thresholds: Thresholds, *settled: When, pace: Case | F) -> Case:
    """`tasks.lights.light_on` as SQL over `pace`, `state` and `due_on`; `settled` comes before the deadline."""
    yields = Q(pace=Colour.GREEN) | Q(pace=Colour.UNREPORTED, state=State.ACCEPTED)
    near = on + datetime.timedelta(days=thresholds.near_days)
    return Case(
        *settled,
        When(due_on__lt=on, then=Value(Colour.RED.value)),
        When(yields, due_on__lte=near, then=Value(Colour.YELLOW.value)),
        default=pace,
        output_field=models.CharField(),
    )


class TaskStandingQuerySet(models.QuerySet["TaskStanding"]):
    def with_light(self, on: datetime.date, thresholds: Thresholds) -> Self:
        """Adds `light`, the colour on a day; `light_shortfall`, how far behind; `severity`, 0 for the worst."""
        free = Q(is_final=True) | Q(pace=Colour.DONE)
        behind = Case(
            When(pace__in=BEHIND, shortfall__gt=thresholds.yellow_shortfall, then=Value(Colour.RED.value)),
            When(pace__in=BEHIND, then=Value(Colour.YELLOW.value)),
            default=F("pace"),
        )
        light = _light(
            on, thresholds, When(free, then=F("pace")), When(has_deadline=False, then=behind), pace=behind
        )
        past = Q(is_final=False, has_deadline=True, due_on__lt=on) & ~Q(pace=Colour.DONE)
        rows = self.annotate(
            light=light, light_shortfall=Case(When(past, then=Value(HUNDRED)), default=F("shortfall"))
        )
        places = [When(light=colour.value, then=Value(place)) for place, colour in enumerate(SEVERITY)]
        return rows.annotate(severity=Case(*places, output_field=models.SmallIntegerField()))

    def behind(self) -> Self:
        """Red or yellow (rows of `with_light`)."""
        return self.filter(light__in=BEHIND)

    def unreported_overdue(self, on: datetime.date) -> Self:
        """逾期未报: past the unit's own last day and not yet with the office."""
        return self.filter(state__in=UNREPORTED, report_due_on__lt=on)

    def behind_or_overdue(self, on: datetime.date) -> Self:
        """What a leader asks about: behind the pace, or overdue without a light (rows of `with_light`)."""
        overdue = Q(light=Colour.UNREPORTED, state__in=UNREPORTED, report_due_on__lt=on)
        return self.filter(Q(light__in=BEHIND) | overdue)

    def differing(self) -> Self:
        """Where the light says something else than the unit declared (rows of `with_light`)."""
        matching = Q(declared="")
        for colour in Colour:
            accepted = declared_matches(colour)
            matching |= Q(light=colour) if accepted is None else Q(light=colour, declared__in=accepted)
        return self.exclude(matching)

    def raising(self) -> Self:
        """With a matter to be coordinated in the accepted report."""
        return self.filter(has_coordination=True)

    def worst_first(self) -> Self:
        """By severity, then by shortfall, then by the deadline (rows of `with_light`)."""
        return self.order_by("severity", "-light_shortfall", "due_on", "code", "pk")

    def for_list(self) -> Self:
        """With all a row shows: task, unit, area, the envelope, and the texts of the accepted version."""
        return self.select_related("task", "unit", "area", "submission", "version")


class TaskTallyQuerySet(models.QuerySet["TaskTally"]):
    def with_light(self, on: datetime.date, thresholds: Thresholds) -> Self:
        """Adds `light`, the colour of a cell's tasks on a day.

        Equal to the standings' as long as `yellow_shortfall` is that of `thresholds`: yellow and red are told
        apart when a cell is written.
        """
        done = When(pace=Colour.DONE, then=F("pace"))
        return self.annotate(light=_light(on, thresholds, done, pace=F("pace")))


class TaskStanding(models.Model):
    """One task in one round: its report's state, its pace without deadlines, and what lists say of it."""

    round = models.ForeignKey(
        ReportingRound, models.CASCADE, verbose_name="填报周期", related_name="standings"
    )
    task = models.ForeignKey(Task, models.CASCADE, verbose_name="任务", related_name="standings")
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="牵头单位", null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(ReformArea, models.PROTECT, verbose_name="改革领域", related_name="+")
    code = models.CharField("编号", max_length=16)
    title = models.CharField("任务名称", max_length=120)
    submission = models.ForeignKey(
        Submission, models.CASCADE, verbose_name="报送件", null=True, blank=True, related_name="+"
    )
    state = models.CharField("报送状态", max_length=16, blank=True)
    report_due_on = models.DateField("报送期限", null=True, blank=True)
    is_late = models.BooleanField("逾期报送", default=False)
    is_nil = models.BooleanField("本季无进展", default=False)
    version = models.ForeignKey(
        ReportVersion,
        models.CASCADE,
        verbose_name="审核通过的报告",
        null=True,
        blank=True,
        related_name="+",
    )
    declared = models.CharField("进展评价", max_length=16, choices=DeclaredStatus, blank=True)
    has_coordination = models.BooleanField("有需协调事项", default=False)
    pace = models.CharField("进度", max_length=12, choices=PACE_CHOICES)
    pace_rule = models.CharField("进度依据", max_length=200, blank=True)
    shortfall = models.DecimalField("差距（%）", max_digits=7, decimal_places=2, default=0)
    share = models.DecimalField("累计完成（%）", max_digits=9, decimal_places=2, null=True, blank=True)
    due_on = models.DateField("完成时限", help_text="长期任务为当年年底。")
    has_deadline = models.BooleanField("有完成时限", default=True)
    done_on = models.DateField("办结日期", null=True, blank=True)
    behind_before = models.PositiveSmallIntegerField(
        "此前连续未达序时季度数", default=0, help_text="按已发布的季度，本季度之前连续几季。"
    )
    raised_before = models.PositiveSmallIntegerField("此前连续提出协调季度数", default=0)
    is_final = models.BooleanField(
        "灯色已定", default=False, help_text="周期已发布：进度即公布时的灯色，不再看时限和规则。"
    )

    objects = TaskStandingQuerySet.as_manager()

    class Meta:
        verbose_name = "任务状况"
        verbose_name_plural = "任务状况"
        ordering = ["round", "area__position", "code"]
        indexes = [
            models.Index(fields=["round", "unit", "area"], name="tasks_standing_cell"),
            models.Index(fields=["round", "pace", "shortfall"], name="tasks_standing_pace"),
            models.Index(fields=["round"], name="tasks_standing_raised", condition=Q(has_coordination=True)),
        ]
        constraints = [
            unique("tasks_taskstanding_once", "round", "task", message="该任务在这个填报周期已有一行状况。"),
            check("tasks_taskstanding_pace", Q(pace__in=[c.value for c in Colour]), "进度不在可选范围内。"),
            check("tasks_taskstanding_shortfall", Q(shortfall__gte=0), "差距不能为负。"),
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.title}"

    def is_overdue_on(self, day: datetime.date) -> bool:
        """逾期未报: past the unit's own last day and not yet with the office."""
        return self.state in UNREPORTED and self.report_due_on is not None and day > self.report_due_on


class TaskTally(models.Model):
    """How many tasks of a round share lead unit, area, report state, pace and deadline."""

    round = models.ForeignKey(
        ReportingRound, models.CASCADE, verbose_name="填报周期", related_name="task_tallies"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="牵头单位", null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(ReformArea, models.PROTECT, verbose_name="改革领域", related_name="+")
    state = models.CharField("报送状态", max_length=16, blank=True)
    pace = models.CharField("进度", max_length=12, choices=PACE_CHOICES)
    due_on = models.DateField("完成时限", null=True, blank=True, help_text="留空表示没有完成时限。")
    is_done = models.BooleanField("已办结", default=False)
    yellow_shortfall = models.DecimalField(
        "所依据的黄灯差距上限（%）",
        max_digits=5,
        decimal_places=2,
        help_text="与当日规则不同时，须逐项重新判断。",
    )
    tasks = models.PositiveIntegerField("任务数")

    objects = TaskTallyQuerySet.as_manager()

    class Meta:
        verbose_name = "任务计数"
        verbose_name_plural = "任务计数"
        ordering = ["round", "unit", "area"]
        constraints = [
            models.UniqueConstraint(
                F("round"),
                Coalesce("unit", Value(0)),
                F("area"),
                F("state"),
                F("pace"),
                # A day no task is due on stands for «no deadline».
                Coalesce("due_on", Value("0001-01-01", output_field=models.DateField())),
                F("is_done"),
                name=ONCE_PER_CELL,
                violation_error_message="同一口径的任务计数只能有一行。",
            ),
            check("tasks_tasktally_some", Q(tasks__gte=1), "任务数须大于0。"),
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.tasks}项"
