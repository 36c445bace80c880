"""Compare an edit in the app with the same edit in a bare components-v2 app, side by side in one run."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from tools.bench.openings import measure_openings
from tools.bench.report import PAGE, Row, report
from tools.bench.steps import measure_steps

EDITS = 80
_CHANNEL = {12: (0.5, 0.5, 3_000), 115: (1.2, 1.3, 12_000)}
"""By the number of nodes: repaint and server CPU as multiples of the bare app's, and bytes."""
_HOST = {12: (1.4, 2.0, 6_800), 115: (2.6, 4.4, 25_000)}
"""The same where no channel is: what it was before there was one."""
_SCRUBBING = {20: 25.0, 115: 12.0}
"""Updates a second, by the number of nodes."""
_PARTS = ("openings", "edits", "scrubbing", "frames", "steps", "host's way")
_VIEWPORT = {"width": 1280, "height": 800}

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
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=_PARTS, help="one part alone")
    asked = parser.parse_args().only
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        logs = Path(folder)
        with (
            Server(ROOT / "streamlit_app.py", logs / "app.log") as app,
            Server(ROOT / "tools/bench/floor_app.py", logs / "floor.log") as floor,
        ):
            browser = launch(playwright)
            if asked in (None, "openings"):
                rows += measure_openings(browser, app, floor)
            if asked in (None, "edits"):
                for nodes, budgets in _CHANNEL.items():
                    rows += _edits(browser, app, floor, nodes, budgets, logs)
            if asked in (None, "scrubbing"):
                for nodes, least in _SCRUBBING.items():
                    rows += measure_scrubbing(browser, app, logs, nodes, least)
            if asked in (None, "frames"):
                rows += measure_frames(browser, app, logs)
            if asked in (None, "steps"):
                rows += measure_steps(browser, app, logs)
            if asked in (None, "host's way"):
                rows += _host_way(browser, floor, logs)
            browser.close()
    if asked is None:
        rows.append(_growth())
    return report(rows, PAGE, kept=asked is None)


def _host_way(browser: Browser, floor: Server, folder: Path) -> list[Row]:
    """Measure edits where the server has no channel for the canvas, and all goes the component's way."""
    with _environment(PLAYGROUND_CHANNEL="off"), Server(ROOT / "streamlit_app.py", folder / "host.log") as app:
        rows = [
            row for nodes, budgets in _HOST.items() for row in _edits(browser, app, floor, nodes, budgets, folder)[:2]
        ]
    return [(f"without the channel: {what}", ratio, budget, unit) for what, ratio, budget, unit in rows]


@contextmanager
def _environment(**more: str) -> Iterator[None]:
    before = os.environ.copy()
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _edits(
    browser: Browser, app: Server, floor: Server, nodes: int, budgets: tuple[float, float, int], folder: Path
) -> list[Row]:
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
    repaint, bare_repaint = statistics.median(ours.repaint), statistics.median(bare.repaint)
    most_repaint, most_cpu, wire_budget = budgets
    return [
        (
            f"edit to repaint at {nodes} nodes, ms ({repaint:.1f} : {bare_repaint:.1f})",
            repaint / bare_repaint,
            most_repaint,
            "× floor",
        ),
        (
            f"server CPU an edit at {nodes} nodes, ms ({ours.cpu:.1f} : {bare.cpu:.1f})",
            ours.cpu / bare.cpu,
            most_cpu,
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
    sizes.clear()
    before = _cpu_seconds(server.process.pid)
    repaint = []
    for number in range(100, 100 + EDITS):
        repaint.append(edit.time(page, number))
    cpu = (_cpu_seconds(server.process.pid) - before) * 1000 / EDITS
    page.wait_for_load_state("networkidle")
    context.close()
    return Sample(repaint, cpu, sum(sizes) / EDITS)


def _cpu_seconds(process: int) -> float:
    """Return the CPU time of a process; on Linux by its own clock, as elsewhere it is told in ticks of 10 ms."""
    if sys.platform == "linux":
        return time.clock_gettime((~process << 3) | 2)  # what clock_getcpuclockid(3) returns
    return float(sum(psutil.Process(process).cpu_times()[:2]))


def _growth() -> Row:
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


if __name__ == "__main__":
    sys.exit(main())
