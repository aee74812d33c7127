"""Accounts: the system administrator's pages."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import RuleViolation
from core.submit_once import submit_once
from core.tables import Head, sorted_page
from core.views import no_store
from organization import actions
from organization.access import account_kind_required
from organization.forms.accounts import AccountForm
from organization.forms.lists import AccountFilter
from organization.models import User
from organization.queries.accounts import account_list as accounts_of

SORTS = {
    "username": ("username",),
    "name": ("display_name", "username"),
    "kind": ("account_kind", "username"),
    "seen": ("-last_seen_at",),
}
HEADS = (
    Head("登录名", "username"),
    Head("姓名", "name"),
    Head("账号类别", "kind"),
    Head("状态"),
    Head("最近访问", "seen"),
    Head("操作", hidden=True),
)
SHOWN_ONCE = "initial_password"


@account_kind_required("system")
@require_safe
@no_store
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account, with what can be done about it."""
    narrowed = AccountFilter(request.GET)
    chosen = narrowed.chosen
    accounts = accounts_of(request.user, kind=chosen["kind"], state=chosen["state"], text=chosen["q"])
    page = sorted_page(request, accounts, sorts=SORTS, default="username")
    words = {
        "filter": narrowed,
        "page": page,
        "columns": page.heads(*HEADS),
        "shows_demo": any(user.is_demo for user in page),
    }
    return render(request, "organization/account_list.html", words)


@account_kind_required("system")
@require_http_methods(["GET", "HEAD", "POST"])
@no_store
@submit_once
def account_create(request: HttpRequest) -> HttpResponse:
    """A new account; its initial password is shown on the next page, once."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            account = actions.create_account(**form.cleaned_data, by=request.user, at=clock.now())
        except RuleViolation as refused:
            form.add_error("username", refused.message)
        else:
            return _show_once(request, account)
    words = {"form": form, "trail": [("首页", "/"), ("账号管理", reverse("organization:account-list"))]}
    return render(request, "organization/account_form.html", words)


@account_kind_required("system")
@require_safe
@no_store
def initial_password(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The initial password of an account just made or reset; the second look finds nothing."""
    user = get_object_or_404(User.objects.visible_to(request.user), uid=uid)
    kept = request.session.pop(SHOWN_ONCE, {})
    words = {
        "account": user,
        "password": kept.get("password") if kept.get("uid") == str(uid) else None,
        "trail": [("首页", "/"), ("账号管理", reverse("organization:account-list"))],
    }
    return render(request, "organization/initial_password.html", words)


@account_kind_required("system")
@require_POST
@submit_once
def account_disable(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Signs the account out everywhere."""
    user = get_object_or_404(User.objects.visible_to(request.user), uid=uid)
    actions.disable_account(user=user, by=request.user, at=clock.now())
    messages.success(request, f"账号“{user.username}”已停用，正在使用的登录已退出。")
    return redirect("organization:account-list")


@account_kind_required("system")
@require_POST
@submit_once
def account_enable(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Lets a disabled account sign in again."""
    user = get_object_or_404(User.objects.visible_to(request.user), uid=uid)
    actions.enable_account(user=user, by=request.user, at=clock.now())
    messages.success(request, f"账号“{user.username}”已启用，原有未收回的角色继续有效。")
    return redirect("organization:account-list")


@account_kind_required("system")
@require_POST
@submit_once
def password_reset(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A new initial password for somebody who forgot theirs."""
    user = get_object_or_404(User.objects.visible_to(request.user), uid=uid)
    return _show_once(request, actions.reset_password(user=user, by=request.user, at=clock.now()))


def _show_once(request: HttpRequest, account: actions.NewAccount) -> HttpResponse:
    """Hands the password to the next page through the session, which forgets it there."""
    request.session[SHOWN_ONCE] = {"uid": str(account.user.uid), "password": account.initial_password}
    return redirect("organization:initial-password", uid=account.user.uid)
