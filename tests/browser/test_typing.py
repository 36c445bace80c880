"""What students type: read as it was meant, both readings offered where two are usual, kept as it was written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.playground import Playground
from tests.browser.screens import PHONE, Screen

pytestmark = pytest.mark.browser

FINGER_PX = 44


def offers(playground: Playground) -> Locator:
    return playground.page.locator(".offer:visible")


def test_a_formula_is_read_as_people_write_it(playground: Playground) -> None:
    told = playground.page.get_by_test_id("formula-reading")
    fault = playground.page.get_by_test_id("formula-fault")
    playground.type_formula("z = x² + 2y")
    expect(told).to_have_text("read as z = x ** 2 + 2 * y")
    playground.expect_data("z", "10")
    playground.canvas.click(position={"x": 20, "y": 20})
    expect(told).to_be_hidden()

    playground.type_formula("z = 1/2x")
    expect(offers(playground)).to_have_text(["z = 1 / (2 * x)", "z = 1 / 2 * x"])
    playground.expect_data("z", "10")
    offers(playground).first.click()
    playground.expect_data("z", "0.25")
    expect(fault).to_be_hidden()

    playground.type_formula("z = f(x+1)")
    offers(playground).nth(1).click()
    expect(playground.formula).to_have_value("f(x) = ...; z = f(x + 1)")
    playground.page.keyboard.type("x^2")  # in the place of the dots
    playground.formula.press("Enter")
    playground.expect_data("z", "9")

    playground.type_formula("h = wx + x; z = (h - t)^2")
    expect(told).to_contain_text("wx is an input of its own")
    offers(playground).first.click()
    expect(playground.cell("h", "inputs")).to_contain_text("a, x")
    expect(playground.formula).to_have_value("h = w * x + x; z = (h - t) ** 2")
    playground.formula.press("Escape")
    playground.set_value("x", "3")
    expect(playground.formula).to_have_value("h = w * x + x; z = (h - t) ** 2")


def test_a_value_is_kept_as_it_was_written(playground: Playground) -> None:
    playground.set_value("x", "1/2")
    playground.expect_data("z", "9.25")
    value = playground.node("x").locator(".value")
    expect(value).to_have_attribute("title", "1/2")
    value.click()
    field = playground.page.locator('[data-edit="x"]')
    expect(field).to_have_value("1/2")
    field.press("Escape")
    expect(playground.inspect("x").get_by_role("textbox", name="Value", exact=True)).to_have_value("1/2")
    assert playground.saved()["nodes"][0]["written"] == "1/2"
    playground.reload()
    expect(playground.node("x").locator(".value")).to_have_attribute("title", "1/2")

    playground.set_value("x", "1,5")
    expect(playground.notice).to_contain_text("1.5 or [1, 5]?")
    expect(offers(playground)).to_have_text(["1.5", "[1, 5]"])
    offers(playground).first.click()
    playground.expect_data("z", "11.25")
    expect(playground.notice).to_be_hidden()
    expect(playground.page.locator('[data-edit="x"]')).to_have_count(0)
    playground.set_value("x", "1 1/2")
    expect(offers(playground)).to_have_text(["1 + 1/2", "[1, 1/2]"])
    expect(playground.page.locator('[data-edit="x"]')).to_be_focused()
    playground.page.keyboard.press("Tab")
    playground.page.keyboard.press("Enter")
    expect(playground.node("x").locator(".value")).to_have_attribute("title", "1 + 1/2")


def test_a_finger_takes_what_is_meant(on: Callable[[Screen], Playground]) -> None:
    playground = on(PHONE)
    playground.type_formula("z = 1/2x")
    for offer in offers(playground).all():
        box = playground.box(offer)
        assert min(box["width"], box["height"]) >= FINGER_PX
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE.width
    offers(playground).last.tap()
    playground.expect_data("z", "1")
    playground.inspect("x").get_by_role("textbox", name="Value", exact=True).fill("1,5")
    playground.page.keyboard.press("Enter")
    for offer in offers(playground).all():
        assert playground.box(offer)["height"] >= FINGER_PX
    offers(playground).first.tap()
    playground.expect_data("z", "0.75")
