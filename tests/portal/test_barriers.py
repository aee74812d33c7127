"""Pages of every role in Chromium: nobody is kept out, nothing is wider than its window."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

AXE = Path(settings.BASE_DIR) / "tests" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FOUND = "rules => axe.run({runOnly: rules}).then(all => all.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"
WIDTHS = (1366, 390)
PAGES = {
    "office_clerk": ("/", "/review/", "/review/{submitted}/", "/rounds/", "/rounds/2026/3/", "/rounds/open/",
                     "/rounds/2026/3/exceptions/", "/rounds/2026/2/reports/{published}/", "/notices/", "/help/"),
    "office_head": ("/", "/rounds/2026/3/publish/"),
    "lead_liaison": ("/my/", "/my/{draft}/", "/my/{returned}/", "/my/{sheet}/", "/my/{accepted}/", "/my/{draft}/submit/"),
    "signer": ("/my/", "/my/{signing}/"),
    "leader": ("/rounds/", "/library/", "/nothing-here/"),
    "sysadmin": ("/accounts/", "/accounts/new/", "/password/"),
    "secadmin": ("/grants/", "/grants/new/"),
    "auditor": ("/audit/", "/my/"),
    "stranger": ("/",),
}  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(tab, url: str) -> list[str]:
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(url)
        tab.evaluate(AXE.read_text())
        found += [f"{url} {width} {one}" for one in tab.evaluate(FOUND, RULES)]
        wider = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{url} {width} is {wider} px too wide"] if wider > 0 else []
    return found


@pytest.mark.parametrize("person", PAGES)
def test_pages_keep_nobody_out(person, world, client_for, live_server, browser, request):
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    cookie = client_for(request.getfixturevalue(person)).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    tab = context.new_page()
    uids = {key: row.uid for key, row in world.submissions.items()}
    found = [fault for page in PAGES[person] for fault in faults(tab, live_server.url + page.format(**uids))]
    context.close()
    assert found == []
