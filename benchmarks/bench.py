"""`make bench`: budgets P1, P3, P4, P8 and P10 as JSON lines {name, value, floor, ratio, budget, ok}.

A demonstration database of its own (PostgreSQL where the machine has it, else SQLite) and a server of its own.
Both sides of a ratio are measured in turn in one run: the ratio is worth quoting, the milliseconds are not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import first_answer, start
from tests import postgres
from tests.demo_server import ROOT, demo_database, demo_server, environment, fill

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
    with prepared() as demonstration:
        start.check_against_bare().say()
        variables = {**demonstration, "DJANGO_SETTINGS_MODULE": SETTINGS}
        with demo_server(variables, threads=1) as server:
            start.worker_size(server).say()
            worker = str(start.worker_of(server))
            pages = [sys.executable, "-m", "benchmarks.pages", server.url, worker]
            subprocess.run(pages, cwd=ROOT, env=variables, check=True)
        with demo_server(variables) as server:
            for line in first_answer.lines(server.url):
                line.say()
    return 0


if __name__ == "__main__":
    sys.exit(main())
