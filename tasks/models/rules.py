"""Dated thresholds of the lights: a change of rule never repaints a published round."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from core.constraints import check, unique


class LightRuleQuerySet(models.QuerySet["LightRule"]):
    def in_force(self, day: datetime.date) -> Self:
        return self.filter(effective_on__lte=day).order_by("-effective_on")


class LightRule(models.Model):
    """Thresholds in force from a day on (DOMAIN §4: 30 % shortfall, 15 days)."""

    effective_on = models.DateField("生效日期")
    yellow_shortfall = models.DecimalField("黄灯差距上限（%）", max_digits=5, decimal_places=2, default=30)
    near_days = models.PositiveSmallIntegerField("临近完成时限天数", default=15)
    note = models.CharField("依据", max_length=120, blank=True)

    objects = LightRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "亮灯规则"
        verbose_name_plural = "亮灯规则"
        ordering = ["-effective_on"]
        constraints = [
            unique("tasks_lightrule_date", "effective_on", message="这一天已有生效的规则。"),
            check(
                "tasks_lightrule_shortfall",
                Q(yellow_shortfall__gte=0, yellow_shortfall__lte=100),
                "黄灯差距上限须在0至100之间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_on}起"
