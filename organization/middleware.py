"""Who gets as far as a view: time limits of sessions, then sign-in, password and rule."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse

from core import audit, clock, handlers
from core.errors import NotAllowed
from core.return_paths import page_path
from organization.access import PUBLIC, rule_of
from organization.models import User
from organization.session_times import ACTIVE_AT, TOUCH_EVERY, begin, overdue_reason

NextHandler = Callable[[HttpRequest], HttpResponse]
ADMIN_IS_THE_OFFICES = "数据维护供协调小组办公室、办公室负责人使用，您的账号没有这个角色。"
SENT_TOO_LATE = (
    "登录已过期，刚才提交的内容没有保存。请重新登录，将回到原来的页面；填报页的内容已留在本机，可以恢复。"
)
RULE_IS_MISSING = "这个页面还没有规定谁可以使用，暂不开放。"
# Django's own pages of these names know nothing of our rules for passwords and sign-outs.
_REPLACED_ADMIN_PAGES = {
    "admin:login": settings.LOGIN_REDIRECT_URL,
    "admin:logout": settings.LOGIN_REDIRECT_URL,
    "admin:password_change": "organization:password-change",
}


class SessionLimits:
    """Ends a session after idle time or absolute time; notes activity at most once a minute."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._end_if_overdue(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.user.is_authenticated and not getattr(view, "is_background", False):
            self._note_activity(request)

    @staticmethod
    def _end_if_overdue(request: HttpRequest) -> None:
        now = clock.now()
        if ACTIVE_AT not in request.session:
            begin(request.session, now)
        reason = overdue_reason(request.session, now)
        if reason:
            audit.record_refusal("会话到期", by=request.user, result=reason)
            logout(request)
            messages.warning(request, f"{reason}，请重新登录。已保存的草稿不受影响。")

    @staticmethod
    def _note_activity(request: HttpRequest) -> None:
        now = clock.now()
        if now.timestamp() - request.session[ACTIVE_AT] >= TOUCH_EVERY.total_seconds():
            request.session[ACTIVE_AT] = now.timestamp()
            User.objects.filter(pk=request.user.pk).update(last_seen_at=now)


class LoginRequired:
    """Default deny: a view that is not public needs a sign-in, a password in force and a rule of its own."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        replaced = _REPLACED_ADMIN_PAGES.get(_match(request).view_name)
        if replaced:
            return redirect(replaced)
        if rule_of(view) == PUBLIC:
            return None
        user = request.user
        if not isinstance(user, User):
            if request.method == "POST" and not getattr(view, "is_background", False):
                _say_lost(request)
            return _redirect(request, redirect_to_login(page_path(request), settings.LOGIN_URL).url)
        if user.must_renew_password(clock.now()) and not hasattr(view, "is_open_before_password_change"):
            return _redirect(request, reverse("organization:password-change"))
        reason = _reason_to_refuse(request, view, user)
        return _refuse(request, reason) if reason else None


def _match(request: HttpRequest) -> ResolverMatch:
    """Which address was asked for; always known by the time a view is about to run."""
    if request.resolver_match is None:
        raise RuntimeError("process_view runs after the address is resolved")
    return request.resolver_match


def _reason_to_refuse(request: HttpRequest, view: Any, user: User) -> str:
    """Why a signed-in person gets no further; empty where the view's own rule decides."""
    if "admin" in _match(request).app_names:
        return "" if user.is_staff else ADMIN_IS_THE_OFFICES
    return "" if rule_of(view) else RULE_IS_MISSING


def _refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    audit.record_refusal("越权操作", by=request.user, label=request.path, result=sentence)
    return handlers.permission_denied(request, NotAllowed(sentence))


def _say_lost(request: HttpRequest) -> None:
    """A form that came after the end of the session is not carried out: its owner is told, once."""
    if not len(get_messages(request)):
        messages.warning(request, SENT_TOO_LATE)


def _redirect(request: HttpRequest, url: str) -> HttpResponse:
    """A fragment asked for by htmx moves the whole page: never a sign-in form inside a table."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
