"""The portal's addresses plus the floor every page is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from chuzhou_reform import urls as portal
from chuzhou_reform.urls import handler400, handler403, handler404, handler500
from core.models import Notice
from organization.access import current_group, signed_in
from tasks.queries.filters import ALL, TaskFilter
from tasks.queries.register import flat_rows, matching_tasks, task_row

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@signed_in
def auth_view(request: HttpRequest) -> HttpResponse:
    """Session, user and one query: the least a page of ours can cost."""
    count = Notice.objects.filter(recipient_uid=request.user.uid, read_at=None).count()
    return HttpResponse(f"{request.user.display_name} {count}")


@signed_in
def flat_view(request: HttpRequest) -> HttpResponse:
    """The fifty rows of the register's first page, queried and joined without a template."""
    tasks = flat_rows(matching_tasks(request.user, current_group(request), TaskFilter(), plan=ALL))
    rows = [task_row(values) for values in tasks[:50]]
    cells = (
        f"<tr><td>{row.code}<td>{row.title}<td>{row.lead}<td>{row.due}<td>{row.state_label}" for row in rows
    )
    return HttpResponse("".join(cells))


urlpatterns = [path("bench/auth/", auth_view), path("bench/flat/", flat_view), *portal.urlpatterns]
