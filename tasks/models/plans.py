"""Plans and the two taxonomies of the reform."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from core.constraints import check, unique
from core.models import Demonstrable, SourceSection
from organization.models import CoordinationGroup


class PlanQuerySet(models.QuerySet["Plan"]):
    def in_force(self) -> Self:
        """Plans no later version has taken the place of."""
        return self.filter(successors=None)


class Plan(Demonstrable):
    """A group's task plan for a year (the founding one spans several); a later version supersedes it."""

    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="plans"
    )
    name = models.CharField("名称", max_length=80)
    year = models.PositiveSmallIntegerField("起始年份")
    last_year = models.PositiveSmallIntegerField("终止年份")
    version_no = models.PositiveSmallIntegerField("版本号", default=1)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, verbose_name="取代", null=True, blank=True, related_name="successors"
    )
    is_founding = models.BooleanField("经验材料事实", default=False)
    guiding_idea = models.CharField("总体思路", max_length=120, blank=True)
    workforce_goal = models.CharField("队伍目标", max_length=80, blank=True)
    measure_count = models.PositiveSmallIntegerField("任务举措数", null=True, blank=True)
    new_aspect_count = models.PositiveSmallIntegerField("新增内容数", null=True, blank=True)
    measures_section = models.ForeignKey(
        SourceSection,
        models.PROTECT,
        verbose_name="举措数的材料章节",
        null=True,
        blank=True,
        related_name="+",
    )
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "计划"
        verbose_name_plural = "计划"
        ordering = ["-year", "-version_no"]
        constraints = [
            unique(
                "tasks_plan_version",
                "group",
                "year",
                "version_no",
                message="该小组这一年度已有同版本的计划。",
            ),
            check("tasks_plan_years", Q(last_year__gte=F("year")), "终止年份不能早于起始年份。"),
            check("tasks_plan_not_itself", ~Q(supersedes=F("id")), "计划不能取代自己。"),
            unique("tasks_plan_superseded_once", "supersedes", message="这份计划已被另一个版本取代。"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/plans/{self.code}/"

    @property
    def code(self) -> str:
        """The plan in addresses: group, year and version; needs the group fetched."""
        return f"{self.group.code}-{self.year}-{self.version_no}"

    @property
    def years(self) -> str:
        """「2026年」, or 「2018—2021年」 where the plan spans several."""
        return f"{self.year}年" if self.year == self.last_year else f"{self.year}—{self.last_year}年"


class ReformArea(models.Model):
    """One area of a taxonomy: the five and three of the founding text, or the nine of the central opinion."""

    class Taxonomy(models.TextChoices):
        FOUNDING = "founding", "改革领域"
        CENTRAL = "central", "中央意见章节"

    taxonomy = models.CharField("分类体系", max_length=16, choices=Taxonomy, default=Taxonomy.FOUNDING)
    code = models.SlugField("领域代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=40)
    position = models.PositiveSmallIntegerField("排序")
    is_core = models.BooleanField("五大领域", default=False)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "改革领域"
        verbose_name_plural = "改革领域"
        ordering = ["taxonomy", "position"]
        constraints = [
            unique("tasks_reformarea_name", "taxonomy", "name", message="该分类体系已有同名领域。"),
            check(
                "tasks_reformarea_taxonomy",
                Q(taxonomy__in=["founding", "central"]),
                "分类体系不在可选范围内。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/areas/{self.code}/"


_FOUNDING = {"taxonomy": ReformArea.Taxonomy.FOUNDING}
_CENTRAL = {"taxonomy": ReformArea.Taxonomy.CENTRAL}


class AreaCrossing(Demonstrable):
    """The office's word that an area of the reform answers to a section of the central opinion."""

    area = models.ForeignKey(
        ReformArea,
        models.PROTECT,
        verbose_name="改革领域",
        related_name="sections",
        limit_choices_to=_FOUNDING,
    )
    section = models.ForeignKey(
        ReformArea,
        models.PROTECT,
        verbose_name="中央意见章节",
        related_name="areas",
        limit_choices_to=_CENTRAL,
    )
    is_default = models.BooleanField("主要对应", default=False)

    class Meta:
        verbose_name = "领域对照"
        verbose_name_plural = "领域对照"
        ordering = ["area__position", "section__position"]
        constraints = [
            unique("tasks_areacrossing_once", "area", "section", message="这个领域与该章节已有对照。"),
            unique(
                "tasks_areacrossing_one_default",
                "area",
                condition=Q(is_default=True),
                message="一个领域只能有一个主要对应的章节。",
            ),
            check(
                "tasks_areacrossing_two_sides",
                ~Q(area=F("section")),
                "对照的两边须是改革领域和中央意见章节。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}对应{self.section}"
