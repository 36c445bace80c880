"""What the hand feels: ports that light up, a view that stays put, sentences that come and go."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground, Point
from tests.browser.server import Server
from tests.browser.tabs import Motion, Tabs

pytestmark = pytest.mark.browser


def test_the_nearest_legal_input_lights_up_before_release(playground: Playground) -> None:
    goal = playground.centre(playground.port("in", "b"))
    playground.drag(playground.centre(playground.port("out", "x")), Point(goal.x - 14, goal.y + 8), release=False)
    expect(playground.port("in", "b")).to_have_class(re.compile("snapped"))
    playground.page.mouse.move(goal.x - 60, goal.y)
    expect(playground.port("in", "b")).not_to_have_class(re.compile("snapped"))
    playground.page.keyboard.press("Escape")
    playground.page.mouse.up()
    expect(playground.control("undo")).to_be_disabled()


def test_an_illegal_input_says_why_before_release(playground: Playground) -> None:
    goal = playground.centre(playground.port("in", "a"))
    playground.drag(playground.centre(playground.port("out", "z")), goal, release=False)
    playground.expect_notice("z → a would close a cycle")
    expect(playground.port("in", "a")).not_to_have_class(re.compile("snapped"))
    playground.page.mouse.up()
    expect(playground.notice).to_be_hidden(timeout=10_000)  # it goes by itself


def test_ports_are_large_enough_for_a_finger(playground: Playground) -> None:
    for port in (playground.port("out", "x"), playground.port("in", "z", 1)):
        hit = port.bounding_box()
        assert hit is not None
        assert min(hit["width"], hit["height"]) >= 24
        ring = port.evaluate("(port) => parseFloat(getComputedStyle(port, '::before').width)")
        assert ring >= 12


def test_near_the_edge_the_canvas_pans_while_a_wire_is_held(playground: Playground) -> None:
    node = playground.node("z").element_handle()
    box = playground.node("z").bounding_box()
    assert node is not None
    assert box is not None
    playground.drag(playground.centre(playground.port("out", "x")), playground.on_canvas(0.995, 0.9), release=False)
    playground.page.wait_for_function(
        "([node, before]) => node.getBoundingClientRect().x < before - 120", arg=[node, box["x"]]
    )
    playground.page.keyboard.press("Escape")
    playground.page.mouse.up()


def test_the_wheel_zooms_at_the_pointer_and_f_fits(playground: Playground) -> None:
    before = playground.node("z").bounding_box()
    at = playground.centre(playground.node("z"))
    playground.page.mouse.move(at.x, at.y)
    playground.page.mouse.wheel(0, -300)
    assert before
    playground.wait_until(lambda: playground.box(playground.node("z"))["width"] > 1.3 * before["width"])
    there = playground.centre(playground.node("z"))
    assert (there.x, there.y) == pytest.approx((at.x, at.y), abs=2)
    playground.canvas.focus()
    playground.page.keyboard.press("f")
    playground.wait_until(lambda: playground.box(playground.node("z")) == pytest.approx(before, abs=2))


def test_what_was_put_down_stays_while_the_formula_grows_by_a_line(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1020, "height": 820})
    playground = Playground(page, server.url).open()
    playground.start_new()
    one_line = playground.box(playground.formula)["height"]
    for op, down in (("Input", 0.2), ("Input", 0.7)):
        playground.drag_in(op, playground.on_canvas(0.15, down))
    place = playground.box(playground.node("y"))
    for across, down in ((0.5, 0.2), (0.5, 0.7), (0.82, 0.2), (0.82, 0.7)):
        playground.drag_in("Add", playground.on_canvas(across, down))
    playground.wait_until(lambda: playground.box(playground.formula)["height"] > one_line + 10)
    playground.wait_until(lambda: playground.box(playground.node("y")) == pytest.approx(place, abs=1))
    playground.connect("x", "a")
    expect(playground.port("in", "a")).to_have_class(re.compile("wired"))


def test_a_panel_that_would_hide_what_was_put_down_makes_the_view_follow(playground: Playground) -> None:
    playground.start_new()
    playground.drag_in("Input", playground.on_canvas(0.1, 0.5))
    playground.drag_in("Square", playground.on_canvas(0.9, 0.5))
    before = playground.box(playground.canvas)
    playground.page.get_by_role("button", name="Code", exact=True).click()
    playground.wait_until(lambda: playground.box(playground.canvas)["width"] < before["width"] - 50)
    playground.wait_until(
        lambda: right_of(playground.box(playground.node("a"))) < right_of(playground.box(playground.canvas))
    )


def test_arrow_keys_move_and_can_be_undone(playground: Playground) -> None:
    before = playground.node("b").bounding_box()
    playground.node("b").focus()
    playground.page.keyboard.press("ArrowDown")
    playground.undo("move b")
    expect(playground.control("redo")).to_have_attribute("title", "Redo: move b")
    playground.wait_until(lambda: playground.box(playground.node("b")) == pytest.approx(before, abs=1))


@pytest.mark.parametrize(("motion", "travels"), [("reduce", False), ("no-preference", True)])
def test_less_motion_means_no_travelling(tabs: Tabs, server: Server, motion: Motion, travels: bool) -> None:
    playground = Playground(tabs.fresh(motion=motion), server.url).open()
    grip = playground.centre(playground.node("z"))
    playground.drag(Point(grip.x, grip.y - 30), playground.on_canvas(0.3, 0.1))
    expect(playground.control("undo")).to_have_attribute("title", "Undo: move z")
    # Remember every place at which a frame shows the node.
    playground.node("z").evaluate(
        """(node) => {
          window.places = new Set();
          const look = () => { window.places.add(node.style.transform); requestAnimationFrame(look); };
          look();
        }"""
    )
    playground.control("undo").click()
    expect(playground.control("redo")).to_have_attribute("title", "Redo: move z")
    playground.wait_until(lambda: playground.centre(playground.node("z")).x == pytest.approx(grip.x, abs=2))
    there = playground.centre(playground.node("z"))
    places = playground.page.evaluate("() => window.places.size")
    assert (there.x, there.y) == pytest.approx((grip.x, grip.y), abs=2)
    assert (places > 2) is travels


def test_the_canvas_has_most_of_the_screen_and_nothing_scrolls(playground: Playground) -> None:
    box = playground.canvas.bounding_box()
    assert box is not None
    assert box["width"] >= 0.6 * 1280
    assert box["height"] >= 0.7 * 800
    scrolls = playground.page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollHeight > innerHeight"
    )
    assert not scrolls
    expect(playground.page.get_by_text("Deploy")).to_have_count(0)


def test_all_ops_are_a_click_away(playground: Playground) -> None:
    button = playground.page.get_by_role("button", name="All", exact=True)
    before = playground.canvas.bounding_box()
    assert before is not None
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(playground.palette("Split")).to_be_in_viewport()
    playground.drag_in("Split", playground.on_canvas(0.5, 0.9))
    button.click()
    expect(button).to_have_attribute("aria-expanded", "false")
    after = playground.canvas.bounding_box()
    assert after is not None
    assert after["height"] == pytest.approx(before["height"], abs=1)


def right_of(box: dict[str, float]) -> float:
    return box["x"] + box["width"]
