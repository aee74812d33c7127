"""P4: how soon the leader's page shows its charts, against the same page drawn by plotly in the browser."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure import Line, against, at_most
from organization.demo_accounts import demo_password

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

PATH = "/dashboard/"
ROUNDS = 7
SLOWDOWN = 4
FIRST_KILOBYTES = 60
RATIO = 0.25
NGINX_LEVEL = 5
DRAWING = re.compile(r'(<div class="chart-drawing">).*?(</div>\s*<div class="chart-plot">)', re.DOTALL)
LIBRARY = re.compile(r'data-plotly="([^"]+)"')

WATCH = """
window.blocked = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.blocked += Math.max(0, task.duration - 50);
}).observe({type: "longtask", buffered: true});
window.noteShown = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.shown = performance.now(); }));
"""
DRAWN_BY_SERVER = "document.addEventListener('DOMContentLoaded', () => window.noteShown());"
DRAWN_BY_PLOTLY = """
Promise.all(Array.from(document.querySelectorAll("[data-chart]")).map((chart) => {
  const figure = JSON.parse(document.getElementById(chart.dataset.chart).textContent);
  return Plotly.newPlot(chart.querySelector(".chart-plot"), figure.data, figure.layout, {responsive: true});
})).then(() => window.noteShown());
"""


def lines(base: str) -> Iterator[Line]:
    from playwright.sync_api import sync_playwright  # heavy: only this measurement pays for it

    with sync_playwright() as tools:
        browser = _chromium(tools)
        for speed, slowdown in (("", 1), (f", processor ÷{SLOWDOWN}", SLOWDOWN)):
            ours, plotly, blocked = _in_turn(browser, base, slowdown)
            yield against(f"P4 charts visible{speed}, ms", ours, plotly, RATIO)
            yield at_most(f"P4 main thread blocked{speed}, ms", blocked, 0)
        yield at_most("P4 before anything interactive, KB", _kilobytes(browser, base), FIRST_KILOBYTES)
        browser.close()


def _chromium(tools: Playwright) -> Browser:
    return tools.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])


def _signed_in(browser: Browser, base: str) -> BrowserContext:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(f"{base}/login/")
    page.fill("input[name=username]", "demo-leader")
    page.fill("input[name=password]", demo_password())
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
    page.close()
    return context


def _in_turn(browser: Browser, base: str, slowdown: int) -> tuple[float, float, float]:
    """Medians: shown by the server's drawing, shown by plotly, our main thread blocked."""
    ours, plotly, blocked = [], [], []
    context = _signed_in(browser, base)
    for _ in range(ROUNDS):
        page = _cold_page(context, slowdown)
        page.add_init_script(DRAWN_BY_SERVER)
        ours.append(_shown(page, base))
        blocked.append(float(page.evaluate("window.blocked")))
        page.close()
        page = _cold_page(context, slowdown)
        page.route(f"{base}{PATH}", _redrawn)
        page.route(
            f"{base}/bench/plot.js",
            lambda route: route.fulfill(content_type="text/javascript", body=DRAWN_BY_PLOTLY),
        )
        plotly.append(_shown(page, base))
        page.close()
    context.close()
    return median(ours), median(plotly), median(blocked)


def _cold_page(context: BrowserContext, slowdown: int) -> Page:
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.add_init_script(WATCH)
    return page


def _shown(page: Page, base: str) -> float:
    page.goto(f"{base}{PATH}")
    while not (shown := page.evaluate("window.shown || 0")):
        page.wait_for_timeout(50)
    return float(shown)


def _redrawn(route: Route) -> None:
    """Our page without its drawings, with plotly and a script that draws every chart."""
    response = route.fetch()
    text = response.text()
    library = LIBRARY.search(text)
    if library is None:
        raise RuntimeError(f"{PATH} has no chart to compare.")
    scripts = f'<script defer src="{library[1]}"></script><script defer src="/bench/plot.js"></script></body>'
    route.fulfill(response=response, body=DRAWING.sub(r"\1\2", text).replace("</body>", scripts))


def _kilobytes(browser: Browser, base: str) -> float:
    """The page as nginx would compress it, and every file it loads as it came over the line."""
    context = _signed_in(browser, base)
    page = _cold_page(context, 1)
    response = page.goto(f"{base}{PATH}", wait_until="networkidle")
    if response is None:
        raise RuntimeError(f"{PATH} did not answer.")
    files = page.evaluate(
        "performance.getEntriesByType('resource').reduce((sum, file) => sum + file.encodedBodySize, 0)"
    )
    text = len(gzip.compress(response.body(), NGINX_LEVEL))
    context.close()
    return (text + int(files)) / 1024
