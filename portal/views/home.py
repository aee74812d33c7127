"""The first page of each role, the library, and the guide."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organization.access import public, role_required, signed_in
from organization.models import User
from organization.permissions import active_grants
from organization.roles import ALL_ROLES, LEADER, OFFICE, OFFICE_HEAD
from portal.guide import GUIDES, guides_first
from portal.navigation import OF_KIND, UNIT_ROLES
from portal.queries.home import office_desk


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Office: what waits for it. Everybody else goes to where their work is; without a role, whom to ask."""
    user = request.user
    roles = {grant.role for grant in active_grants(user)}
    if roles & {OFFICE, OFFICE_HEAD}:
        desk = office_desk(user)
        return render(request, "portal/home_office.html", {"desk": desk, "shows_demo": desk.shows_demo})
    address = _home_address(user, roles)
    if address:
        return HttpResponseRedirect(address)
    template = "portal/home_assessor.html" if roles else "portal/home_nobody.html"
    return render(request, template)


def _home_address(user: User, roles: set[str]) -> str:
    if user.account_kind in OF_KIND:
        return OF_KIND[user.account_kind][0].url
    if LEADER in roles:
        return "/dashboard/"
    return "/my/" if roles & UNIT_ROLES else ""


@require_safe
@role_required(*ALL_ROLES)
def library(request: HttpRequest) -> HttpResponse:
    """资料库: the way to the registers."""
    return render(request, "portal/library.html")


@require_safe
@public
def guide(request: HttpRequest) -> HttpResponse:
    """使用帮助: a short guide per role, the reader's own first."""
    user = request.user
    own: set[str] = set()
    if isinstance(user, User):
        own = {grant.role for grant in active_grants(user)} or {user.account_kind}
    return render(request, "portal/help.html", {"guides": guides_first(GUIDES, own), "own": own})
