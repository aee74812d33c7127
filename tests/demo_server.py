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
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from deploy.demo import PREPARATION, ROOT

SETTINGS = "chuzhou_reform.settings.demo"
START_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database: Path, today: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": f"sqlite:///{database}",
        "PORTAL_TODAY": today,
    }


@contextmanager
def demo_database(today: str) -> Iterator[dict[str, str]]:
    """A fresh demonstration database; yields the environment that points at it."""
    with tempfile.TemporaryDirectory(prefix="portal-demo-") as place:
        variables = environment(Path(place) / "demo.sqlite3", today)
        for step in PREPARATION:
            subprocess.run([sys.executable, "manage.py", *step], cwd=ROOT, env=variables, check=True)
        yield variables


@contextmanager
def demo_server(variables: dict[str, str], *, workers: int = 1) -> Iterator[str]:
    """gunicorn on a free port; yields its address once it answers."""
    address = f"127.0.0.1:{free_port()}"
    command = [
        *(sys.executable, "-m", "gunicorn", "chuzhou_reform.wsgi", "--bind", address),
        *("--workers", str(workers), "--log-level", "warning"),
    ]
    with subprocess.Popen(command, cwd=ROOT, env=variables) as server:
        try:
            _wait_until_it_answers(f"http://{address}/login/", server)
            yield f"http://{address}"
        finally:
            server.terminate()


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except URLError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The demonstration server did not answer at {url}.") from error
            time.sleep(0.1)
