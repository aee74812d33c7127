"""The moves of a unit: check and submit, sign, send back, take back."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.submit_once import submit_once
from organization.access import role_required
from quarters import permissions
from quarters.actions import handing_in
from quarters.queries.fill_page import submit_page
from quarters.queries.titles import title_of
from quarters.views.my import own_submission
from quarters.views.posted import lock_version_of
from reporting.models import Submission
from reporting.workflow import State


@require_http_methods(["GET", "POST"])
@role_required("liaison")
@submit_once
def submit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Everything as it will be handed in, what is missing, and the button that hands it in."""
    submission = own_submission(request, uid)
    if request.method == "POST":
        moved = handing_in.submit(
            submission, by=request.user, at=clock.now(), lock_version=lock_version_of(request)
        )
        messages.success(request, _handed_in_words(moved))
        return HttpResponseRedirect(_url(submission))
    if submission.state != State.DRAFT or not permissions.can_fill_in(request.user, submission):
        return HttpResponseRedirect(_url(submission))
    page = submit_page(submission, request.user, clock.today())
    return render(request, "quarters/submit.html", {"page": page})


@require_POST
@role_required("liaison")
@submit_once
def take_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Back into the liaison's hands, while nobody reviews it."""
    submission = own_submission(request, uid)
    handing_in.take_back(submission, by=request.user, at=clock.now(), lock_version=lock_version_of(request))
    messages.success(request, "已撤回，可以继续修改；改好后请重新提交。")
    return HttpResponseRedirect(_url(submission))


@require_POST
@role_required("signer")
@submit_once
def sign(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The signer lets it leave the unit."""
    submission = own_submission(request, uid)
    moved = handing_in.sign(
        submission, by=request.user, at=clock.now(), lock_version=lock_version_of(request)
    )
    messages.success(request, f"已审签“{title_of(moved)}”，已报送协调小组办公室。")
    return _to_the_list()


@require_POST
@role_required("signer")
@submit_once
def send_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Back to the liaison, with a reason."""
    submission = own_submission(request, uid)
    handing_in.send_back(
        submission,
        reason=request.POST.get("reason", ""),
        by=request.user,
        at=clock.now(),
        lock_version=lock_version_of(request),
    )
    messages.success(request, f"已将“{title_of(submission)}”退回联络员修改，退回原因已通知联络员。")
    return _to_the_list()


def _handed_in_words(moved: Submission) -> str:
    title = title_of(moved)
    if moved.state == State.SIGNING:
        return f"“{title}”已提交，等待本单位审签人审签。"
    return f"“{title}”已报送协调小组办公室。"


def _to_the_list() -> HttpResponseRedirect:
    """Never to the next thing to sign: a second click would sign it unread."""
    return HttpResponseRedirect(reverse("quarters:my"))


def _url(submission: Submission) -> str:
    return reverse("quarters:my-item", args=[submission.uid])
