"""What a lead unit reports on a task, each submitted version of it, and the share done that others recorded."""

from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.canonical import digest_of
from core.constraints import check, unique
from core.models import Demonstrable
from organization import permissions as who
from reporting.models import ReportingRound, Submission
from tasks.models.task import Assignment, Task

if TYPE_CHECKING:
    from organization.models import User


class DeclaredStatus(models.TextChoices):
    """进展评价: the unit's own word about its task."""

    DONE = "done", "已完成"
    AHEAD = "ahead", "提前完成"
    ON_PACE = "on_pace", "达到序时进度"
    ORDERLY = "orderly", "有序推进"
    BEHIND = "behind", "未达序时进度"
    SLOW = "slow", "进展缓慢"
    NOT_STARTED = "not_started", "未启动"


STATUS_VALUES = [*DeclaredStatus.values, ""]


class ReportText(models.Model):
    """The fields a progress report consists of, shared by the live report and its versions."""

    progress = models.TextField("进展情况", blank=True)
    problems = models.TextField("存在问题", blank=True)
    next_steps = models.TextField("下一步打算", blank=True)
    coordination = models.TextField("需协调事项", blank=True)
    declared_status = models.CharField("进展评价", max_length=16, choices=DeclaredStatus, blank=True)
    percent = models.DecimalField("累计完成比例（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    is_nil = models.BooleanField("本季无进展", default=False)

    class Meta:
        abstract = True

    TEXT_FIELDS = (
        "progress",
        "problems",
        "next_steps",
        "coordination",
        "declared_status",
        "percent",
        "is_nil",
    )

    def as_words(self) -> dict[str, str]:
        """Label → text of every field, for differences, audit and the stale-form page."""
        return {
            "进展情况": self.progress,
            "存在问题": self.problems,
            "下一步打算": self.next_steps,
            "需协调事项": self.coordination,
            "进展评价": self.get_declared_status_display(),
            "累计完成比例（%）": "" if self.percent is None else f"{self.percent.normalize():f}",
            "本季无进展": "是" if self.is_nil else "否",
        }


def _shown_to(user: "User", *, group_path: str, task_path: str) -> Q:
    """Office, leaders and assessors of the group, and the people of every unit the task is assigned to."""
    groups = who.group_ids(user, "office", "office_head", "leader", "assessor")
    units = who.unit_ids(user, "liaison", "signer")
    assigned = Assignment.objects.filter(unit_id__in=units).values("task_id")
    return Q((f"{group_path}__in", groups)) | Q((f"{task_path}__in", assigned))


class ProgressReportQuerySet(models.QuerySet["ProgressReport"]):
    def visible_to(self, user: "User") -> Self:
        """Reports of the user's own group in full, else those on tasks assigned to the user's unit."""
        return self.filter(_shown_to(user, group_path="round__group_id", task_path="task_id"))

    def for_timeline(self) -> Self:
        """With the envelope, its people and the texts handed in, newest round first."""
        people = ("submission__submitted_by", "submission__signed_by", "submission__accepted_by")
        rows = self.select_related("round", "submission__unit", *people).prefetch_related("versions")
        return rows.order_by("-round__year", "-round__quarter", "pk")


class ProgressReport(ReportText, Demonstrable):
    """The lead unit's report on one task in one round. A missing report is this row in 待填报, not an absence."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, verbose_name="报送件", related_name="progress_report"
    )
    task = models.ForeignKey(Task, models.PROTECT, verbose_name="任务", related_name="reports")
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, verbose_name="填报周期", related_name="progress_reports"
    )

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = "进展报告"
        verbose_name_plural = "进展报告"
        ordering = ["round", "task"]
        constraints = [
            unique("tasks_progressreport_once", "task", "round", message="该任务本季度已有进展报告。"),
            check(
                "tasks_progressreport_percent",
                Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                "累计完成比例须在0至100之间。",
            ),
            check(
                "tasks_progressreport_status",
                Q(declared_status__in=STATUS_VALUES),
                "进展评价不在可选范围内。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.task}"


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def visible_to(self, user: "User") -> Self:
        """The same people as see the report."""
        return self.filter(_shown_to(user, group_path="report__round__group_id", task_path="report__task_id"))


class ReportVersion(ReportText):
    """One submitted text of a report, never changed afterwards; the signer and reviewer read this."""

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, verbose_name="进展报告", related_name="versions"
    )
    version_no = models.PositiveSmallIntegerField("报送版本")
    sha256 = models.CharField("摘要", max_length=64)
    reason = models.CharField("更正原因", max_length=200, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="记录人", null=True, related_name="+"
    )

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "报告版本"
        verbose_name_plural = "报告版本"
        ordering = ["report", "-version_no"]
        constraints = [
            unique("tasks_reportversion_once", "report", "version_no", message="该报告已有这个版本。")
        ]

    def __str__(self) -> str:
        return f"{self.report}第{self.version_no}版"

    def content_digest(self) -> str:
        """The SHA-256 of the canonical form: which task and quarter, and every text field."""
        text = {name: getattr(self, name) for name in self.TEXT_FIELDS}
        if self.percent is not None:
            text["percent"] = self.percent.quantize(Decimal("0.01"))  # as the column keeps it
        named = {"task": str(self.report.task.uid), "round": str(self.report.round.period)}
        return digest_of({**named, **text})


class TaskMeasure(models.Model):
    """The cumulative share of a task that figures or the reviewer recorded for a round; the last row counts."""

    class Source(models.TextChoices):
        FIGURES = "figures", "指标数据"
        REVIEWER = "reviewer", "审核人核定"

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="任务", related_name="measures")
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, verbose_name="填报周期", related_name="task_measures"
    )
    share = models.DecimalField("累计完成（%）", max_digits=9, decimal_places=2)
    actual = models.CharField("实际", max_length=40, blank=True)
    target = models.CharField("目标", max_length=40, blank=True)
    comparator = models.CharField("比较方式", max_length=4, blank=True)
    source = models.CharField("来源", max_length=16, choices=Source)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="记录人", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "完成度"
        verbose_name_plural = "完成度"
        ordering = ["task", "round", "recorded_at", "pk"]
        indexes = [models.Index(fields=["round", "task"], name="tasks_taskmeasure_round")]
        constraints = [check("tasks_taskmeasure_share", Q(share__gte=0), "完成度不能为负。")]

    def __str__(self) -> str:
        return f"{self.task}：{self.share}%"
