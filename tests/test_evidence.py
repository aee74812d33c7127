"""Results of measurements in the repository: whole, of a commit of its history, and free of places."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "docs" / "evidence").glob("*.json"))
OWN = [path for path in FILES if "lines" in json.loads(path.read_text())]
LINE = {"name", "value", "floor", "ratio", "budget", "held"}


def git(*arguments: str) -> str:
    found = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return found.stdout.strip()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_lines_say_value_budget_and_whether_it_is_held(path):
    for line in json.loads(path.read_text())["lines"]:
        assert set(line) == LINE
        expected = line["ratio"] <= line["budget"] if line["floor"] else line["value"] <= 0
        assert line["held"] is expected


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_names_are_said_once(path):
    names = [line["name"] for line in json.loads(path.read_text())["lines"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_commit_stands_in_the_history(path):
    commit = json.loads(path.read_text())["commit"]
    assert re.fullmatch(r"[0-9a-f]{40}", commit)
    # A copy without its history cannot tell.
    assert git("rev-parse", "--is-shallow-repository") == "true" or commit in git("rev-list", "--all")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_place_or_host_is_named(path):
    assert re.findall(r"/(?:tmp|home|root|var|work|usr)/|@|\blocalhost\b", path.read_text()) == []


def test_both_measurements_are_kept():
    assert {"speed.json", "scale.json"} <= {path.name for path in OWN}
