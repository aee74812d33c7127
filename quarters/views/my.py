"""What a unit's liaison fills in and its signer reads."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.errors import NotAllowed, RuleViolation, StaleObject
from core.submit_once import submit_once
from metrics.actions import save_figures
from organization.access import background, role_required
from quarters import permissions
from quarters.forms.filling import FiguresForm, ReportForm
from quarters.queries.desk import desk_of
from quarters.queries.fill_page import FillPage, fill_page, reading_page
from quarters.views.posted import lock_version_of
from reporting.models import Submission
from tasks.actions.reports import save_text


@require_GET
@role_required("liaison", "signer")
def desk(request: HttpRequest) -> HttpResponse:
    """Everything owed, and what waits for a signature."""
    return render(request, "quarters/desk.html", {"desk": desk_of(request.user, clock.today())})


@require_http_methods(["GET", "POST"])
@role_required("liaison", "signer")
@submit_once
def item(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One report or sheet: to fill in while it lies with the unit, to read afterwards."""
    submission = own_submission(request, uid)
    if request.method == "POST" and "resume" not in request.POST:
        return _save(request, submission)
    if not permissions.can_fill_in(request.user, submission):
        reading = reading_page(submission, request.user, clock.today())
        return render(request, "quarters/item_read.html", {"page": reading})
    page = fill_page(submission, request.user, clock.today())
    if request.method == "POST":
        return _draw(request, page, _bound_form(request, submission), is_resumed=True)
    form = _unbound_form(request, submission, page)
    return _draw(request, page, form, carrying=_carrying(request, submission, page))


def own_submission(request: HttpRequest, uid: uuid.UUID) -> Submission:
    """One of the own units' submissions, 404 for any other."""
    rows = permissions.own_submissions(request.user).select_related(
        *("round__group", "unit", "group", "progress_report__task__area", "figure_sheet__unit"),
        *("figure_sheet__round", "submitted_by", "signed_by", "accepted_by", "taken_by"),
    )
    return get_object_or_404(rows, uid=uid)


def _unbound_form(request: HttpRequest, submission: Submission, page: FillPage) -> ReportForm | FiguresForm:
    if submission.kind == Submission.Kind.FIGURES:
        carried = page.raw_before if "carry" in request.GET else {}
        return FiguresForm(submission.figure_sheet, carried=carried)
    carrying = _carrying(request, submission, page)
    if carrying in ("", "asks") or page.previous is None:
        return ReportForm.showing(submission.progress_report)
    return ReportForm.carrying(submission.progress_report, page.previous, replaces=carrying == "all")


def _carrying(request: HttpRequest, submission: Submission, page: FillPage) -> str:
    """How last quarter's content comes in: `empty` fields only, `all`, or `asks` first where something is typed."""
    wanted = request.GET.get("carry", "")
    if not wanted or submission.kind == Submission.Kind.FIGURES or page.previous is None:
        return "empty" if wanted else ""
    if wanted in ("empty", "all"):
        return wanted
    report = submission.progress_report
    return "asks" if any(getattr(report, part.name) for part in page.previous.texts) else "all"


def _draw(
    request: HttpRequest, page: FillPage, form: ReportForm | FiguresForm, **more: object
) -> HttpResponse:
    context = {"page": page, "form": form, **more}
    if isinstance(form, ReportForm):
        return render(request, "quarters/item_report.html", context)
    rows = list(form.rows(page.figures_before, page.doubts))
    return render(request, "quarters/item_figures.html", {**context, "rows": rows})


def _save(request: HttpRequest, submission: Submission) -> HttpResponse:
    form = _bound_form(request, submission)
    if not form.is_valid():
        page = fill_page(submission, request.user, clock.today())
        return _draw(request, page, form)
    try:
        _write(form, submission, request)
    except StaleObject as stale:
        stale.can_resume = True
        raise
    return _after_saving(request, submission, form)


def _bound_form(request: HttpRequest, submission: Submission) -> ReportForm | FiguresForm:
    if submission.kind == Submission.Kind.FIGURES:
        return FiguresForm(submission.figure_sheet, request.POST)
    return ReportForm(request.POST)


def _write(form: ReportForm | FiguresForm, submission: Submission, request: HttpRequest) -> int:
    lock_version, at = lock_version_of(request), clock.now()
    if isinstance(form, FiguresForm):
        return save_figures(
            form.sheet, figures=form.typed_figures(), lock_version=lock_version, by=request.user, at=at
        )
    return save_text(
        submission.progress_report,
        fields=form.cleaned_data,
        lock_version=lock_version,
        by=request.user,
        at=at,
    )


def _after_saving(
    request: HttpRequest, submission: Submission, form: ReportForm | FiguresForm
) -> HttpResponseRedirect:
    """To the page the pressed button names; with figures still refused, back to them."""
    problems = form.problems() if isinstance(form, FiguresForm) else []
    here = reverse("quarters:my-item", args=[submission.uid])
    wanted = request.POST.get("then", "stay")
    if problems:
        messages.warning(request, f"草稿已保存；有{len(problems)}处数值请核对：{''.join(problems)}")
        return HttpResponseRedirect(here)
    if wanted == "check":
        return HttpResponseRedirect(reverse("quarters:my-submit", args=[submission.uid]))
    messages.success(request, "草稿已保存。")
    if wanted in ("previous", "next"):
        page = fill_page(submission, request.user, clock.today())
        neighbour = page.next_url if wanted == "next" else page.previous_url
        return HttpResponseRedirect(neighbour or here)
    return HttpResponseRedirect(here)


@background
@require_POST
@role_required("liaison", "signer")
def autosave(request: HttpRequest, uid: uuid.UUID) -> JsonResponse:
    """Saves while the clerk types; answers as static/js/autosave.js expects."""
    rows = permissions.own_submissions(request.user).select_related("progress_report", "figure_sheet")
    submission = get_object_or_404(rows, uid=uid)
    form = _bound_form(request, submission)
    if not form.is_valid():
        return JsonResponse({"ok": False, "error": _first_error(form)})
    try:
        lock_version = _write(form, submission, request)
    except NotAllowed as refused:
        return JsonResponse({"ok": False, "error": refused.message}, status=403)
    except RuleViolation as refused:
        return JsonResponse({"ok": False, "error": refused.message}, status=409)
    saved_at = clock.now().astimezone(clock.SHANGHAI)
    return JsonResponse({"ok": True, "lock_version": lock_version, "saved_at": f"{saved_at:%H:%M}"})


def _first_error(form: ReportForm | FiguresForm) -> str:
    sentence = next(str(error) for errors in form.errors.values() for error in errors)
    return f"尚未保存：{sentence}"
