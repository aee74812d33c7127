"""The house rules a linter does not know: sizes, names of modules, inline imports, the clock, the lists."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
APPS = (
    *("activities", "core", "dashboards", "honors", "metrics", "organization"),
    *("portal", "quarters", "reporting", "tasks"),
)
CODE = (*APPS, "chuzhou_reform", "deploy", "benchmarks")
MOST_LINES_IN_FILE = 400
MOST_LINES_IN_FUNCTION = 50
TEMPLATE_GUIDE = 130
SCRIPT_GUIDE = 120
UNWANTED_NAMES = {"utils", "helpers", "services", "common"}
HEAVY = {
    "docx",
    "import_export",
    "openpyxl",
    "pandas",
    "playwright",
    "plotly",
    "python_calamine",
    "xlsxwriter",
}
CLOCK = re.compile(
    r"auto_now|timezone\.(now|localdate|localtime)\(|(datetime|date)\.(now|today|utcnow)\(|\btime\.time\("
)


def sources() -> list[Path]:
    found = [path for name in CODE for path in (ROOT / name).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (
                f"{relative(path)}:{node.lineno} {node.name}",
                (node.end_lineno or node.lineno) - node.lineno + 1,
            )


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_is_too_long():
    assert [(relative(path), lines(path)) for path in sources() if lines(path) > MOST_LINES_IN_FILE] == []


def test_no_function_is_too_long():
    found = [found for path in sources() for found in functions(path)]
    assert [item for item in found if item[1] > MOST_LINES_IN_FUNCTION] == []


def test_no_module_has_an_empty_name():
    names = {path.stem for path in sources()} | {path.parent.name for path in sources()}
    assert names & UNWANTED_NAMES == set()
    assert [relative(path) for path in sources() if path.name == "tasks.py"] == []


def test_only_the_clock_reads_the_clock():
    readers = {relative(path) for path in sources() if CLOCK.search(path.read_text())}
    assert readers - {"core/clock.py"} == set()


def inline_imports(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text())
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or function.name == "ready":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                yield node.lineno, node.names[0].name
            elif isinstance(node, ast.ImportFrom):
                yield node.lineno, node.module or ""


def test_inline_imports_are_heavy_and_say_so():
    refused = []
    for path in sources():
        text = path.read_text().splitlines()
        for number, module in inline_imports(path):
            has_comment = "#" in text[number - 1] or text[number - 2].lstrip().startswith("#")
            if module.split(".")[0] not in HEAVY or not has_comment:
                refused.append(f"{relative(path)}:{number} {module}")
    assert refused == []


def names_in(path: Path) -> set[str]:
    found = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return {line for line in found if line and not line.startswith("-r ")}


def test_requirement_lists_agree_with_the_reasons():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert names_in(ROOT / "requirements/base.in") == set(project["project"]["dependencies"])
    assert names_in(ROOT / "requirements/dev.in") == set(project["dependency-groups"]["dev"])


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    listed = re.findall(r'^    "[A-Za-z][^"]*",(.*)$', text.split("[tool.ruff]")[0], re.MULTILINE)
    assert [rest for rest in listed if "#" not in rest] == []


def test_lock_files_record_no_address():
    for name in ("base", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text()
        assert re.findall(r"(?:https?|file)://", text) == []


def offenders() -> Iterator[str]:
    """What is over a guide without being over a limit: to look at, not to fail on."""
    templates = [path for name in (*APPS, "templates") for path in (ROOT / name).rglob("*.html")]
    for path in templates:
        if lines(path) > TEMPLATE_GUIDE:
            yield f"{relative(path)}: {lines(path)} lines, the guide is {TEMPLATE_GUIDE}"
    for path in (ROOT / "static" / "js").rglob("*.js"):
        if lines(path) > SCRIPT_GUIDE:
            yield f"{relative(path)}: {lines(path)} lines, the guide is {SCRIPT_GUIDE}"


def test_print_the_size_guides(capsys):
    sizes = [length for path in sources() for _, length in functions(path)]
    file_sizes = [lines(path) for path in sources() if lines(path)]
    sizes.sort()
    with capsys.disabled():
        print(f"\nfiles: median {median(file_sizes):.0f} (≤ 80), longest {max(file_sizes)}")
        print(f"functions: median {median(sizes):.0f} (≤ 9), 90 % {sizes[len(sizes) * 9 // 10]} (≤ 25)")
        for line in offenders():
            print(f"over the guide: {line}")
    assert sizes != []
