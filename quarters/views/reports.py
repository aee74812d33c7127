"""The signed report, read-only, for everybody who may read it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from organization.access import role_required
from quarters import permissions
from quarters.queries.report_page import report_page


@require_GET
@role_required("office", "office_head", "leader", "assessor", "liaison", "signer")
def report(request: HttpRequest, year: int, quarter: int, uid: uuid.UUID) -> HttpResponse:
    """What was handed in: who submitted, signed and accepted it when, its digest, every version."""
    if not 1 <= quarter <= 4:
        raise Http404
    rows = permissions.readable_submissions(request.user).select_related(
        *("round__group", "unit", "group", "progress_report__task__area", "figure_sheet__unit"),
        *("figure_sheet__round", "submitted_by", "signed_by", "accepted_by"),
    )
    submission = get_object_or_404(rows, uid=uid, round__year=year, round__quarter=quarter)
    page = report_page(submission, request.user, version=request.GET.get("version", ""))
    return render(request, "quarters/report.html", {"page": page})
