"""The graph that computes a gradient, drawn beside the first and differentiated again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.playground import Playground

pytestmark = pytest.mark.browser


def offer(playground: Playground, name: str) -> Locator:
    return playground.page.get_by_role("button", name=f"Show the graph of {name}.grad")


def test_newtons_function_is_differentiated_twice(playground: Playground) -> None:
    # f = x⁴ − 2x²: f′ = 4x³ − 4x = 24 and f″ = 12x² − 4 = 44 at 2
    playground.type_formula("x = 2; y = x ** 4 - 2 * x ** 2")
    playground.expect_grad("x", "24")
    playground.inspect("x")
    offer(playground, "x").click()
    playground.expect_data("gx", "24")
    playground.expect_grad("x", "44")
    playground.expect_data("y", "8")
    offer(playground, "x").click()
    playground.expect_grad("x", "48")  # f‴ = 24x


def test_the_drawn_gradient_follows_an_edit_and_is_one_step_of_undo(playground: Playground) -> None:
    playground.inspect("x")
    offer(playground, "x").click()
    playground.expect_data("gx", "4")
    playground.set_value("x", "5")
    playground.expect_data("gx", "10")
    playground.undo("set x to 5")
    playground.undo("draw the gradient by x")
    expect(playground.rows).to_have_count(5)
    playground.expect_grad("x", "4")


def test_both_graphs_are_in_view(playground: Playground) -> None:
    playground.inspect("x")
    offer(playground, "x").click()
    playground.expect_data("gx", "4")
    frame = playground.canvas.bounding_box()
    assert frame is not None

    def is_in_view(name: str) -> bool:
        place = playground.centre(playground.node(name))
        across, down = place.x - frame["x"], place.y - frame["y"]
        return 0 < across < frame["width"] and 0 < down < frame["height"]

    playground.wait_until(lambda: all(map(is_in_view, ("x", "y", "z", "gx"))))


def test_what_does_not_depend_on_it_is_told_in_a_sentence(playground: Playground) -> None:
    playground.type_formula("y = x ** 2; z = w + 1")
    playground.inspect("x")
    offer(playground, "x").click()
    expect(playground.page.get_by_text("z does not depend on x: its gradient is None.")).to_be_visible()
    expect(playground.rows).to_have_count(5)
    expect(playground.node("y")).to_have_attribute("aria-label", re.compile("Square"))
