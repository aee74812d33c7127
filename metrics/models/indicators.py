"""What is measured, and what is aimed at."""

from typing import Self

from django.db import models
from django.db.models import Q

from core.constraints import check, unique
from core.models import Demonstrable, SourceSection
from organization.models import CoordinationGroup, Unit
from tasks.models import Task


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def for_list(self) -> Self:
        return self.select_related("owner_unit", "section").order_by("position", "code")


class Indicator(Demonstrable):
    """One measured quantity with its definition card (口径, unit, kind, owner, precision)."""

    class Kind(models.TextChoices):
        CUMULATIVE = "cumulative", "累计"
        ANNUAL = "annual", "年度"
        STOCK = "stock", "存量"
        RATIO = "ratio", "比例"
        RANK = "rank", "排名"
        WORDS = "words", "定性"

    class Direction(models.TextChoices):
        UP = "up", "越高越好"
        DOWN = "down", "越低越好"

    class OverUnits(models.TextChoices):
        SUM = "sum", "各单位相加"
        RATIO = "ratio", "由分子分母计算"
        NONE = "none", "不汇总"

    class OverTime(models.TextChoices):
        LATEST = "latest", "取最新值"
        SUM = "sum", "各期相加"
        NONE = "none", "不汇总"

    class Frequency(models.TextChoices):
        QUARTER = "quarter", "季"
        YEAR = "year", "年"

    code = models.SlugField("指标代码", max_length=40, unique=True)
    name = models.CharField("指标名称", max_length=60, unique=True)
    definition = models.CharField("口径", max_length=200, blank=True)
    measure_unit = models.CharField("计量单位", max_length=16)
    kind = models.CharField("类型", max_length=16, choices=Kind, blank=True, help_text="材料未说明的留空。")
    direction = models.CharField("方向", max_length=8, choices=Direction, default=Direction.UP)
    over_units = models.CharField("单位汇总方式", max_length=8, choices=OverUnits, default=OverUnits.NONE)
    over_time = models.CharField("时间汇总方式", max_length=8, choices=OverTime, default=OverTime.LATEST)
    frequency = models.CharField("频次", max_length=8, choices=Frequency, default=Frequency.QUARTER)
    precision = models.PositiveSmallIntegerField("小数位数", default=0)
    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="责任单位", null=True, blank=True, related_name="indicators"
    )
    numerator = models.ForeignKey(
        "self", models.PROTECT, verbose_name="分子指标", null=True, blank=True, related_name="+"
    )
    denominator = models.ForeignKey(
        "self", models.PROTECT, verbose_name="分母指标", null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField("排序", default=100)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )
    note = models.CharField("备注", max_length=200, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "指标"
        verbose_name_plural = "指标"
        ordering = ["position", "code"]
        constraints = [
            check(
                "metrics_indicator_kind",
                Q(kind__in=["cumulative", "annual", "stock", "ratio", "rank", "words", ""]),
                "指标类型不在可选范围内。",
            ),
            check("metrics_indicator_direction", Q(direction__in=["up", "down"]), "方向不在可选范围内。"),
            check(
                "metrics_indicator_never_summed",
                ~Q(kind__in=["rank", "words"]) | Q(over_units="none", over_time__in=["latest", "none"]),
                "排名和定性指标不能汇总。",
            ),
            check(
                "metrics_indicator_parts",
                Q(kind="ratio") | Q(numerator__isnull=True, denominator__isnull=True),
                "只有比例指标有分子和分母。",
            ),
            check("metrics_indicator_precision", Q(precision__lte=4), "小数位数最多为4。"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/metrics/{self.code}/"


class Target(Demonstrable):
    """What an indicator should reach in a period, for one unit or the whole; the raw wording is kept."""

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", "不低于"
        AT_MOST = "<=", "不高于"
        ABOUT = "~", "左右"
        EQUAL = "=", "达到"
        ABOVE = ">", "超过"

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="指标", related_name="targets")
    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="targets"
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="单位",
        null=True,
        blank=True,
        related_name="targets",
        help_text="留空表示全市。",
    )
    year = models.PositiveSmallIntegerField("年份")
    quarter = models.PositiveSmallIntegerField("季度", null=True, blank=True, help_text="留空表示全年。")
    wording = models.CharField("目标原文", max_length=80)
    comparator = models.CharField("比较方式", max_length=2, choices=Comparator, default=Comparator.AT_LEAST)
    value = models.DecimalField("目标值", max_digits=20, decimal_places=4, null=True, blank=True)
    is_soft = models.BooleanField("力争", default=False)

    class Meta:
        verbose_name = "目标"
        verbose_name_plural = "目标"
        ordering = ["indicator", "year", "quarter"]
        constraints = [
            check(
                "metrics_target_quarter",
                Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4),
                "季度须为1至4。",
            ),
            check(
                "metrics_target_comparator",
                Q(comparator__in=[">=", "<=", "~", "=", ">"]),
                "比较方式不在可选范围内。",
            ),
            unique(
                "metrics_target_unit_quarter",
                "indicator",
                "group",
                "unit",
                "year",
                "quarter",
                condition=Q(unit__isnull=False, quarter__isnull=False),
                message="该指标在这一期已有目标，请修改原目标。",
            ),
            unique(
                "metrics_target_unit_year",
                "indicator",
                "group",
                "unit",
                "year",
                condition=Q(unit__isnull=False, quarter__isnull=True),
                message="该指标这一年已有目标，请修改原目标。",
            ),
            unique(
                "metrics_target_whole_quarter",
                "indicator",
                "group",
                "year",
                "quarter",
                condition=Q(unit__isnull=True, quarter__isnull=False),
                message="该指标在这一期已有目标，请修改原目标。",
            ),
            unique(
                "metrics_target_whole_year",
                "indicator",
                "group",
                "year",
                condition=Q(unit__isnull=True, quarter__isnull=True),
                message="该指标这一年已有目标，请修改原目标。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}{self.year}年{'' if self.quarter is None else f'{self.quarter}季度'}目标"


class TaskIndicator(Demonstrable):
    """Which indicator measures which task."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="任务", related_name="task_indicators")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="指标", related_name="task_indicators"
    )

    class Meta:
        verbose_name = "任务指标"
        verbose_name_plural = "任务指标"
        ordering = ["task", "indicator"]
        constraints = [
            unique("metrics_taskindicator_once", "task", "indicator", message="该任务已关联这个指标。")
        ]

    def __str__(self) -> str:
        return f"{self.task}：{self.indicator}"
