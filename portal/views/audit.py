"""The audit log for the auditor: look, follow, export, verify. Nothing here changes anything but adds to the log."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import audit
from core.exports import Column, audited_workbook
from core.models import AuditEvent, ChainHead
from organization.access import account_kind_required
from portal.forms import AuditFilter
from portal.queries.audit import (
    differences_of,
    event_page,
    export_rows,
    has_demo_persons,
    matching_events,
    recent_actions,
)

COLUMNS = (
    Column("序号", 10), Column("时间", 18), Column("操作人", 14), Column("登录名", 16), Column("角色", 14),
    Column("单位", 20), Column("操作", 20), Column("对象", 40), Column("结果", 30), Column("来源地址", 16),
    Column("请求编号", 34), Column("变更前", 40), Column("变更后", 40), Column("本条摘要", 66),
)  # fmt: skip
MOST_PROBLEMS = 10


@require_safe
@account_kind_required("audit")
def event_list(request: HttpRequest) -> HttpResponse:
    form = AuditFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    before, after = (_position(request.GET.get(name, "")) for name in ("before", "after"))
    is_refused = form.is_bound and not form.is_valid()
    events = AuditEvent.objects.none() if is_refused else matching_events(asked)
    kept = _without_position(request.GET)
    page = event_page(events, before=before, after=after)
    words = {
        "form": form,
        "page": page,
        "shows_demo": has_demo_persons(page.events),
        "actions": recent_actions(),
        "kept": kept.urlencode(),
        "is_filtered": any(kept.values()),
    }
    return render(request, "portal/audit_list.html", words)


@require_safe
@account_kind_required("audit")
def event_detail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    event = get_object_or_404(AuditEvent, uid=uid)
    return render(request, "portal/audit_detail.html", {"event": event, "differences": differences_of(event)})


@require_safe
@account_kind_required("audit")
def event_export(request: HttpRequest) -> HttpResponse:
    """What the filter lets through, newest first; the export itself is audited."""
    form = AuditFilter(request.GET)
    if not form.is_valid():
        return redirect(f"/audit/?{request.GET.urlencode()}")
    rows = export_rows(matching_events(form.cleaned_data))
    return audited_workbook(
        by=request.user, filename="审计日志", sheet="审计日志", columns=COLUMNS, rows=rows
    )


@require_POST
@account_kind_required("audit")
def verify(request: HttpRequest) -> HttpResponse:
    """Recomputes the chain and says in words what it found; that it was verified is an event too."""
    problems = audit.verify()
    head = ChainHead.objects.filter(pk=1).first()
    through = head.position if head else 0
    sentence = f"发现{len(problems)}处问题" if problems else "完整"
    with transaction.atomic():
        audit.record("核验审计日志", by=request.user, after={"截至序号": through, "结论": sentence})
    if problems:
        for problem in problems[:MOST_PROBLEMS]:
            messages.error(request, problem)
    else:
        messages.success(request, f"审计日志完整：截至第{through}条，没有缺失，没有改动。")
    return redirect("portal:audit")


def _position(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None


def _without_position(query: QueryDict) -> QueryDict:
    kept = query.copy()
    kept.pop("before", None)
    kept.pop("after", None)
    return kept
