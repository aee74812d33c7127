from django.db import models

from core import constraints


class SourceSection(models.Model):
    """One headed section of the founding document; every fact names the one it stands in."""

    code = models.CharField("章节代码", max_length=20)
    title = models.CharField("章节标题", max_length=200)
    sort_order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "材料章节"
        verbose_name_plural = "材料章节"
        ordering = ["sort_order", "code"]
        constraints = [constraints.unique("core_sourcesection_code", "code", message="该章节代码已存在。")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
