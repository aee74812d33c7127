from django.db import models


class SubmitToken(models.Model):
    """One form that was handed in: its token and where the first result is shown."""

    token = models.UUIDField("提交编号", unique=True)
    actor_uid = models.UUIDField("提交人编号", null=True)
    path = models.CharField("提交地址", max_length=500)
    location = models.CharField("结果地址", max_length=2000, blank=True)
    created_at = models.DateTimeField("提交时间", db_index=True)

    class Meta:
        verbose_name = "提交凭证"
        verbose_name_plural = "提交凭证"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.token)
