"""How soon the first picture is there, at a first visit and at a second, and what it costs on the WebSocket."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, Page, WebSocket

from tests.browser.server import Server
from tools.bench.report import Row

_OPENINGS = 7
_VIEWPORT = {"width": 1280, "height": 800}
_MOST_BYTES = 30_000

# Runs in the page from its beginning: remember when the element was there and the frame with it had been painted.
# (Playwright's own waiting looks again only after 20, 50, 100, 100, 500 ms.)
_WATCH_FOR = """(() => {
  let painted;
  window.paintedAfter = new Promise((resolve) => (painted = resolve));
  const there = (root) => root.querySelector("SELECTOR") !== null ||
    [...root.querySelectorAll("*")].some((host) => host.shadowRoot && there(host.shadowRoot));
  const look = () => {
    if (!there(document)) return requestAnimationFrame(look);
    setTimeout(() => painted(performance.now()));
  };
  requestAnimationFrame(look);
})()"""


def measure_openings(browser: Browser, app: Server, floor: Server) -> list[Row]:
    """Return how long the first picture takes, beside the bare app's, and how many bytes come by WebSocket until then.

    A first visit is a browser context without anything kept; a second one opens the page again in it, in a new tab.
    """
    pages = ((app, "[data-node=z]"), (floor, "ol li"))
    for server, selector in pages:
        _opened(browser, server, selector)  # the first of all imports the libraries
    first: tuple[list[float], list[float]] = ([], [])
    second: tuple[list[float], list[float]] = ([], [])
    sizes = []
    for _ in range(_OPENINGS):
        for place, (server, selector) in enumerate(pages):
            cold, warm, size = _opened(browser, server, selector)
            first[place].append(cold)
            second[place].append(warm)
            if server is app:
                sizes.append(size)
    rows = []
    for what, times in (("first visit", first), ("second visit", second)):
        ours, bare = map(statistics.median, times)
        rows.append((f"first picture, {what}, ms ({ours:.0f} : {bare:.0f})", ours / bare, 1.1, "× floor"))
    rows.append(("WebSocket bytes until the first picture", max(sizes), _MOST_BYTES, "bytes"))
    return rows


def _opened(browser: Browser, server: Server, selector: str) -> tuple[float, float, float]:
    """Return the milliseconds of a first and a second visit, and the bytes of the first one."""
    context = browser.new_context(viewport=_VIEWPORT)  # type: ignore[arg-type]
    context.add_init_script(_WATCH_FOR.replace("SELECTOR", selector))
    sizes: list[int] = []
    taken = []
    for visit in range(2):
        page = context.new_page()
        if visit == 0:
            page.on("websocket", lambda socket: _listen(socket, sizes))
        page.goto(server.url)
        taken.append(_painted_after(page))
        if visit == 0:
            size = sum(sizes)
        page.close()
    context.close()
    return taken[0], taken[1], size


def _listen(socket: WebSocket, sizes: list[int]) -> None:
    for event in ("framesent", "framereceived"):
        socket.on(event, lambda frame: sizes.append(len(frame)))  # type: ignore[call-overload]


def _painted_after(page: Page) -> float:
    return float(page.evaluate("() => window.paintedAfter"))
