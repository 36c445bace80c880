"""A finger on the page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.browser.playground import Point


class Finger:
    """Touch the page as a finger does, by the browser's own protocol."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)

    def drag(self, start: Point, end: Point, steps: int = 6) -> None:
        self._send("touchStart", start)
        for step in range(1, steps + 1):
            share = step / steps
            self._send("touchMove", Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y)))
        self._send("touchEnd")

    def press(self, at: Point) -> None:
        """Put the finger down, and let it rest."""
        self._send("touchStart", at)

    def lift(self) -> None:
        self._send("touchEnd")

    def tap(self, at: Point) -> None:
        self._send("touchStart", at)
        self._send("touchEnd")

    def pinch(self, middle: Point, start: float, end: float, steps: int = 6) -> None:
        for step in range(steps + 1):
            apart = start + (end - start) * step / steps
            fingers = [Point(middle.x - apart / 2, middle.y), Point(middle.x + apart / 2, middle.y)]
            self._send("touchMove" if step else "touchStart", *fingers)
        self._send("touchEnd")

    def _send(self, kind: str, *fingers: Point) -> None:
        points: list[dict[str, Any]] = [{"x": at.x, "y": at.y, "id": number} for number, at in enumerate(fingers)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
