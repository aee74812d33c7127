"""What tests of pages share: counting queries, posting with the version the page was drawn from."""

from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import Submission
from tests.people import post

MISSING = "00000000-0000-4000-8000-000000000007"


def address(name: str, row: Submission) -> str:
    return reverse(f"quarters:{name}", args=[row.uid])


def count_queries(client: Client, url: str) -> int:
    """Queries of one GET, those of the session, the account, its grants and the header included."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def send(client: Client, name: str, row: Submission, **fields: Any) -> HttpResponse:
    """Posts to a page about a submission, as if the page had just been opened."""
    row.refresh_from_db()
    return post(client, address(name, row), {"lock_version": row.lock_version, **fields})


def sentences(response: HttpResponse) -> list[str]:
    """The messages the next page would show."""
    return [str(message) for message in response.wsgi_request._messages]
