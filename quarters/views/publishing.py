"""Publishing a round: what is missing is published as 未报."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import NotAllowed
from core.submit_once import submit_once
from organization.access import role_required
from quarters.actions.publishing import obstacles, publish_round
from quarters.forms.office import EarlyPublishForm
from quarters.queries.rounds import board_of
from quarters.queries.still_in_time import units_in_time
from quarters.views.posted import lock_version_of
from quarters.views.rounds import round_of
from reporting import permissions
from reporting.workflow import State


@require_http_methods(["GET", "POST"])
@role_required("office_head")
@submit_once
def publish(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """What will be published, what is in the way, and the button of the office head."""
    round_ = round_of(request, year, quarter)
    if not permissions.can_publish(request.user, round_):
        raise NotAllowed("发布由该小组办公室负责人办理。")
    if round_.is_published:
        return HttpResponseRedirect(round_.get_absolute_url())
    in_time = units_in_time(round_, clock.today())
    form = EarlyPublishForm(request.POST or None)
    reason = form.cleaned_data["reason"] if in_time and form.is_valid() else ""
    if request.method == "POST" and (reason or not in_time or obstacles(round_)):
        snapshot = publish_round(
            round_,
            by=request.user,
            at=clock.now(),
            lock_version=lock_version_of(request),
            reason=reason,
        )
        messages.success(request, f"已发布{round_}第{snapshot.version_no}版，内容已固定。")
        return HttpResponseRedirect(round_.get_absolute_url())
    page = board_of(round_, clock.today(), {})
    waiting = {State.SUBMITTED.value, State.REVIEWING.value}
    context = {
        "round": round_,
        "board": page,
        "in_time": in_time,
        "form": form,
        "in_review": [line for line in page.lines if line.state in waiting],
        "missing": [line for line in page.lines if line.state not in {*waiting, State.ACCEPTED.value}],
    }
    return render(request, "quarters/round_publish.html", context)
