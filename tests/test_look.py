"""The style sheets: every class that is used is defined and the other way round, colours have names, files stay small."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
OWN = [sheet for sheet in SHEETS if sheet.name != "admin.css"]
TEMPLATES = [
    *(path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts),
    *ROOT.glob("*/templates/**/*.html"),
]
# Marks for scripts and tests, not for looks.
MARKS: set[str] = set()
# Put together in templates and by the charts: tag-{{ state }}, light-{{ tone }}, tone-{{ tone }}.
COMPOSED = ("tag-", "light-", "tone-", "timeline-", "notice-", "btn-", "cols-")


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def defined() -> set[str]:
    text = "".join(without_comments(sheet.read_text()) for sheet in OWN)
    selectors = re.findall(r"([^{}]+)\{", text)
    return {name for selector in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}


def used() -> set[str]:
    found: set[str] = set()
    for path in TEMPLATES:
        text = re.sub(r"\{\{.*?\}\}", "?", path.read_text())
        plain = re.sub(r"\{%.*?%\}", " ", re.sub(r"-(?:\{%.*?%\}\w*)+", "-?", text))
        for value in re.findall(r'class="([^"]*)"', plain):
            found.update(name for name in value.split() if "?" not in name and not name.endswith("-"))
    return found


def mentioned() -> set[str]:
    """Every word of templates, code and scripts: a class may be put on by any of them."""
    places = (*TEMPLATES, *(ROOT / "static" / "js").glob("*.js"))
    code = (
        path for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts and "tests" not in path.parts
    )
    return {word for path in (*places, *code) for word in re.findall(r"[A-Za-z][\w-]*", path.read_text())}


def test_every_class_on_a_page_is_defined():
    assert sorted(used() - defined() - MARKS) == []


def test_no_rule_is_left_without_a_page():
    left = {name for name in defined() - mentioned() if not name.startswith(COMPOSED)}
    assert sorted(left) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_stay_small(sheet):
    assert len(sheet.read_text().splitlines()) <= 400


@pytest.mark.parametrize("name", ["components.css", "layout.css"])
def test_colours_have_names(name):
    screen = without_comments((ROOT / "static" / "css" / name).read_text()).split("@media print")[0]
    assert re.findall(r"(?<!url\()#[0-9a-fA-F]{3,8}\b(?![^;]*svg)", screen) == []


def test_names_of_colours_are_used():
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text()
    rest = "".join(sheet.read_text() for sheet in SHEETS)
    named = set(re.findall(r"(--[\w-]+):", without_comments(tokens)))
    assert sorted(name for name in named if f"var({name})" not in rest) == []
