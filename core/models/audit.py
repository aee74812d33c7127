import uuid

from django.db import models

from core import constraints

GENESIS = "0" * 64


class AuditEvent(models.Model):
    """One link of the audit chain: who did what, to what, from where, with which result.

    Text labels instead of foreign keys: the row reads the same when the people and things it names are
    gone. Triggers on both databases refuse UPDATE and DELETE; only `core.audit` writes here.
    """

    uid = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveBigIntegerField("链上序号", unique=True)
    recorded_at = models.DateTimeField("时间", db_index=True)
    actor_uid = models.UUIDField("操作人编号", null=True, db_index=True)
    actor_username = models.CharField("用户名", max_length=150, blank=True)
    actor_name = models.CharField("操作人", max_length=150)
    role = models.CharField("角色", max_length=60, blank=True)
    unit_name = models.CharField("单位", max_length=200, blank=True)
    group_code = models.CharField("协调小组", max_length=20, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    action = models.CharField("操作", max_length=80, db_index=True)
    object_kind = models.CharField("对象类型", max_length=100, blank=True)
    object_id = models.CharField("对象编号", max_length=64, blank=True)
    object_label = models.CharField("对象", max_length=300, blank=True)
    before = models.JSONField("变更前", null=True)
    after = models.JSONField("变更后", null=True)
    result = models.CharField("结果", max_length=200)
    digest_name = models.CharField("摘要算法", max_length=20, default="sha256")
    previous_digest = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("本条摘要", max_length=64)

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        ordering = ["-position"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="core_auditevent_object")]
        # A second writer that read the same head fails here instead of forking the chain.
        constraints = [
            constraints.unique("core_auditevent_no_fork", "previous_digest", message="审计链不允许分叉。")
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.action}"


class ChainHead(models.Model):
    """The one row that says where the audit chain ends; locking it is the chain lock."""

    position = models.PositiveBigIntegerField("最后序号", default=0)
    digest = models.CharField("最后摘要", max_length=64, default=GENESIS)

    class Meta:
        verbose_name = "审计链头"
        verbose_name_plural = "审计链头"
        constraints = [constraints.check("core_chainhead_single", models.Q(("id", 1)), "审计链头只有一行。")]

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"


class AuditCheckpoint(models.Model):
    """A whole exported segment that retention removed: the chain goes on from its digest."""

    position = models.PositiveBigIntegerField("截至序号", unique=True)
    digest = models.CharField("截至摘要", max_length=64)
    removed_count = models.PositiveBigIntegerField("移除条数")
    export_digest = models.CharField("导出文件摘要", max_length=64)
    created_at = models.DateTimeField("移除时间")

    class Meta:
        verbose_name = "审计检查点"
        verbose_name_plural = "审计检查点"
        ordering = ["position"]

    def __str__(self) -> str:
        return f"截至{self.position}"
