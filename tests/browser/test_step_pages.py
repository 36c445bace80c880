"""Of very many steps the browser has a page, and asks for the next before somebody needs it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground

pytestmark = pytest.mark.browser


def test_steps_of_several_pages_are_walked_and_played_without_a_gap(playground: Playground) -> None:
    playground.type_formula("a0 = x + x\n" + "\n".join(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 12)))
    playground.expect_data("a11", "8192")
    playground.use_variant(14)
    playground.open_steps()
    total = 12 + 1 + 312  # forward, the seed, and the visits of a variant that goes along every path by itself
    playground.page.keyboard.press("End")
    expect(playground.caption).to_contain_text(f"Step {total} of {total}")
    for number in range(total - 1, total - 60, -1):
        playground.page.keyboard.press("ArrowLeft")
        expect(playground.caption).to_contain_text(f"Step {number} of {total}")
    playground.page.keyboard.press("Home")
    expect(playground.caption).to_contain_text("Before the first step")
    for number in range(1, total + 1):
        playground.page.keyboard.press("ArrowRight")
        expect(playground.caption).to_contain_text(f"Step {number} of {total}")
