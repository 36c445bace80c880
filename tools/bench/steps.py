"""How soon a step is seen: from the press of an arrow key until the frame with the step has been painted."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.server import Server
from tools.bench.frames import opened
from tools.bench.report import Row

_BUDGET_MS = 33.0

# The event's own time stamp: from where the browser took the key in. A task after the frame's callbacks runs once the
# frame has been handed on to be shown.
_WATCH_KEYS = """() => {
  window.steps = [];
  window.addEventListener("keydown", (event) => {
    requestAnimationFrame(() => setTimeout(() => window.steps.push(performance.now() - event.timeStamp)));
  }, true);
}"""


def measure_steps(browser: Browser, server: Server, folder: Path, nodes: int = 40) -> list[Row]:
    """Return the median and the 95th percentile over all steps of a graph, forth and back."""
    playground = opened(browser, server, folder, nodes)
    playground.open_steps()
    count = int(playground.page.get_by_test_id("step").get_attribute("max") or 0)
    playground.page.evaluate(_WATCH_KEYS)
    for key, places in (("ArrowRight", range(1, count + 1)), ("ArrowLeft", range(count - 1, -1, -1))):
        for place in places:
            playground.page.keyboard.press(key)
            expect(playground.caption).to_contain_text(
                f"Step {place} of {count}:" if place else "Before the first step"
            )
    playground.wait_until(lambda: playground.page.evaluate("() => window.steps.length") == 2 * count)
    taken = sorted(playground.page.evaluate("() => window.steps"))
    playground.page.context.close()
    median, late = taken[len(taken) // 2], taken[int(0.95 * (len(taken) - 1))]
    what = f"key to painted step at {nodes} nodes, {len(taken)} presses"
    return [(f"{what}, median", median, _BUDGET_MS, "ms"), (f"{what}, 95th percentile", late, _BUDGET_MS, "ms")]
