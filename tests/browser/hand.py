"""A hand on the page in a browser that Playwright does not drive: mouse, wheel and keys, and what is seen."""

from __future__ import annotations

import time
from typing import Any

from tests.browser.playground import Point
from tests.browser.webdriver import Driver

_PATIENCE_SECONDS = 30
_KEYS = {"Enter": "\ue007", "Home": "\ue011", "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Escape": "\ue00c"}
# The canvas and the list of lessons stand in shadow roots; what Streamlit shows does not.
_FIND = """
const roots = [...document.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []).concat(document);
const findAll = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
const find = (selector) => findAll(selector)[0] ?? null;
"""


class Hand:
    """Do and see what a person does and sees."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver

    def ask(self, body: str, *arguments: object) -> Any:
        """Run a script that knows `find` and `findAll`, and return what it returns."""
        return self.driver.send("ExecuteScript", script=_FIND + body, args=list(arguments))

    def wait_for(self, body: str, *arguments: object) -> Any:
        """Ask until the answer holds, and return it."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not (answer := self.ask(body, *arguments)):
            assert time.monotonic() < deadline, f"it did not come to hold: {body} {arguments}"
        return answer

    def place(self, selector: str, across: float = 0.5, down: float = 0.5) -> Point:
        """Return a place within something, once that is seen and rests."""
        body = """
        const box = find(arguments[0])?.getBoundingClientRect();
        if (!box || box.width === 0) return null;
        const before = (window.lastBoxes ??= {})[arguments[0]];
        window.lastBoxes[arguments[0]] = [box.left, box.top];
        if (before?.[0] !== box.left || before?.[1] !== box.top) return null;
        return [box.left + arguments[1] * box.width, box.top + arguments[2] * box.height];
        """
        x, y = self.wait_for(body, selector, across, down)
        return Point(x, y)

    def drag(self, *places: Point) -> None:
        moves = [_move(places[0], 0), {"type": "pointerDown", "button": 0}]
        moves += [_move(place, 60) for place in places[1:]]
        self._mouse([*moves, {"type": "pointerUp", "button": 0}])

    def click(self, selector: str) -> None:
        self.drag(self.place(selector))

    def turn_wheel(self, at: Point, down: int) -> None:
        scroll = {"type": "scroll", "x": round(at.x), "y": round(at.y), "deltaX": 0, "deltaY": down, "duration": 0}
        self.driver.send("PerformActions", actions=[{"type": "wheel", "id": "wheel", "actions": [scroll]}])

    def press(self, *keys: str) -> None:
        presses: list[dict[str, Any]] = []
        for key in keys:
            value = _KEYS.get(key, key)
            presses += [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        self.driver.send("PerformActions", actions=[{"type": "key", "id": "keys", "actions": presses}])

    def write(self, text: str) -> None:
        self.press(*text)

    def _mouse(self, actions: list[dict[str, Any]]) -> None:
        parameters = {"pointerType": "mouse"}
        mouse = {"type": "pointer", "id": "mouse", "parameters": parameters, "actions": actions}
        self.driver.send("PerformActions", actions=[mouse])


def _move(place: Point, duration: int) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(place.x), "y": round(place.y), "duration": duration, "origin": "viewport"}
