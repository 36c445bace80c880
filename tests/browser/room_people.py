"""People in a class's room, each in a browser of their own."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.playground import Playground
from tests.browser.screens import DESK, Screen
from tests.browser.server import Server
from tests.browser.tabs import Complaints


class Somebody(Playground):
    """Drive a page that is in a room."""

    @property
    def question(self) -> Locator:
        return self.page.locator('[data-testid="room-question"]:visible')

    @property
    def who(self) -> Locator:
        return self.page.locator('[data-control="room"]:visible')

    @property
    def told(self) -> Locator:
        return self.page.get_by_test_id("room-told")

    @property
    def count(self) -> Locator:
        return self.page.get_by_test_id("room-count")

    # A teacher ---------------------------------------------------------------------------------------------------

    def open_room(self) -> tuple[str, str]:
        """Open a room; return its code, and the teacher's own link."""
        self.menu("class")
        self.control("open-room").dblclick()  # as people do who expect nothing of one click
        code = self.page.get_by_test_id("room-code").inner_text()
        self.control("share-secret").click()
        secret = self.page.get_by_test_id("link").input_value()
        self.page.keyboard.press("Escape")
        return code, f"{self.url}/{secret[secret.index('?') :]}"  # at the address that the tests' other pages have

    def lead(self, secret: str) -> None:
        """Lead a room by the teacher's own link."""
        self.page.goto(secret)
        expect(self.who).to_be_visible(timeout=20_000)

    def choose_kind(self, kind: str) -> None:
        """Say in the form what is asked."""
        if not self.control("ask-kind").is_visible():
            self.control("ask").click()
        self.control("ask-kind").select_option(kind)

    def press(self, key: str) -> None:
        """Press a key of the room, as a press of its own: what comes at once behind another counts as the same."""
        for name in ("room-next", "vote-again"):
            expect(self.control(name)).not_to_have_attribute("data-pressed", "")
        self.page.keyboard.press(key)

    def end_room(self) -> None:
        """End the room in the dialog, which asks once more."""
        end = self.control("end-room")
        end.click()
        expect(end).not_to_have_attribute("data-pressed", "")
        end.click()

    def next(self, told: str) -> None:
        """Press the one key that does what comes next, twice as one that bounces, and wait until it is told of."""
        self.press("n")
        self.page.keyboard.press("n")
        expect(self.count).to_contain_text(told)

    def bars(self, vote: int) -> dict[str, int]:
        """Return the spread of a vote: how often each answer was given."""
        rows = self.page.locator(f'.spread[data-round="{vote}"] .spread-bars li')
        return dict(rows.evaluate_all("rows => rows.map(({ dataset }) => [dataset.label, Number(dataset.count)])"))

    def shares(self, vote: int) -> list[str]:
        """Return what is told of how the answers of a vote were found."""
        return self.page.locator(f'.spread[data-round="{vote}"] [data-group] > span:first-child').all_inner_texts()

    # A student ---------------------------------------------------------------------------------------------------

    def join(self, code: str, name: str = "") -> None:
        self.page.goto(f"{self.url}?room={code}")
        self.page.get_by_test_id("room-name-field").fill(name, timeout=20_000)
        self.control("join-room").dblclick()
        expect(self.who).to_be_visible()

    def answer(self, text: str, *, locks: bool = True) -> None:
        self.page.get_by_test_id("room-field").fill(text)
        self.control("room-hand").click()
        expect(self.told).to_contain_text(f"Your answer is {text}")
        if locks:
            self.control("room-lock").click()
            expect(self.told).to_have_text(f"Your answer {text} is locked.")

    def choose(self, answer: int | str) -> None:
        self.page.locator(f'.room-choice[data-choice="{answer}"]').click()
        self.control("room-lock").click()
        expect(self.told).to_contain_text("is locked")

    def hand_over(self) -> None:
        """Hand over the graph that was built, and lock it."""
        self.control("room-build").click()
        expect(self.told).to_contain_text("handed over")
        self.control("room-lock").click()
        expect(self.told).to_have_text("Your answer is locked.")


class School:
    """Bring people to a server's page; at the end neither a browser nor the server may have complained."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.complaints: list[Complaints] = []
        self._stack = ExitStack()
        self._logged = len(server.log())

    def somebody(self, screen: Screen = DESK, **more: Any) -> Somebody:
        """Return somebody at a browser that was never here."""
        size: Any = {"width": screen.width, "height": screen.height}
        context = self.browser.new_context(viewport=size, has_touch=screen.touch, **more)
        self._stack.callback(context.close)
        return self.at(context.new_page())

    def at(self, page: Page) -> Somebody:
        self.complaints.append(Complaints(page))
        return Somebody(page, self.server.url)

    def expect_a_refusal(self, somebody: Somebody) -> None:
        """Take note that a browser told its console of one answer of 4xx, and of no more than that one."""
        told = next(each for each in self.complaints if each.page is somebody.page)
        assert [line for line in told.heard if "the server responded with a status of 4" in line] == told.heard[-1:]
        told.heard.clear()

    @property
    def log(self) -> str:
        """Return what the server has logged meanwhile."""
        return self.server.log()[self._logged :]

    def __enter__(self) -> School:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stack.close()
        if kind is None:
            assert [each.heard for each in self.complaints] == [[]] * len(self.complaints)
            assert "Traceback" not in self.log
            assert "Warning" not in self.log
