"""Sign-in, sign-out and the change of one's own password."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from core import audit
from core.context import act_as
from core.errors import RuleViolation
from organization import session_times
from organization.actions.accounts import remember_password
from organization.models import User
from organization.models.users import fold_username

WRONG = "用户名或口令错误。"
LOCKED = "登录失败次数过多，已锁定15分钟，请稍后再试。"
INITIAL_EXPIRED = "初始口令已超过72小时，请联系系统管理员重置。"


@dataclass(frozen=True)
class Visitor:
    """Somebody who has not proved who they are: the audit keeps the name they typed."""

    username: str
    display_name: str = "未登录"
    uid: None = None


def sign_in(request: HttpRequest, *, username: str, password: str, at: dt.datetime) -> User:
    """Opens a session; RuleViolation with the same words for unknown, disabled and wrong.

    A locked account and source is told so, whether the account exists or not. Only somebody who knows the
    right password learns that it was an initial one and is over.
    """
    name = fold_username(username)
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        raise _refused(name, LOCKED if getattr(request, "axes_locked_out", False) else WRONG)
    if user.must_change_password and user.initial_password_until and at > user.initial_password_until:
        raise _refused(name, INITIAL_EXPIRED)
    with transaction.atomic():
        login(request, user)
        session_times.begin(request.session, at)
        User.objects.filter(pk=user.pk).update(last_seen_at=at)
        _act_as_administrator(user)
        audit.record("登录", by=user, obj=user)
    return user


def sign_out(request: HttpRequest) -> None:
    """Ends the session; nothing happens for somebody who is not signed in."""
    user = request.user
    logout(request)
    if isinstance(user, User):
        with transaction.atomic():
            _act_as_administrator(user)
            audit.record("退出登录", by=user, obj=user)


def _act_as_administrator(user: User) -> None:
    """The three administrators sign in as what they are; a business account has not chosen a role yet."""
    if not user.is_business:
        act_as(user.get_account_kind_display())


@transaction.atomic
def change_password(request: HttpRequest, *, password: str, by: User, at: dt.datetime) -> None:
    """Sets the person's own password and ends their other sessions (the session hash changes with it)."""
    remember_password(by, at)
    by.set_password(password)
    by.must_change_password = False
    by.initial_password_until = None
    by.password_changed_at = at
    by.save(
        update_fields=["password", "must_change_password", "initial_password_until", "password_changed_at"]
    )
    update_session_auth_hash(request, by)
    audit.record("修改口令", by=by, obj=by)


def _refused(username: str, sentence: str) -> RuleViolation:
    action = "登录锁定" if sentence == LOCKED else "登录失败"
    audit.record_refusal(action, by=Visitor(username), label=username, result=sentence)
    return RuleViolation(sentence)
