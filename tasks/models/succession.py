"""How tasks pass from plan to plan: what was merged, and what a superseded version said."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.constraints import check, unique
from core.models import Demonstrable
from tasks.models.plans import Plan, ReformArea
from tasks.models.task import STATE_CHOICES, Task


class TaskOrigin(Demonstrable):
    """One of the several earlier tasks that were merged into a task; a single one stands in `carried_from`."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="任务", related_name="origins")
    origin = models.ForeignKey(Task, models.PROTECT, verbose_name="合并自", related_name="merged_into")

    class Meta:
        verbose_name = "合并来源"
        verbose_name_plural = "合并来源"
        ordering = ["task", "origin"]
        constraints = [
            unique("tasks_taskorigin_once", "task", "origin", message="这项任务已列为合并来源。"),
            check("tasks_taskorigin_not_itself", ~Q(task=F("origin")), "任务不能由自己合并而来。"),
        ]

    def __str__(self) -> str:
        return f"{self.task}合并自{self.origin}"


class PlanLine(Demonstrable):
    """What a superseded version said of one task, kept when the next version took it over."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="计划", related_name="lines")
    task = models.ForeignKey(Task, models.PROTECT, verbose_name="任务", related_name="plan_lines")
    code = models.CharField("编号", max_length=16)
    title = models.CharField("任务名称", max_length=120)
    wording = models.TextField("任务原文", blank=True)
    area = models.ForeignKey(ReformArea, models.PROTECT, verbose_name="改革领域", related_name="+")
    lead = models.CharField("牵头单位", max_length=80, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("当时状态", max_length=20, choices=STATE_CHOICES)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="记录人", related_name="+"
    )

    class Meta:
        verbose_name = "计划原列任务"
        verbose_name_plural = "计划原列任务"
        ordering = ["plan", "code"]
        constraints = [unique("tasks_planline_once", "plan", "task", message="该计划已记下这项任务。")]

    def __str__(self) -> str:
        return f"{self.plan}：{self.title}"
