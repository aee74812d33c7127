"""A signed-in visitor who asks the WSGI application in this very process, so that only its work is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from organization.models import User

CSRF = "b" * 32


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Visitor:
    """One demonstration account with its session cookie."""

    account: str
    cookie: str = ""
    factory: RequestFactory = field(default_factory=RequestFactory)
    application: Any = field(default_factory=get_wsgi_application)

    def __post_init__(self) -> None:
        client = Client()
        client.force_login(User.objects.get(username=self.account), settings.AUTHENTICATION_BACKENDS[-1])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(self.factory.get(path, **self._with_cookie(headers)))

    def post(self, path: str, content: dict[str, Any], **headers: str) -> Answer:
        headers = {"HTTP_X_CSRFTOKEN": CSRF, **headers}
        return self._ask(self.factory.post(path, content, **self._with_cookie(headers)))

    def queries(self, path: str, **headers: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.get(path, **headers)
        return len(captured)

    def _with_cookie(self, headers: dict[str, str]) -> dict[str, Any]:
        return {"HTTP_COOKIE": self.cookie, "HTTP_HOST": "127.0.0.1", **headers}

    def _ask(self, request: Any) -> Answer:
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            started.update(status=int(status.split(maxsplit=1)[0]), headers=dict(headers))

        response = self.application(request.environ, start_response)
        body = b"".join(response)
        response.close()
        return Answer(started["status"], started["headers"], body)
