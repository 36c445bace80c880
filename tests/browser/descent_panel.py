"""The panel of gradient descent as a hand meets it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.browser.playground import Playground, Point

ROSENBROCK = "x0 = 0; x1 = 2; y = 100*(x1 - x0**2)**2 + (x0 - 1)**2"


class Descent:
    """The panel as a hand meets it."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.page = playground.page

    def open(self, formula: str, rate: str, steps: str = "50") -> Descent:
        self.playground.type_formula(formula)
        self.playground.open_panel("descent")
        self.fill("rate", rate)
        self.fill("steps", steps)
        return self

    def fill(self, name: str, text: str) -> None:
        field = self.page.get_by_test_id(name)
        field.fill(text)
        field.press("Enter")

    def button(self, name: str) -> Locator:
        return self.page.locator(f'[data-descent="{name}"]')

    @property
    def told(self) -> Locator:
        return self.page.get_by_test_id("point-told")

    @property
    def rule(self) -> Locator:
        return self.page.get_by_test_id("descent-rule")

    @property
    def plot(self) -> Locator:
        return self.page.get_by_test_id("plot")

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("descent-points").locator("tbody tr:visible")

    def point_at(self, step: int) -> None:
        self.page.get_by_test_id("descent-step").fill(str(step))

    def place(self, across: float, up: float) -> Point:
        """Return where on the page a share of the plot's width and height lies."""
        box = self.plot.locator("rect.frame").bounding_box()
        assert box is not None
        return Point(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"])

    def ends(self) -> list[tuple[float, float]]:
        """Return what is written at the first and the last tick of each axis, and where they stand as shares."""
        summary = self.page.get_by_test_id("descent-summary").inner_text().replace("−", "-")
        found = re.findall(r"from (-?[\d.]+) to (-?\d+(?:\.\d+)?)", summary)
        return [(float(low), float(high)) for low, high in found[:2]]
