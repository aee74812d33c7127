"""The reporting round of a group: one quarter, its dates, its exceptions and what was published."""

import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.constraints import check, unique
from core.models import Demonstrable, Optimistic
from core.periods import Quarter
from organization import permissions as who
from organization.models import CoordinationGroup, Unit

if TYPE_CHECKING:
    from organization.models import User


class WorkCalendar(models.Model):
    """A day that departs from the ordinary week: a holiday on a weekday, or a working weekend."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    note = models.CharField("说明", max_length=40, blank=True)

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = "工作日历"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}{'上班' if self.is_workday else '休息'}"


class ReportingRoundQuerySet(models.QuerySet["ReportingRound"]):
    def visible_to(self, user: "User") -> Self:
        """A group's office and leaders see its rounds, of groups below the published ones; a unit's people
        the rounds in which their unit reports."""
        groups = who.group_ids(user, "office", "office_head", "leader")
        units = who.unit_ids(user, "liaison", "signer")
        below = Q(group__parent_id__in=groups) | Q(group__parent__parent_id__in=groups)
        own = Q(pk__in=self.model.objects.filter(submissions__unit_id__in=units).values("pk"))
        return self.filter(Q(group_id__in=groups) | (below & Q(published_at__isnull=False)) | own)

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def opened(self) -> Self:
        """Rounds in which units report or the office reviews: opened, not yet published."""
        return self.filter(opened_at__isnull=False, published_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-year", "-quarter")


class ReportingRound(Demonstrable, Optimistic):
    """One quarter in which the units of one group report (填报周期)."""

    class Phase(models.TextChoices):
        WAITING = "waiting", "未开始"
        FILLING = "filling", "填报中"
        REVIEWING = "reviewing", "审核中"
        PUBLISHED = "published", "已发布"

    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="rounds"
    )
    year = models.PositiveSmallIntegerField("年份")
    quarter = models.PositiveSmallIntegerField("季度")
    opens_on = models.DateField("开始填报")
    assist_due_on = models.DateField("协同单位截止")
    lead_due_on = models.DateField("牵头单位截止")
    review_due_on = models.DateField("办公室审核截止")
    instructions = models.TextField("填报说明", blank=True)
    opened_at = models.DateTimeField("开启时间", null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="开启人",
        null=True,
        blank=True,
        related_name="+",
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="发布人",
        null=True,
        blank=True,
        related_name="+",
    )
    stamp = models.PositiveIntegerField(
        "版本戳", default=0, help_text="每次变动加一，页面据此判断是否需要重新计算。"
    )

    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "填报周期"
        verbose_name_plural = "填报周期"
        ordering = ["group", "-year", "-quarter"]
        constraints = [
            unique(
                "reporting_round_once", "group", "year", "quarter", message="该小组这一季度的填报周期已存在。"
            ),
            check("reporting_round_quarter", Q(quarter__gte=1, quarter__lte=4), "季度须为1至4。"),
            check("reporting_round_year", Q(year__gte=2000, year__lte=2100), "年份须在2000至2100之间。"),
            check(
                "reporting_round_dates",
                Q(
                    opens_on__lte=F("assist_due_on"),
                    assist_due_on__lte=F("lead_due_on"),
                    lead_due_on__lte=F("review_due_on"),
                ),
                "日期须依次为：开始填报、协同单位截止、牵头单位截止、办公室审核截止。",
            ),
            check(
                "reporting_round_opened",
                Q(opened_at__isnull=False) | Q(opened_by__isnull=True),
                "开启人须与开启时间同时填写。",
            ),
            check(
                "reporting_round_published",
                Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, opened_at__isnull=False),
                "未开启的周期不能发布。",
            ),
        ]

    def __str__(self) -> str:
        return self.period.label

    @property
    def period(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    def phase_on(self, today: datetime.date) -> "ReportingRound.Phase":
        """Published and unopened are facts; reviewing begins the day after the lead units' due date."""
        if self.published_at is not None:
            return self.Phase.PUBLISHED
        if self.opened_at is None or today < self.opens_on:
            return self.Phase.WAITING
        return self.Phase.FILLING if today <= self.lead_due_on else self.Phase.REVIEWING

    @property
    def phase(self) -> "ReportingRound.Phase":
        return self.phase_on(clock.today())

    @property
    def phase_label(self) -> str:
        return str(self.phase.label)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def get_absolute_url(self) -> str:
        return f"/rounds/{self.year}/{self.quarter}/?group={self.group.code}"


class RoundException(models.Model):
    """Leave for one unit to report after the due date, until a named day."""

    round = models.ForeignKey(
        ReportingRound, models.PROTECT, verbose_name="填报周期", related_name="exceptions"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="round_exceptions")
    until_on = models.DateField("延至")
    reason = models.CharField("原因", max_length=200)
    granted_at = models.DateTimeField("批准时间")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="批准人", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "延期填报"
        verbose_name_plural = "延期填报"
        ordering = ["round", "unit"]
        constraints = [
            unique(
                "reporting_roundexception_once",
                "round",
                "unit",
                message="该单位本季度已准予延期，请修改原有记录。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.unit}延至{self.until_on}"


class RoundSnapshot(models.Model):
    """What was published of a round: canonical JSON (sorted keys, decimals as text) and its SHA-256."""

    round = models.ForeignKey(
        ReportingRound, models.PROTECT, verbose_name="填报周期", related_name="snapshots"
    )
    version_no = models.PositiveSmallIntegerField("版本号")
    content = models.TextField("内容")
    sha256 = models.CharField("摘要", max_length=64)
    reason = models.CharField("提前发布或更正原因", max_length=200, blank=True)
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发布人", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "发布快照"
        verbose_name_plural = "发布快照"
        ordering = ["round", "-version_no"]
        constraints = [
            unique("reporting_roundsnapshot_version", "round", "version_no", message="该周期已有这个版本。"),
            check("reporting_roundsnapshot_reason", Q(version_no=1) | ~Q(reason=""), "更正版本须写明原因。"),
        ]

    def __str__(self) -> str:
        return f"{self.round}第{self.version_no}版"
