"""Behind nginx every connection comes from loopback; the client's address is the one nginx wrote down."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class RealAddress:
    """Takes REMOTE_ADDR from X-Forwarded-For, which deploy/nginx.conf replaces with one address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            request.META["REMOTE_ADDR"] = forwarded
        return self.get_response(request)
