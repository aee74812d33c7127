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
PAPER = (".print-line", "h1", ".site-header", ".site-footer", ".page-actions", ".filters", ".pager", ".chips")
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
    gallery.locator(".page-actions .confirm summary").click()
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


def test_a_table_that_fits_keeps_its_head_and_is_no_stop_for_the_keyboard(gallery):
    fits, wide = (
        gallery.locator("#tables .table-scroll").first,
        gallery.locator(".table-scroll.is-wide").first,
    )
    gallery.set_viewport_size({"width": 1366, "height": 400})
    fits.locator("tbody tr").last.scroll_into_view_if_needed()
    said = wide.evaluate("box => getComputedStyle(box, '::before').content")
    assert (fits.get_attribute("tabindex"), wide.get_attribute("tabindex")) == ("-1", "0")
    assert fits.locator("th").first.evaluate("head => getComputedStyle(head).position") == "sticky"
    assert said == '"左右滑动可看全部各列"'


def test_a_question_in_its_place_takes_the_focus_and_gives_it_back(gallery):
    before = gallery.locator("#buttons .panel-body").bounding_box()
    gallery.locator("#buttons .confirm summary").press("Enter")
    inside = gallery.evaluate("document.activeElement.innerText")
    gallery.keyboard.press("Escape")
    assert (inside, gallery.evaluate("document.activeElement.tagName")) == ("停用账号", "SUMMARY")
    assert gallery.locator("#buttons .panel-body").bounding_box() == before


def test_the_error_summary_leads_to_the_field(gallery):
    gallery.locator(".notice-error").get_by_role("link", name="累计完成数").click()
    assert gallery.evaluate("document.activeElement.name") == "done"


def test_paper_has_a_head_and_no_navigation(gallery):
    gallery.emulate_media(media="print")
    seen = {place: gallery.locator(place).first.is_visible() for place in PAPER}
    assert seen == dict.fromkeys(PAPER, False) | {".print-line": True, "h1": True}
    colour = gallery.locator(".light-red").first.evaluate("light => getComputedStyle(light).color")
    assert colour == "rgb(0, 0, 0)"


def test_three_sheets_are_enough(gallery):
    assert gallery.locator("link[rel=stylesheet]").count() == 3
