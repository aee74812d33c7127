"""Every component in Chromium: readable for all, inside its window, and alive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(settings.BASE_DIR) / "tests" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
VIOLATIONS = "axe.run().then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"
SAVED = '{"ok": true, "lock_version": 7, "saved_at": "10:32"}'

pytestmark = pytest.mark.browser


@pytest.fixture
def gallery(page: Page, live_server, settings) -> Page:
    settings.ROOT_URLCONF = "tests.portal.gallery_urls"
    page.goto(f"{live_server.url}/gallery/")
    return page


@pytest.mark.parametrize("width", [1366, 390])
def test_gallery_fits_its_window_and_passes_axe(gallery, width):
    gallery.set_viewport_size({"width": width, "height": 800})
    gallery.evaluate(AXE.read_text())
    assert gallery.evaluate(VIOLATIONS) == []
    assert gallery.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_menu_opens_on_a_telephone_by_keyboard(gallery):
    gallery.set_viewport_size({"width": 390, "height": 844})
    assert gallery.locator(".site-nav").is_visible() is False
    gallery.locator("#nav-toggle").focus()
    gallery.keyboard.press("Space")
    assert gallery.locator(".site-nav").is_visible() is True


def test_chart_turns_interactive_on_demand_and_back(gallery):
    loaded = "typeof window.Plotly"
    before = gallery.evaluate(loaded)
    button = gallery.locator("[data-chart-plot]").first
    button.click()
    gallery.locator(".chart-plot .modebar").first.wait_for(state="attached")
    titles = gallery.eval_on_selector_all(".modebar-btn", "all => all.map(one => one.dataset.title)")
    assert (before, button.inner_text(), titles[0]) == ("undefined", "返回静态图", "下载图表为PNG格式")
    assert [title for title in titles if "hare" in title or "loud" in title] == []
    button.click()
    assert gallery.locator(".chart-drawing").first.is_visible() is True


def test_chart_is_kept_as_a_picture(gallery):
    with gallery.expect_download() as download:
        gallery.locator("[data-chart-picture]").first.click()
    assert download.value.suggested_filename == "各领域进展.png"


def test_saved_text_leaves_this_machine(gallery):
    gallery.route("**/gallery/", lambda route: route.fulfill(content_type="application/json", body=SAVED))
    gallery.fill("textarea[name=progress]", "新的进展")
    assert gallery.evaluate("Object.keys(localStorage).length") == 1
    gallery.get_by_text("已保存 10:32").wait_for()
    gallery.wait_for_function("Object.keys(localStorage).length === 0")
    assert gallery.input_value("[name=lock_version]") == "7"


def test_unsaved_text_is_offered_again(gallery):
    gallery.fill("textarea[name=progress]", "没有存上的进展")
    gallery.reload()
    gallery.get_by_role("button", name="恢复").click()
    assert gallery.input_value("textarea[name=progress]") == "没有存上的进展"


def test_second_click_submits_nothing(gallery):
    posts: list[str] = []
    gallery.route("**/leave/", lambda route: posts.append(route.request.post_data or ""))
    gallery.evaluate("document.querySelector('.confirm-body').action = '/leave/'")
    gallery.locator(".confirm summary").click()
    gallery.fill("[name=reason]", "按程序发布")
    gallery.eval_on_selector(
        ".confirm-body button[type=submit]", "button => { button.click(); button.click() }"
    )
    gallery.wait_for_timeout(300)
    assert [post.count("submit_token=") for post in posts] == [1]


def test_keys_walk_the_list(gallery):
    gallery.keyboard.press("j")
    gallery.keyboard.press("j")
    gallery.keyboard.press("k")
    assert gallery.locator("tr.is-current td").nth(1).inner_text() == "在六大支柱产业建立产业工会联合会"
