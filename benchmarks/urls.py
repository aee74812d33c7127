"""The portal's addresses plus the floor every page is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from chuzhou_reform import urls as portal
from chuzhou_reform.urls import handler400, handler403, handler404, handler500
from core.models import Notice
from organization.access import signed_in

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@signed_in
def auth_view(request: HttpRequest) -> HttpResponse:
    """Session, user and one query: the least a page of ours can cost."""
    count = Notice.objects.filter(recipient_uid=request.user.uid, read_at=None).count()
    return HttpResponse(f"{request.user.display_name} {count}")


urlpatterns = [path("bench/auth/", auth_view), *portal.urlpatterns]
