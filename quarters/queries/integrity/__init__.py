"""What must hold between rows: each check yields a sentence for everything that does not."""

from quarters.queries.integrity.figures import figure_faults
from quarters.queries.integrity.papers import orphan_faults, snapshot_faults, version_faults
from quarters.queries.integrity.rounds import round_faults

__all__ = ["figure_faults", "orphan_faults", "round_faults", "snapshot_faults", "version_faults"]
