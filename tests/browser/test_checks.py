"""What a class doubts: what a gradient means, whether the rule is right, its shape and its size."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground

pytestmark = pytest.mark.browser


# What the number means, and whether the rule is right -----------------------------------------------------------


def test_the_nudge_closes_in_on_grad(playground: Playground) -> None:
    playground.open_panel("check")
    row = playground.page.locator('[data-nudge="x"]')
    h = playground.page.get_by_test_id("h")
    # ((2 + h)² − 4) / h = 4 + h
    for exponent, quotient in (("0", "5"), ("-1", "4.1"), ("-3", "4.001")):
        h.fill(exponent)
        expect(row.locator('[data-column="quotient"]')).to_have_text(quotient)
        expect(row.locator('[data-column="grad"]')).to_have_text("4")
    expect(playground.page.locator('[data-nudge="y"] [data-column="quotient"]')).to_have_text("6.001")


def test_the_gradient_check_agrees_and_catches_a_wrong_engine(playground: Playground) -> None:
    playground.open_lesson(8)
    playground.open_panel("check")
    check = playground.page.get_by_test_id("check-gradients")
    result = playground.page.locator('[data-check="x"]')
    check.click()
    expect(result).to_have_attribute("data-agrees", "true")
    playground.use_variant(14)
    expect(result).to_have_count(0)  # what was found is of another engine
    check.click()
    expect(result).to_have_attribute("data-agrees", "false")
    expect(result).to_contain_text("96")
    expect(result).to_contain_text("64")


def test_the_gradient_check_names_a_kink(playground: Playground) -> None:
    playground.type_formula("x = 0; y = relu(x)")
    playground.expect_data("y", "0")
    playground.open_panel("check")
    playground.page.get_by_test_id("check-gradients").click()
    expect(playground.page.locator(".remark").first).to_contain_text("kink")


# Shapes, and sizes ----------------------------------------------------------------------------------------------


def test_a_gradient_has_the_shape_of_its_data(playground: Playground) -> None:
    playground.type_formula("x = [1, 2, 3]; b = 2; y = x * b")
    playground.expect_data("y", "[2, 4, 6]")
    expect(playground.node("x")).to_have_attribute("aria-label", re.compile(r"\(3,\)"))
    playground.expect_grad("x", "[2, 2, 2]")
    playground.expect_grad("b", "6")  # 1 + 2 + 3: it was repeated for each
    playground.open_steps()
    playground.step_to(3)
    expect(playground.caption).to_contain_text("b was repeated 3 times, so its contributions are added")


def test_bars_show_gradients_that_vanish(playground: Playground) -> None:
    playground.type_formula("x = 5; a = tanh(x); b = tanh(a); c = tanh(b)")
    playground.canvas.focus()
    playground.page.keyboard.press("g")
    expect(playground.page.get_by_test_id("bar-scale")).to_be_visible()
    # Each stage multiplies by 1 − tanh².
    grads = [1.0]
    for value in (math.tanh(math.tanh(5)), math.tanh(5), 5):
        grads.append(grads[-1] * (1 - math.tanh(value) ** 2))
    shown = [float(playground.badge(name, "bar").inner_text().replace("−", "-")) for name in "cbax"]
    assert shown == pytest.approx(grads, rel=1e-3)
    expect(playground.page.get_by_test_id("bar-scale")).to_have_text("log scale, 10⁻⁵ to 10⁰")
    lengths = [
        float(playground.node(name).evaluate("(node) => getComputedStyle(node).getPropertyValue('--bar')"))
        for name in "cbax"
    ]
    assert lengths == pytest.approx([1 + math.log10(grad) / 5 for grad in grads], abs=1e-3)
