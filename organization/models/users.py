"""Accounts and the roles granted to them. Three kinds of administrators exclude one another by kind."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from core.constraints import check, unique
from core.models import Demonstrable, UidModel
from organization.models.groups import CoordinationGroup
from organization.models.units import Unit


def fold_username(text: str) -> str:
    """The form under which login names are compared: NFKC, then casefold, without outer blanks."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Accounts are the system administrator's; the security administrator sees whom roles can be given."""
        if user.account_kind == User.AccountKind.SYSTEM:
            return self
        if user.account_kind == User.AccountKind.SECURITY:
            return self.filter(account_kind=User.AccountKind.BUSINESS)
        return self.none()

    def able_to_hold_roles(self) -> Self:
        return self.filter(account_kind=User.AccountKind.BUSINESS, is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=fold_username(username or ""))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=fold_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, UidModel, Demonstrable):
    """One person's account. What it may do in the business comes from RoleGrant alone."""

    class AccountKind(models.TextChoices):
        BUSINESS = "business", "业务"
        SYSTEM = "system", "系统管理员"
        SECURITY = "security", "安全管理员"
        AUDIT = "audit", "审计员"

    username = models.CharField(
        "登录名", max_length=64, unique=True, error_messages={"unique": "该登录名已被使用，请换一个。"}
    )
    display_name = models.CharField("姓名", max_length=40)
    account_kind = models.CharField(
        "账号类别", max_length=16, choices=AccountKind, default=AccountKind.BUSINESS
    )
    phone = models.CharField("电话", max_length=40, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改口令", default=False)
    initial_password_until = models.DateTimeField("初始口令有效期至", null=True, blank=True)
    password_changed_at = models.DateTimeField("口令修改时间", null=True, blank=True)
    last_seen_at = models.DateTimeField("最近访问", null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        ordering = ["username"]
        constraints = [
            check(
                "organization_user_account_kind",
                Q(account_kind__in=["business", "system", "security", "audit"]),
                "账号类别不在可选范围内。",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        super().clean()
        self.username = fold_username(self.username)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    def must_renew_password(self, now: dt.datetime) -> bool:
        """Whether the password must be changed first: an initial one, or older than the profile allows."""
        if self.must_change_password:
            return True
        days = settings.PORTAL_PASSWORD_EXPIRY_DAYS
        if not days:
            return False
        return self.password_changed_at is None or now - self.password_changed_at > dt.timedelta(days=days)

    @property
    def is_business(self) -> bool:
        return self.account_kind == self.AccountKind.BUSINESS

    @property
    def is_staff(self) -> bool:
        """Data entry in the admin is for whoever holds a model permission, that is for the office."""
        return self.is_active and bool(self.get_all_permissions())

    def get_all_permissions(self, obj: models.Model | None = None) -> set[str]:
        permissions: set[str] = set()
        for backend in auth.get_backends():
            if hasattr(backend, "get_all_permissions"):
                permissions |= backend.get_all_permissions(self, obj)
        return permissions

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        return self.is_active and perm in self.get_all_permissions(obj)

    def has_perms(self, perm_list: Iterable[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions())


class PastPassword(models.Model):
    """The hash of a password a user once had, kept so that the last five are not used again."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="账号", related_name="past_passwords")
    password = models.CharField("口令摘要", max_length=128)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "历史口令"
        verbose_name_plural = "历史口令"
        ordering = ["-set_at"]

    def __str__(self) -> str:
        return f"{self.user}的历史口令"


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True, user__is_active=True)

    def visible_to(self, user: User) -> Self:
        """Grants are the security administrator's."""
        return self if user.account_kind == User.AccountKind.SECURITY else self.none()


class RoleGrant(UidModel, Demonstrable):
    """One role of one business account, for exactly one unit or exactly one group, between two moments."""

    class Role(models.TextChoices):
        OFFICE = "office", "协调小组办公室"
        OFFICE_HEAD = "office_head", "办公室负责人"
        LEADER = "leader", "领导"
        LIAISON = "liaison", "联络员"
        SIGNER = "signer", "单位审签人"
        ASSESSOR = "assessor", "评估组成员"

    user = models.ForeignKey(User, models.PROTECT, verbose_name="账号", related_name="grants")
    role = models.CharField("角色", max_length=16, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="grants"
    )
    group = models.ForeignKey(
        CoordinationGroup,
        models.PROTECT,
        verbose_name="协调小组",
        null=True,
        blank=True,
        related_name="grants",
    )
    granted_at = models.DateTimeField("授予时间")
    granted_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="授予人", null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("收回时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="收回人", null=True, blank=True, related_name="+"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "角色授权"
        verbose_name_plural = "角色授权"
        ordering = ["user", "role", "granted_at"]
        constraints = [
            check(
                "organization_rolegrant_scope",
                Q(role__in=["liaison", "signer"], unit__isnull=False, group__isnull=True)
                | Q(
                    role__in=["office", "office_head", "leader", "assessor"],
                    unit__isnull=True,
                    group__isnull=False,
                ),
                "联络员和审签人授予单位，其他角色授予协调小组，两者只选其一。",
            ),
            check(
                "organization_rolegrant_ended",
                Q(ended_at__isnull=False) | Q(ended_by__isnull=True),
                "收回人须与收回时间同时填写。",
            ),
            unique(
                "organization_rolegrant_active_unit",
                "user",
                "role",
                "unit",
                condition=Q(ended_at__isnull=True, unit__isnull=False),
                message="该账号已有这个单位的同一角色。",
            ),
            unique(
                "organization_rolegrant_active_group",
                "user",
                "role",
                "group",
                condition=Q(ended_at__isnull=True, group__isnull=False),
                message="该账号已有这个小组的同一角色。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_role_display()}（{self.unit or self.group}）"
