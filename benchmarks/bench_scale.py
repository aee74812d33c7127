"""`make bench-scale FACTORS="1 10 100"`: P2, P3 and P11 on generated cities, into docs/evidence/scale.json.

Databases are kept in PORTAL_SCALE_DIR between runs (benchmarks/cities.py says how). SQLITE="1 10" names the
factors compared on SQLite, none when empty.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from benchmarks import evidence, start
from benchmarks.cities import SEED, Cities, cities, counts
from benchmarks.measure import Line
from tests.demo_server import Server, demo_server

SETTINGS = "benchmarks.settings"


@contextmanager
def served(one: Cities) -> Iterator[Server]:
    """A server of one synchronous worker with a cache of its own."""
    with tempfile.TemporaryDirectory() as cache:
        variables = {**one.variables, "DJANGO_SETTINGS_MODULE": SETTINGS, "PORTAL_BENCH_CACHE": cache}
        with demo_server(variables, threads=1) as server:
            yield server


def compared(small: Cities, large: Cities) -> list[Line]:
    """Every page of a city on both sides in turn."""
    with served(small) as near, served(large) as far:
        asked = {
            "factor": large.factor,
            "small": {"alias": "default", "server": near.url, "worker": start.worker_of(near)},
            "large": {"alias": "large", "server": far.url, "worker": start.worker_of(far)},
        }
        variables = {
            **small.variables,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PORTAL_BENCH_DATABASES": json.dumps({"large": large.url}),
        }
        return evidence.heard(["benchmarks.city_pages", json.dumps(asked)], variables)


def of_one(one: Cities) -> list[Line]:
    """What is measured in one database: its plans and its tallies."""
    variables = {**one.variables, "DJANGO_SETTINGS_MODULE": SETTINGS}
    lines = evidence.heard(["benchmarks.tallies", str(one.factor)], variables)
    # With a single city every row of a table is wanted, and reading all of them is right.
    if one.vendor == "postgresql" and one.factor > 1:
        lines += evidence.heard(["benchmarks.plans"], variables)
    return lines


def on(vendor: str, factors: list[int]) -> Iterator[tuple[list[Line], dict[str, object]]]:
    """The smallest of the factors against each of the others; the facts of each database beside it."""
    with ExitStack() as kept:
        found = [kept.enter_context(cities(factor, vendor)) for factor in sorted(factors)]
        for one in found:
            fact = {"database": vendor, "factor": one.factor, "loaded_seconds": one.seconds}
            lines = [*compared(found[0], one), *of_one(one)] if one is not found[0] else of_one(one)
            yield lines, {**fact, "rows": counts(one.url)}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers end with us
    wanted = {
        "postgresql": [int(word) for word in sys.argv[1:]] or [1, 10],
        "sqlite": [int(word) for word in os.environ.get("SQLITE", "1 10").split()],
    }
    lines: list[Line] = []
    facts: list[dict[str, object]] = []
    for vendor, factors in wanted.items():
        for found, fact in on(vendor, factors):
            lines += [Line(**{**vars(line), "name": f"{line.name} ({vendor})"}) for line in found]
            facts.append(fact)
            evidence.keep("scale", lines, seed=SEED, databases=facts)
    missed = [line for line in lines if not line.held]
    print(f"{len(lines) - len(missed)} budgets held, {len(missed)} not")
    return 0


if __name__ == "__main__":
    sys.exit(main())
