"""Keys wherever the focus is, on every layout, beside input methods, and not where text is read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground

pytestmark = pytest.mark.browser

PRESS = """
(init) => {
  const active = () => {
    let found = document.activeElement;
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
    return found ?? document.body;
  };
  active().dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, composed: true, cancelable: true, ...init }));
}
"""


def test_keys_count_right_after_loading_and_after_a_lesson(playground: Playground) -> None:
    keyboard = playground.page.keyboard
    keyboard.press("s")
    expect(playground.caption).to_contain_text("Before the first step")
    keyboard.press("s")
    expect(playground.caption).to_be_hidden()
    playground.open_lesson(5)
    playground.set_value("x", "7")
    playground.expect_data("y", "14")
    playground.page.get_by_role("button", name="Save").focus()
    keyboard.press("Control+z")
    playground.expect_data("y", "6")
    keyboard.press("?")
    expect(playground.page.get_by_role("dialog", name="Shortcuts")).to_be_visible()


def test_steps_and_arrows_pressed_before_the_answer_are_kept_in_order(playground: Playground) -> None:
    playground.open_lesson(2)
    for key in ("s", "Home", "ArrowRight", "ArrowRight", "ArrowRight"):
        playground.page.keyboard.press(key)
    expect(playground.caption).to_contain_text("Step 3 of")


@pytest.mark.parametrize(("key", "code", "undone"), [("я", "KeyZ", True), ("z", "KeyY", True), ("y", "KeyZ", False)])
def test_undo_is_where_people_look_for_it(playground: Playground, key: str, code: str, undone: bool) -> None:
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    playground.page.evaluate(PRESS, {"key": key, "code": code, "ctrlKey": True})
    playground.page.evaluate(PRESS, {"key": "s", "code": "KeyS"})  # what comes after it is seen after it
    expect(playground.caption).to_be_visible()
    playground.expect_data("x", "2" if undone else "7")


def test_single_letters_can_be_switched_off(playground: Playground) -> None:
    page = playground.page
    page.keyboard.press("?")
    page.get_by_label("Shortcuts of a single letter").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.keyboard.press("s")
    page.locator('[data-panel="code"]').click()
    expect(page.get_by_test_id("code")).to_be_visible()
    expect(playground.caption).to_be_hidden()


@pytest.mark.parametrize("panel", ["code", "table", "inspect"])
def test_in_a_text_keys_of_text_never_touch_the_graph(playground: Playground, panel: str) -> None:
    page = playground.page
    playground.select("a")
    page.locator(f'[data-panel="{panel}"]').click()
    page.locator(".side").focus()
    for key in ("Control+a", "Delete", "Backspace", "Control+c", "Control+v"):
        page.keyboard.press(key)
    page.locator('[data-panel="code"]').click() if panel != "code" else None
    expect(playground.lines_of_code("z").first).to_be_visible()
    expect(playground.rows).to_have_count(5)
    expect(page.locator(".node.selected")).to_have_count(1)


def test_keys_of_an_input_method_do_not_commit(playground: Playground) -> None:
    composing = {"key": "Enter", "code": "Enter", "isComposing": True}
    playground.formula.fill("z = x + y")
    playground.page.evaluate(PRESS, composing)
    playground.page.evaluate(PRESS, {**composing, "key": "Escape"})
    expect(playground.formula).to_have_value("z = x + y")
    playground.expect_data("z", "13")  # still the squares
    playground.formula.press("Enter")
    playground.expect_data("z", "5")
    playground.node("x").locator(".value").click()
    field = playground.page.locator('[data-edit="x"]')
    field.fill("4")
    playground.page.evaluate(PRESS, composing)
    expect(field).to_be_visible()
    field.press("Enter")
    playground.expect_data("z", "7")


def test_a_drag_ends_when_the_button_is_gone(playground: Playground) -> None:
    start = playground.centre(playground.port("out", "z"))
    playground.drag(playground.centre(playground.node("z")), playground.on_canvas(0.7, 0.2), release=False)
    # The button was let go over another window: the next move comes without it.
    playground.canvas.evaluate(
        "(stage) => stage.dispatchEvent(new PointerEvent('pointermove',"
        " { bubbles: true, pointerId: 1, buttons: 0, clientX: 500, clientY: 300 }))"
    )
    playground.page.mouse.up()
    playground.settle("z")
    assert playground.centre(playground.port("out", "z")).x == pytest.approx(start.x, abs=1)


def test_space_or_the_middle_button_pans_from_anywhere(playground: Playground) -> None:
    mouse, value = playground.page.mouse, playground.node("x").locator(".value")
    before = playground.centre(value)
    mouse.move(before.x, before.y)
    mouse.down(button="middle")
    mouse.move(before.x + 60, before.y + 40, steps=4)
    mouse.up(button="middle")
    after = playground.centre(value)
    assert (after.x - before.x, after.y - before.y) == pytest.approx((60, 40), abs=1)
    playground.canvas.focus()
    playground.page.keyboard.down("Space")
    playground.drag(after, before)
    playground.page.keyboard.up("Space")
    assert playground.centre(value).x == pytest.approx(before.x, abs=1)
    playground.expect_data("x", "2")
