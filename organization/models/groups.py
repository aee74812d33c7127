"""Coordination groups in a tree, their terms, members and seats. Duties hang on seats, not on persons."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Q

from core.constraints import check, declare_message, unique
from core.models import Demonstrable, SourceSection
from organization.models.periods import Dated
from organization.models.units import Unit


class CoordinationGroupQuerySet(models.QuerySet["CoordinationGroup"]):
    def visible_to(self, user: Any) -> Self:
        """Groups of the user's roles and those below them, groups of the user's units; never upward.

        A business account that belongs to no group sees the city's, where the registers are kept.
        """
        if not user.is_business:
            return self.none()
        held = self.model.objects.filter(grants__user=user, grants__ended_at=None).values("pk")
        joined = self.model.objects.filter(
            members__ended_on=None,
            members__unit__grants__user=user,
            members__unit__grants__ended_at=None,
        ).values("pk")
        belongs = Q(pk__in=held) | Q(parent__in=held) | Q(parent__parent__in=held) | Q(pk__in=joined)
        belongs_to_none = ~Q(Exists(held)) & ~Q(Exists(joined))
        return self.filter(belongs | (belongs_to_none & Q(code=settings.PORTAL_DEFAULT_GROUP)))


class CoordinationGroup(Demonstrable):
    """One 协调小组: the city's, or a county's under it. Every plan, task and round belongs to one."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县"

    code = models.SlugField(
        "小组代码", max_length=16, unique=True, help_text="通常为行政区划代码，如 341100。"
    )
    name = models.CharField("小组名称", max_length=80)
    level = models.CharField("层级", max_length=16, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级小组", null=True, blank=True, related_name="children"
    )
    office_unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="办公室所在单位", related_name="offices"
    )
    office_duties = models.CharField("办公室职责", max_length=200, blank=True)
    meeting_practice = models.TextField("会议制度", blank=True)
    lower_levels = models.CharField("上下联动", max_length=200, blank=True)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )
    units = models.ManyToManyField(
        Unit, through="GroupMember", verbose_name="成员单位", related_name="groups"
    )

    objects = CoordinationGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "协调小组"
        verbose_name_plural = "协调小组"
        ordering = ["code"]
        constraints = [
            check(
                "organization_group_level",
                Q(level__in=["province", "city", "county"]),
                "小组层级不在可选范围内。",
            ),
            check("organization_group_not_own_parent", ~Q(parent=F("id")), "小组不能以自己为上级。"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupTerm(models.Model):
    """The name under which a group worked from one date on, with the document or event behind it."""

    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="terms"
    )
    name = models.CharField("名称", max_length=80)
    started_on = models.DateField("启用日期", help_text="材料只写到月的，取当月1日，原文见“时间原文”。")
    started_printed = models.CharField("时间原文", max_length=20)
    ended_on = models.DateField("停用日期", null=True, blank=True)
    event = models.CharField("缘由", max_length=120, blank=True)
    main_unit_count = models.PositiveSmallIntegerField("主要责任单位数", null=True, blank=True)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "小组届次"
        verbose_name_plural = "小组届次"
        ordering = ["group", "started_on"]
        constraints = [
            unique("organization_groupterm_start", "group", "started_on", message="该小组在这一天已有名称。"),
            check(
                "organization_groupterm_dates",
                Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                "停用日期不能早于启用日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(Dated, Demonstrable):
    """A unit's membership of a group between two dates; an unknown start is empty."""

    overlap_keys = ("group_id", "unit_id")
    overlap_message = "该单位在这段时间内已是这个小组的成员单位。"

    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="members"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="memberships")
    is_main_responsible = models.BooleanField("主要责任单位", default=False)
    started_on = models.DateField("加入日期", null=True, blank=True)
    ended_on = models.DateField("退出日期", null=True, blank=True)
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "成员单位"
        verbose_name_plural = "成员单位"
        ordering = ["group", "unit__position"]
        constraints = [
            unique(
                "organization_groupmember_current",
                "group",
                "unit",
                condition=Q(ended_on__isnull=True),
                message="该单位已是这个小组的成员单位。",
            ),
            check(
                "organization_groupmember_dates",
                Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                "退出日期不能早于加入日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}：{self.unit}"


class Person(Demonstrable):
    """A person named in a document or holding a seat; not an account."""

    name = models.CharField("姓名", max_length=40)
    post_as_printed = models.CharField("职务（原文）", max_length=80, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    kept_by = models.ForeignKey(
        CoordinationGroup,
        models.SET_NULL,
        verbose_name="登记的小组",
        null=True,
        blank=True,
        related_name="+",
        help_text="由哪个小组的办公室登记；随文件资料录入的留空。",
    )
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Seat(Demonstrable):
    """A post in a group (组长, 副组长, 成员) defined by the office that fills it."""

    class Role(models.TextChoices):
        HEAD = "head", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"

    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="seats"
    )
    role = models.CharField("小组职务", max_length=16, choices=Role)
    position_title = models.CharField("担任者职务", max_length=80)
    rank = models.PositiveSmallIntegerField("排序", default=1)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="职务所在单位", null=True, blank=True, related_name="seats"
    )
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "席位"
        verbose_name_plural = "席位"
        ordering = ["group", "rank"]
        constraints = [
            unique(
                "organization_seat_once", "group", "role", "position_title", message="该小组已有这个席位。"
            ),
            check(
                "organization_seat_role", Q(role__in=["head", "deputy", "member"]), "小组职务不在可选范围内。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}（{self.position_title}）"


class Tenure(Dated, Demonstrable):
    """A person holding a seat between two dates; tenures of one seat never overlap."""

    overlap_keys = ("seat_id",)
    overlap_message = "该席位在这段时间内已有人任职。"

    seat = models.ForeignKey(Seat, models.PROTECT, verbose_name="席位", related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="人员", related_name="tenures")
    started_on = models.DateField("任职日期")
    ended_on = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["seat", "started_on"]
        constraints = [
            check(
                "organization_tenure_dates",
                Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                "离任日期不能早于任职日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.seat}"


declare_message("organization_groupmember_no_overlap", GroupMember.overlap_message)
declare_message("organization_tenure_no_overlap", Tenure.overlap_message)
