"""Results as files of the repository: what was measured, on which commit, whether it is held. No place, no host."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version

from benchmarks.measure import Line
from deploy.demo import ROOT

EVIDENCE = ROOT / "docs" / "evidence"
# What a run writes itself does not make the measured program another one.
CHANGED = ("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/evidence")


def keep(name: str, lines: Iterable[Line], **facts: object) -> None:
    """Writes docs/evidence/<name>.json."""
    content = {
        "commit": _git("rev-parse", "HEAD"),
        "tree": "changed" if _git(*CHANGED) else "clean",
        "versions": {
            "python": platform.python_version(),
            "django": version("django"),
            "gunicorn": version("gunicorn"),
        },
        **facts,
        "lines": [asdict(line) for line in lines],
    }
    EVIDENCE.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (EVIDENCE / f"{name}.json").write_text(f"{text}\n")


def heard(command: list[str], variables: dict[str, str]) -> list[Line]:
    """The lines a measuring process prints, passed on as they come."""
    lines = []
    with subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None  # PIPE
        try:
            for text in process.stdout:
                if text.startswith('{"name"'):
                    lines.append(Line(**json.loads(text)))
                sys.stdout.write(text)
                sys.stdout.flush()
        except BaseException:
            process.terminate()  # interrupted: what it measures is not wanted any more
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return lines


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
