from django.db import models
from django.db.models import Q

from core import constraints
from core.models.bases import UidModel


class Job(UidModel):
    """One piece of work done outside the request, held by at most one worker at a time."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "执行中"
        DONE = "done", "已完成"
        FAILED = "failed", "已失败"

    kind = models.CharField("任务类型", max_length=60)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    payload = models.JSONField("参数", default=dict)
    progress = models.PositiveSmallIntegerField("进度（%）", default=0)
    result = models.JSONField("结果", null=True, blank=True)
    error = models.TextField("错误", blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    worker = models.CharField("执行者", max_length=100, blank=True)
    lease_until = models.DateTimeField("占用至", null=True, blank=True)
    requested_by_uid = models.UUIDField("申请人编号", null=True, blank=True)
    requested_at = models.DateTimeField("申请时间")
    run_after = models.DateTimeField("最早执行时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            constraints.check(
                "core_job_state_known",
                Q(("state__in", ["queued", "running", "done", "failed"])),
                "后台任务状态不在规定范围内。",
            ),
            constraints.check("core_job_progress_share", Q(("progress__lte", 100)), "进度应在0到100之间。"),
        ]
        indexes = [models.Index(fields=["state", "run_after"], name="core_job_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"
