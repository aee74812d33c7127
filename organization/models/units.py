"""Units that carry the reform, the names they go by, and collective names."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.constraints import check, declare_message, unique
from core.models import Demonstrable, Optimistic, SourceSection
from organization.models.periods import Dated

# The columns by which documents and workbooks may name a unit.
UNIT_SPELLINGS = ("code", "name", "short_name", "aliases__alias")


class UnitQuerySet(models.QuerySet["Unit"]):
    def for_list(self) -> Self:
        return self.select_related("section").order_by("position", "code")

    def in_force(self, on: dt.date) -> Self:
        """Units that existed on a day; an unknown beginning or end is open."""
        return self.filter(_open_or(valid_from__lte=on), _open_or(valid_to__gte=on))

    def ended(self, on: dt.date) -> Self:
        """Units whose last day lies before this one."""
        return self.filter(valid_to__lt=on)


def _open_or(**condition: dt.date) -> Q:
    [(lookup, day)] = condition.items()
    return Q((f"{lookup.split('__')[0]}__isnull", True)) | Q((lookup, day))


class Unit(Optimistic, Demonstrable):
    """One organisation that takes part: a department, a county, a park, a school, an enterprise."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "市直部门"
        COUNTY = "county", "县市区"
        PARK = "park", "园区"
        SCHOOL = "school", "院校"
        ENTERPRISE = "enterprise", "企业"
        MASS = "mass", "群团"

    code = models.SlugField("单位代码", max_length=32, unique=True)
    name = models.CharField("单位名称", max_length=80, unique=True)
    short_name = models.CharField("简称", max_length=40)
    kind = models.CharField("类别", max_length=16, choices=Kind)
    region_code = models.CharField(
        "行政区划代码", max_length=6, blank=True, help_text="园区没有区划代码，留空。"
    )
    position = models.PositiveSmallIntegerField("排序", default=100)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("终止日期", null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="承接单位", null=True, blank=True, related_name="predecessors"
    )
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )
    note = models.CharField("备注", max_length=200, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = "单位"
        ordering = ["position", "code"]
        constraints = [
            check(
                "organization_unit_kind",
                Q(kind__in=["department", "county", "park", "school", "enterprise", "mass"]),
                "单位类别不在可选范围内。",
            ),
            check(
                "organization_unit_dates",
                Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                "单位的终止日期不能早于设立日期。",
            ),
            check(
                "organization_unit_successor",
                Q(succeeded_by__isnull=True) | Q(valid_to__isnull=False),
                "承接单位只登记在已终止的单位上，请先填写终止日期。",
            ),
            check("organization_unit_not_own_successor", ~Q(succeeded_by=F("id")), "单位不能由自己承接。"),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("organization:unit", args=[self.code])

    def name_on(self, date: dt.date) -> str | None:
        """The name the unit bore on a day: the present one after the last dated name ended, None where unknown.

        Reads `names`; prefetch them where many units are asked.
        """
        dated = list(self.names.all())
        for name in dated:
            if (name.started_on or date) <= date <= (name.ended_on or date):
                return name.name
        ends = [name.ended_on for name in dated if name.ended_on is not None]
        return self.name if not ends or date > max(ends) else None


class UnitName(Dated):
    """A name a unit bore between two dates, an unknown start empty; periods of one unit never overlap."""

    overlap_keys = ("unit_id",)
    overlap_message = "该单位在这段时间内已有另一个名称。"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="names")
    name = models.CharField("名称", max_length=80)
    started_on = models.DateField("启用日期", null=True, blank=True, help_text="不知道的留空。")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "单位历史名称"
        verbose_name_plural = "单位历史名称"
        ordering = ["unit", "started_on"]
        constraints = [
            check(
                "organization_unitname_dates",
                Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                "名称的停用日期不能早于启用日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """Another spelling of a unit's name, as notices print it (市发改委 for 市发展改革委)."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="单位", related_name="aliases")
    alias = models.CharField("别名", max_length=80, unique=True)

    class Meta:
        verbose_name = "单位别名"
        verbose_name_plural = "单位别名"
        ordering = ["alias"]

    def __str__(self) -> str:
        return self.alias


class UnitSet(Demonstrable):
    """A collective name such as 各县、市、区人民政府 that stands for several units."""

    name = models.CharField("集合名称", max_length=80, unique=True)
    units = models.ManyToManyField(Unit, through="UnitSetMember", verbose_name="单位", related_name="sets")

    class Meta:
        verbose_name = "单位集合"
        verbose_name_plural = "单位集合"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitSetMember(models.Model):
    """One unit inside a collective name."""

    unit_set = models.ForeignKey(UnitSet, models.CASCADE, verbose_name="单位集合", related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="set_memberships")

    class Meta:
        verbose_name = "集合成员"
        verbose_name_plural = "集合成员"
        constraints = [
            unique("organization_unitsetmember_once", "unit_set", "unit", message="该单位已在这个集合中。")
        ]

    def __str__(self) -> str:
        return f"{self.unit_set}：{self.unit}"


declare_message("organization_unitname_no_overlap", UnitName.overlap_message)
