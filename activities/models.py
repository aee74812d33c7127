"""What happens around the reform. First noun: the pillar industries, each to get a union federation."""

from django.db import models

from core.models import Demonstrable, SourceSection


class Industry(Demonstrable):
    """A pillar industry of the city, in which a 产业工会联合会 is to be set up."""

    code = models.SlugField("产业代码", max_length=40, unique=True)
    name = models.CharField("产业名称", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("排序", default=100)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "支柱产业"
        verbose_name_plural = "支柱产业"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name
