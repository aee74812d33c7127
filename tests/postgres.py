"""A throw-away PostgreSQL for one command: `python -m tests.postgres -- pytest …`.

Started before any settings are read, because DATABASE_URL is read only once. The server listens on a
socket in a temporary directory, syncs nothing, and is gone when the command ends, however it ends. For
measurements it may also keep its cluster in a directory of one's own (`kept_in`).
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OWNER = "portal"
DATABASE = "portal"
START_SECONDS = 60
STOP_SECONDS = 60  # a large cluster writes its pages back first
# Nothing here outlives the command, so nothing has to survive a power cut.
SPEED = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "shared_buffers=64MB",
    "listen_addresses=",
    "max_connections=60",
)


class NoPostgres(RuntimeError):
    """This machine has no PostgreSQL server binaries."""


def binaries() -> Path:
    """The newest directory that holds the server and initdb."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -float(place.parent.name))
    places += [Path("/usr/local/bin"), Path("/usr/local/pgsql/bin")]
    places += [Path(place) for place in os.environ.get("PATH", "").split(os.pathsep) if place]
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres("PostgreSQL server binaries (initdb, postgres) were not found.")


def _account() -> dict[str, object]:
    """Popen arguments that step down from root, for which the server refuses to run."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], account: dict[str, object]) -> None:
    subprocess.run(  # type: ignore[call-overload]
        command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **account
    )


def _wait_until_ready(tools: Path, place: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    probe: list[str | Path] = [tools / "pg_isready", "-q", "-h", place, "-U", OWNER, "-d", "postgres"]
    while subprocess.run(probe, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (place / "log").read_text(errors="replace")
            raise RuntimeError(f"PostgreSQL did not start:\n{log}")
        time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast" shutdown: connections are cut
    try:
        server.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(timeout=10)


@contextmanager
def running() -> Iterator[str]:
    """Start a server, hand out its DATABASE_URL, and remove every trace afterwards."""
    place = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    try:
        with _server(place, place / "cluster", SPEED) as address:
            yield address
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def kept_in(directory: Path, settings: Sequence[str]) -> Iterator[str]:
    """Start a server whose cluster stays in `directory` (made when missing); the socket is temporary."""
    directory.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="portal-pg-") as place,
        _server(Path(place), directory / "cluster", settings) as address,
    ):
        yield address


@contextmanager
def _server(place: Path, cluster: Path, settings: Sequence[str]) -> Iterator[str]:
    """A server with its socket and log in `place`; the cluster is made unless it is there."""
    tools, account = binaries(), _account()
    for directory in (place, cluster.parent):
        if account:
            os.chown(directory, int(str(account["user"])), int(str(account["group"])))
    is_new = not (cluster / "PG_VERSION").exists()
    if is_new:
        _run(
            [tools / "initdb", "-D", cluster, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            account,
        )
    command = [tools / "postgres", "-D", cluster, "-k", place, *(f"--{setting}" for setting in settings)]
    with (place / "log").open("wb") as log:
        server = subprocess.Popen(  # type: ignore[call-overload]
            command, cwd="/", stdout=log, stderr=log, start_new_session=True, **account
        )
    try:
        _wait_until_ready(tools, place, server)
        if is_new:
            _run([tools / "createdb", "-h", place, "-U", OWNER, DATABASE], account)
        yield f"postgres://{OWNER}@{quote(str(place), safe='')}/{DATABASE}"
    finally:
        _stop(server)


def main(arguments: list[str]) -> int:
    """Run one command with DATABASE_URL set; its exit code is ours."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("usage: python -m tests.postgres -- COMMAND [ARGUMENT…]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running() as url:
            environment = {**os.environ, "DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgres as error:
        print(error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
