"""Contents of pages this process has built, by their stamp: small, bounded, gone with the process.

Not the shared cache: reading and unpacking a file costs more than the rest of the answer. A stamp names the
scope and the newest change, so an entry is never wrong, only old and unused.
"""

from django.core.cache.backends.locmem import LocMemCache

KEPT_SECONDS = 60 * 60
MOST = 128
PAGES = LocMemCache("dashboards", {"TIMEOUT": KEPT_SECONDS, "OPTIONS": {"MAX_ENTRIES": MOST}})
