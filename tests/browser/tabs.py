"""Tabs that have forgotten everything, one for each kind of window.

A new browser context compiles all of the page's scripts again, which takes longer than most tests. A tab that stays has
them compiled; before it is handed out again, its stores, cookies, listeners, media and keys are as in a new one.
"""

from __future__ import annotations

from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.screens import DESK, Screen

_FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"
_HELD = ("Shift", "Control", "Alt", "Meta", "Space")

Scheme = Literal["light", "dark"]
Motion = Literal["reduce", "no-preference"]


class Tabs:
    """Hand out tabs of one browser and one server."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._kept: dict[tuple[Screen, Scheme, Motion], Page] = {}

    def fresh(self, screen: Screen = DESK, scheme: Scheme = "light", motion: Motion = "no-preference") -> Page:
        """Return the tab of a kind of window, on a page of the server's that holds nothing."""
        kind = (screen, scheme, motion)
        page = self._kept.get(kind)
        if page is None or page.is_closed():
            page = self._kept[kind] = self._context(*kind).new_page()
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.context.clear_cookies()
        page.context.clear_permissions()
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        page.emulate_media(media="screen", color_scheme=scheme, reduced_motion=motion, forced_colors="none")
        page.goto(f"{self._url}/_stcore/health")
        page.evaluate(_FORGET)
        return page

    def put_away(self, page: Page) -> None:
        """Let nothing go on in a tab: what a test has left running would take time from the next."""
        if page.is_closed():
            return
        page.mouse.up()
        for key in _HELD:
            page.keyboard.up(key)
        page.goto("about:blank")

    def close(self) -> None:
        for context in {page.context for page in self._kept.values()}:
            context.close()

    def _context(self, screen: Screen, scheme: Scheme, motion: Motion) -> BrowserContext:
        size: Any = {"width": screen.width, "height": screen.height}
        return self._browser.new_context(
            viewport=size, has_touch=screen.touch, color_scheme=scheme, reduced_motion=motion
        )


class Complaints:
    """Listen to what a page's console and scripts complain about."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        self.page = page
        page.on("console", self._console)
        page.on("pageerror", self._error)

    def stop(self) -> None:
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.heard.append(message.text)

    def _error(self, error: Exception) -> None:
        self.heard.append(str(error))
