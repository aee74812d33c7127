"""The demonstration plus the floor its pages are compared with; other databases of a comparison by name."""

import json
import os

from chuzhou_reform import environment
from chuzhou_reform.settings.demo import *  # noqa: F403
from chuzhou_reform.settings.demo import CACHES, DATABASES

ROOT_URLCONF = "benchmarks.urls"
# PORTAL_BENCH_DATABASES: a JSON object, name → URL; only the measuring process has more than one.
for name, url in json.loads(os.environ.get("PORTAL_BENCH_DATABASES") or "{}").items():
    DATABASES[name] = environment.database(url)
for database in DATABASES.values():
    database["CONN_MAX_AGE"] = None  # one backend per worker: what it spends is part of the page
if place := os.environ.get("PORTAL_BENCH_CACHE"):
    CACHES["default"]["LOCATION"] = place  # servers of two databases know nothing of each other
