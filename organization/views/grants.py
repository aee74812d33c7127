"""Role grants: the security administrator's pages."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import RuleViolation
from core.return_paths import page_path
from core.submit_once import submit_once
from core.tables import Head, sorted_page
from core.views import no_store
from organization import actions
from organization.access import account_kind_required
from organization.forms.accounts import GrantForm
from organization.forms.lists import AccountSearch, GrantFilter
from organization.models import RoleGrant
from organization.queries.accounts import grant_list as grants_of
from organization.roles import GROUP_ROLES, UNIT_ROLES

SORTS = {
    "holder": ("user__display_name", "user__username"),
    "role": ("role", "user__display_name"),
    "granted": ("-granted_at",),
}
HEADS = (
    Head("姓名", "holder"),
    Head("登录名"),
    Head("角色", "role"),
    Head("单位或协调小组"),
    Head("授予", "granted"),
    Head("收回"),
    Head("操作", hidden=True),
)


@account_kind_required("security")
@require_safe
@no_store
def grant_list(request: HttpRequest) -> HttpResponse:
    """Grants in force; ended ones by the filter."""
    narrowed = GrantFilter(request.GET)
    chosen = narrowed.chosen
    grants = grants_of(request.user, role=chosen["role"], state=chosen["state"], text=chosen["q"])
    page = sorted_page(request, grants, sorts=SORTS, default="holder")
    words = {
        "filter": narrowed,
        "page": page,
        "columns": page.heads(*HEADS),
        "shows_demo": any(grant.is_demo for grant in page),
    }
    return render(request, "organization/grant_list.html", words)


@account_kind_required("security")
@require_http_methods(["GET", "HEAD", "POST"])
@no_store
@submit_once
def grant_create(request: HttpRequest) -> HttpResponse:
    """Gives a role to a business account."""
    search = AccountSearch(request.GET)
    posted = request.POST if request.method == "POST" else None
    form = GrantForm(posted, viewer=request.user, text="" if posted else search.chosen["q"])
    if form.is_bound and form.is_valid():
        try:
            grant = actions.grant_role(**form.cleaned_data, by=request.user, at=clock.now())
        except RuleViolation as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"已授予：{grant}。下一次访问即生效。")
            return redirect("organization:grant-list")
    words = {
        "form": form,
        "search": search,
        "trail": [("首页", "/"), ("角色授权", reverse("organization:grant-list"))],
        "unit_roles": " ".join(sorted(UNIT_ROLES)),
        "group_roles": " ".join(sorted(GROUP_ROLES)),
    }
    return render(request, "organization/grant_form.html", words)


@account_kind_required("security")
@require_POST
@submit_once
def grant_end(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Takes a role back."""
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.user), uid=uid)
    ended = actions.end_grant(grant=grant, by=request.user, at=clock.now())
    messages.success(request, f"已收回：{ended}。")
    return redirect(_list_one_came_from(request))


def _list_one_came_from(request: HttpRequest) -> str:
    """The list as it was filtered and sorted, where the request tells."""
    whole = reverse("organization:grant-list")
    came_from = page_path(request)
    return came_from if came_from.partition("?")[0] == whole else whole
