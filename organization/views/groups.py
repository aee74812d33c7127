"""The page of the coordination group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from organization.access import account_kind_required, current_group
from organization.queries.groups import group_page


@account_kind_required("business")
@require_safe
def group_detail(request: HttpRequest) -> HttpResponse:
    """The group of `?group=`: names over time, seats, people named, responsible units."""
    page = group_page(current_group(request), on=clock.today(), user=request.user)
    return render(request, "organization/group_detail.html", {"page": page})
