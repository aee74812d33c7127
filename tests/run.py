"""`make test`: the checks, then every test on SQLite and PostgreSQL, then the count against the floors.

Under CI=true a skip, an expected failure or a count below tests/floors.json is a failure, and a machine
without Chromium or PostgreSQL fails instead of doing less.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.postgres import NoPostgres, binaries

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "tests" / "floors.json"
CI = os.environ.get("CI") == "true"
PYTHON = sys.executable
PACKAGES = {"chromium": "/usr/bin/chromium", "fonts-noto-cjk": "/usr/share/fonts/opentype/noto"}
PHASE_SECONDS = 600


@dataclass(frozen=True)
class Phase:
    """One pytest run on one database."""

    name: str
    database: str
    arguments: tuple[str, ...]
    needs_chromium: bool = False

    @property
    def key(self) -> str:
        return f"{self.name} on {self.database}"


@dataclass
class Outcome:
    """What a phase counted; nothing at all when pytest never got as far as counting."""

    phase: Phase
    exit_code: int
    seconds: float
    numbers: dict[str, Any] = field(default_factory=dict)

    def count(self, name: str) -> int:
        return int(self.numbers.get(name, 0))

    @property
    def failed(self) -> int:
        found = self.count("failed") + self.count("error")
        return found or int(self.exit_code not in {0, 5})


def phases() -> list[Phase]:
    both_cores = ("-n", "2", "--dist", "loadgroup")
    plain = ("-m", "not browser and not mainjob and not race", *both_cores)
    races = ("-m", "race and not browser", "--repetitions", "3")
    return [
        Phase("unit", "sqlite", plain),
        Phase("unit", "postgresql", plain),
        Phase("browser", "postgresql", ("-m", "browser or mainjob"), needs_chromium=True),
        Phase("mainjob", "sqlite", ("-m", "mainjob"), needs_chromium=True),
        Phase("race", "sqlite", races),
        Phase("race", "postgresql", races),
    ]


def say(sentence: str) -> None:
    print(f"== {sentence}", flush=True)


def has_postgres() -> bool:
    try:
        binaries()
    except NoPostgres:
        return False
    return True


def install_missing() -> None:
    """As root on Debian fetch what the tests need from the distribution, and say so."""
    missing = [name for name, path in PACKAGES.items() if not Path(path).exists()]
    if not has_postgres():
        missing.append("postgresql")
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"Installing from Debian, because the tests need it: {', '.join(missing)}.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=False, env=environment)
    command = ["apt-get", "install", "-qy", "--no-install-recommends", *missing]
    subprocess.run(command, check=False, env=environment)


def runnable(phase: Phase) -> bool:
    if phase.database == "postgresql" and not has_postgres():
        say(f"SKIPPED {phase.key}: no PostgreSQL server binaries on this machine.")
        return False
    if phase.needs_chromium and not Path(PACKAGES["chromium"]).exists():
        say(f"SKIPPED {phase.key}: no Chromium at /usr/bin/chromium.")
        return False
    return True


def call(command: list[str], environment: dict[str, str]) -> int:
    """Run a command in its own process group, so that an interruption leaves nothing behind."""
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            return process.wait(timeout=PHASE_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"Stopped after {PHASE_SECONDS} seconds: {' '.join(command)}")
            return 124
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def run_phase(phase: Phase) -> Outcome:
    say(phase.key)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        counts = Path(place) / "counts.json"
        command = [PYTHON, "-m", "pytest", "-q", "--create-db", "--counts", str(counts), *phase.arguments]
        if phase.database == "postgresql":
            command = [PYTHON, "-m", "tests.postgres", "--", *command]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        exit_code = call(command, environment)
        numbers = json.loads(counts.read_text()) if counts.exists() else {}
    return Outcome(phase, exit_code, time.monotonic() - started, numbers)


def print_counts(outcomes: list[Outcome]) -> None:
    say("collected and passed")
    for outcome in outcomes:
        markers = outcome.numbers.get("markers", {})
        listed = ", ".join(f"{name} {count}" for name, count in sorted(markers.items())) or "no markers"
        kinds = ("collected", "passed", "skipped", "xfail")
        counted = " ".join(f"{kind} {outcome.count(kind):4}" for kind in kinds)
        print(
            f"{outcome.phase.key:22} {counted} failed {outcome.failed:3} {outcome.seconds:4.0f} s  ({listed})"
        )


def shortfalls(outcomes: list[Outcome]) -> list[str]:
    """What CI does not forgive: a skip, an expected failure, a missing phase, a count below its floor."""
    floors: dict[str, int] = json.loads(FLOORS.read_text())
    found = []
    passed = {outcome.phase.key: outcome.count("passed") for outcome in outcomes}
    for outcome in outcomes:
        found += [
            f"{outcome.phase.key}: {outcome.count(kind)} {kind}"
            for kind in ("skipped", "xfail")
            if outcome.count(kind)
        ]
    for key, floor in floors.items():
        if passed.get(key, 0) < floor:
            found.append(f"{key}: {passed.get(key, 0)} passed, the floor is {floor}")
    return found


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    install_missing()
    say("make check")
    checks_failed = call(["make", "--no-print-directory", "check"], dict(os.environ)) != 0
    outcomes = [run_phase(phase) for phase in phases() if runnable(phase)]
    print_counts(outcomes)
    short = shortfalls(outcomes)
    for line in short:
        print(("FAILED " if CI else "note: ") + line)
    if checks_failed:
        print("FAILED make check")
    failed = sum(outcome.failed for outcome in outcomes) + int(checks_failed) + (len(short) if CI else 0)
    passed = sum(outcome.count("passed") for outcome in outcomes)
    skipped = sum(outcome.count("skipped") for outcome in outcomes)
    say(f"{time.monotonic() - started:.0f} seconds")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
