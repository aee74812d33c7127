"""Every address of the portal carries exactly one access rule; the admin has its own gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from organization.access import account_kind_required, public, role_required, rule_of, signed_in
from organization.models import RoleGrant, User

KINDS, ROLES = set(User.AccountKind.values), set(RoleGrant.Role.values)


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry
        elif entry.app_name != "admin":
            yield from patterns(entry, address)


def is_known(rule: str) -> bool:
    word, _, names = rule.partition(":")
    allowed = {"public": {""}, "signed_in": {""}, "roles": ROLES, "kinds": KINDS}
    return word in allowed and set(names.split(",")) <= allowed[word]


def test_every_address_carries_a_known_rule():
    rules = {address: rule_of(entry.callback) for address, entry in patterns(get_resolver())}
    assert {address: rule for address, rule in rules.items() if not is_known(rule)} == {}


def test_only_these_addresses_are_public():
    found = {address for address, entry in patterns(get_resolver()) if rule_of(entry.callback) == "public"}
    assert found == {"login/", "logout/", "help/", "healthz/live", "healthz/ready"}


@pytest.mark.parametrize(
    "second", [public, signed_in, role_required("office"), account_kind_required("audit")]
)
def test_two_rules_on_one_view_are_an_error(second):
    @signed_in
    def view(request):
        """A view."""

    with pytest.raises(TypeError):
        second(view)
