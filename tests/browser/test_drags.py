"""What is in hand when something else happens: a key, a wheel, a window, a palm, a button that was let go elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.finger import Finger
from tests.browser.playground import Playground, Point
from tests.browser.screens import DESK, TABLET, Screen

pytestmark = pytest.mark.browser

# A pointer's event at a place of the window, where the browser's own protocol has no pen, or keeps no finger down.
POINT = """
(stage, [kind, pointerId, pointerType, clientX, clientY, buttons]) => {
  const capture = Element.prototype.setPointerCapture;
  Element.prototype.setPointerCapture = () => {};
  const met = stage.getRootNode().elementFromPoint(clientX, clientY) ?? stage;
  const button = kind === "pointermove" ? -1 : 0;
  const isPrimary = pointerId === 7;
  const init = { pointerId, pointerType, clientX, clientY, buttons, button, isPrimary };
  met.dispatchEvent(new PointerEvent(kind, { bubbles: true, composed: true, cancelable: true, ...init }));
  Element.prototype.setPointerCapture = capture;
}
"""
LET_GO = """
(made) => made.dispatchEvent(new PointerEvent("pointermove", {
  bubbles: true, composed: true, pointerId: 1, pointerType: "mouse", buttons: 0, clientX: 600, clientY: 400,
}))
"""


@pytest.fixture
def desk(on: Callable[[Screen], Playground]) -> Playground:
    playground = on(DESK)
    playground.page.on("pageerror", lambda error: pytest.fail(str(error)))
    return playground


def test_what_is_deleted_or_undone_in_mid_drag_is_out_of_the_hand(desk: Playground) -> None:
    page = desk.page
    away = desk.on_canvas(0.6, 0.85)
    for held, name in ((desk.node("a"), "a"), (desk.node("x").locator(".value"), "x"), (desk.port("out", "y"), "y")):
        desk.drag(desk.centre(held), away, release=False)
        page.keyboard.press("Delete")
        expect(desk.node(name)).to_have_count(0)
        page.mouse.move(away.x - 90, away.y - 90, steps=3)
        page.mouse.up()
        expect(page.locator(".search:visible")).to_have_count(0)
        desk.undo(f"delete {name}")
        expect(desk.node(name)).to_be_visible()
    desk.drag_in("Neg", away)
    desk.drag(away, desk.on_canvas(0.8, 0.6), release=False)
    page.keyboard.press("Control+z")
    expect(desk.rows).to_have_count(5)
    page.mouse.move(away.x, away.y, steps=3)
    page.mouse.up()
    expect(desk.control("redo")).to_have_attribute("title", "Redo: add Neg")  # no move came after it


def test_what_is_in_hand_stays_under_the_pointer_while_the_view_changes(desk: Playground) -> None:
    page, place = desk.page, desk.on_canvas(0.6, 0.8)

    def stands(at: Point) -> bool:
        centre = desk.centre(desk.node("z"))
        return (centre.x, centre.y) == pytest.approx((at.x, at.y), abs=3)

    desk.drag(desk.centre(desk.node("z")), place, release=False)
    width = desk.box(desk.node("z"))["width"]
    page.mouse.wheel(0, -200)
    desk.wait_until(lambda: desk.box(desk.node("z"))["width"] > 1.2 * width)
    desk.wait_until(lambda: stands(place))
    page.set_viewport_size({"width": 1100, "height": 760})
    desk.wait_until(lambda: stands(place))
    page.keyboard.press("f")
    desk.wait_until(lambda: stands(place))
    page.mouse.move(place.x - 50, place.y - 20, steps=2)
    assert stands(Point(place.x - 50, place.y - 20))
    page.mouse.up()
    desk.undo("move z")


def test_a_palette_entry_let_go_where_the_page_was_not_told_flies_home(desk: Playground) -> None:
    entry = desk.palette("Square")
    desk.drag(desk.centre(entry), desk.on_canvas(0.5, 0.9), release=False)
    expect(desk.page.locator(".ghost")).to_have_count(1)
    entry.evaluate(LET_GO)
    expect(desk.page.locator(".ghost")).to_have_count(0)
    desk.page.mouse.up()
    expect(desk.rows).to_have_count(5)


@pytest.mark.parametrize("stepping", [False, True])
def test_space_pans_wherever_the_focus_is_and_means_nothing_else(desk: Playground, stepping: bool) -> None:
    desk.open_lesson(1)  # whose button has the focus now
    if stepping:
        desk.page.keyboard.press("s")
        expect(desk.caption).to_contain_text("Before the first step")
    before = desk.centre(desk.node("x").locator(".value"))
    desk.page.keyboard.down("Space")
    desk.drag(before, Point(before.x + 60, before.y + 40))
    desk.page.keyboard.up("Space")
    after = desk.centre(desk.node("x").locator(".value"))
    assert (after.x - before.x, after.y - before.y) == pytest.approx((60, 40), abs=1)
    if stepping:
        desk.expect_playing(playing=False)
    expect(desk.control("undo")).to_have_attribute("title", "Undo: open another graph")


def test_a_pressed_text_keeps_the_keys_of_texts(desk: Playground) -> None:
    desk.page.get_by_test_id("question").click()
    for key in ("Control+a", "Delete", "Backspace"):
        desk.page.keyboard.press(key)
    desk.page.keyboard.press("s")  # letters mean something all the same
    expect(desk.caption).to_be_visible()
    expect(desk.rows).to_have_count(5)
    desk.canvas.focus()
    for key in ("Control+a", "Delete"):
        desk.page.keyboard.press(key)
    expect(desk.rows).to_have_count(0)


def test_fingers_that_rest_are_lifted_or_come_beside_a_pen(on: Callable[[Screen], Playground]) -> None:
    playground = on(TABLET)
    page, finger = playground.page, Finger(playground.page)
    selected = page.locator(".node.selected")

    def title(name: str) -> Point:
        """Return a place where a node's name stands: a number would tell how it came about."""
        box = playground.box(playground.node(name))
        return Point(box["x"] + box["width"] / 2, box["y"] + 0.2 * box["height"])

    # A long press adds a node, pressed on its name or on its number, before the finger is lifted; all follow it then.
    finger.tap(title("a"))
    for count, held in ((2, title("b")), (3, playground.centre(playground.node("x").locator(".value")))):
        finger.press(held)
        expect(selected).to_have_count(count)
        finger.lift()
        expect(page.locator("[data-edit]")).to_have_count(0)
    playground.canvas.focus()
    page.keyboard.press("Escape")

    # With "select more" a tap on a number adds its node, too.
    finger.tap(title("a"))
    finger.tap(playground.centre(page.get_by_role("button", name="Select more")))
    finger.tap(playground.centre(playground.node("x").locator(".value")))
    expect(selected).to_have_count(2)
    playground.canvas.focus()
    page.keyboard.press("Escape")

    def point(kind: str, pointer: int, made: str, at: Point, buttons: int = 1) -> None:
        playground.canvas.evaluate(POINT, [kind, pointer, made, at.x, at.y, buttons])

    # Three fingers, lifted one after the other, leave nothing in hand.
    places = {7 + index: playground.on_canvas(0.3 + 0.1 * index, 0.85) for index in range(3)}
    for pointer, place in places.items():
        point("pointerdown", pointer, "touch", place)
    for pointer, place in places.items():
        point("pointerup", pointer, "touch", place, 0)
    before = playground.centre(playground.node("z"))
    goal = Point(before.x, before.y + 70)
    finger.drag(before, goal)
    assert playground.centre(playground.node("z")).y == pytest.approx(goal.y, abs=3)

    # A palm that comes down beside the pen takes nothing out of it.
    pen, palm = playground.centre(playground.node("z")), playground.on_canvas(0.7, 0.9)
    point("pointerdown", 7, "pen", pen)
    point("pointermove", 7, "pen", Point(pen.x, pen.y + 30))
    point("pointerdown", 8, "touch", palm)
    point("pointermove", 8, "touch", Point(palm.x + 40, palm.y))
    point("pointerup", 8, "touch", Point(palm.x + 40, palm.y), 0)
    point("pointermove", 7, "pen", Point(pen.x, pen.y + 60))
    point("pointerup", 7, "pen", Point(pen.x, pen.y + 60), 0)
    assert playground.centre(playground.node("z")).y == pytest.approx(pen.y + 60, abs=3)
    expect(playground.control("undo")).to_have_attribute("title", re.compile("Undo: move z"))
