"""`make bench`: budgets P1, P3, P4, P8 and P10 as JSON lines {name, value, floor, ratio, budget, held}.

They are kept in docs/evidence/speed.json. A demonstration database of its own (PostgreSQL where the machine has
it, else SQLite) and a server of its own. Both sides of a ratio are measured in turn in one run: the ratio is
worth quoting, the milliseconds are not.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from benchmarks import evidence, first_answer, start
from benchmarks.measure import Line
from tests import postgres
from tests.demo_server import demo_database, demo_server, environment, fill

SETTINGS = "benchmarks.settings"
TODAY = "2026-11-22"


@contextmanager
def prepared() -> Iterator[dict[str, str]]:
    """The environment of a filled demonstration database."""
    try:
        postgres.binaries()
    except postgres.NoPostgres:
        with demo_database(TODAY) as variables:
            yield variables
        return
    with postgres.running() as url:
        variables = environment(url, TODAY)
        fill(variables)
        yield variables


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers end with us
    lines: list[Line] = []

    def add(line: Line) -> None:
        line.say()
        lines.append(line)

    with prepared() as demonstration:
        add(start.check_against_bare())
        variables = {**demonstration, "DJANGO_SETTINGS_MODULE": SETTINGS}
        add(start.heavy_modules(variables))
        with demo_server(variables, threads=1) as server:
            add(start.worker_size(server))
            pages = ["benchmarks.pages", server.url, str(start.worker_of(server))]
            lines += evidence.heard(pages, variables)
        with demo_server(variables) as server:
            for line in first_answer.lines(server.url):
                add(line)
        database = urlsplit(variables["DATABASE_URL"]).scheme
    evidence.keep("speed", lines, seed=None, database=database, today=TODAY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
