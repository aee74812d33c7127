"""The page of the pillar industries."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/activities/industries/"


def test_page_asks_the_same_queries_for_1_and_3_rows(stranger, client_for, django_assert_num_queries):
    client = client_for(stranger)
    for wanted, more in ((1, 1), (3, 2)):
        for _ in range(more):
            factories.industry(section=factories.section())
        with django_assert_num_queries(4):
            assert len(client.get(ADDRESS).context["rows"]) == wanted


def test_page_without_industries_says_what_to_do(stranger, client_for):
    assert client_for(stranger).get(ADDRESS).content.decode().count("还没有支柱产业") == 1


def test_auditor_is_refused(auditor, client_for):
    assert client_for(auditor).get(ADDRESS).status_code == 403
