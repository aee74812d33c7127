"""Opening the next quarter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.periods import Quarter
from core.submit_once import submit_once
from organization.access import current_group, role_required
from organization.models import CoordinationGroup
from quarters.actions.opening import open_round, suggested_dates
from quarters.forms.office import OpenRoundForm, PeriodForm
from quarters.queries.openings import openable_periods, preview_of
from reporting import permissions
from reporting.models import ReportingRound


@require_http_methods(["GET", "POST"])
@role_required("office", "office_head")
@submit_once
def open_next(request: HttpRequest) -> HttpResponse:
    """Which quarter, its dates, and what will be made; the button opens it."""
    group = current_group(request)
    if not permissions.can_open_round(request.user, group.pk):
        raise NotAllowed(f"{group.name}的填报由该小组办公室开启。")
    periods = openable_periods(group, clock.today())
    period = _chosen(request, periods)
    if request.method == "GET":
        form = OpenRoundForm(initial=suggested_dates(period))
        return _draw(request, group, periods, period, form)
    form = OpenRoundForm(request.POST)
    if not form.is_valid():
        return _draw(request, group, periods, period, form)
    unreached = preview_of(group, period).without_liaison
    try:
        round_ = open_round(
            group,
            period,
            by=request.user,
            at=clock.now(),
            dates=form.dates(),
            instructions=form.cleaned_data["instructions"],
        )
    except RuleViolation as refused:
        if isinstance(refused, NotAllowed):
            raise
        form.add_error(None, refused.message)
        return _draw(request, group, periods, period, form)
    messages.success(request, f"已开启{round_}填报，共{round_.submissions.count()}件，{_told(unreached)}。")
    return HttpResponseRedirect(round_.get_absolute_url())


def _told(unreached: list[str]) -> str:
    if not unreached:
        return "已通知各单位联络员"
    return f"已通知有联络员的单位，{'、'.join(unreached)}还没有联络员"


def _chosen(request: HttpRequest, periods: list[Quarter]) -> Quarter:
    """The quarter asked for, even one that was opened meanwhile: the action refuses it in words."""
    typed = (request.POST if request.method == "POST" else request.GET).get("period", "")
    try:
        return Quarter.parse(typed)
    except ValueError:
        return periods[0]


def _draw(
    request: HttpRequest,
    group: CoordinationGroup,
    periods: list[Quarter],
    period: Quarter,
    form: OpenRoundForm,
) -> HttpResponse:
    choices = periods if period in periods else [period, *periods]
    context = {
        "group": group,
        "period": period,
        "period_form": PeriodForm(choices, initial={"period": str(period)}),
        "form": form,
        "preview": preview_of(group, period),
        "is_early": clock.today() <= period.last_day,
        "running": ReportingRound.objects.opened().filter(group=group).newest_first(),
    }
    return render(request, "quarters/round_open.html", context)
