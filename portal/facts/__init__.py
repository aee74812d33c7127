"""The facts of the founding document: read from fixtures/seed-facts.yaml, written once, never invented upon."""

from portal.facts.loading import Outcome, load_facts

__all__ = ["Outcome", "load_facts"]
