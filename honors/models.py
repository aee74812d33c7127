"""Honours and the share of industrial workers among those honoured."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from core.constraints import check, unique
from core.models import Demonstrable, SourceSection


class HonorKind(Demonstrable):
    """A kind of honour: its name, level, and whether persons or collectives receive it."""

    class Level(models.TextChoices):
        NATION = "nation", "国家"
        PROVINCE = "province", "省"
        CITY = "city", "市"

    class Recipients(models.TextChoices):
        PERSONS = "persons", "个人"
        COLLECTIVES = "collectives", "集体"

    code = models.SlugField("荣誉代码", max_length=40, unique=True)
    name = models.CharField("荣誉名称", max_length=60, unique=True)
    level = models.CharField("级别", max_length=16, choices=Level)
    recipients = models.CharField("对象", max_length=16, choices=Recipients, default=Recipients.PERSONS)
    position = models.PositiveSmallIntegerField("排序", default=100)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "荣誉种类"
        verbose_name_plural = "荣誉种类"
        ordering = ["position", "code"]
        constraints = [
            check(
                "honors_honorkind_level",
                Q(level__in=["nation", "province", "city"]),
                "荣誉级别不在可选范围内。",
            ),
            check(
                "honors_honorkind_recipients",
                Q(recipients__in=["persons", "collectives"]),
                "荣誉对象不在可选范围内。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HonorBatchQuerySet(models.QuerySet["HonorBatch"]):
    def for_list(self) -> Self:
        return self.select_related("section").prefetch_related("kinds")


class HonorBatch(Demonstrable):
    """One batch or span of honours; unknown totals stay unknown. A batch over two kinds never adds to either."""

    code = models.SlugField("批次代码", max_length=40, unique=True)
    kinds = models.ManyToManyField(
        HonorKind, through="HonorBatchKind", verbose_name="荣誉种类", related_name="batches"
    )
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    since_year = models.PositiveSmallIntegerField("起始年份", null=True, blank=True)
    total = models.PositiveIntegerField("总数", null=True, blank=True)
    is_total_inferred = models.BooleanField("总数为推算", default=False)
    workers = models.PositiveIntegerField("产业工人数", null=True, blank=True)
    share_printed = models.CharField("占比（印刷值）", max_length=16, blank=True)
    share_basis = models.CharField("占比基数", max_length=80, blank=True)
    awarded_by = models.CharField("授予机关", max_length=60, blank=True)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    objects = HonorBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "表彰批次"
        verbose_name_plural = "表彰批次"
        ordering = ["-year", "code"]
        constraints = [
            check(
                "honors_honorbatch_workers",
                Q(total__isnull=True) | Q(workers__isnull=True) | Q(workers__lte=F("total")),
                "产业工人数不能多于总数。",
            ),
            check(
                "honors_honorbatch_period",
                Q(year__isnull=True) | Q(since_year__isnull=True),
                "年份与起始年份只填一项。",
            ),
            check(
                "honors_honorbatch_inferred",
                Q(is_total_inferred=False) | Q(total__isnull=False),
                "没有总数，就没有推算的总数；请填写总数，或取消“总数为推算”。",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def period_label(self) -> str:
        if self.year:
            return f"{self.year}年"
        return f"{self.since_year}年以来" if self.since_year else "材料未注明年份"


class HonorBatchKind(models.Model):
    """A kind of honour that a batch covers."""

    batch = models.ForeignKey(HonorBatch, models.CASCADE, verbose_name="表彰批次", related_name="batch_kinds")
    kind = models.ForeignKey(HonorKind, models.PROTECT, verbose_name="荣誉种类", related_name="batch_kinds")

    class Meta:
        verbose_name = "批次所含荣誉"
        verbose_name_plural = "批次所含荣誉"
        constraints = [
            unique("honors_honorbatchkind_once", "batch", "kind", message="该批次已包含这种荣誉。")
        ]

    def __str__(self) -> str:
        return f"{self.batch}：{self.kind}"
