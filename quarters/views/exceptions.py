"""Leave to report later, for one unit of one round."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.formats import date_text
from core.submit_once import submit_once
from organization.access import role_required
from organization.models import Unit
from quarters.actions.extending import grant_exception
from quarters.forms.office import ExceptionForm
from quarters.views.rounds import round_of
from reporting import permissions
from reporting.models import ReportingRound


@require_http_methods(["GET", "POST"])
@role_required("office", "office_head")
@submit_once
def grant(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The exceptions of a round and the form for another."""
    round_ = round_of(request, year, quarter)
    if not permissions.can_open_round(request.user, round_.group_id):
        raise NotAllowed("准予延期填报由该小组办公室办理。")
    if request.method == "GET":
        code = request.GET.get("unit", "")
        return _draw(
            request,
            round_,
            ExceptionForm(_units(round_), initial={"unit": code, "until_on": round_.review_due_on}),
        )
    form = ExceptionForm(_units(round_), request.POST)
    if not form.is_valid():
        return _draw(request, round_, form)
    unit = form.cleaned_data["unit"]
    try:
        exception = grant_exception(
            round_,
            unit,
            until_on=form.cleaned_data["until_on"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
        )
    except NotAllowed:
        raise
    except RuleViolation as refused:
        form.add_error(None, refused.message)
        return _draw(request, round_, form)
    messages.success(request, f"已准予{unit.short_name}延至{exception.until_on:%Y-%m-%d}填报。")
    if exception.until_on > round_.review_due_on:
        messages.warning(
            request,
            f"延至日期晚于办公室审核截止{date_text(round_.review_due_on)}，本期审核和发布须相应推后。",
        )
    here = reverse("quarters:round-exceptions", args=[year, quarter])
    return HttpResponseRedirect(f"{here}?group={round_.group.code}")


def _units(round_: ReportingRound):
    """Units that report in this round."""
    return Unit.objects.filter(submissions__round=round_).distinct().order_by("position", "code")


def _draw(request: HttpRequest, round_: ReportingRound, form: ExceptionForm) -> HttpResponse:
    exceptions = round_.exceptions.select_related("unit", "granted_by").order_by("unit__position")
    context = {"round": round_, "form": form, "exceptions": exceptions}
    return render(request, "quarters/round_exceptions.html", context)
