import pytest
from django.urls import get_resolver

from core import slots


def named_addresses(resolver, prefix=""):
    """Every URL name of the portal with its namespaces."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_addresses(pattern, inner)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def test_every_slot_has_an_address():
    assert set(slots.SLOTS) - set(named_addresses(get_resolver())) == set()
    assert "core:healthz-live" in set(named_addresses(get_resolver()))


def test_slot_that_is_not_listed_is_refused():
    with pytest.raises(LookupError, match=r"^admin:index is not listed"):
        slots.slot_url("admin:index")
