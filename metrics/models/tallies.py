"""The figure that counts, found without searching."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from core.constraints import declare_message
from metrics.models.indicators import Indicator
from metrics.models.observations import Observation
from organization.models import CoordinationGroup, Unit

ONCE = "metrics_figuretally_once"
MESSAGE = "同一指标、单位和时期只能有一个现行数据。"
declare_message(ONCE, MESSAGE)


class FigureTally(models.Model):
    """The accepted head of an indicator for a unit (or the whole) and a period. Derived, never edited.

    `quarter` is empty for a figure of a whole year. Written when figures are accepted, superseded or entered
    as facts (`metrics.actions`).
    """

    group = models.ForeignKey(CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="指标", related_name="+")
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField("年份")
    quarter = models.PositiveSmallIntegerField("季度", null=True, blank=True)
    observation = models.OneToOneField(Observation, models.CASCADE, verbose_name="数据", related_name="tally")

    class Meta:
        verbose_name = "现行数据"
        verbose_name_plural = "现行数据"
        ordering = ["indicator", "year", "quarter"]
        indexes = [models.Index(fields=["group", "year", "quarter"], name="metrics_figuretally_period")]
        constraints = [
            models.UniqueConstraint(
                F("group"),
                F("indicator"),
                Coalesce("unit", Value(0)),
                F("year"),
                Coalesce("quarter", Value(0)),
                name=ONCE,
                violation_error_message=MESSAGE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}：{self.observation}"
