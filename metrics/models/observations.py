"""Figures: what a unit typed, and what was observed once it was handed in."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from core.constraints import check, unique
from core.models import Demonstrable, SourceSection
from metrics.models.indicators import Indicator
from organization import permissions as who
from organization.models import CoordinationGroup, Unit
from reporting.models import ReportingRound, Submission
from reporting.workflow import State

if TYPE_CHECKING:
    from organization.models import User


# Unknown periods stand last, figures of the whole before those of units.
SUBJECT = Coalesce("unit", Value(0))
NEWEST = (Coalesce("year", Value(0)).desc(), Coalesce("quarter", Value(0)).desc())


class FigureSheet(Demonstrable):
    """The figures a unit hands in together in a round."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, verbose_name="报送件", related_name="figure_sheet"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="figure_sheets")
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, verbose_name="填报周期", related_name="figure_sheets"
    )

    class Meta:
        verbose_name = "指标表"
        verbose_name_plural = "指标表"
        ordering = ["round", "unit__position"]
        constraints = [
            unique("metrics_figuresheet_once", "unit", "round", message="该单位本季度已有指标表。")
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.unit}指标"

    @property
    def subject_unit_id(self) -> int | None:
        """Whom the figures are about: a county or park reports on itself, a department on the whole city (None)."""
        return self.unit_id if self.unit.kind in (Unit.Kind.COUNTY, Unit.Kind.PARK) else None


class FigureEntry(Demonstrable):
    """What was typed for one indicator while the sheet is with the unit; the raw string is kept."""

    sheet = models.ForeignKey(FigureSheet, models.CASCADE, verbose_name="指标表", related_name="entries")
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="指标", related_name="entries")
    raw = models.CharField("填写内容", max_length=40, blank=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True, blank=True)
    explanation = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "填写数据"
        verbose_name_plural = "填写数据"
        ordering = ["sheet", "indicator__position"]
        constraints = [
            unique("metrics_figureentry_once", "sheet", "indicator", message="该指标表中已有这个指标。")
        ]

    def __str__(self) -> str:
        return f"{self.sheet}：{self.indicator}"


class ObservationQuerySet(models.QuerySet["Observation"]):
    def accepted(self) -> Self:
        """Facts and figures of accepted sheets; what is still under way does not count."""
        return self.filter(Q(sheet__isnull=True) | Q(sheet__submission__state=State.ACCEPTED))

    def visible_to(self, user: "User") -> Self:
        """Accepted figures only. Office, leaders and assessors see their group's at once, of groups below the
        published ones; everybody with a role sees facts, published figures and those of the own unit."""
        if not who.active_grants(user):
            return self.none()
        groups = who.group_ids(user, "office", "office_head", "leader", "assessor")
        units = who.unit_ids(user, "liaison", "signer")
        public = Q(sheet__isnull=True) | Q(sheet__round__published_at__isnull=False)
        return self.accepted().filter(public | Q(group_id__in=groups) | Q(sheet__unit_id__in=units))

    def current(self) -> Self:
        """The accepted head of each chain: not superseded by a later row."""
        return self.accepted().filter(superseded_by__isnull=True)

    def about(self, unit_id: int | None) -> Self:
        """The figures of one unit, or of the whole."""
        return self.alias(subject=SUBJECT).filter(subject=unit_id or 0)

    def newest_first(self) -> Self:
        """By period, in a period the whole before the units, of the same the one that was known last."""
        return self.order_by(*NEWEST, SUBJECT, F("as_of_on").desc(nulls_last=True), "-pk")


class Observation(Demonstrable):
    """One figure for an indicator, a unit (or the whole) and a period. Append-only: a correction supersedes."""

    class Bound(models.TextChoices):
        EXACT = "", "确数"
        AT_LEAST = "at_least", "以上"

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="指标", related_name="observations")
    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="observations"
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="单位",
        null=True,
        blank=True,
        related_name="observations",
        help_text="留空表示全市。",
    )
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    quarter = models.PositiveSmallIntegerField("季度", null=True, blank=True)
    period_from = models.PositiveSmallIntegerField("起算年份", null=True, blank=True)
    period_printed = models.CharField("时期原文", max_length=40, blank=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True, blank=True)
    bound = models.CharField("界限", max_length=8, choices=Bound, blank=True, default="")
    numerator = models.DecimalField("分子", max_digits=20, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("分母", max_digits=20, decimal_places=4, null=True, blank=True)
    printed = models.CharField("印刷值", max_length=40, blank=True)
    as_of_on = models.DateField("截至日期", null=True, blank=True)
    as_of_note = models.CharField("截至说明", max_length=60, blank=True)
    definition_note = models.CharField("口径说明", max_length=200, blank=True)
    explanation = models.CharField("说明", max_length=200, blank=True)
    source = models.CharField("来源", max_length=80, blank=True)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )
    sheet = models.ForeignKey(
        FigureSheet, models.PROTECT, verbose_name="指标表", null=True, blank=True, related_name="observations"
    )
    version_no = models.PositiveSmallIntegerField("报送版本", default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, verbose_name="取代", null=True, blank=True, related_name="superseded_by"
    )
    correction_reason = models.CharField("更正原因", max_length=200, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="记录人", null=True, related_name="+"
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "数据"
        verbose_name_plural = "数据"
        ordering = ["indicator", "year", "quarter", "pk"]
        indexes = [
            models.Index(fields=["indicator", "year", "quarter"], name="metrics_observation_period"),
            # The newest figure of an indicator, of all units or of one: the first row of either index.
            models.Index("group", "indicator", *NEWEST, SUBJECT, name="metrics_observation_newest"),
            models.Index("group", "indicator", SUBJECT, *NEWEST, name="metrics_observation_of_one"),
        ]
        constraints = [
            check(
                "metrics_observation_quarter",
                Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4),
                "季度须为1至4。",
            ),
            check(
                "metrics_observation_denominator",
                Q(denominator__isnull=True) | Q(denominator__gt=0),
                "分母须大于0。",
            ),
            check(
                "metrics_observation_said",
                Q(value__isnull=False) | Q(numerator__isnull=False) | ~Q(printed="") | ~Q(explanation=""),
                "数值为空时须写明说明。",
            ),
            check("metrics_observation_bound", Q(bound__in=["", "at_least"]), "界限不在可选范围内。"),
            check("metrics_observation_not_itself", ~Q(supersedes=F("id")), "数据不能取代自己。"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}：{'—' if self.value is None else self.value}"
