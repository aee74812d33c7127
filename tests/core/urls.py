"""The portal's own addresses and a few views that misbehave on purpose."""

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from chuzhou_reform.urls import handler400, handler403, handler404, handler500
from chuzhou_reform.urls import urlpatterns as real
from core import clock
from core.errors import BadInput, NotAllowed, RuleViolation, StaleObject
from core.models import SourceSection
from core.submit_once import submit_once
from core.tables import sorted_page

__all__ = ["handler400", "handler403", "handler404", "handler500"]

ERRORS = {
    "stale": lambda: StaleObject(mine={"进展情况": "甲文"}, theirs={"进展情况": "乙文"}),
    "rule": lambda: RuleViolation("本季度已经截止。"),
    "forbidden": lambda: NotAllowed("只有审签人可以审签。"),
    "bad": lambda: BadInput("季度写法不对。"),
    "away": lambda: OperationalError("server closed the connection unexpectedly"),
    "closed": lambda: InterfaceError("connection already closed"),
    "fault": ZeroDivisionError,
}


def failing(request, kind):
    error = ERRORS[kind]()
    raise error


@submit_once
def add_section(request):
    """Adds a section named by the form; an empty code is answered with the form again."""
    code = request.POST.get("code", "")
    if not code:
        return HttpResponse("请填写章节代码。")
    section = SourceSection.objects.create(code=f"{code}{SourceSection.objects.count()}", title="标题")
    return HttpResponseRedirect(f"/t/section/{section.code}/")


def listing(request):
    page = sorted_page(
        request, SourceSection.objects.all(), sorts={"code": ("code",)}, default="code", per_page=2
    )
    return HttpResponse(" ".join(section.code for section in page))


def echo(request):
    return HttpResponse(clock.today().isoformat())


urlpatterns = [
    *real,
    path("t/fail/<str:kind>/", failing),
    path("t/add/", add_section),
    path("t/list/", listing),
    path("t/echo/", echo),
]
