"""Parameters of ops, and arrays of inputs, edited on the node itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground

pytestmark = pytest.mark.browser

PASTE = "(cells) => navigator.clipboard.writeText(cells)"


def set_parameters(playground: Playground, name: str, text: str) -> None:
    """Click the parameter on the node, type another, press Enter."""
    playground.node(name).locator(".parameter").click()
    field = playground.page.locator(f'[data-edit="{name}"]')
    field.fill(text)
    field.press("Enter")


def test_an_exponent_is_edited_by_mouse_and_undone(playground: Playground) -> None:
    playground.type_formula("x = 2; y = x ** 3")
    playground.expect_data("y", "8")
    set_parameters(playground, "y", "−2")
    playground.expect_data("y", "0.25")
    playground.expect_grad("x", "-0.25")  # −2 x⁻³ at 2
    expect(playground.node("y")).to_have_attribute("aria-label", "y, Pow (−2) of x, data 0.25, grad 1")
    expect(playground.cell("y", "op")).to_have_text("Pow (−2)")
    playground.undo("set y to −2")
    playground.expect_data("y", "8")


def test_an_exponent_is_edited_by_keyboard_and_escape_restores(playground: Playground) -> None:
    playground.type_formula("x = 2; y = x ** 3")
    playground.expect_data("y", "8")
    keyboard = playground.page.keyboard
    playground.node("y").focus()
    keyboard.press("Enter")
    field = playground.page.locator('[data-edit="y"]')
    expect(field).to_have_value("3")
    keyboard.type("7")
    keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(playground.node("y")).to_be_focused()
    keyboard.press("Enter")
    keyboard.type("4")
    keyboard.press("Enter")
    playground.expect_data("y", "16")
    playground.expect_grad("x", "32")  # 4 x³ at 2
    expect(playground.node("y")).to_be_focused()


def test_an_exponent_is_dragged_sideways_in_one_step_of_undo(playground: Playground) -> None:
    playground.type_formula("x = 2; y = x ** 3")
    playground.expect_data("y", "8")
    start = playground.centre(playground.node("y").locator(".parameter"))
    # Ten steps of 4 px, each a tenth: from 3 to 4.
    playground.drag(start, type(start)(start.x + 40, start.y))
    playground.expect_data("y", "16")
    playground.undo("set exponent of y to 4")
    playground.expect_data("y", "8")


def test_a_constants_number_is_edited_where_it_stands(playground: Playground) -> None:
    playground.open_lesson(4)
    set_parameters(playground, "k", "3")
    playground.expect_data("f", "-30")
    expect(playground.formula).to_have_value("f = (x * y + max(z, w)) * 3")


def test_several_parameters_are_edited_in_one_text(playground: Playground) -> None:
    playground.type_formula("x = [[1, 2], [3, 4]]; y = sum(x)")
    playground.expect_data("y", "10")
    playground.node("y").locator(".parameter").click()
    field = playground.page.locator('[data-edit="y"]')
    expect(field).to_have_value("axis=all, keepdims=no")
    field.fill("axis=0, keepdims=yes")
    field.press("Enter")
    playground.expect_data("y", "[[4, 6]]")
    set_parameters(playground, "y", "axis=2")
    playground.expect_data("y", "")
    expect(playground.node("y")).to_have_attribute("aria-label", re.compile(r"does not fit shape \(2, 2\)$"))


def test_nonsense_is_refused_beside_the_node_and_the_old_parameter_kept(playground: Playground) -> None:
    playground.type_formula("x = 2; y = x ** 3")
    playground.expect_data("y", "8")
    set_parameters(playground, "y", "three")
    playground.expect_notice("exponent of Pow is a number from −1 000 000 to 1 000 000; “three” is not.")
    playground.expect_data("y", "8")


def test_fewer_ports_take_their_wires_along_and_one_undo_brings_them_back(playground: Playground) -> None:
    playground.type_formula("x = [1, 2]; y = concat(x, x, x)")
    playground.expect_data("y", "[1, 2, 1, 2, 1, 2]")
    ports = playground.node("y").locator(".port.in")
    expect(ports).to_have_count(3)
    set_parameters(playground, "y", "axis=0, n_inputs=2")
    expect(ports).to_have_count(2)
    playground.expect_data("y", "[1, 2, 1, 2]")
    playground.undo("set y to axis=0, n_inputs=2")
    expect(ports).to_have_count(3)
    playground.expect_data("y", "[1, 2, 1, 2, 1, 2]")


def test_a_copy_has_the_same_parameters(playground: Playground) -> None:
    playground.type_formula("x = 2; y = x ** 5")
    playground.expect_data("y", "32")
    playground.node("y").focus()
    playground.page.keyboard.press("Space")
    playground.page.keyboard.press("Control+d")
    expect(playground.rows).to_have_count(3)
    expect(playground.cell("a", "op")).to_have_text("Pow (5)")


def test_a_matrix_is_pasted_from_a_spreadsheet(playground: Playground) -> None:
    page = playground.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    playground.type_formula("x = 1; y = sum(x, axis=0)")
    playground.expect_data("y", "1")
    page.evaluate(PASTE, "1\t−2.5\n3\t4\n")
    playground.node("x").locator(".value").click()
    expect(playground.node("x").locator(".editor-hint")).to_contain_text("cells from a spreadsheet")
    page.keyboard.press("Control+v")
    page.keyboard.press("Enter")
    playground.expect_data("x", "[[1, -2.5], [3, 4]]")
    playground.expect_data("y", "[4, 1.5]")
    expect(playground.cell("x", "data")).to_contain_text("(2, 2)")


def test_random_numbers_are_asked_for_with_a_seed(playground: Playground) -> None:
    playground.set_value("x", "random(2, seed=1)")
    # The first two of NumPy's default_rng(1).standard_normal.
    playground.expect_data("x", "[0.345584192064786, 0.8216181435011584]")
