"""Blocks by mouse, by keyboard and by finger: made, opened, closed, moved, wired, kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.block_page import FLAT, MEMBERS, SIGMOID, expect_folded, expect_unfolded, opened
from tests.browser.playground import Playground
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def flat(page: Page, server: Server) -> Playground:
    return opened(page, server, FLAT)


@pytest.fixture
def sigmoid(page: Page, server: Server) -> Playground:
    return opened(page, server, SIGMOID)


def test_a_block_is_made_named_opened_and_closed_by_mouse(flat: Playground) -> None:
    flat.select_all(*MEMBERS)
    flat.control("block").click()
    expect_folded(flat, "block")
    expect(flat.control("undo")).to_have_attribute("title", "Undo: make a block of 4 nodes")

    flat.open_panel("inspect")
    flat.page.get_by_label("Name", exact=True).fill("sigmoid")
    flat.page.get_by_label("Name", exact=True).press("Enter")
    expect_folded(flat)
    name = "sigmoid, block of 4 nodes, data 0.6225, grad 1.245, inputs x and one"
    expect(flat.node("sigmoid")).to_have_attribute("aria-label", name)
    expect(flat.cell("sigmoid", "op")).to_have_text("block of 4 nodes")

    flat.node("sigmoid").dblclick()
    expect_unfolded(flat)
    for member, data in (("a", "-0.5"), ("b", "0.6065306597126334"), ("y", "0.6224593312018546")):
        flat.expect_data(member, data)
    flat.frame("sigmoid").get_by_role("button", name=re.compile("^Close")).click()
    expect_folded(flat)
    flat.frame("sigmoid")
    flat.node("sigmoid").click()
    flat.control("open").click()
    expect_unfolded(flat)
    flat.frame("sigmoid").get_by_role("button", name=re.compile("^Ungroup")).click()
    expect(flat.frame("sigmoid")).to_have_count(0)
    expect(flat.node("b")).to_be_visible()


def test_a_block_is_made_opened_and_closed_by_keyboard(flat: Playground) -> None:
    keyboard = flat.page.keyboard
    flat.select_all(*MEMBERS)
    keyboard.press("Control+g")
    expect_folded(flat, "block")
    expect(flat.node("block")).to_be_focused()
    keyboard.press("Enter")
    expect_unfolded(flat, "block")
    expect(flat.frame_bar("block")).to_be_focused()
    expect(flat.frame_bar("block")).to_have_attribute("aria-label", "block, open block of 4 nodes; Enter closes it")
    keyboard.press("Enter")
    expect_folded(flat, "block")
    expect(flat.node("block")).to_be_focused()
    keyboard.press("Control+Shift+G")
    expect(flat.node("b")).to_be_visible()
    expect(flat.frame("block")).to_have_count(0)
    flat.undo("ungroup block")
    expect_folded(flat, "block")


def test_undo_and_redo_go_through_every_step(flat: Playground) -> None:
    flat.select_all(*MEMBERS)
    flat.page.keyboard.press("Control+g")
    expect_folded(flat, "block")
    flat.page.keyboard.press("Enter")
    expect_unfolded(flat, "block")
    flat.undo("open block")
    expect_folded(flat, "block")
    flat.undo("make a block of 4 nodes")
    expect(flat.node("b")).to_be_visible()
    for _ in range(2):
        flat.control("redo").click()
    expect_unfolded(flat, "block")


def test_what_cannot_be_a_block_is_refused_by_a_sentence(flat: Playground) -> None:
    flat.select_all("a", "c")
    flat.page.keyboard.press("Control+g")
    flat.expect_notice("These nodes cannot be one block: b stands on a way out of them and back into them.")
    expect(flat.node("a")).to_have_class(re.compile("selected"))
    flat.page.keyboard.press("Escape")
    flat.page.keyboard.press("Control+g")
    flat.expect_notice("Select the nodes first")


def test_a_closed_block_is_moved_and_its_nodes_come_along(sigmoid: Playground) -> None:
    before = sigmoid.saved()
    start = sigmoid.centre(sigmoid.node("sigmoid"))
    sigmoid.drag(start, type(start)(start.x + 60, start.y + 90))
    expect(sigmoid.control("undo")).to_have_attribute("title", "Undo: move sigmoid")
    after = sigmoid.saved()
    places = [{node["name"]: node["position"] for node in document["nodes"]} for document in (before, after)]
    shifts = {tuple(round(b - a, 3) for a, b in zip(places[0][m], places[1][m], strict=True)) for m in MEMBERS}
    assert len(shifts) == 1
    assert shifts != {(0, 0)}
    assert places[0]["z"] == places[1]["z"]


def test_an_open_block_is_moved_by_its_frame(sigmoid: Playground) -> None:
    sigmoid.node("sigmoid").dblclick()
    expect_unfolded(sigmoid)
    sigmoid.settle("one")  # which has made room
    sigmoid.page.keyboard.press("f")
    before = sigmoid.centre(sigmoid.node("a"))
    start = sigmoid.centre(sigmoid.frame("sigmoid").locator(".frame-name"))
    sigmoid.drag(start, type(start)(start.x, start.y + 50))
    expect(sigmoid.control("undo")).to_have_attribute("title", "Undo: move 4 nodes")
    after = sigmoid.centre(sigmoid.node("a"))
    assert (round(after.x - before.x), round(after.y - before.y)) == (0, 50)


def test_a_block_is_wired_as_a_node(sigmoid: Playground) -> None:
    u = sigmoid.drag_in("Input", sigmoid.on_canvas(0.15, 0.85))
    sigmoid.set_value(u, "1")
    sigmoid.connect(u, "sigmoid", 0)
    expect(sigmoid.cell("sigmoid", "inputs")).to_have_text(f"{u}, one")
    expect(sigmoid.cell("sigmoid", "data")).to_have_text("0.7311")
    w = sigmoid.drag_in("Exp", sigmoid.on_canvas(0.8, 0.85))
    sigmoid.connect("sigmoid", w)
    expect(sigmoid.cell(w, "inputs")).to_have_text("sigmoid")
    expect(sigmoid.cell(w, "data")).to_have_text("2.077")
    sigmoid.drag(
        sigmoid.centre(sigmoid.port("out", w)), sigmoid.centre(sigmoid.port("in", "sigmoid", 1)), release=False
    )
    sigmoid.expect_notice(f"{w} → sigmoid would close a cycle.")
    sigmoid.page.mouse.up()


def test_a_block_is_wired_by_keyboard(sigmoid: Playground) -> None:
    w = sigmoid.drag_in("Exp", sigmoid.on_canvas(0.8, 0.85))
    sigmoid.wire_by_keyboard("sigmoid", w)
    expect(sigmoid.cell(w, "data")).to_have_text("1.864")


def test_a_wire_taken_off_a_block_leaves_one_port(sigmoid: Playground) -> None:
    sigmoid.drag(sigmoid.centre(sigmoid.port("in", "sigmoid", 1)), sigmoid.on_canvas(0.3, 0.15))
    expect(sigmoid.cell("sigmoid", "inputs")).to_have_text("x, —")
    expect(sigmoid.node("sigmoid").locator(".port.in")).to_have_count(2)
    expect(sigmoid.node("sigmoid")).to_have_attribute("aria-label", re.compile("waiting for"))
    sigmoid.connect("one", "sigmoid", 1)
    expect_folded(sigmoid)


def test_a_copy_of_a_block_is_a_block(sigmoid: Playground) -> None:
    sigmoid.node("sigmoid").click()
    sigmoid.page.keyboard.press("Control+d")
    expect(sigmoid.node("sigmoid1")).to_be_visible()
    expect(sigmoid.node("sigmoid1").locator(".port.in")).to_have_count(2)
    expect(sigmoid.control("undo")).to_have_attribute("title", "Undo: add the block sigmoid1")
    saved = sigmoid.saved()
    assert [block["name"] for block in saved["blocks"]] == ["sigmoid", "sigmoid1"]
    assert [len(block["nodes"]) for block in saved["blocks"]] == [4, 4]
    sigmoid.undo("add the block sigmoid1")
    expect(sigmoid.rows).to_have_count(4)


def test_an_open_block_is_copied_by_its_frame(sigmoid: Playground) -> None:
    sigmoid.node("sigmoid").dblclick()
    expect_unfolded(sigmoid)
    sigmoid.page.keyboard.press("Control+d")
    expect(sigmoid.frame("sigmoid1")).to_be_visible()
    expect(sigmoid.rows).to_have_count(7 + 4)


def test_a_wire_that_leads_out_of_an_open_block_and_back_says_so_before_it_is_let_go(sigmoid: Playground) -> None:
    sigmoid.node("sigmoid").dblclick()
    expect_unfolded(sigmoid)
    sigmoid.settle("one")
    w = sigmoid.drag_in("Exp", sigmoid.on_canvas(0.5, 0.92))
    sigmoid.connect("a", w)
    expect(sigmoid.cell(w, "inputs")).to_have_text("a")
    start, end = sigmoid.port("out", w), sigmoid.port("in", "c", 0)
    sigmoid.drag(sigmoid.centre(start), sigmoid.centre(end), release=False)
    sigmoid.expect_notice("A way would lead out of the block sigmoid and back into it.")
    expect(end).to_have_class(re.compile("illegal"))
    expect(sigmoid.port("in", "z", 0)).to_have_class(re.compile(" legal"))
    sigmoid.page.mouse.up()
    expect(sigmoid.cell("c", "inputs")).to_have_text("one, b")


def test_undo_by_key_goes_on_after_it_took_away_the_frame(sigmoid: Playground) -> None:
    sigmoid.node("sigmoid").dblclick()
    expect_unfolded(sigmoid)
    sigmoid.frame_bar("sigmoid").focus()
    sigmoid.page.keyboard.press("Control+z")
    expect_folded(sigmoid)
    sigmoid.page.keyboard.press("Control+y")
    expect_unfolded(sigmoid)


def test_deleting_a_block_deletes_all_in_it(sigmoid: Playground) -> None:
    sigmoid.node("sigmoid").click()
    sigmoid.page.keyboard.press("Delete")
    expect(sigmoid.rows).to_have_count(3)
    expect(sigmoid.control("undo")).to_have_attribute("title", "Undo: delete sigmoid")
    assert "blocks" not in sigmoid.saved()
    sigmoid.undo("delete sigmoid")
    expect_folded(sigmoid)


def test_what_is_dropped_into_a_frame_belongs_to_the_block(sigmoid: Playground) -> None:
    sigmoid.node("sigmoid").dblclick()
    expect_unfolded(sigmoid)
    sigmoid.settle("one")
    sigmoid.page.keyboard.press("f")
    box = sigmoid.frame("sigmoid").bounding_box()
    assert box is not None
    at = sigmoid.centre(sigmoid.frame("sigmoid"))
    name = sigmoid.drag_in("Neg", type(at)(box["x"] + 40, box["y"] + 60))
    expect(sigmoid.frame_bar("sigmoid")).to_have_attribute("aria-label", re.compile("5 nodes"))
    expect(sigmoid.control("undo")).to_have_attribute("title", "Undo: add Neg")
    inside = [node["id"] for node in sigmoid.saved()["nodes"] if node["name"] == name]
    assert inside[0] in sigmoid.saved()["blocks"][0]["nodes"]
