"""Small tasks of a hand, at the sizes where the page failed it: twenty of forty.

The other twenty, of the eye, stand in test_tasks_seen. What has a file of its own is not asked here once more:
(a + b)(a − b) with a finger, renaming and starts in test_page_hands; drags that outlive keys, wheels and palms in
test_drags; layouts of keys and input methods in test_keys; two fingers and lost connections in test_access; links over
work, My graphs, a full store and what is pasted in test_nothing_taken; formulas and values with two readings in
test_typing; sizes of a scrub and what a wheel means in tests/canvas.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.finger import Finger
from tests.browser.playground import Playground, Point
from tests.browser.test_keys import PRESS

pytestmark = pytest.mark.browser

HOLD = """() => {
  const post = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) { (window.held ??= []).push([this, data]); };
  window.letGo = () => {
    WebSocket.prototype.send = post;
    for (const [socket, data] of window.held) socket.send(data);
  };
}"""
"""Keep back what the page sends, until it is let go."""
WITHOUT_CLIPBOARD = "() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })"
"""As on a page that came over plain http."""


def bar(playground: Playground, name: str) -> None:
    """Tap something in the bar of what is selected."""
    playground.page.get_by_role("toolbar", name="Selection").get_by_role("button", name=name, exact=True).tap()


# A finger --------------------------------------------------------------------------------------------------------


def test_phone_a_node_is_renamed_copied_and_pasted(phone: Playground) -> None:
    phone.select("a")
    bar(phone, "Rename")
    phone.page.keyboard.type("square")
    phone.page.keyboard.press("Enter")
    phone.expect_data("square", "4")
    bar(phone, "Copy")
    bar(phone, "Paste")
    expect(phone.rows).to_have_count(6)


def test_phone_a_wire_is_pulled_off(phone: Playground) -> None:
    Finger(phone.page).drag(phone.centre(phone.port("in", "a")), phone.on_canvas(0.9, 0.95))
    expect(phone.port("in", "a")).not_to_have_class(re.compile("wired"))
    expect(phone.cell("a", "inputs")).to_have_text("—")
    expect(phone.control("undo")).to_have_attribute("title", "Undo: disconnect x → a")


def test_phone_two_nodes_become_a_block(phone: Playground) -> None:
    phone.select("a")
    bar(phone, "Select more")
    phone.select("b")
    bar(phone, "Block")
    expect(phone.page.locator('.node[data-op="Block"]')).to_be_visible()


def test_tablet_a_long_press_selects_more_and_both_go(tablet: Playground) -> None:
    finger = Finger(tablet.page)
    tablet.select("a")
    box = tablet.box(tablet.node("b"))
    finger.press(Point(box["x"] + box["width"] / 2, box["y"] + 0.2 * box["height"]))
    expect(tablet.page.locator(".node.selected")).to_have_count(2)
    finger.lift()
    bar(tablet, "Delete")
    expect(tablet.rows).to_have_count(3)


def test_phone_a_lesson_is_answered_and_leaves_the_graph_its_room(phone: Playground) -> None:
    phone.page.get_by_test_id("stExpandSidebarButton").tap()
    phone.open_lesson(8, reveal=False)
    before = phone.box(phone.canvas)["height"]
    found = phone.page.locator('.asked-chip[data-state="right"]')
    for count, value in enumerate(("64", "16"), start=1):  # 8x³ and 4a, where a is x² and x is 2
        phone.page.locator('.asked-chip[data-state="open"]').first.tap()
        phone.page.get_by_test_id("answer").fill(value)
        phone.page.keyboard.press("Enter")
        expect(found).to_have_count(count)
    expect(phone.page.get_by_test_id("answer")).to_be_hidden()
    assert phone.box(phone.canvas)["height"] > before - 30
    phone.page.locator(".asked-chip").first.tap()
    expect(phone.page.get_by_test_id("answer")).to_have_value("64")


def test_phone_steps_go_by_taps_and_end_by_one(phone: Playground) -> None:
    for _ in range(2):
        phone.page.locator('[data-step="next"]').tap()
    expect(phone.caption).to_be_visible()
    phone.page.locator('[data-step="last"]').tap()
    expect(phone.caption).to_contain_text("Step 7 of 7")
    phone.page.locator('[data-step="leave"]').tap()
    expect(phone.caption).to_be_hidden()


# Keys ------------------------------------------------------------------------------------------------------------


def test_desk_keys_count_after_a_row_of_the_table_and_after_new(desk: Playground) -> None:
    keyboard = desk.page.keyboard
    desk.page.locator('[data-panel="table"]').click()
    desk.rows.filter(has_text="Add").click()
    keyboard.press("s")
    expect(desk.caption).to_be_visible()
    desk.start_new()
    keyboard.press("Control+z")
    expect(desk.rows).to_have_count(5)


def test_desk_an_input_methods_enter_ends_neither_name_nor_search(desk: Playground) -> None:
    composing = {"key": "Enter", "code": "Enter", "isComposing": True, "keyCode": 229}
    box = desk.box(desk.node("z"))
    desk.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + 10)
    field = desk.page.locator('[data-rename="z"]')
    field.fill("和")
    desk.page.evaluate(PRESS, composing)
    expect(field).to_be_visible()
    field.press("Enter")
    desk.expect_data("和", "13")
    desk.page.keyboard.press("/")
    search = desk.page.get_by_role("combobox", name="Search for an op")
    search.fill("neg")
    desk.page.evaluate(PRESS, composing)
    expect(search).to_be_visible()
    expect(desk.rows).to_have_count(5)


def test_desk_a_caption_is_text(desk: Playground) -> None:
    desk.page.keyboard.press("s")
    desk.page.keyboard.press("End")
    desk.caption.click(click_count=3)
    for key in ("Control+c", "Delete", "Backspace"):
        desk.page.keyboard.press(key)
    expect(desk.rows).to_have_count(5)
    desk.formula.fill("")
    desk.page.keyboard.press("Control+v")
    expect(desk.formula).to_have_value(re.compile("Step 7 of 7"))


def test_desk_code_is_copied_without_a_clipboard_of_the_page(desk: Playground) -> None:
    desk.page.evaluate(WITHOUT_CLIPBOARD)
    desk.page.locator('[data-panel="code"]').click()
    copy = desk.page.get_by_role("button", name="Copy", exact=True)
    copy.click()
    expect(desk.page.get_by_text("Copied.")).to_be_visible()
    desk.formula.fill("")
    desk.page.keyboard.press("Control+v")
    expect(desk.formula).to_have_value(re.compile("import numpy"))


# Mouse and trackpad ----------------------------------------------------------------------------------------------


def test_desk_a_trackpads_swipe_pans_both_ways(desk: Playground) -> None:
    before = desk.centre(desk.node("z"))
    desk.page.mouse.move(before.x, before.y + 120)
    desk.page.mouse.wheel(30, 20)
    desk.wait_until(lambda: desk.centre(desk.node("z")) != before)
    after = desk.centre(desk.node("z"))
    assert (after.x - before.x, after.y - before.y) == pytest.approx((-30, -20), abs=1)


def test_desk_a_tiny_number_is_scrubbed_by_its_own_size(desk: Playground) -> None:
    desk.set_value("x", "3e-13")
    desk.expect_data("x", "3e-13")
    value = desk.centre(desk.node("x").locator(".value"))
    desk.drag(value, Point(value.x + 40, value.y))
    expect(desk.cell("x", "data")).to_have_attribute("data-value", re.compile(r"e-1[23]$"))
    expect(desk.cell("x", "data")).not_to_have_attribute("data-value", "3e-13")


def test_desk_a_scrub_that_is_given_up_leaves_nothing(desk: Playground) -> None:
    value = desk.centre(desk.node("x").locator(".value"))
    desk.drag(value, Point(value.x + 60, value.y), release=False)
    expect(desk.cell("z", "data")).not_to_have_attribute("data-value", "13")
    desk.page.keyboard.press("Escape")
    desk.page.mouse.up()
    desk.expect_data("z", "13")
    expect(desk.control("undo")).to_be_disabled()


def test_zoomed_two_ports_are_wired_by_clicks(zoomed: Playground) -> None:
    zoomed.palette("Square").click()
    name = zoomed.names()[-1]
    zoomed.control("fit").click()
    zoomed.settle(name)
    zoomed.port("out", "x").click()
    zoomed.port("in", name).click()
    zoomed.expect_data(name, "4")


def test_desk_on_a_processor_six_times_slower_a_lesson_and_an_edit_come(desk: Playground) -> None:
    network = desk.page.context.new_cdp_session(desk.page)
    network.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    desk.open_lesson(3, reveal=False)
    expect(desk.node("f")).to_be_visible()
    desk.set_value(desk.names()[0], "5")
    expect(desk.control("undo")).to_have_attribute("title", re.compile("to 5"))
    network.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    network.detach()


# Nothing taken ---------------------------------------------------------------------------------------------------


def test_desk_what_waits_for_the_connection_says_so_and_what_depends_on_it(desk: Playground) -> None:
    desk.page.evaluate(HOLD)
    desk.set_value("x", "7")
    expect(desk.badge("x", "pending")).to_have_text("waiting …")
    for name in ("a", "z"):
        expect(desk.badge(name, "outdated")).to_have_text("as before …")
    expect(desk.badge("b", "outdated")).to_have_count(0)
    desk.page.evaluate("window.letGo()")
    desk.expect_data("z", "58")
    expect(desk.page.locator(".badge.outdated, .badge.pending")).to_have_count(0)


def test_desk_a_reload_keeps_undo_what_runs_how_the_panel_and_the_step(desk: Playground) -> None:
    desk.set_value("x", "7")
    desk.use_variant(13)
    desk.page.locator('[data-panel="code"]').click()
    desk.page.keyboard.press("s")
    for _ in range(2):
        desk.page.locator('[data-step="next"]').click()
    expect(desk.caption).to_contain_text("Step 2 of")
    desk.page.get_by_test_id("automatic").uncheck()
    desk.reload()
    expect(desk.page.get_by_test_id("automatic")).not_to_be_checked()
    expect(desk.page.get_by_test_id("variant")).to_have_value("step 13")
    expect(desk.page.get_by_test_id("code")).to_be_visible()
    expect(desk.caption).to_contain_text("Step 2 of")
    desk.undo("set x to 7")
    desk.expect_data("x", "2")


def test_desk_a_copy_keeps_how_its_number_was_written(desk: Playground) -> None:
    desk.set_value("x", "1/3")
    desk.expect_data("x", "0.3333333333333333")
    desk.select("x")
    desk.page.keyboard.press("Control+c")
    desk.page.keyboard.press("Control+v")
    expect(desk.rows).to_have_count(6)
    copy = next(name for name in desk.names() if name not in ("x", "y", "a", "b", "z"))
    expect(desk.node(copy).locator(".value")).to_have_attribute("title", "1/3")


# What is typed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [("z = |−x| · √(y+1)", "4"), ("z = ｘ＋ｙ", "5"), ("z = x₁ − 2x₁", "-1"), ("f(x) = x²; z = f(3)", "9")],
)
def test_phone_a_formula_is_read_as_a_phone_writes_it(phone: Playground, typed: str, number: str) -> None:
    phone.type_formula(typed)
    phone.expect_data("z", number)


@pytest.mark.parametrize(("typed", "number"), [("50%", "0.5"), ("2^3", "8"), ("½", "0.5")])
def test_phone_a_value_is_read_as_a_phone_writes_it(phone: Playground, typed: str, number: str) -> None:
    phone.type_value("x", typed)
    phone.expect_data("x", number)
