"""The page as a hand meets it: verbs for what people do, questions for what they see."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from engine.lessons import LESSONS

STANDS_STILL = """(made) => new Promise((done) => {
  let [before, frames] = ["", 60];
  const look = () => {
    const { x, y, width, height } = made.getBoundingClientRect();
    const isBusy = made.closest(".stage")?.hasAttribute("aria-busy") ?? false;
    const now = isBusy ? frames : [x, y, width, height].join();
    if (now === before || frames-- === 0) done();
    else requestAnimationFrame(look);
    before = now;
  };
  look();
})"""


@dataclass(frozen=True)
class Point:
    """Stand for a place on the page, in CSS pixels."""

    x: float
    y: float


class Playground:
    """Drive one browser page of the app."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self) -> Playground:
        self.page.goto(self.url)
        self.wait_until_drawn()
        return self

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_drawn()

    def wait_until_drawn(self) -> None:
        expect(self.canvas).to_be_visible(timeout=20_000)
        expect(self.page.locator('[data-testid="graph-table"] tbody tr, .hint:visible').first).to_be_visible()
        expect(self.page.get_by_role("button", name="New", exact=True)).to_be_visible(timeout=20_000)
        # Laid out for its room: a hand that points before that points at what is about to move.
        expect(self.page.locator('.stage[aria-busy="true"]')).to_have_count(0, timeout=20_000)

    def start_new(self) -> None:
        self.page.get_by_role("button", name="New", exact=True).click()
        expect(self.rows).to_have_count(0)

    def open_file(self, file: Path) -> None:
        self.page.get_by_test_id("stPopoverButton").click()
        self.page.locator('input[type="file"]').set_input_files(file)

    def open_lesson(self, number: int, *, reveal: bool = True) -> None:
        """Open a lesson and reveal all that it asks for; then it is a graph whose numbers are shown."""
        lesson = self.lesson(number)
        expect(self.page.locator(".lesson-list details[open]")).to_have_count(1)
        if not lesson.is_visible():
            group = self.page.locator(f'.lesson-list details:has([data-lesson="{number}"])')
            group.locator("summary").click()
        lesson.click()
        expect(lesson).to_have_attribute("aria-current", "true")
        expect(self.canvas).to_be_visible()
        if reveal and LESSONS[number - 1].graph.hidden:
            self.control("reveal-all").click()
            expect(self.control("reveal-all")).to_be_hidden()
            lesson.focus()  # where it was

    def lesson(self, number: int) -> Locator:
        """Return a lesson's button in the list."""
        return self.page.locator(f'.lesson-list [data-lesson="{number}"]')

    # Places -----------------------------------------------------------------------------------------------------

    @property
    def canvas(self) -> Locator:
        return self.page.get_by_role("application", name="Computational graph")

    @property
    def table(self) -> Locator:
        return self.page.get_by_test_id("graph-table")

    @property
    def rows(self) -> Locator:
        return self.table.locator("tbody tr")

    @property
    def notice(self) -> Locator:
        return self.page.get_by_test_id("notice")

    def node(self, name: str) -> Locator:
        return self.page.locator(f'[data-node="{name}"]')

    def port(self, side: str, name: str, index: int = 0) -> Locator:
        return self.page.locator(f'[data-port="{side}:{name}:{index}"]')

    def palette(self, op: str) -> Locator:
        """Return an op's button in the palette; the menu of its family is opened where it is closed."""
        made = self.page.locator(f'button[data-op="{op}"]')
        family = self.page.locator("[data-family]").filter(has=made)
        if family.count() and not made.is_visible():
            title = family.locator(".family-title")
            if not title.is_visible() or not self._is_in_row(title):
                title = self.page.get_by_role("button", name="All", exact=True)
            title.click()
        return made

    def _is_in_row(self, title: Locator) -> bool:
        """Tell whether a family's button has room in the palette's one row."""
        return bool(title.evaluate("made => made.offsetTop < made.parentElement.offsetTop + 10"))

    def control(self, name: str) -> Locator:
        return self.page.locator(f'[data-control="{name}"]')

    def menu(self, name: str) -> None:
        """Press an entry of the menu."""
        self.control("menu").click()
        self.page.locator(f'[data-entry="{name}"]').click()

    def free_port(self, name: str) -> str:
        """Return the first input of a node that no wire leads to."""
        port = self.node(name).locator(".port.in:not(.wired)").first
        return port.get_attribute("data-port") or ""

    def on_canvas(self, across: float, down: float) -> Point:
        """Return a place on the canvas by its share of width and height."""
        box = self.canvas.bounding_box()
        assert box is not None
        return Point(box["x"] + across * box["width"], box["y"] + down * box["height"])

    def box(self, of: Locator) -> dict[str, float]:
        """Return where something visible stands on the page, in CSS pixels: x, y, width and height."""
        expect(of).to_be_visible()
        of.evaluate(STANDS_STILL)  # what is on its way would be missed by the hand
        box = of.bounding_box()
        assert box is not None
        return dict(box)

    def centre(self, of: Locator) -> Point:
        box = self.box(of)
        return Point(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    @property
    def formula(self) -> Locator:
        return self.page.get_by_test_id("formula")

    @property
    def caption(self) -> Locator:
        return self.page.get_by_test_id("caption")

    def ledger(self, name: str) -> Locator:
        return self.page.locator(f'[data-ledger="{name}"]')

    def badge(self, name: str, kind: str) -> Locator:
        """Return the small text beside a node: "arrived", "fault", "bar" or "running"."""
        return self.node(name).locator(f".badge.{kind}")

    # Verbs ------------------------------------------------------------------------------------------------------

    def drag(self, start: Point, end: Point, *, release: bool = True) -> None:
        mouse = self.page.mouse
        mouse.move(start.x, start.y)
        mouse.down()
        mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, steps=4)
        mouse.move(end.x, end.y, steps=4)
        if release:
            mouse.up()

    def drag_in(self, op: str, at: Point) -> str:
        """Drag an op in from the palette and return the new node's name."""
        known = self.names()
        self.palette(op).scroll_into_view_if_needed()
        self.drag(self.centre(self.palette(op)), at)
        expect(self.rows).to_have_count(len(known) + 1)
        return next(name for name in self.names() if name not in known)

    def connect(self, source: str, target: str, port: int = 0, *, output: int = 0) -> None:
        self.drag(self.centre(self.port("out", source, output)), self.centre(self.port("in", target, port)))

    def wire_by_keyboard(self, source: str, target: str) -> None:
        """Take a wire at a node with C, walk the inputs to the target's first free one, press Enter."""
        wanted = self.free_port(target)
        self.node(source).focus()
        self.page.keyboard.press("c")
        aimed = self.page.locator(".port.snapped")
        for _ in range(self.page.locator(".port.in").count()):
            if aimed.get_attribute("data-port") == wanted:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        expect(self.cell(target, "inputs")).to_contain_text(source)

    def set_value(self, name: str, text: str) -> None:
        """Click the number on the node, type another, press Enter."""
        self.node(name).locator(".value").click()
        field = self.page.locator(f'[data-edit="{name}"]')
        field.fill(text)
        field.press("Enter")

    def type_value(self, name: str, text: str) -> None:
        """Type a number on the node by keyboard, however small the node is drawn."""
        self.node(name).press("Enter")
        field = self.page.locator(f'[data-edit="{name}"]')
        field.fill(text)
        field.press("Enter")

    def select(self, name: str) -> None:
        """Click a node, where neither its number nor its parameters are."""
        box = self.box(self.node(name))
        self.node(name).click(position={"x": 0.22 * box["width"], "y": 0.22 * box["height"]})

    def saved(self) -> dict[str, Any]:
        """Press Save and return the document."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Save").click()
        document: dict[str, Any] = json.loads(Path(download.value.path()).read_text("utf-8"))
        return document

    def undo(self, words: str) -> None:
        """Press Undo, which says what it will take back."""
        button = self.control("undo")
        expect(button).to_have_attribute("title", f"Undo: {words}")
        button.click()

    def share(self) -> str:
        """Press Share and return the link."""
        self.control("share").click()
        link = self.page.get_by_test_id("link").input_value()
        self.page.get_by_role("button", name="Close", exact=True).click()
        return link

    def open_panel(self, name: str) -> None:
        """Open a panel beside the stage; of the steps, begin them and open their details."""
        self.page.locator(f'[data-panel="{name}"]').click()
        if name == "steps":
            self.page.locator('[data-step="details"]').click()

    def inspect(self, name: str) -> Locator:
        """Select a node and open the panel that shows everything about it; return the panel."""
        self.select(name)
        inspector = self.page.get_by_test_id("inspector")
        if not inspector.is_visible():
            self.open_panel("inspect")
        expect(inspector).to_be_visible()
        return inspector

    def expect_playing(self, *, playing: bool = True) -> None:
        """Expect the button that plays the steps to offer the pause, or to offer to play."""
        title = "Pause (Space)" if playing else "Play (Space)"
        expect(self.page.locator('[data-step="play"]')).to_have_attribute("title", title)

    def step_to(self, number: int) -> None:
        """Go to a step with the arrow key, one at a time from the start."""
        self.page.keyboard.press("Home")
        for _ in range(number):
            self.page.keyboard.press("ArrowRight")
        if number:
            expect(self.caption).to_contain_text(f"Step {number} of")

    def open_steps(self) -> None:
        self.open_panel("steps")
        self.caption.click()  # which has the focus as it has without the details
        expect(self.caption).to_contain_text("Before the first step")

    def leave_steps(self) -> None:
        self.page.locator('[data-step="leave"]').click()
        expect(self.caption).to_be_hidden()

    def use_variant(self, step: int) -> None:
        """Let the variant of a step of the book run backward."""
        self.page.get_by_test_id("variant").select_option(f"step {step}")
        expect(self.page.get_by_test_id("variant")).to_have_value(f"step {step}")

    def toggle(self, name: str) -> None:
        """Switch what is drawn on wires ("local") or nodes ("bars")."""
        self.page.locator(f'[data-toggle="{name}"]').click()

    def lines_of_code(self, text: str) -> Locator:
        return self.page.get_by_test_id("code").locator("code").filter(has_text=text)

    def type_formula(self, text: str) -> None:
        self.formula.fill(text)
        self.formula.press("Enter")

    def select_all(self, *names: str) -> None:
        """Click nodes one after the other, Shift held from the second on."""
        for index, name in enumerate(names):
            modifiers: list[Any] = ["Shift"] if index else []
            self.node(name).click(modifiers=modifiers, position={"x": 24, "y": 12})

    def frame(self, name: str) -> Locator:
        """Return the frame of an open block."""
        return self.page.locator(f'[data-frame="{name}"]')

    def frame_bar(self, name: str) -> Locator:
        return self.frame(name).locator(".frame-bar")

    def wait_until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Look at every frame until something holds that Playwright's own waiting cannot ask for."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, "it did not come to hold"
            self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def settle(self, name: str) -> None:
        """Wait until a node has come to rest."""
        node = self.node(name).element_handle()
        assert node is not None
        node.wait_for_element_state("stable")

    # Questions --------------------------------------------------------------------------------------------------

    def names(self) -> list[str]:
        return self.rows.locator("th").all_inner_texts()

    def cell(self, name: str, column: str) -> Locator:
        return self.table.locator(f'tr[data-row="{name}"] [data-column="{column}"]')

    def expect_data(self, name: str, value: str) -> None:
        expect(self.cell(name, "data")).to_have_attribute("data-value", value)

    def expect_grad(self, name: str, value: str) -> None:
        expect(self.cell(name, "grad")).to_have_attribute("data-value", value)

    def expect_notice(self, text: str | re.Pattern[str]) -> None:
        expect(self.notice).to_contain_text(text)
