import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def no_store(view: View) -> View:
    """Pages of accounts, audit and forms: kept by no cache, not even the browser's."""

    @functools.wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return marked


@login_not_required
@require_safe
@no_store
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
@no_store
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers too: 200, else 503, so that a balancer waits."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database away"}, status=503)
    return JsonResponse({"status": "ok"})
