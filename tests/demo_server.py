"""A demonstration server of one's own, for screens and measurements: own database, own port, gone at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from deploy.demo import PREPARATION, ROOT

SETTINGS = "chuzhou_reform.settings.demo"
START_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A running gunicorn: its address and the process number of its master."""

    url: str
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database_url: str, today: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": database_url,
        "PORTAL_TODAY": today,
    }


def fill(variables: dict[str, str]) -> None:
    """Migrate, collect the static files, load the facts and the demonstration."""
    for step in PREPARATION:
        command = [sys.executable, "manage.py", *step]
        subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=sys.stderr)


@contextmanager
def demo_database(today: str) -> Iterator[dict[str, str]]:
    """A fresh demonstration database in a file; yields the environment that points at it."""
    with tempfile.TemporaryDirectory(prefix="portal-demo-") as place:
        variables = environment(f"sqlite:///{Path(place) / 'demo.sqlite3'}", today)
        fill(variables)
        yield variables


@contextmanager
def demo_server(variables: dict[str, str], *, workers: int = 1, threads: int = 4) -> Iterator[Server]:
    """gunicorn on a free port; yields where it is once it answers.

    Browsers want threads (deploy/demo.py); one thread is the synchronous worker of production.
    """
    address = f"127.0.0.1:{free_port()}"
    command = [
        *(sys.executable, "-m", "gunicorn", "chuzhou_reform.wsgi", "--bind", address),
        *("--workers", str(workers), "--threads", str(threads), "--log-level", "warning"),
    ]
    with subprocess.Popen(command, cwd=ROOT, env=variables) as server:
        try:
            _wait_until_it_answers(f"http://{address}/login/", server)
            yield Server(f"http://{address}", server.pid)
        finally:
            server.terminate()


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except HTTPError:
            raise  # it answers, but wrongly: its log says why
        except URLError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The demonstration server did not answer at {url}.") from error
            time.sleep(0.1)
