"""Where a person comes back to after a lost form."""

import pytest

from core.return_paths import page_path

ITEM = "/my/7c7e1c1e-0000-4000-8000-000000000007/"


@pytest.mark.parametrize(
    ("referer", "path"),
    [
        (f"http://testserver{ITEM}?carry=1", f"{ITEM}?carry=1"),
        ("https://elsewhere.example/my/", ITEM),
        ("http://testserver/login/?next=/my/", ITEM),
        ("", ITEM),
    ],
)
def test_lost_form_leads_to_its_page(rf, referer, path):
    assert page_path(rf.post(f"{ITEM}sign/", headers={"Referer": referer})) == path


def test_form_that_posts_to_its_own_page_leads_there(rf):
    assert page_path(rf.post(ITEM)) == ITEM
    assert page_path(rf.post("/rounds/2026/3/publish/")) == "/rounds/2026/3/"


def test_page_leads_to_itself_and_a_fragment_to_the_page_around_it(rf):
    around = {"HX-Request": "true", "HX-Current-URL": "http://testserver/tasks/?page=2"}
    assert page_path(rf.get("/metrics/?kind=stock")) == "/metrics/?kind=stock"
    assert page_path(rf.get("/tasks/rows/", headers=around)) == "/tasks/?page=2"
    assert page_path(rf.get("/tasks/rows/", headers={"HX-Request": "true"})) == "/"
