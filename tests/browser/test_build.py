"""Build graphs by hand and read their numbers, as a class does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground

pytestmark = pytest.mark.browser


def test_the_first_thing_seen_is_the_seed_example_computed(playground: Playground) -> None:
    playground.expect_data("z", "13")
    playground.expect_grad("x", "4")
    playground.expect_grad("y", "6")
    expect(playground.node("a")).to_have_attribute("aria-label", "a, Square of x, data 4, grad 1")


def test_a_new_user_builds_the_seed_graph(playground: Playground) -> None:
    playground.start_new()
    x = playground.drag_in("Input", playground.on_canvas(0.15, 0.25))
    y = playground.drag_in("Input", playground.on_canvas(0.15, 0.75))
    a = playground.drag_in("Square", playground.on_canvas(0.5, 0.25))
    b = playground.drag_in("Square", playground.on_canvas(0.5, 0.75))
    z = playground.drag_in("Add", playground.on_canvas(0.82, 0.5))
    playground.connect(x, a)
    playground.connect(y, b)
    playground.connect(a, z, 0)
    playground.connect(b, z, 1)
    playground.set_value(x, "2")
    playground.set_value(y, "3")
    playground.expect_data(z, "13")
    playground.expect_grad(x, "4")
    playground.expect_grad(y, "6")

    playground.set_value(x, "−1.5")
    playground.expect_data(z, "11.25")
    playground.expect_grad(x, "-3")


def test_x_plus_x_has_gradient_2(playground: Playground) -> None:
    playground.start_new()
    x = playground.drag_in("Input", playground.on_canvas(0.2, 0.5))
    y = playground.drag_in("Add", playground.on_canvas(0.7, 0.5))
    playground.connect(x, y, 0)
    playground.connect(x, y, 1)
    playground.set_value(x, "3")
    playground.expect_data(y, "6")
    playground.expect_grad(x, "2")
    expect(playground.cell(y, "inputs")).to_have_text(f"{x}, {x}")


def test_an_op_waits_for_its_missing_input(playground: Playground) -> None:
    playground.start_new()
    x = playground.drag_in("Input", playground.on_canvas(0.2, 0.5))
    y = playground.drag_in("Add", playground.on_canvas(0.7, 0.5))
    playground.connect(x, y, 0)
    expect(playground.node(y)).to_have_attribute("aria-label", re.compile("waiting for a wire into input 2"))
    expect(playground.cell(y, "data")).to_have_text("—")


def test_a_click_and_the_enter_key_add_from_left_to_right(playground: Playground) -> None:
    """An input stands below the inputs, an op behind the selected node, each beside the others and in sight."""
    playground.start_new()
    for count, op in enumerate(("Input", "Input", "Square"), start=1):
        playground.palette(op).click()
        expect(playground.rows).to_have_count(count)
    playground.palette("Add").focus()
    playground.page.keyboard.press("Enter")
    expect(playground.rows).to_have_count(4)
    playground.palette("Input").click()
    expect(playground.rows).to_have_count(5)
    boxes = {name: playground.box(playground.node(name)) for name in ("x", "y", "a", "b", "z")}
    middles = {name: (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for name, box in boxes.items()}
    assert middles["x"][0] == pytest.approx(middles["y"][0], abs=2)
    assert middles["y"][0] == pytest.approx(middles["z"][0], abs=2)
    assert boxes["x"]["y"] + boxes["x"]["height"] <= boxes["y"]["y"]
    assert boxes["y"]["y"] + boxes["y"]["height"] <= boxes["z"]["y"]
    assert boxes["y"]["x"] + boxes["y"]["width"] <= boxes["a"]["x"]
    assert boxes["a"]["x"] + boxes["a"]["width"] <= boxes["b"]["x"]
    assert middles["y"][1] == pytest.approx(middles["a"][1], abs=2)
    stage = playground.box(playground.canvas)
    for box in boxes.values():
        assert stage["x"] <= box["x"]
        assert stage["y"] <= box["y"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]
        assert box["y"] + box["height"] <= stage["y"] + stage["height"]


def test_a_palette_entry_dropped_outside_adds_nothing(playground: Playground) -> None:
    start = playground.centre(playground.palette("Square"))
    ghost = playground.page.locator(".ghost")
    playground.drag(start, playground.centre(playground.table), release=False)
    expect(ghost).to_have_text("Square")
    playground.page.mouse.up()
    expect(ghost).to_have_count(0)
    playground.set_value("x", "5")  # an edit that is answered after the drop would have been
    playground.expect_data("z", "34")
    expect(playground.rows).to_have_count(5)


def test_clicking_one_port_and_then_another_connects(playground: Playground) -> None:
    playground.start_new()
    x = playground.drag_in("Input", playground.on_canvas(0.2, 0.5))
    a = playground.drag_in("Square", playground.on_canvas(0.7, 0.5))
    playground.port("out", x).click()
    playground.port("in", a).click()
    expect(playground.cell(a, "inputs")).to_have_text(x)


def test_a_wire_replaces_the_one_at_an_occupied_input(playground: Playground) -> None:
    playground.connect("y", "a")
    expect(playground.cell("a", "inputs")).to_have_text("y")
    playground.expect_data("z", "18")
    playground.expect_grad("y", "12")
    playground.expect_grad("x", "")


def test_delete_takes_a_node_with_its_wires(playground: Playground) -> None:
    playground.select("a")
    playground.node("a").focus()
    playground.page.keyboard.press("Delete")
    expect(playground.rows).to_have_count(4)
    expect(playground.node("z")).to_have_attribute("aria-label", re.compile("waiting for a wire into input 1"))


def test_a_wire_is_pulled_off_its_input_and_dropped(playground: Playground) -> None:
    port = playground.centre(playground.port("in", "a"))
    playground.drag(port, playground.on_canvas(0.5, 0.95))
    expect(playground.cell("a", "inputs")).to_have_text("—")


def test_several_outputs_can_be_wired_one_by_one(playground: Playground) -> None:
    playground.start_new()
    x = playground.drag_in("Input", playground.on_canvas(0.12, 0.3))
    y = playground.drag_in("Input", playground.on_canvas(0.12, 0.7))
    both = playground.drag_in("MinMax", playground.on_canvas(0.45, 0.5))
    high = playground.drag_in("Square", playground.on_canvas(0.8, 0.5))
    playground.connect(x, both, 0)
    playground.connect(y, both, 1)
    playground.connect(both, high, 0, output=1)
    playground.set_value(x, "2")
    playground.set_value(y, "5")
    playground.expect_data(both, "2; 5")
    playground.expect_data(high, "25")
    playground.expect_grad(x, "0")
    playground.expect_grad(y, "10")
