"""What the quarter across all nouns keeps for itself."""

from quarters.models.tallies import RoundTally

__all__ = ["RoundTally"]
