"""The office's queue: take over, accept, return, release."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.errors import NotAllowed
from core.submit_once import submit_once
from core.tables import Head, sorted_page
from organization.access import current_group, role_required
from organization.models import CoordinationGroup
from quarters import permissions
from quarters.actions import reviewing
from quarters.forms.filling import without_idle_zeros
from quarters.forms.office import AcceptForm, QueueFilter, ReturnForm, filter_selects
from quarters.queries.queue import (
    QUEUE_SORTS,
    areas_in_queue,
    in_order,
    queue_of,
    queue_rows,
    review_page,
    units_in_queue,
)
from quarters.views.posted import lock_version_of
from reporting.models import Submission
from reporting.workflow import State

OFFICE = ("office", "office_head")
HEADS = (
    Head("事项", "title"),
    Head("单位", "unit"),
    Head("季度"),
    Head("领域"),
    Head("状态", "state"),
    Head("报送", "arrived"),
    Head("已等待", number=True),
    Head("退回", "returns", number=True),
)


@require_GET
@role_required(*OFFICE)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the office of one group."""
    group = _own_group(request)
    chosen = _filter(request, group)
    rows = queue_of(group, request.user, chosen.wanted())
    page = sorted_page(request, rows, sorts=QUEUE_SORTS, default="arrived")
    drawn = queue_rows(page, request.user, clock.today())
    context = {
        "group": group,
        "selects": filter_selects(chosen),
        "is_filtered": bool(chosen.wanted()),
        "page": page,
        "columns": page.heads(*HEADS),
        "rows": drawn,
        "first": next((row for row in drawn if row.is_mine or not row.reviewer), None),
        "shows_demo": any(row.is_demo for row in page),
        "query": _query(request),
    }
    return render(request, "quarters/review_list.html", context)


@require_GET
@role_required(*OFFICE)
def item(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One submitted version with what a decision needs."""
    return _draw(request, _submission(request, uid, _TO_SHOW))


@require_POST
@role_required(*OFFICE)
@submit_once
def take(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Takes it over: frozen for the unit from here on."""
    submission = _submission(request, uid)
    reviewing.take(submission, by=request.user, at=clock.now(), lock_version=lock_version_of(request))
    messages.success(request, "已接手审核，办结前单位不能撤回修改。")
    return HttpResponseRedirect(_url(request, submission.uid))


@require_POST
@role_required(*OFFICE)
@submit_once
def release(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Puts it back into the queue."""
    submission = _submission(request, uid)
    reviewing.release(submission, by=request.user, at=clock.now(), lock_version=lock_version_of(request))
    messages.success(request, "已放回待审，同事可以接手。")
    return HttpResponseRedirect(_url(request, submission.uid))


@require_POST
@role_required(*OFFICE)
@submit_once
def accept(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Accepts the version under review, with the reviewer's judgement where nothing else measures the task."""
    submission = _submission(request, uid)
    share = None
    if reviewing.needs_judgement(submission):
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return _draw(request, submission, accept_form=form)
        share = form.cleaned_data["judged_share"]
    reviewing.accept(
        submission,
        by=request.user,
        at=clock.now(),
        lock_version=lock_version_of(request),
        judged_share=share,
    )
    return _go_on(request, submission, "已审核通过")


@require_POST
@role_required(*OFFICE)
@submit_once
def send_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Returns it to the unit with a category and a text."""
    submission = _submission(request, uid)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _draw(request, submission, return_form=form)
    reviewing.send_back(
        submission,
        reason_code=form.cleaned_data["reason_code"],
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=clock.now(),
        lock_version=lock_version_of(request),
    )
    return _go_on(request, submission, "已退回单位修改")


def _own_group(request: HttpRequest) -> CoordinationGroup:
    group = current_group(request)
    if not permissions.is_office_of(request.user, group.pk):
        raise NotAllowed(f"{group.name}的审核由该小组办公室办理。")
    return group


# A page shows everybody who had a hand in it; a move needs to know only what it is about.
_TO_SHOW = (
    *("round__group", "unit", "group", "progress_report__task__area", "figure_sheet__unit"),
    *("figure_sheet__round", "submitted_by", "signed_by", "accepted_by", "taken_by"),
)
_TO_MOVE = ("unit", "group", "progress_report__task")


def _submission(request: HttpRequest, uid: uuid.UUID, related: tuple[str, ...] = _TO_MOVE) -> Submission:
    rows = permissions.reviewable_submissions(request.user).select_related(*related)
    return get_object_or_404(rows, uid=uid)


def _filter(request: HttpRequest, group: CoordinationGroup) -> QueueFilter:
    return QueueFilter(request.GET, units=units_in_queue(group), areas=areas_in_queue(group))


def _draw(
    request: HttpRequest,
    submission: Submission,
    *,
    accept_form: AcceptForm | None = None,
    return_form: ReturnForm | None = None,
) -> HttpResponse:
    group, today = submission.group, clock.today()
    ordered = queue_of(group, request.user, _filter(request, group).wanted())
    page = review_page(submission, request.user, today, in_order(ordered), _query(request))
    judged = reviewing.needs_judgement(submission)
    percent = page.content.percent if page.content else None
    context = {
        "page": page,
        "query": _query(request),
        "needs_judgement": judged,
        "accept_form": accept_form or AcceptForm(initial={"judged_share": without_idle_zeros(percent)}),
        "return_form": return_form or ReturnForm(),
        "return_is_open": return_form is not None,
    }
    return render(request, "quarters/review_item.html", context)


def _go_on(request: HttpRequest, submission: Submission, words: str) -> HttpResponseRedirect:
    """To the next thing nobody has taken over: what waits under one's own name has its buttons in the same
    place, and a second click would decide it unread. Else to the queue."""
    chosen = _filter(request, submission.group).wanted()
    waiting = queue_of(submission.group, request.user, chosen).exclude(pk=submission.pk)
    following = in_order(waiting.filter(state=State.SUBMITTED)).values_list("uid", flat=True).first()
    title = submission.unit.short_name
    if following is None:
        rest = "以下是接手后尚未办完的材料。" if waiting.exists() else "待审核的材料已全部办完。"
        messages.success(request, f"{words}（{title}）。{rest}")
        return HttpResponseRedirect(reverse("quarters:review"))
    messages.success(request, f"{words}（{title}）。以下是下一件。")
    return HttpResponseRedirect(_url(request, following))


def _query(request: HttpRequest) -> str:
    """The list's filters travel along through its items."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}" if kept else ""


def _url(request: HttpRequest, uid: uuid.UUID) -> str:
    return reverse("quarters:review-item", args=[uid]) + _query(request)
