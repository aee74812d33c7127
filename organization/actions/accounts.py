"""Accounts: made, disabled and reset by the system administrator only, never one's own (三员分立)."""

import datetime as dt
import re
from dataclasses import dataclass

from axes.utils import reset as forget_failures
from django.db import transaction

from core import audit
from core.errors import NotAllowed, RuleViolation
from organization.models import PastPassword, User
from organization.models.users import fold_username
from organization.passwords import random_password

INITIAL_PASSWORD_LIFE = dt.timedelta(hours=72)
_USERNAME = re.compile(r"[\w.@-]{3,64}")


@dataclass(frozen=True)
class NewAccount:
    """An account and the initial password that is shown once and kept nowhere."""

    user: User
    initial_password: str


@transaction.atomic
def create_account(
    *, username: str, display_name: str, account_kind: str, by: User | None, at: dt.datetime, phone: str = ""
) -> NewAccount:
    """A new account with a random initial password, good for 72 hours, to be changed at the first sign-in.

    `by` None is a command on the server. RuleViolation: the login name is taken or malformed.
    """
    _require_system_administrator(by)
    name = fold_username(username)
    if not _USERNAME.fullmatch(name):
        raise RuleViolation(f"登录名“{username}”应为3至64个字母、汉字、数字或 . _ - @，请修改。")
    if User.objects.filter(username=name).exists():
        raise RuleViolation(f"登录名“{name}”已被使用，请换一个。")
    password = random_password()
    user = User(username=name, display_name=display_name, account_kind=account_kind, phone=phone)
    _set_initial_password(user, password, at)
    user.save()
    audit.record("建立账号", by=by, obj=user, after=audit.snapshot(user))
    return NewAccount(user, password)


@transaction.atomic
def disable_account(*, user: User, by: User | None, at: dt.datetime) -> None:
    """Signs the account out everywhere at its next request; its grants rest until it is enabled again."""
    _require_system_administrator(by)
    _refuse_own(user, by, "不能停用自己的账号，请由另一位系统管理员办理。")
    user = _locked(user)
    if not user.is_active:
        raise RuleViolation(f"账号“{user.username}”已经停用。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("停用账号", by=by, obj=user, before={"启用": True}, after={"启用": False})


@transaction.atomic
def enable_account(*, user: User, by: User | None, at: dt.datetime) -> None:
    """Lets a disabled account sign in again, with the grants that were not ended meanwhile."""
    _require_system_administrator(by)
    _refuse_own(user, by, "不能启用自己的账号，请由另一位系统管理员办理。")
    user = _locked(user)
    if user.is_active:
        raise RuleViolation(f"账号“{user.username}”正在使用，不需要启用。")
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("启用账号", by=by, obj=user, before={"启用": False}, after={"启用": True})


@transaction.atomic
def reset_password(*, user: User, by: User | None, at: dt.datetime) -> NewAccount:
    """A new random initial password; ends the account's sessions and forgets its failed sign-ins."""
    _require_system_administrator(by)
    _refuse_own(user, by, "不能重置自己的口令，请使用“修改口令”。")
    user = _locked(user)
    password = random_password()
    remember_password(user, at)
    _set_initial_password(user, password, at)
    user.save(
        update_fields=["password", "must_change_password", "initial_password_until", "password_changed_at"]
    )
    forget_failures(username=user.username)
    audit.record("重置口令", by=by, obj=user)
    return NewAccount(user, password)


def remember_password(user: User, at: dt.datetime) -> None:
    """Keeps the hash of the password that is about to be replaced."""
    if user.has_usable_password():
        PastPassword.objects.create(user=user, password=user.password, set_at=at)


def _set_initial_password(user: User, password: str, at: dt.datetime) -> None:
    user.set_password(password)
    user.must_change_password = True
    user.initial_password_until = at + INITIAL_PASSWORD_LIFE
    user.password_changed_at = at


def _require_system_administrator(by: User | None) -> None:
    if by is not None and by.account_kind != User.AccountKind.SYSTEM:
        raise NotAllowed("只有系统管理员可以建立、停用、启用账号和重置口令。")


def _refuse_own(user: User, by: User | None, sentence: str) -> None:
    if by is not None and by.pk == user.pk:
        raise NotAllowed(sentence)


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)
