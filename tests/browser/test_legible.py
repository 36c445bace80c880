"""Numbers can be read and no node lies on another: after a formula, while stepping, presented, tapped in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Locator, expect

from components.picture import NODE_TEXT_PX
from engine.document import NODE_HEIGHT
from tests.browser.playground import Playground
from tests.browser.screens import DESK, PHONE, PROJECTOR, Screen

pytestmark = pytest.mark.browser

NET = "y = tanh(x1*w11 + x2*w12 + b1)*v1 + tanh(x1*w21 + x2*w22 + b2)*v2 + b3"
"""25 nodes."""
CELL = (
    "f = sigmoid(wf*x+uf*h+bf); i = sigmoid(wi*x+ui*h+bi); o = sigmoid(wo*x+uo*h+bo); g = tanh(wg*x+ug*h+bg);"
    "c2 = f*c+i*g; h2 = o*tanh(c2); p = h2*h2*h2*h2*h2*h2*h2*h2*h2*h2*h2*h2"
)
"""51 nodes."""


def scale(playground: Playground) -> float:
    layer = playground.page.locator(".overlay")
    return float(layer.evaluate("(layer) => new DOMMatrix(layer.style.transform).a"))


def text_px(playground: Playground) -> float:
    return NODE_TEXT_PX * scale(playground)


def overlapping(playground: Playground) -> list[tuple[str, str]]:
    nodes = playground.page.locator(".node").evaluate_all(
        "(nodes) => nodes.map((node) => [node.dataset.node, node.getBoundingClientRect()])"
    )
    return [
        (one, other)
        for (one, a), (other, b) in combinations(nodes, 2)
        if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 0.5
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 0.5
    ]


def is_in_sight(playground: Playground, node: Locator) -> bool:
    stage, box = playground.box(playground.canvas), node.bounding_box()
    assert box is not None
    return (
        stage["x"] <= box["x"]
        and box["x"] + box["width"] <= stage["x"] + stage["width"]
        and stage["y"] <= box["y"]
        and box["y"] + box["height"] <= stage["y"] + stage["height"]
    )


def test_a_net_is_read_at_a_desk_and_a_large_cell_step_by_step(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    playground.start_new()
    playground.type_formula(NET)
    expect(playground.rows).to_have_count(25)
    playground.wait_until(lambda: text_px(playground) >= 16)
    assert overlapping(playground) == []
    # Beside a panel it is laid out for the room that is left, without it as before; that is no step of undo.
    places = "(nodes) => nodes.map((node) => node.style.transform)"
    nodes = playground.page.locator(".node")
    came = nodes.evaluate_all(places)
    playground.open_panel("paths")
    playground.wait_until(lambda: text_px(playground) >= 9 and nodes.evaluate_all(places) != came)
    playground.wait_until(lambda: overlapping(playground) == [])
    playground.open_panel("paths")
    playground.wait_until(lambda: nodes.evaluate_all(places) == came and text_px(playground) >= 16)
    expect(playground.control("undo")).to_have_attribute("title", "Undo: change the formula")
    playground.type_formula(CELL)
    expect(playground.rows).to_have_count(51)
    playground.canvas.focus()
    playground.page.keyboard.press("t")
    playground.wait_until(lambda: 9 < text_px(playground) < 16)
    assert overlapping(playground) == []
    playground.page.keyboard.press("s")
    expect(playground.caption).to_contain_text("Before the first step")
    for _ in range(3):
        playground.page.keyboard.press("ArrowRight")
    expect(playground.caption).to_contain_text("Step 3 of")
    playground.wait_until(lambda: text_px(playground) >= 15.9)
    assert is_in_sight(playground, playground.page.locator(".node.active"))


def test_presented_text_is_24_px_and_32_in_the_active_step(on: Callable[[Screen], Playground]) -> None:
    playground = on(PROJECTOR)
    playground.start_new()
    playground.type_formula(NET)
    expect(playground.rows).to_have_count(25)
    playground.canvas.focus()
    playground.page.keyboard.press("p")
    expect(playground.caption).to_contain_text("Before the first step")
    playground.wait_until(lambda: text_px(playground) >= 24)
    playground.page.keyboard.press("ArrowRight")
    active = playground.page.locator(".node.active")
    playground.wait_until(
        lambda: playground.box(active)["height"] / (NODE_HEIGHT * scale(playground)) * text_px(playground) >= 32
    )
    assert overlapping(playground) == []
    playground.page.keyboard.press("ArrowRight")
    expect(playground.caption).to_contain_text("Step 2 of")
    heights = playground.page.locator(".node").evaluate_all("(nodes) => nodes.map((node) => node.offsetHeight)")
    assert sorted(heights)[-2] == NODE_HEIGHT  # one alone is larger


def test_what_is_tapped_in_copied_and_pasted_finds_free_ground(on: Callable[[Screen], Playground]) -> None:
    playground = on(PHONE)
    playground.page.locator('[data-testid="stExpandSidebarButton"]').click()
    playground.start_new()
    for count, op in enumerate(("Input", "Input", "Square", "Square", "Add"), start=1):
        playground.palette(op).click()
        expect(playground.rows).to_have_count(count)
        playground.wait_until(lambda: overlapping(playground) == [])
    playground.page.keyboard.press("Control+a")
    playground.page.keyboard.press("Control+c")
    playground.page.keyboard.press("Control+v")
    expect(playground.rows).to_have_count(10)
    playground.page.keyboard.press("Control+d")
    expect(playground.rows).to_have_count(15)
    playground.wait_until(lambda: overlapping(playground) == [])
    nodes = playground.page.locator(".node")
    playground.wait_until(lambda: all(is_in_sight(playground, node) for node in nodes.all()))
