import uuid

from django.db import models
from django.db.models import Q

from core import constraints


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions one asks of notices."""

    def inbox(self, uid: uuid.UUID) -> "NoticeQuerySet":
        return self.filter(recipient_uid=uid)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def unsent(self) -> "NoticeQuerySet":
        return self.filter(sent_at=None)


class Notice(models.Model):
    """One message to one person: a line of the inbox, and of the outbox until it has been sent."""

    uid = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    recipient_uid = models.UUIDField("收件人编号")
    kind = models.CharField("类型", max_length=60)
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=500, blank=True)
    dedupe_key = models.CharField("去重键", max_length=200)
    created_at = models.DateTimeField("产生时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    claimed_at = models.DateTimeField("领取时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    last_error = models.TextField("最近一次错误", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering = ["-created_at", "-pk"]
        constraints = [constraints.unique("core_notice_dedupe_key", "dedupe_key", message="该消息已发送。")]
        indexes = [
            models.Index(fields=["recipient_uid", "read_at"], name="core_notice_unread"),
            models.Index(
                fields=["created_at"], name="core_notice_outbox", condition=Q(("sent_at__isnull", True))
            ),
        ]

    def __str__(self) -> str:
        return self.subject
