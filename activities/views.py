"""The page of the pillar industries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.queries import industries
from organization.access import role_required
from organization.roles import ALL_ROLES


@require_safe
@role_required(*ALL_ROLES)
def industry_list(request: HttpRequest) -> HttpResponse:
    rows = industries()
    shows_demo = any(row.is_demo for row in rows)
    return render(request, "activities/industry_list.html", {"rows": rows, "shows_demo": shows_demo})
