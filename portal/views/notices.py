"""The inbox: what the portal told this person."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.models import Notice
from core.notices import mark_read
from organization.access import signed_in

PER_PAGE = 30


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Own notices, unread ones first, then the newest."""
    is_unread = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
    notices = Notice.objects.inbox(request.user.uid).annotate(is_unread=is_unread)
    page = Paginator(notices.order_by("-is_unread", "-created_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request, "portal/notices.html", {"page": page, "shows_demo": request.user.is_demo and bool(page)}
    )


@require_POST
@signed_in
def open_notice(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Marks one notice read and goes where it points; 404 for somebody else's."""
    notice = get_object_or_404(Notice.objects.inbox(request.user.uid), uid=uid)
    mark_read(request.user.uid, at=clock.now(), notice_uid=uid)
    is_ours = notice.url.startswith("/") and url_has_allowed_host_and_scheme(notice.url, {request.get_host()})
    return HttpResponseRedirect(notice.url) if is_ours else redirect("portal:notices")


@require_POST
@signed_in
def mark_all_read(request: HttpRequest) -> HttpResponse:
    count = mark_read(request.user.uid, at=clock.now())
    messages.success(request, f"已将{count}条消息标为已读。" if count else "没有未读消息。")
    return redirect("portal:notices")
