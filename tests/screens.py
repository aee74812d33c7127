"""`make screens`: every page each role can reach, in three widths, as pictures in var/screens, and looked at.

From the role's home the links are followed, one address per URL pattern, the admin's registers included. A
page is loaded once and its window then resized, as a reader does who turns a telephone. It fails for
horizontal overflow, clipped text, Latin words outside the allow-list, anything on the console, an answer
other than 200, or a primary action below the first screen at 1366×768. Accounts given as arguments are walked
alone, and the pictures of the others stay.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from deploy.demo import ROOT
from organization.demo_accounts import DEMO_ACCOUNTS, demo_password
from tests.demo_server import demo_database, demo_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

OUTPUT = ROOT / "var" / "screens"
TODAY = "2026-11-22"
WIDTHS = {
    "1366": {"width": 1366, "height": 768},
    "1920": {"width": 1920, "height": 1080},
    "390": {"width": 390, "height": 844},
}
FOLDS = {"1366": 768, "1920": 1080}
WALKERS = 2  # each with a browser of its own
NOT_PAGES = re.compile(
    r"/(static|media|logout|jsi18n|autocomplete|template)/|/export|\.(xlsx|docx|csv|json|svg|png|html)$"
)
# The admin's pages that are alike for every register: one of each is looked at.
ALIKE = re.compile(r"^admin:[a-z]+_[a-z]+_(history|delete)$")
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]")
# Names that are Latin in Chinese official writing too, codes, and the demonstration's login names.
ALLOWED = re.compile(
    r"^(Excel|Word|PDF|Ctrl|Enter|Esc|Tab|xlsx|docx|csv|[a-z-]+\.(yaml|xlsx|docx|csv)|demo-[a-z0-9-]+|IP|ID|SHA-256"
    r"|[A-Z]{1,6}[-0-9][A-Z0-9.-]*|Q[1-4]|20\d\dQ[1-4]|[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]+)$"
)
EXAMINE = (ROOT / "tests" / "screens_examine.js").read_text()


@dataclass
class Walk:
    """One role's way through the portal."""

    account: str
    base: str
    # The admin looks alike to everybody who may open it: each of its pages is looked at by one role.
    taken: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=lambda: ["/"])
    faults: list[str] = field(default_factory=list)
    pictures: int = 0

    def note(self, name: str, width: str, fault: str) -> None:
        self.faults.append(f"{self.account} {name} {width}: {fault}")

    def enqueue(self, addresses: list[str]) -> None:
        for address in addresses:
            name = view_name(address)
            if name and name not in self.seen and name not in self.taken:
                self.seen.add(name)
                self.waiting.append(address)
                if name.startswith("admin:"):
                    self.taken.add(name)


def view_name(address: str) -> str:
    """The URL pattern behind an address, or nothing for what is no page of ours."""
    path = urlsplit(address).path
    if NOT_PAGES.search(path):
        return ""
    try:
        return ALIKE.sub(r"admin:\1", resolve(path).view_name)
    except Resolver404:
        return ""


def sign_in(context: BrowserContext, base: str, account: str) -> None:
    page = context.new_page()
    page.goto(f"{base}/login/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", demo_password())
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
    if urlsplit(page.url).path == "/login/":
        raise RuntimeError(f"{account} cannot sign in.")
    page.close()


def links(page: Page, base: str) -> list[str]:
    found = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(one => new URL(one.getAttribute('href'), location).href)"
    )
    here = [address.partition("#")[0] for address in found if address.startswith(f"{base}/")]
    return [address[len(base) :] for address in here]


def judge(walk: Walk, name: str, width: str, findings: dict[str, Any]) -> None:
    if findings["overflow"] > 1:
        walk.note(name, width, f"{findings['overflow']} px wider than the window ({findings['widest']})")
    for text in findings["clipped"]:
        walk.note(name, width, f"clipped text «{text}»")
    words = set(LATIN.findall(findings["text"])) - set(LATIN.findall(findings["codes"]))
    latin = sorted(word for word in words if not ALLOWED.match(word))
    if latin:
        walk.note(name, width, f"Latin words {latin}")
    if findings["primary_bottom"] > FOLDS.get(width, float("inf")):
        walk.note(name, width, f"primary action ends at {findings['primary_bottom']} px")


def visit(walk: Walk, page: Page, address: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        response = page.goto(walk.base + address, wait_until="load")
    except Error as refused:
        walk.note(address, "every width", f"is no page: {refused.message.splitlines()[0]}")
        return
    name = view_name(page.url[len(walk.base) :]) or "missing"
    if response is None or response.status != 200:
        walk.note(name, "every width", f"answered {response and response.status} at {address}")
        return
    walk.seen.add(name)
    for width, size in WIDTHS.items():
        page.set_viewport_size(size)
        page.evaluate(SETTLED)
        picture = OUTPUT / walk.account / f"{name.replace(':', '.')}-{width}.png"
        page.screenshot(path=picture, full_page=True)
        walk.pictures += 1
        judge(walk, name, width, page.evaluate(EXAMINE))
    for text in complaints:
        walk.note(address, "console", text)
    walk.enqueue(links(page, walk.base))


def walk_as(browser: Browser, base: str, account: str, taken: set[str]) -> Walk:
    walk = Walk(account, base, taken)
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(context, base, account)
    while walk.waiting:
        page = context.new_page()
        visit(walk, page, walk.waiting.pop(0))
        page.close()
    context.close()
    print(
        "\n".join([f"{account}: {walk.pictures} pictures, {len(walk.faults)} faults", *walk.faults]),
        flush=True,
    )
    return walk


def walk_all(base: str, accounts: SimpleQueue[str], taken: set[str]) -> list[str]:
    """One walker: takes the next account until none is left."""
    from playwright.sync_api import sync_playwright  # heavy: only this command pays for it

    faults: list[str] = []
    with sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        while not accounts.empty():
            faults += walk_as(browser, base, accounts.get(), taken).faults
        browser.close()
    return faults


def main(chosen: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuzhou_reform.settings.test")
    django.setup()
    accounts: SimpleQueue[str] = SimpleQueue()
    for account in chosen or [name for name, _ in DEMO_ACCOUNTS]:
        shutil.rmtree(OUTPUT / account, ignore_errors=True)
        accounts.put(account)
    with demo_database(TODAY) as variables, demo_server(variables, workers=2) as server:
        with ThreadPoolExecutor(WALKERS) as walkers:
            taken: set[str] = set()
            walks = [walkers.submit(walk_all, server.url, accounts, taken) for _ in range(WALKERS)]
        faults = [fault for walk in walks for fault in walk.result()]
    print(f"{len(faults)} faults; pictures in {OUTPUT}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
