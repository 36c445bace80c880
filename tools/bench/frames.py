"""How smooth a large graph is under the hand: frame times while dragging, zooming and selecting."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page

from engine.document import to_json
from engine.edits import SetValue, apply
from engine.evaluation import evaluate
from tests.browser.playground import Playground, Point
from tests.browser.server import Server
from tools.bench.graphs import layered_graph
from tools.bench.report import Row

_SMOOTH_MS = 32.0

_WATCH_FRAMES = """() => {
  window.frames_ = [];
  let last = performance.now();
  const look = (now) => {
    window.frames_.push(now - last);
    last = now;
    window.looking = requestAnimationFrame(look);
  };
  window.looking = requestAnimationFrame(look);
}"""
# In the page itself: driven from outside, a move would wait for two or three frames.
_MOVE_ONCE_A_FRAME = """async ([x, y]) => {
  let held = document.elementFromPoint(x, y);
  while (held.shadowRoot?.elementFromPoint(x, y)) held = held.shadowRoot.elementFromPoint(x, y);
  for (let step = 1; step <= 120; step += 1) {
    await new Promise(requestAnimationFrame);
    held.dispatchEvent(new PointerEvent("pointermove", {
      clientX: x + 4 * step, clientY: y, pointerId: 1, buttons: 1, isPrimary: true, bubbles: true, composed: true,
    }));
  }
}"""
_STOP_WATCHING = "() => { cancelAnimationFrame(window.looking); return window.frames_.slice(1); }"


def measure_frames(browser: Browser, server: Server, folder: Path, nodes: int = 200) -> list[Row]:
    """Return the 95th percentile of frame times, in ms, for each gesture on a large graph."""
    playground = opened(browser, server, folder, nodes)
    middle = playground.on_canvas(0.5, 0.5)
    grip = playground.centre(playground.node(f"v{nodes // 2}"))

    def drag() -> None:
        playground.page.mouse.move(grip.x, grip.y)
        playground.page.mouse.down()
        playground.page.mouse.move(grip.x + 200, grip.y + 120, steps=60)
        playground.page.mouse.up()

    def zoom() -> None:
        playground.page.mouse.move(middle.x, middle.y)
        for step in range(40):
            playground.page.mouse.wheel(0, 60 if step < 20 else -60)

    def select() -> None:
        playground.page.keyboard.down("Shift")
        playground.drag(playground.on_canvas(0.02, 0.02), playground.on_canvas(0.95, 0.8))
        playground.page.keyboard.up("Shift")

    rows = []
    for name, act in (("drag", drag), ("zoom", zoom), ("select", select)):
        worst = _frame_time(playground.page, act)
        rows.append((f"{name} {nodes} nodes, ms a frame, 95th percentile", worst, _SMOOTH_MS, "ms"))
    playground.page.context.close()
    return rows


def measure_scrubbing(browser: Browser, server: Server, folder: Path, nodes: int, least: float) -> list[Row]:
    """Return how often a second the last node's number is drawn anew while a value is scrubbed, at least `least`.

    Raises RuntimeError where the numbers at the end are not those of the value that the hand left.
    """
    playground = opened(browser, server, folder, nodes)
    watched = f"tr[data-row=v{nodes - 1}] [data-column=data]"
    playground.page.locator(watched).evaluate(
        """(cell) => {
          window.updates = [];
          new MutationObserver(() => window.updates.push(performance.now()))
            .observe(cell, { childList: true, characterData: true, subtree: true });
        }"""
    )
    value = playground.node("x").locator(".value")
    middle = playground.centre(playground.node("x"))
    playground.page.mouse.move(middle.x, middle.y)
    while not value.is_visible():  # a large graph is fitted in view so small that its numbers are not shown
        playground.page.mouse.wheel(0, -120)
        playground.page.evaluate("() => new Promise(requestAnimationFrame)")
    value.hover()
    start = playground.centre(value)
    playground.page.mouse.down()
    playground.page.evaluate(_MOVE_ONCE_A_FRAME, [start.x, start.y])
    times = playground.page.evaluate("() => window.updates")
    playground.page.mouse.up()
    playground.wait_until(lambda: playground.page.evaluate("() => performance.now() - window.updates.at(-1) > 500"))
    _expect_the_last(playground, nodes)
    playground.page.context.close()
    return [
        (f"scrub {nodes} nodes, updates", 1000 / statistics.mean(b - a for a, b in pairwise(times)), least, "a second")
    ]


def _expect_the_last(playground: Playground, nodes: int) -> None:
    def shown(name: str) -> float:
        cell = playground.page.locator(f"tr[data-row={name}] [data-column=data]")
        return float(cell.get_attribute("data-value") or "nan")

    left = apply(layered_graph(nodes), SetValue(node="n0", value=shown("x")))
    last = evaluate(left).nodes[f"n{nodes - 1}"].data
    if last is None or last[0] != shown(f"v{nodes - 1}"):
        raise RuntimeError("The numbers are not those of the value that the hand left.")


def opened(browser: Browser, server: Server, folder: Path, nodes: int) -> Playground:
    """Return a page that shows a layered graph of so many nodes."""
    document = folder / f"frames-{nodes}.json"
    document.write_text(to_json(layered_graph(nodes)), "utf-8")
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    playground = Playground(page, server.url).open()
    playground.open_file(document)
    page.locator(f'[data-node="v{nodes - 1}"]').wait_for()
    page.keyboard.press("Escape")
    corner: Point = playground.on_canvas(0.5, 0.02)
    page.mouse.click(corner.x, corner.y)
    return playground


def _frame_time(page: Page, act: Callable[[], None]) -> float:
    page.evaluate(_WATCH_FRAMES)
    act()
    frames = sorted(page.evaluate(_STOP_WATCHING))
    return float(frames[int(0.95 * (len(frames) - 1))])
