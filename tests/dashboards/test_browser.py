"""The leader's page in Chromium: the answer on the first screen, one sheet of paper, no barrier."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = next(ROOT.glob("tests/vendor/axe-core-*/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(world, live_server, page, client_for):
    """The dashboard of the published quarter, signed in as the leader."""
    cookie = client_for(world.people["leader"]).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/dashboard/?round=2026Q2")
    return page


def test_the_first_screen_holds_sentence_list_and_areas(opened):
    bottoms = [opened.locator(place).bounding_box() for place in (".headline", "#behind", ".cols-3-2")]
    assert [box["y"] + box["height"] <= 768 for box in bottoms] == [True, True, True]


def test_the_page_prints_on_one_sheet(opened):
    printed = opened.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1


def test_nobody_is_kept_out(opened):
    opened.evaluate(AXE.read_text())
    found = opened.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [violation["id"] for violation in found["violations"]] == []
