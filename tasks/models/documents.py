"""The 1+N policy documents a reform rests on."""

from django.db import models
from django.db.models import F, Q

from core.constraints import check, unique
from core.models import Demonstrable, SourceSection


class PolicyDocument(Demonstrable):
    """One document: the main opinion («1»), a supporting one («N»), or a higher rule outside the system."""

    class Level(models.TextChoices):
        NATION = "nation", "国家"
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县"

    class Place(models.TextChoices):
        MAIN = "1", "主体文件"
        SUPPORT = "N", "配套文件"
        OUTSIDE = "", "上级或其他文件"

    code = models.SlugField("文件代码", max_length=32, unique=True)
    title = models.CharField("标题", max_length=160, blank=True)
    number = models.CharField("文号", max_length=40, blank=True)
    issuer = models.CharField("发文机关", max_length=60, blank=True)
    level = models.CharField("层级", max_length=16, choices=Level)
    place = models.CharField("体系位置", max_length=1, choices=Place, blank=True, default="")
    issued_year = models.PositiveSmallIntegerField("发文年份", null=True, blank=True)
    issued_on = models.DateField("发文日期", null=True, blank=True)
    subject = models.CharField("主要内容", max_length=160, blank=True)
    supports = models.ForeignKey(
        "self", models.PROTECT, verbose_name="配套于", null=True, blank=True, related_name="supporters"
    )
    about = models.CharField("所指单位", max_length=80, blank=True)
    is_title_as_printed = models.BooleanField("标题照录原文", default=False)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "政策文件"
        verbose_name_plural = "政策文件"
        ordering = ["code"]
        constraints = [
            check(
                "tasks_policydocument_level",
                Q(level__in=["nation", "province", "city", "county"]),
                "文件层级不在可选范围内。",
            ),
            check("tasks_policydocument_named", ~Q(title="") | ~Q(number=""), "标题和文号至少填写一项。"),
            check("tasks_policydocument_not_itself", ~Q(supports=F("id")), "文件不能配套于自己。"),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》" if self.title else self.number

    def get_absolute_url(self) -> str:
        return f"/documents/{self.code}/"


class Clause(Demonstrable):
    """One numbered clause of a document, which tasks can name as their source."""

    document = models.ForeignKey(PolicyDocument, models.CASCADE, verbose_name="文件", related_name="clauses")
    position = models.PositiveSmallIntegerField("排序")
    number = models.CharField("条款号", max_length=20, help_text="照文件写，如“三（一）”“第七条”。")
    text = models.TextField("条款内容", blank=True)

    class Meta:
        verbose_name = "文件条款"
        verbose_name_plural = "文件条款"
        ordering = ["document", "position"]
        constraints = [
            unique("tasks_clause_number", "document", "number", message="该文件已有这个条款号。"),
        ]

    def __str__(self) -> str:
        return f"{self.document}{self.number}"
