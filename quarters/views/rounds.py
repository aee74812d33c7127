"""The rounds of a group and the board of one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core import clock
from core.exports import audited_workbook
from organization.access import current_group, role_required
from quarters import permissions
from quarters.exports import BOARD_COLUMNS, board_rows
from quarters.forms.office import BoardFilter, filter_selects
from quarters.queries.findings import findings_of
from quarters.queries.round_list import rounds_of
from quarters.queries.rounds import board_of
from reporting import permissions as reporting
from reporting.models import ReportingRound

READERS = ("office", "office_head", "leader")
# Units up to which the board compares all figures at once; of more it does so on request: it reads each of them.
COMPARED_AT_ONCE = 60


@require_GET
@role_required(*READERS)
def index(request: HttpRequest) -> HttpResponse:
    """All rounds of one group, newest first."""
    group = current_group(request)
    rows = rounds_of(group, request.user, clock.today())
    context = {
        "group": group,
        "rows": rows,
        "can_open": reporting.can_open_round(request.user, group.pk),
        "shows_demo": any(row.round.is_demo for row in rows),
        "is_mixed": len({row.round.is_demo for row in rows}) > 1,
    }
    return render(request, "quarters/round_list.html", context)


@require_GET
@role_required(*READERS)
def board(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Who owes what, at one look."""
    round_ = round_of(request, year, quarter)
    chosen = BoardFilter(request.GET)
    page = board_of(round_, clock.today(), chosen.wanted())
    is_office = permissions.is_office_of(request.user, round_.group_id)
    compares = "findings" in request.GET or len(page.rows) <= COMPARED_AT_ONCE
    context = {
        "board": page,
        "findings": findings_of(round_) if is_office and compares else [],
        "asks_for_findings": is_office and not compares,
        "round": round_,
        "early_reason": early_reason(round_),
        "selects": filter_selects(chosen),
        "chosen_state": chosen.wanted().get("state", ""),
        "is_filtered": bool(chosen.wanted()),
        "is_whole": not chosen.wanted(),
        "is_office": is_office,
        "can_publish": reporting.can_publish(request.user, round_) and not round_.is_published,
    }
    return render(request, "quarters/round_board.html", context)


@require_GET
@role_required(*READERS)
def export(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The board as a workbook: one row per item."""
    round_ = round_of(request, year, quarter)
    page = board_of(round_, clock.today(), {})
    return audited_workbook(
        by=request.user,
        filename=f"{round_}填报进度.xlsx",
        sheet=str(round_),
        columns=BOARD_COLUMNS,
        rows=board_rows(page),
    )


def early_reason(round_: ReportingRound) -> str:
    """Why the round was published while units could still report; empty otherwise."""
    if not round_.is_published:
        return ""
    return round_.snapshots.filter(version_no=1).values_list("reason", flat=True).first() or ""


def round_of(request: HttpRequest, year: int, quarter: int) -> ReportingRound:
    """The group's round of this quarter, 404 where there is none or it is not for this person."""
    if not 1 <= quarter <= 4:
        raise Http404
    rows = ReportingRound.objects.visible_to(request.user).select_related("group")
    return get_object_or_404(rows, group=current_group(request), year=year, quarter=quarter)
