"""The core in Firefox and in WebKit, where this machine has them: built by mouse and by keys, stepped through, kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.hand import Hand
from tests.browser.playground import Point
from tests.browser.server import Server
from tests.browser.webdriver import Driver, Firefox, WebKit, can_drive_webkit, found_firefox

pytestmark = pytest.mark.browser

SEED = {"x": "Input", "y": "Input", "a": "Square", "b": "Square", "c": "Add"}
PLACES = {"x": (0.15, 0.25), "y": (0.15, 0.7), "a": (0.5, 0.25), "b": (0.5, 0.7), "c": (0.85, 0.5)}
WIRES = (("x", "a", 0), ("y", "b", 0), ("a", "c", 0), ("b", "c", 1))
VALUE = "return find(`[data-row='${arguments[0]}'] [data-column='${arguments[1]}']`)?.dataset.value === arguments[2]"
# What is drawn a little within a node's left and right edge, and nothing a little outside of its left one.
STANDS_ON_ITS_DRAWING = """
const canvas = find(".ground canvas");
const [node, ground] = [find("[data-node=x]"), canvas].map((each) => each.getBoundingClientRect());
const unit = canvas.width / ground.width;
const ink = (x) => canvas.getContext("2d")
  .getImageData((x - ground.left) * unit, (node.top + node.height / 2 - ground.top) * unit, 1, 1).data[3];
return ink(node.left + 4) > 0 && ink(node.right - 4) > 0 && ink(node.left - 6) === 0;
"""
HAS_ALL_PIXELS = """
const canvas = find(".ground canvas");
return devicePixelRatio === arguments[0] && canvas.width === Math.round(canvas.clientWidth * arguments[0]);
"""


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    if request.param == "firefox" and found_firefox() is None:
        pytest.skip("No Firefox is installed; Debian's is firefox-esr.")
    if request.param == "webkit" and not os.environ.get("EVERY_BROWSER"):
        pytest.skip("WebKitGTK draws on the processor, which takes minutes: `make browsers` asks for it.")
    if request.param == "webkit" and not can_drive_webkit():
        pytest.skip("WebKitGTK cannot be driven; Debian's packages are webkit2gtk-driver and xvfb.")
    made: Driver = Firefox(folder) if request.param == "firefox" else WebKit(folder)
    yield made
    made.close()


def expect_value(hand: Hand, name: str, column: str, value: str) -> None:
    hand.wait_for(VALUE, name, column, value)


def start_new(hand: Hand) -> None:
    named = "[...document.querySelectorAll('button')].find((each) => each.textContent.trim() === 'New')"
    hand.wait_for(f"const made = {named}; made?.setAttribute('data-new', ''); return made !== undefined")
    hand.click("[data-new]")
    hand.wait_for("return findAll('tbody [data-row]').length === 0 && find('.hint').checkVisibility()")


def test_the_core(driver: Driver, server: Server) -> None:
    hand = Hand(driver)
    driver.send("SetWindowRect", x=0, y=0, width=1300, height=960)
    driver.send("Navigate", url=server.url)
    expect_value(hand, "z", "data", "13")
    hand.ask("window.faults = []; addEventListener('error', (event) => window.faults.push(String(event.message)))")

    # The seed graph by mouse.
    start_new(hand)
    for name, op in SEED.items():
        goal = hand.place(".stage", *PLACES[name])
        hand.drag(hand.place(f'[data-op="{op}"]'), Point(goal.x - 9, goal.y - 9), goal)
        hand.wait_for("return find(`[data-node='${arguments[0]}']`) !== null", name)
    for source, target, port in WIRES:
        start, end = (hand.place(f'[data-port="{at}"]') for at in (f"out:{source}:0", f"in:{target}:{port}"))
        hand.drag(start, Point((start.x + end.x) / 2, (start.y + end.y) / 2), end)
        hand.wait_for("return find(`[data-port='${arguments[0]}'].wired`) !== null", f"in:{target}:{port}")
    for name, text in (("x", "2"), ("y", "3")):
        hand.click(f'[data-node="{name}"] .value')
        hand.wait_for("return find(`[data-edit='${arguments[0]}']`) !== null", name)
        hand.write(text)
        hand.press("Enter")
    expect_value(hand, "c", "data", "13")
    expect_value(hand, "x", "grad", "4")

    # A wheel's zoom leaves what is touched on what is drawn.
    before = hand.ask("return find('[data-node=x]').getBoundingClientRect().width")
    hand.turn_wheel(hand.place('[data-node="x"]', 0.5, 0.2), -100)
    hand.wait_for("return find('[data-node=x]').getBoundingClientRect().width > 1.02 * arguments[0]", before)
    hand.wait_for(STANDS_ON_ITS_DRAWING)

    # A reload keeps it.
    driver.send("Refresh")
    expect_value(hand, "c", "data", "13")
    hand.wait_for(STANDS_ON_ITS_DRAWING)

    # A lesson, and its steps.
    hand.ask("window.faults = []; addEventListener('error', (event) => window.faults.push(String(event.message)))")
    hand.ask("find('[data-lesson=\"1\"]').closest('details').open = true")
    hand.click('[data-lesson="1"]')
    expect_value(hand, "z", "data", "13")
    hand.press("s", "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    hand.wait_for("return find('[data-testid=caption]').textContent.startsWith('Step 3 of 7: Add computes z = 13')")
    hand.wait_for("return find('[data-testid=formulas] math') !== null")
    hand.press("s")

    # The same graph by keys alone.
    start_new(hand)
    for op in SEED.values():
        hand.ask("find(`[data-op='${arguments[0]}']`).focus()", op)
        hand.press("Enter")
    hand.wait_for("return findAll('tbody [data-row]').length === 5")
    for source, target, port in WIRES:
        hand.ask("find(`[data-node='${arguments[0]}']`).focus()", source)
        hand.press("c")
        for _ in range(8):
            if hand.ask("return find('.port.snapped')?.dataset.port") == f"in:{target}:{port}":
                break
            hand.press("ArrowDown")
        hand.press("Enter")
        hand.wait_for("return find(`[data-port='${arguments[0]}'].wired`) !== null", f"in:{target}:{port}")
    for name, text in (("x", "2"), ("y", "3")):
        hand.ask("find(`[data-node='${arguments[0]}']`).focus()", name)
        hand.press(text, "Enter")
    expect_value(hand, "c", "data", "13")
    expect_value(hand, "y", "grad", "6")
    assert hand.ask("return window.faults") == []


def test_another_monitor_is_drawn_with_all_of_its_pixels(driver: Driver, server: Server) -> None:
    if not isinstance(driver, Firefox):
        pytest.skip("Only Firefox lets a test say how many pixels a monitor has.")
    hand = Hand(driver)
    driver.send("Navigate", url=server.url)
    hand.wait_for("return find('[data-node]') !== null")
    for setting, pixels in (("2", 2), ("1.25", 1.25), ("-1.0", 1)):
        driver.command("Marionette:SetContext", value="chrome")
        script = f'Services.prefs.setStringPref("layout.css.devPixelsPerPx", "{setting}")'
        driver.send("ExecuteScript", script=script, args=[])
        driver.command("Marionette:SetContext", value="content")
        hand.wait_for(HAS_ALL_PIXELS, pixels)
