"""P10: what starting costs, against bare Django with the same contrib apps, and the size of a worker."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from benchmarks.measure import Line, against, at_most
from tests.demo_server import ROOT, Server, environment

ROUNDS = 9
WORKER_MEGABYTES = 100
HEAVY = ("pandas", "plotly", "openpyxl", "numpy", "import_export", "docx", "xlsxwriter", "tablib")
BARE = """
from django.conf import settings
settings.configure(
    SECRET_KEY="x" * 60, ROOT_URLCONF=__name__, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[f"django.contrib.{name}" for name in
        ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")],
    MIDDLEWARE=[f"django.contrib.{name}" for name in ("sessions.middleware.SessionMiddleware",
        "auth.middleware.AuthenticationMiddleware", "messages.middleware.MessageMiddleware")],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS":
        {"context_processors": [f"django.{name}" for name in ("template.context_processors.request",
         "contrib.auth.context_processors.auth", "contrib.messages.context_processors.messages")]}}],
    STATIC_URL="static/",
)
import django
django.setup()
from django.contrib import admin
from django.urls import path
urlpatterns = [path("admin/", admin.site.urls)]
from django.core.management import call_command
call_command("check")
"""


def _spent(command: list[str], variables: dict[str, str]) -> float:
    """Processor seconds of one child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check_against_bare() -> Line:
    """Both on SQLite: the bare project has no other driver to load."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as place:
        variables = environment(f"sqlite:///{place}/check.sqlite3", "")
        # Compiled once, as after an installation; some machines forbid keeping it.
        variables |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": place}
        _spent([sys.executable, "manage.py", "check"], variables)
        for _ in range(ROUNDS):
            bare.append(_spent([sys.executable, "-c", BARE], dict(os.environ)))
            ours.append(_spent([sys.executable, "manage.py", "check"], variables))
    return against("P10 manage.py check, s", median(ours), median(bare), 1.2)


def heavy_modules(variables: dict[str, str]) -> Line:
    """How many of the heavy libraries stand in memory once every address is known."""
    code = f"import django, sys; django.setup(); import chuzhou_reform.urls; print(sum(n in sys.modules for n in {HEAVY}))"
    command = [sys.executable, "-c", code]
    counted = subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True, text=True)
    return at_most("P10 heavy libraries in memory after the URLconf", int(counted.stdout), 0)


def worker_size(server: Server) -> Line:
    """A worker that has answered, by resident memory."""
    with urlopen(f"{server.url}/login/") as answer:
        answer.read()
    status = Path(f"/proc/{worker_of(server)}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return at_most("P10 web worker, MB", int(resident.split()[1]) / 1024, WORKER_MEGABYTES)


def worker_of(server: Server) -> int:
    """The process number of the one worker."""
    return int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()[0])
