"""`make demo`: from an installed environment to a portal that answers, and the accounts to try it with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from organization.demo_accounts import DEMO_ACCOUNTS, demo_password

ROOT = Path(__file__).resolve().parents[1]
PREPARATION = (
    ("migrate", "--no-input", "-v", "0"),
    ("collectstatic", "--no-input", "-v", "0"),
    ("load_facts",),
    ("load_demo",),
)


def prepare() -> None:
    """Bring database, static files, facts and demonstration up to date; each step may run again."""
    for step in PREPARATION:
        print(f"manage.py {step[0]}", flush=True)
        subprocess.run([sys.executable, "manage.py", *step], cwd=ROOT, check=True)  # noqa: S603 (fixed)


def serve(port: int) -> None:
    """Become gunicorn: a worker per core, with threads because nothing stands in front of it here.

    Browsers open spare connections and say nothing on them; a synchronous worker would wait on one for half a
    minute. Behind nginx, which hands over whole requests, synchronous workers are the faster (portal.service).
    """
    workers = os.cpu_count() or 1
    command = [
        *(sys.executable, "-m", "gunicorn", "chuzhou_reform.wsgi"),
        *(
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            str(workers),
            "--worker-class",
            "gthread",
            "--threads",
            "4",
        ),
        *("--preload", "--log-level", "warning"),
    ]
    os.chdir(ROOT)
    os.execv(sys.executable, command)  # noqa: S606 (fixed arguments)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chuzhou_reform.settings.demo"
    port = int(os.environ.get("PORT") or 8000)
    try:
        prepare()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The demonstration stopped at manage.py {error.cmd[2]}; its message is above.")
    print(f"\nThe portal answers on http://127.0.0.1:{port}/login/ (stop with Ctrl+C)")
    print(f"Password of every account: {demo_password()}")
    for name, role in DEMO_ACCOUNTS:
        print(f"  {name:16} {role}")
    sys.stdout.flush()
    serve(port)


if __name__ == "__main__":
    main()
