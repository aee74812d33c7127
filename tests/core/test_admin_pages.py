"""Long lists of the data maintenance: counted no further than anybody turns pages, the newest quarter first."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import admin_pages
from core.admin_pages import BoundedPaginator
from metrics.actions import refresh_figures
from tests import factories

pytestmark = pytest.mark.django_db
SUBMISSIONS = reverse("admin:reporting_submission_changelist")
FIGURES = reverse("admin:metrics_observation_changelist")


@pytest.fixture
def clerk(office_clerk, client_for):
    return client_for(office_clerk)


def rows(page) -> list[int]:
    return sorted(row.pk for row in page.context["cl"].result_list)


@pytest.mark.parametrize(("most", "counted"), [(2, (2, True)), (3, (3, False)), (9, (3, False))])
def test_a_list_is_counted_up_to_a_bound(monkeypatch, most, counted):
    monkeypatch.setattr(admin_pages, "MOST_COUNTED", most)
    made = [factories.unit() for _ in range(3)]
    pages = BoundedPaginator(type(made[0]).objects.filter(pk__in=[row.pk for row in made]), 2)
    assert (pages.count, pages.has_more) == counted


def test_the_newest_quarter_is_shown_first_and_all_on_request(clerk, city_group):
    old = factories.submission(round=factories.reporting_round(group=city_group, year=2025, quarter=1))
    new = factories.submission(round=factories.reporting_round(group=city_group, year=2025, quarter=2))
    asked = ("", f"?round={old.round_id}", "?round=all", "?round=nonsense")
    shown = [rows(clerk.get(f"{SUBMISSIONS}{query}")) for query in asked]
    assert shown == [[new.pk], [old.pk], sorted([old.pk, new.pk]), [new.pk]]


def test_figures_are_filtered_by_year_and_quarter(clerk, city_group):
    kept = [factories.observation(group=city_group, year=year, quarter=1) for year in (2023, 2025)]
    refresh_figures({row.indicator_id for row in kept})
    page = clerk.get(f"{FIGURES}?year=2023&quarter=1")
    assert rows(page) == [kept[0].pk]
    assert [value for value, _ in page.context["cl"].filter_specs[0].lookup_choices] == [
        "2025",
        "2024",
        "2023",
    ]
    assert [rows(clerk.get(f"{FIGURES}?{query}")) for query in ("year=x", "quarter=7")] == [
        sorted(row.pk for row in kept)
    ] * 2
