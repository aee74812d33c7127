"""Signing in and out, and the change of one's own password."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core import audit, clock
from core.errors import RuleViolation
from core.submit_once import submit_once
from core.views import no_store
from organization import actions
from organization.access import public, signed_in
from organization.demo_accounts import DEMO_ACCOUNTS, demo_password
from organization.forms.sign_in import OwnPasswordForm, SignInForm
from organization.models import User

LOCKED_STATUS = 429


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@no_store
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; somebody who is signed in goes on to where they wanted."""
    if request.user.is_authenticated:
        return redirect(_next_url(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.sign_in(request, **form.cleaned_data, at=clock.now())
        except RuleViolation as refused:
            form.add_error(None, refused.message)
        else:
            return redirect(_next_url(request))
    status = LOCKED_STATUS if getattr(request, "axes_locked_out", False) else 200
    return render(request, "organization/login.html", _sign_in_words(request, form), status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session; what the browser kept of our pages goes too."""
    actions.sign_out(request)
    response = HttpResponseRedirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("old_password", "new_password", "repeated_password")
@no_store
@submit_once
def password_change(request: HttpRequest) -> HttpResponse:
    """One's own password; the only page, beside the way out, for somebody whose password is due."""
    user = User.objects.get(pk=request.user.pk)
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        actions.change_password(request, password=form.cleaned_data["new_password"], by=user, at=clock.now())
        messages.success(request, "口令已修改，您在其他终端上的登录已退出。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    if form.has_error("old_password", "wrong_old"):
        audit.record_refusal("修改口令失败", by=user, obj=user, result="当前口令不正确")
    must_change = user.must_renew_password(clock.now())
    return render(request, "organization/password_change.html", {"form": form, "must_change": must_change})


password_change.is_open_before_password_change = True  # type: ignore[attr-defined]


def _sign_in_words(request: HttpRequest, form: SignInForm) -> dict[str, object]:
    words: dict[str, object] = {"form": form, "next": _asked_url(request)}
    if settings.PORTAL_DEMO:
        words |= {"demo_accounts": DEMO_ACCOUNTS, "demo_password": demo_password()}
    return words


def _next_url(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is a page of ours; else the home page."""
    asked = _asked_url(request)
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if is_ours else settings.LOGIN_REDIRECT_URL


def _asked_url(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""
