"""Somebody in the class at a page, in any language: what is pressed is found by what it is, or by its word there."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from engine.lessons import LESSONS
from engine.messages import say, using_language
from tests.browser.playground import Playground

PATIENCE_MS = 20_000
"""How long a page may take to open."""


class Person(Playground):
    """Do at a page what a teacher and a student do in class."""

    def __init__(self, page: Page, url: str, language: str) -> None:
        super().__init__(page, url)
        self.language = language

    @property
    def canvas(self) -> Locator:
        """Return the stage, by what it is."""
        return self.page.locator(".stage")

    def visit(self, url: str, name: str) -> None:
        """Open an address, and wait until a node of its graph is there."""
        self.page.goto(url)
        expect(self.node(name)).to_be_visible(timeout=PATIENCE_MS)
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{self.language}"))

    def open_course(self, number: int, *, reveal: bool = False) -> None:
        """Open a lesson from the list; on a phone it lies behind a button."""
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        if opener.is_visible():
            opener.click()
        self.open_lesson(number, reveal=reveal)
        title = LESSONS[number - 1].question
        with using_language(self.language):
            expect(self.page.get_by_test_id("question")).to_have_text(say(title))

    def start_anew(self) -> None:
        """Press New, and let every edit compute, whatever the graph before did."""
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        if opener.is_visible():
            opener.click()
        self.page.locator(".st-key-new button").click()
        expect(self.rows).to_have_count(0)
        self.page.get_by_test_id("automatic").check()

    def add(self, op: str) -> str:
        """Search for an op, add it, and return the new node's name."""
        known = self.names()
        self.page.locator(".palette .search-field").click()
        search = self.page.get_by_test_id("search").locator("input")
        search.fill(op)
        search.press("Enter")
        expect(self.rows).to_have_count(len(known) + 1)
        return next(name for name in self.names() if name not in known)

    def wire(self, source: str, target: str, port: int) -> None:
        """Press one port and then the other."""
        self.port("out", source).click()
        self.port("in", target, port).click()
        expect(self.port("in", target, port)).to_have_class(re.compile("wired"))

    def hide(self, number: str) -> None:
        """Hide a number of a node, such as z.data, by the panel that tells everything about it."""
        name, _, kind = number.partition(".")
        with using_language(self.language):
            label = say("Hide {name}", name=number)
        self.inspect(name).get_by_role("button", name=label, exact=True).click()
        expect(self.cell(name, kind)).to_have_text("?")
        self.open_panel("inspect")  # which closes it

    def answer(self, number: str, text: str) -> Locator:
        """Tap a hidden number, type an answer and lock it; return the number's mark."""
        self.page.locator(f'[data-ask="{number}"]').click()
        field = self.page.get_by_test_id("answer")
        field.fill(text)
        self.control("lock").click()
        return self.page.locator(f'[data-asked="{number}"]')

    def reveal(self) -> None:
        """Show all that is still hidden."""
        self.control("reveal-all").click()
        expect(self.control("reveal-all")).to_be_hidden()

    def choose(self, place: int, state: str) -> None:
        """Choose one of the lesson's answers, and see how it is judged."""
        choice = self.page.locator(f'[data-choice="{place}"]')
        choice.click()
        expect(choice).to_have_attribute("data-state", state)

    def link(self) -> str:
        """Press Share and return the link; its dialog stays open."""
        self.control("share").click()
        expect(self.page.locator(".dialog .qr-code")).to_be_visible()
        return self.page.get_by_test_id("link").input_value()

    def put_away(self) -> None:
        """Close the dialog that is open."""
        self.page.keyboard.press("Escape")
        expect(self.page.locator("dialog")).to_have_count(0)

    def hand_out(self) -> str:
        """Return the link to what is on the screen."""
        link = self.link()
        self.put_away()
        return link

    def begin_to_step(self, *, details: bool = False) -> None:
        """Go before the first step, by keys from then on."""
        self.page.locator('[data-panel="steps"]').click()
        if details:
            self.page.locator('[data-step="details"]').click()
        self.caption.click()
        expect(self.page.get_by_test_id("step")).to_have_js_property("value", "0")

    def go_to_step(self, number: int) -> None:
        """Go to a step by the arrow key, from the start."""
        self.page.keyboard.press("Home")
        for _ in range(number):
            self.page.keyboard.press("ArrowRight")
        expect(self.page.get_by_test_id("step")).to_have_js_property("value", str(number))

    def expect_numbers(self, kind: str, **numbers: float) -> None:
        """Expect data or grad of nodes, given as numbers."""
        for name, number in numbers.items():
            expect(self.cell(name, kind)).to_have_attribute("data-value", f"{number:g}")
