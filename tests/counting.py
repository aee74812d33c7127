"""A pytest plugin: counts what was collected and what passed, per marker, and repeats races.

With --counts FILE the numbers of this run are written as JSON for tests/run.py; with --repetitions N each
test runs N times. Under xdist only the controlling process counts.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

MARKERS = ("browser", "mainjob", "race", "hypothesis")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("portal")
    group.addoption("--counts", default="", help="write the numbers of this run to FILE as JSON")
    group.addoption("--repetitions", type=int, default=1, help="run each test this many times")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--counts") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Counting(Path(config.getoption("--counts"))), "portal-counting")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Sweep what this run's databases left behind: SQLite's journals, or all of it after a crash."""
    if not hasattr(config, "workerinput"):
        for path in (config.rootpath / "var").glob(f"test-{os.environ['PORTAL_TEST_RUN']}.sqlite3*"):
            path.unlink(missing_ok=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    repetitions = metafunc.config.getoption("--repetitions")
    if repetitions > 1:
        metafunc.fixturenames.append("repetition")
        metafunc.parametrize("repetition", range(1, repetitions + 1))


@pytest.fixture
def repetition() -> int:
    """The number of this run of a repeated test."""
    return 1


class Counting:
    """Adds up the reports of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.collected = 0
        self.outcomes: Counter[str] = Counter()
        self.passed_by_marker: Counter[str] = Counter()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.collected = max(self.collected, len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: Sequence[str]) -> None:
        self.collected = max(self.collected, len(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and report.when != "call":
            self.outcomes["error"] += 1
        elif hasattr(report, "wasxfail"):
            self.outcomes["xfail"] += 1
        elif report.skipped:
            self.outcomes["skipped"] += 1
        elif report.when == "call":
            self.outcomes[report.outcome] += 1
            self._count_markers(report)

    def _count_markers(self, report: pytest.TestReport) -> None:
        if report.passed:
            self.passed_by_marker.update(marker for marker in MARKERS if marker in report.keywords)

    def pytest_sessionfinish(self) -> None:
        numbers = {"collected": self.collected, **self.outcomes, "markers": dict(self.passed_by_marker)}
        self.path.write_text(json.dumps(numbers))
