"""A signed-in visitor of the measured server, who can also ask in this process to count queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organization.demo_accounts import demo_password
from organization.models import User

AUTH = "/bench/auth/"
CSRF = "b" * 32
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: str = ""


def expect(answer: Answer, *codes: int) -> Answer:
    """A page that is refused is fast, and worth nothing as a measurement."""
    if answer.status not in codes:
        raise RuntimeError(f"Expected {codes}, got {answer.status}: {answer.body[:300]!r}")
    return answer


class Caller:
    """Somebody with a cookie who asks a server."""

    def __init__(self, server: str) -> None:
        self.address = urlsplit(server).netloc
        self.cookie = f"{settings.CSRF_COOKIE_NAME}={CSRF}"

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, content: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(content), {"Content-Type": FORM, "X-CSRFToken": CSRF})

    def _ask(self, method: str, path: str, content: str | None, headers: dict[str, str]) -> Answer:
        line = HTTPConnection(self.address, timeout=30)
        line.request(method, path, content, {"Cookie": self.cookie, **headers})
        response = line.getresponse()
        cookies = "; ".join(response.headers.get_all("Set-Cookie", []))
        answer = Answer(response.status, dict(response.getheaders()), response.read(), cookies)
        line.close()
        return answer


class Visitor(Caller):
    """One account of this process's own database with its session cookie, who can also ask in this process."""

    def __init__(self, server: str, account: str) -> None:
        super().__init__(server)
        self.client = Client(HTTP_HOST="127.0.0.1")
        self.client.force_login(User.objects.get(username=account), settings.AUTHENTICATION_BACKENDS[-1])
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {self.cookie}"

    def queries(self, path: str) -> int:
        """How many queries the page takes; asked in this process, where they can be counted."""
        with CaptureQueriesContext(connection) as captured:
            self.client.get(path)
        return len(captured)


class Guest(Caller):
    """One account of whatever database stands behind a server: signs in by the form as people do."""

    def __init__(self, server: str, account: str) -> None:
        super().__init__(server)
        fields = {"username": account, "password": demo_password()}
        answer = expect(self.post("/login/", fields), 302)
        session = re.search(rf"{settings.SESSION_COOKIE_NAME}=([^;]+)", answer.cookies)
        if session is None:
            raise RuntimeError(f"{account} got no session.")
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session[1]}; {self.cookie}"

    def page(self, path: str) -> str | None:
        """The text of a page; None for what is none (a redirect, a file, a refusal)."""
        answer = self.get(path)
        is_page = answer.status == 200 and "html" in answer.headers.get("Content-Type", "")
        return answer.body.decode() if is_page else None
