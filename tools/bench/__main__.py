"""Compare an edit in the app with the same edit in a bare components-v2 app, side by side in one run."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from components.state import Playground, Session
from engine.document import to_json
from engine.edits import SetValue
from tests.browser.chromium import launch
from tests.browser.server import ROOT, Server
from tools.bench.frames import measure_frames, measure_scrubbing
from tools.bench.graphs import layered_graph
from tools.bench.steps import measure_steps

EDITS = 40
OPENINGS = 7
_VIEWPORT = {"width": 1280, "height": 800}

# Runs in the page from its beginning: remember when the element was there and the frame with it had been painted.
# (Playwright's own waiting looks again only after 20, 50, 100, 100, 500 ms.)
_WATCH_FOR = """(() => {
  const there = (root) => root.querySelector("SELECTOR") !== null ||
    [...root.querySelectorAll("*")].some((host) => host.shadowRoot && there(host.shadowRoot));
  const look = () => {
    if (!there(document)) return requestAnimationFrame(look);
    setTimeout(() => (window.paintedAfter = performance.now()));
  };
  requestAnimationFrame(look);
})()"""

# Runs in the page: make one edit, and answer how long it took until the frame with its result had been painted.
_TIMED = """async ([root, act, changed]) => {
  const pierce = (selector) => {
    for (const host of document.querySelectorAll("*")) {
      const found = host.shadowRoot?.querySelector(selector);
      if (found) return found;
    }
  };
  const watched = pierce(root);
  const painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    });
    observer.observe(watched, { childList: true, characterData: true, subtree: true });
  });
  const start = performance.now();
  (0, eval)(act)(pierce);
  return (await painted) - start;
}"""


@dataclass
class Edit:
    """Say how to make an edit in a page: what changes, and the JavaScript that makes it."""

    root: str
    act: str

    def time(self, page: Page, number: int) -> float:
        """Make the edit and return the milliseconds until it was painted."""
        return float(page.evaluate(_TIMED, [self.root, self.act.replace("NUMBER", str(number)), ""]))


APP_EDIT = Edit(
    "tr[data-row=x] [data-column=data]",
    """(pierce) => {
      pierce('[data-node="x"]').dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      const field = pierce('[data-edit="x"]');
      field.value = "0.5NUMBER";
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    }""",
)
FLOOR_EDIT = Edit("ol", "(pierce) => pierce('.floor').send(NUMBER)")


@dataclass
class Sample:
    """Hold what the edits of one page cost: milliseconds to repaint, server CPU, bytes both ways."""

    repaint: list[float]
    cpu: float
    wire: float


def main() -> int:
    """Run every comparison, print a table, and return 1 if a budget was missed."""
    rows: list[tuple[str, float, float, str]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        logs = Path(folder)
        with (
            Server(ROOT / "streamlit_app.py", logs / "app.log") as app,
            Server(ROOT / "tools/bench/floor_app.py", logs / "floor.log") as floor,
        ):
            browser = launch(playwright)
            rows += _first_picture(browser, app, floor)
            for nodes, budget in ((12, 1.5), (115, 2.5)):
                rows += _edits(browser, app, floor, nodes, budget, logs)
            rows.append(measure_scrubbing(browser, app, logs))
            rows += measure_frames(browser, app, logs)
            rows += measure_steps(browser, app, logs)
            browser.close()
    rows.append(_growth())
    return _report(rows)


def _first_picture(browser: Browser, app: Server, floor: Server) -> list[tuple[str, float, float, str]]:
    def opened(url: str, selector: str) -> float:
        context = browser.new_context(viewport=_VIEWPORT)  # type: ignore[arg-type]
        page = context.new_page()
        page.add_init_script(_WATCH_FOR.replace("SELECTOR", selector))
        page.goto(url)
        taken = page.wait_for_function("window.paintedAfter").json_value()
        context.close()
        return float(taken)

    pages = ((app.url, "[data-node=z]"), (floor.url, "ol li"))
    for url, selector in pages:
        opened(url, selector)  # the first of all imports the libraries
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(OPENINGS):
        for (url, selector), kept in zip(pages, times, strict=True):
            kept.append(opened(url, selector))
    ours, bare = map(statistics.median, times)
    return [(f"first picture, ms ({ours:.0f} : {bare:.0f})", ours / bare, 1.5, "× floor")]


def _edits(
    browser: Browser, app: Server, floor: Server, nodes: int, budget: float, folder: Path
) -> list[tuple[str, float, float, str]]:
    document = folder / f"graph-{nodes}.json"
    document.write_text(to_json(layered_graph(nodes)), "utf-8")

    def open_graph(page: Page) -> None:
        page.goto(app.url)
        page.locator('[data-node="z"]').wait_for()
        page.get_by_role("button", name="Open").click()
        page.locator('input[type="file"]').set_input_files(document)
        page.locator(f'[data-node="v{nodes - 1}"]').wait_for(state="attached")
        page.keyboard.press("Escape")

    def open_floor(page: Page) -> None:
        page.goto(f"{floor.url}?nodes={nodes}")
        page.locator("ol li").first.wait_for()

    ours = _sample(browser, app, open_graph, APP_EDIT)
    bare = _sample(browser, floor, open_floor, FLOOR_EDIT)
    repaint, least = statistics.median(ours.repaint), statistics.median(bare.repaint)
    wire_budget = 6_000 + 300 * nodes
    return [
        (f"edit to repaint at {nodes} nodes, ms ({repaint:.1f} : {least:.1f})", repaint / least, budget, "× floor"),
        (
            f"server CPU an edit at {nodes} nodes, ms ({ours.cpu:.1f} : {bare.cpu:.1f})",
            ours.cpu / bare.cpu,
            3,
            "× floor",
        ),
        (f"bytes an edit at {nodes} nodes ({ours.wire:.0f} : {wire_budget})", ours.wire / wire_budget, 1, "× budget"),
    ]


def _sample(browser: Browser, server: Server, open_page: Callable[[Page], None], edit: Edit) -> Sample:
    context = browser.new_context(viewport=_VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    sizes: list[int] = []
    page.on(
        "websocket",
        lambda socket: (
            socket.on("framesent", lambda frame: sizes.append(len(frame))),
            socket.on("framereceived", lambda frame: sizes.append(len(frame))),
        ),
    )
    open_page(page)
    for number in range(10, 15):
        edit.time(page, number)
    page.wait_for_load_state("networkidle")
    process = psutil.Process(server.process.pid)
    sizes.clear()
    before = sum(process.cpu_times()[:2])
    repaint = []
    for number in range(100, 100 + EDITS):
        repaint.append(edit.time(page, number))
    cpu = (sum(process.cpu_times()[:2]) - before) * 1000 / EDITS
    page.wait_for_load_state("networkidle")
    context.close()
    return Sample(repaint, cpu, sum(sizes) / EDITS)


def _growth() -> tuple[str, float, float, str]:
    small, large = _python_cost(10), _python_cost(200)
    return (f"Python an edit, 200 nodes to 10, ms ({large:.2f} : {small:.2f})", large / small, 20, "×")


def _python_cost(nodes: int) -> float:
    graph = layered_graph(nodes)
    session = Session(Playground.of(graph))
    times = []
    for number in range(30):
        start = time.perf_counter()
        session.playground.edit(SetValue(node="n0", value=0.5 + number / 100))
        session.browser.have = session.browser.pictures.revision
        session.message()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _report(rows: list[tuple[str, float, float, str]]) -> int:
    missed = 0
    for what, ratio, budget, unit in rows:
        verdict = "ok" if ratio <= budget else "MISSED"
        missed += ratio > budget
        print(f"{what:<66} {ratio:6.2f} {unit:<9} budget {budget:<5.3g} {verdict}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
