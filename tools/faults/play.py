"""Two tabs at work while faults come: a plan of them from a seed, and what is to be seen after each."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser

from tests.browser.conftest import VIEWPORT
from tests.browser.restarting import RestartingServer
from tools.faults.line import Line
from tools.faults.tab import Tab

Kind = Literal["kill", "cut", "reload", "sleep"]
_DURING: Final = 6
"""Things that are done in each tab while the server is out of reach."""


@dataclass(frozen=True)
class Fault:
    """What happens, and for how many seconds the server is then out of reach."""

    kind: Kind
    seconds: float = 0


def plan(chance: random.Random, faults: int, cuts: Sequence[float]) -> list[Fault]:
    """Return so many faults in random order, with a cut of each length among them."""
    kinds: list[Kind] = ["kill", "cut", "reload", "sleep"]
    found = [Fault("cut", seconds) for seconds in cuts]
    found += [Fault(kinds[number % len(kinds)], 2) for number in range(max(faults - len(found), 0))]
    chance.shuffle(found)
    return found


def play(
    browser: Browser, folder: Path, *, seed: int, events: int, faults: Sequence[Fault], tell: Callable[[str], None]
) -> int:
    """Do `events` things in two tabs with faults between them; return how many were done.

    Raises AssertionError where anything is lost, doubled or reordered.
    """
    chance = random.Random(seed)
    server = RestartingServer(folder)
    try:
        with Line(server.port) as line:
            context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
            url = f"http://localhost:{line.port}"
            tabs = [Tab(context.new_page(), url, chance) for _ in range(2)]
            between = max(events // max(len(faults), 1) - 2 * _DURING, 2)
            for fault in faults:
                for _ in range(between):
                    chance.choice(tabs).act()
                for tab in tabs:
                    tab.log.append(f"[{fault.kind}]")
                _happen(fault, server, line, tabs, chance)
                for tab in tabs:
                    tab.expect_all()
                tell(f"{sum(tab.done for tab in tabs)} done, after {fault.kind} of {fault.seconds:g} s: nothing lost")
            while sum(tab.done for tab in tabs) < events:
                chance.choice(tabs).act()
            for tab in tabs:
                tab.expect_all()
            context.close()
    finally:
        server.stop()
    for log in server.logs:
        assert "Traceback" not in log.read_text("utf-8"), log
    return sum(tab.done for tab in tabs)


def _happen(fault: Fault, server: RestartingServer, line: Line, tabs: Sequence[Tab], chance: random.Random) -> None:
    """Let a fault come while somebody works, and end; the browser finds back to the server by itself."""
    if fault.kind == "reload":
        for tab in tabs:
            tab.act()
            tab.reload()
        return
    began = time.monotonic()
    if fault.kind == "kill":
        server.kill()
    else:
        line.cut()
    for tab in tabs:
        for _ in range(_DURING):
            tab.act()
    if fault.kind == "sleep":
        _sleep(tabs[0], fault.seconds)
    # A cut lasts as long as it lasts: what a server and a browser do of themselves meanwhile is what is tried.
    time.sleep(max(fault.seconds - (time.monotonic() - began), 0))
    if fault.kind == "kill":
        server.start()
    else:
        line.mend()
    chance.choice(tabs).act()


def _sleep(tab: Tab, seconds: float) -> None:
    """Freeze a tab, as a browser does with one that nobody looks at, and wake it again."""
    network = tab.page.context.new_cdp_session(tab.page)
    network.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(seconds)
    network.send("Page.setWebLifecycleState", {"state": "active"})
    network.detach()
