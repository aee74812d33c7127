"""The fill-in page in Chromium: saving while typing, keys, the double click."""

import re

import pytest

from metrics.models import FigureEntry
from tests.quarters.pages import address, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def sign_in(context, client, live_server):
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    context.set_default_timeout(15_000)


@pytest.fixture
def tab(world, client_for, live_server, page):
    """A browser window in which the liaison is signed in."""
    sign_in(page.context, client_for(world.people["lead_liaison"]), live_server)
    return page


@pytest.fixture
def shaky_tab(world, client_for, live_server, browser):
    """The same, but a lost connection may complain on the console."""
    context = browser.new_context(locale="zh-CN")
    sign_in(context, client_for(world.people["lead_liaison"]), live_server)
    yield context.new_page()
    context.close()


def test_draft_is_saved_while_typing_and_handed_in_by_keys(world, tab, live_server):
    tab.goto(live_server.url + address("my-item", world.submissions["draft"]))
    tab.fill("textarea[name=progress]", "新增招生860人。")
    tab.wait_for_selector("[data-save-state][data-state=saved]")
    assert world.fresh("draft").progress_report.progress == "新增招生860人。"
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/submit/")
    tab.dblclick("text=确认提交审签")
    tab.wait_for_selector("#receipt")
    assert world.fresh("draft").progress_report.versions.count() == 1


def test_a_report_is_handed_in_and_the_next_opened_by_keys_alone(world, tab, live_server):
    tab.goto(live_server.url + address("my-item", world.submissions["draft"]))
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/submit/")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector("#receipt")
    tab.keyboard.press("Control+ArrowDown")
    tab.wait_for_selector("#fill")
    assert world.fresh("draft").state == "signing"


def test_the_button_that_hands_in_stays_in_sight(world, tab, live_server):
    for width, height in ((1366, 768), (390, 844)):
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(live_server.url + address("my-item", world.submissions["returned"]))
        box = tab.get_by_role("button", name="检查并提交").bounding_box()
        assert (box["y"] >= 0, box["y"] + box["height"] <= height) == (True, True)


def test_multiple_is_asked_about_and_confirmed(world, tab, live_server):
    tab.goto(live_server.url + address("my-item", world.submissions["sheet"]))
    tab.fill("input[name=figure-skilled-total]", "17.75万")
    tab.keyboard.press("Control+s")
    tab.get_by_label("是否为177500？").check()
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url(re.compile("submit"))
    assert FigureEntry.objects.get().value == 177500


def test_text_survives_a_lost_connection(world, shaky_tab, live_server):
    tab = shaky_tab
    tab.goto(live_server.url + address("my-item", world.submissions["draft"]))
    tab.route("**/autosave/", lambda route: route.abort())
    tab.fill("textarea[name=progress]", "断网时写的内容。")
    tab.wait_for_selector("[data-save-state][data-state=failed]")
    tab.unroute("**/autosave/")
    tab.wait_for_selector("[data-save-state][data-state=saved]")
    assert world.fresh("draft").progress_report.progress == "断网时写的内容。"


def test_refused_text_is_offered_again_after_leaving(world, tab, live_server):
    page = live_server.url + address("my-item", world.submissions["draft"])
    tab.goto(page)
    tab.route("**/autosave/", lambda route: route.fulfill(json={"ok": False, "error": "尚未保存"}))
    tab.fill("textarea[name=progress]", "只写在本机的内容。")
    tab.fill("input[name=percent]", "101")
    tab.keyboard.press("Control+s")
    tab.wait_for_selector(".field-error, .invalid-feedback")
    tab.goto(live_server.url + "/my/")
    tab.goto(page)
    tab.get_by_role("button", name="恢复").click()
    assert tab.input_value("textarea[name=progress]") == "只写在本机的内容。"


def test_trimmed_line_ends_are_no_unsaved_text(world, tab, live_server):
    tab.goto(live_server.url + address("my-item", world.submissions["draft"]))
    tab.route("**/autosave/", lambda route: route.fulfill(json={"ok": False, "error": "尚未保存"}))
    tab.fill("textarea[name=progress]", "新增招生860人。\n ")
    tab.keyboard.press("Control+s")
    tab.get_by_text("草稿已保存。").wait_for()
    assert tab.get_by_role("button", name="恢复").count() == 0


def test_second_click_signs_nothing_else(world, client_for, live_server, page):
    send(client_for(world.people["lead_liaison"]), "my-submit", world.fresh("draft"))
    sign_in(page.context, client_for(world.people["signer"]), live_server)
    page.goto(live_server.url + address("my-item", world.submissions["signing"]))
    place = page.get_by_role("button", name="审签并报送").bounding_box()
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.click(*middle)
    page.wait_for_url("**/my/")
    page.mouse.click(*middle)
    page.wait_for_load_state("networkidle")
    assert [world.fresh(key).state for key in ("signing", "draft")] == ["submitted", "signing"]
