"""What a hand does on the page: begins, renames, types, and finds the bar of what is selected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.finger import Finger
from tests.browser.playground import Playground
from tests.browser.screens import DESK, PHONE, TABLET, Screen
from tests.browser.test_legible import text_px

pytestmark = pytest.mark.browser


def test_an_empty_canvas_offers_three_starts(on: Callable[[Screen], Playground]) -> None:
    playground = on(PHONE)
    page = playground.page
    for start, shown in (
        ("Add an Input", '.node[data-op="Input"]'),
        ("z = x**2 + y**2", '.node[data-op="Add"]'),
        ("Open the first lesson", '[data-node="z"]'),
    ):
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("button", name="New", exact=True).click()
        page.get_by_role("button", name=start, exact=True).click()
        expect(page.locator(shown)).to_be_visible()
        expect(page.locator(".hint")).to_be_hidden()


def test_a_finger_renames_duplicates_and_deletes(on: Callable[[Screen], Playground]) -> None:
    playground = on(TABLET)
    page, finger = playground.page, Finger(playground.page)
    bar = page.get_by_role("toolbar", name="Selection")
    finger.tap(playground.centre(playground.node("a")))
    finger.tap(playground.centre(bar.get_by_role("button", name="Rename")))
    field = page.locator('[data-rename="a"]')
    field.fill("square")
    field.press("Enter")
    expect(playground.node("square")).to_be_visible()
    finger.tap(playground.centre(bar.get_by_role("button", name="Duplicate")))
    expect(playground.rows).to_have_count(6)
    finger.tap(playground.centre(bar.get_by_role("button", name="Delete")))
    expect(playground.rows).to_have_count(5)
    finger.tap(playground.centre(playground.node("b")))
    expect(page.locator('.node.selected[data-node="b"]')).to_be_visible()
    more = bar.get_by_role("button", name="Select more")
    finger.tap(playground.centre(more))
    expect(more).to_have_attribute("aria-pressed", "true")
    finger.tap(playground.centre(playground.node("square")))
    expect(page.locator(".node.selected")).to_have_count(2)
    finger.tap(playground.centre(bar.get_by_role("button", name="Block")))
    expect(page.locator('.node[data-op="Block"]')).to_be_visible()


def test_a_name_is_changed_by_a_double_click(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    box = playground.box(playground.node("z"))
    playground.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + 10)
    field = playground.page.locator('[data-rename="z"]')
    field.fill("b")  # which another node is called
    field.press("Enter")
    expect(playground.notice).to_contain_text("Another node is named b already")
    field.fill("total")
    field.press("Enter")
    playground.expect_data("total", "13")


def test_the_numbers_follow_while_a_value_is_typed_and_go_back_on_escape(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    playground.node("x").locator(".value").click()
    field = playground.page.locator('[data-edit="x"]')
    field.press_sequentially("3")
    playground.expect_data("z", "18")  # 3² + 3²
    field.press_sequentially("0")
    playground.expect_data("z", "909")
    expect(field).to_be_visible()
    field.press("Escape")
    playground.expect_data("z", "13")
    playground.node("x").locator(".value").click()
    field.press_sequentially("1.5x")
    playground.expect_data("z", "11.25")
    field.press("Enter")  # refused: what stood there stands there again
    expect(playground.notice).to_be_visible()
    playground.expect_data("z", "13")
    field.fill("4")
    field.press("Enter")
    playground.expect_data("z", "25")
    playground.undo("set x to 4")
    playground.expect_data("z", "13")


def test_the_bar_of_what_is_selected_covers_no_node(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    bar = playground.page.get_by_role("toolbar", name="Selection")
    for down in (0.93, 0.07, 0.93):
        name = playground.drag_in("Square", playground.on_canvas(0.5, down))
        expect(bar).to_be_visible()
        for other in playground.names():
            node = playground.node(other)
            playground.wait_until(lambda node=node: not overlap(playground.box(bar), playground.box(node)))  # type: ignore[misc]
        playground.page.keyboard.press("Control+z")
        expect(playground.node(name)).to_have_count(0)


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(
        one[axis] < other[axis] + other[size] and other[axis] < one[axis] + one[size]
        for axis, size in (("x", "width"), ("y", "height"))
    )


def test_on_a_phone_a_plus_b_times_a_minus_b_is_built_with_a_finger(on: Callable[[Screen], Playground]) -> None:
    """From nothing: taps in the palette, a finger from port to port, values tapped and typed; undone by a tap."""
    playground = on(PHONE)
    page, finger = playground.page, Finger(playground.page)
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.get_by_role("button", name="New", exact=True).tap()
    expect(playground.rows).to_have_count(0)
    all_ops = page.get_by_role("button", name="All", exact=True)
    all_ops.tap()
    for op in ("Input", "Input", "Add", "Sub", "Mul"):
        playground.palette(op).tap()
    expect(playground.rows).to_have_count(5)
    # Without the list of all ops there is more room, in which the nodes can be read again.
    all_ops.tap()
    expect(page.locator(".palette.whole")).to_have_count(0)
    playground.wait_until(lambda: text_px(playground) >= 9)
    by_op = {"Add": "", "Sub": "", "Mul": ""}
    for name in playground.names():
        op = playground.cell(name, "op").inner_text()
        if op in by_op:
            by_op[op] = name
    added, taken, product = by_op.values()
    for source, target, port in (
        *(("x", added, 0), ("y", added, 1)),
        *(("x", taken, 0), ("y", taken, 1)),
        *((added, product, 0), (taken, product, 1)),
    ):
        finger.drag(
            playground.centre(playground.port("out", source)), playground.centre(playground.port("in", target, port))
        )
        expect(playground.port("in", target, port)).to_have_class("port in wired")
    for name, text in (("x", "5"), ("y", "3")):
        finger.tap(playground.centre(playground.node(name).locator(".value")))
        field = page.locator(f'[data-edit="{name}"]')
        field.fill(text)
        field.press("Enter")
    playground.expect_data(product, "16")  # (5 + 3)(5 − 3)
    playground.expect_grad("x", "10")  # 2a
    playground.expect_grad("y", "-6")  # −2b


def test_the_menu_goes_by_keys_and_is_put_away(on: Callable[[Screen], Playground]) -> None:
    playground = on(PHONE)
    page, opener = playground.page, playground.control("menu")
    opener.tap()
    box = page.get_by_role("menu").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= PHONE.width - box["width"]
    expect(page.locator('[data-entry="tidy"]')).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator('[data-entry="shortcuts"]')).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.tap()
    page.get_by_test_id("question").tap(position={"x": 2, "y": 8})  # anywhere else, beside the menu
    expect(page.get_by_role("menu")).to_be_hidden()
    playground.menu("shortcuts")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_visible()
