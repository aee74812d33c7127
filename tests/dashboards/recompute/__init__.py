"""The figures of the dashboard, worked out a second time from nothing but dumped rows.

Standard library only: no code of the portal has a part in it, so that an error there cannot hide here. Input are
the rows as `dumpdata` writes them, without tallies and snapshots; a published round is seen as of its publishing.
"""

from tests.dashboards.recompute.records import Records
from tests.dashboards.recompute.rounds import Round, rounds_of

__all__ = ["Records", "Round", "rounds_of"]
