"""Blocks by mouse, by keyboard and by finger: made, opened, closed, moved, wired, kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from engine.document import Graph, from_link, to_json, to_link
from engine.edits import MakeBlock, Rename, SetOpen, Tidy, apply
from tests.browser.conftest import VIEWPORT
from tests.browser.finger import Finger
from tests.browser.playground import Playground
from tests.browser.server import Server
from tests.engine.built import built

pytestmark = pytest.mark.browser

FLAT = apply(built("x=0.5 one=1 a=Neg(x) b=Exp(a) c=Add(one,b) y=Div(one,c) z=Square(y)"), Tidy())
SIGMOID = apply(FLAT, MakeBlock(id="s", nodes=["a", "b", "c", "y"], name="sigmoid"))
MEMBERS = ("a", "b", "c", "y")


def opened(page: Page, server: Server, graph: Graph) -> Playground:
    return Playground(page, f"{server.url}/?graph={to_link(graph)}").open()


@pytest.fixture
def flat(page: Page, server: Server) -> Playground:
    return opened(page, server, FLAT)


@pytest.fixture
def sigmoid(page: Page, server: Server) -> Playground:
    return opened(page, server, SIGMOID)


def expect_folded(playground: Playground, name: str = "sigmoid") -> None:
    expect(playground.node(name)).to_be_visible()
    expect(playground.node("b")).to_have_count(0)
    expect(playground.cell(name, "data")).to_have_text("0.6225")
    expect(playground.cell(name, "grad")).to_have_text("1.245")
    expect(playground.cell(name, "inputs")).to_have_text("x, one")


def expect_unfolded(playground: Playground, name: str = "sigmoid") -> None:
    expect(playground.frame(name)).to_be_visible()
    expect(playground.node(name)).to_have_count(0)
    for member in MEMBERS:
        expect(playground.node(member)).to_be_visible()


def test_a_block_is_made_named_opened_and_closed_by_mouse(flat: Playground) -> None:
    flat.select_all(*MEMBERS)
    flat.control("block").click()
    expect_folded(flat, "block")
    expect(flat.control("undo")).to_have_attribute("title", "Undo: make a block of 4 nodes")

    flat.page.get_by_label("Name").fill("sigmoid")
    flat.page.get_by_label("Name").press("Enter")
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


def test_a_reload_keeps_it(flat: Playground) -> None:
    flat.select_all(*MEMBERS)
    flat.page.keyboard.press("Control+g")
    expect_folded(flat, "block")
    before = flat.saved()
    flat.reload()
    expect_folded(flat, "block")
    after = flat.saved()
    assert after["blocks"] == before["blocks"]
    assert sorted(after["nodes"], key=str) == sorted(before["nodes"], key=str)
    assert sorted(after["edges"], key=str) == sorted(before["edges"], key=str)
    flat.node("block").dblclick()
    expect_unfolded(flat, "block")
    flat.reload()
    expect_unfolded(flat, "block")


def test_a_link_and_a_file_hold_it(sigmoid: Playground, tmp_path: Path) -> None:
    graph, _, _ = from_link(sigmoid.share().partition("graph=")[2])
    assert [(block.name, block.is_open, len(block.members)) for block in graph.blocks] == [("sigmoid", False, 4)]
    file = tmp_path / "graph.json"
    file.write_text(json.dumps(sigmoid.saved()), "utf-8")
    sigmoid.start_new()
    sigmoid.open_file(file)
    expect_folded(sigmoid)


def test_a_damaged_block_in_a_file_is_refused(sigmoid: Playground, tmp_path: Path) -> None:
    document = json.loads(to_json(SIGMOID))
    document["blocks"][0]["nodes"].remove("b")
    file = tmp_path / "damaged.json"
    file.write_text(json.dumps(document), "utf-8")
    sigmoid.open_file(file)
    expect(sigmoid.page.get_by_text(re.compile(r"blocks\[0\]"))).to_be_visible()
    expect_folded(sigmoid)


def test_the_block_is_active_while_a_step_happens_inside(sigmoid: Playground) -> None:
    sigmoid.open_steps()
    sigmoid.step_to(2)
    expect(sigmoid.caption).to_contain_text("Exp computes b = 0.6065 from a = −0.5.")
    expect(sigmoid.node("sigmoid")).to_have_class(re.compile("active"))
    expect(sigmoid.page.locator(".chip")).to_have_count(0)
    sigmoid.step_to(3)
    expect(sigmoid.page.locator(".chip")).to_have_text("1")
    sigmoid.step_to(8)
    expect(sigmoid.caption).to_contain_text("Div sends one.grad")
    expect(sigmoid.page.locator(".chip")).to_have_text("0.7749")
    expect(sigmoid.page.get_by_test_id("popped")).to_have_text("Popped: Div of y, generation 3")
    expect(sigmoid.page.get_by_test_id("funcs")).to_contain_text("Add c")


def test_a_class_picks_what_waits_in_a_block_by_clicking_it(sigmoid: Playground) -> None:
    sigmoid.open_steps()
    sigmoid.page.get_by_test_id("choose").click()
    expect(sigmoid.node("z")).to_have_class(re.compile("candidate"))
    sigmoid.node("z").click(position={"x": 24, "y": 12})
    expect(sigmoid.node("sigmoid")).to_have_class(re.compile("candidate"))
    for member in ("y", "c", "b", "a"):
        sigmoid.node("sigmoid").click(position={"x": 24, "y": 12})
        expect(sigmoid.page.get_by_test_id("popped")).to_contain_text(f"of {member}, generation")
    sigmoid.expect_grad("x", "0.29256050705391523")


def test_code_shows_it_as_a_function(sigmoid: Playground) -> None:
    sigmoid.open_panel("code")
    expect(sigmoid.lines_of_code("def sigmoid(x, one):")).to_be_visible()
    sigmoid.lines_of_code("y = sigmoid(x, one)").click()
    expect(sigmoid.node("sigmoid")).to_have_class(re.compile("selected"))


def test_paths_stand_out_on_its_wires(sigmoid: Playground) -> None:
    sigmoid.select("one")
    sigmoid.open_panel("paths")
    expect(sigmoid.page.get_by_test_id("path-count")).to_have_text("2 paths lead from one to z.")
    sigmoid.select("sigmoid")
    expect(sigmoid.page.get_by_test_id("path-count")).to_have_text("1 path leads from y to z.")


def test_a_finger_opens_and_closes_it(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport=VIEWPORT, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    playground = opened(page, server, SIGMOID)
    finger = Finger(page)
    finger.tap(playground.centre(playground.node("sigmoid")))
    finger.tap(playground.centre(playground.control("open")))
    expect_unfolded(playground)
    playground.settle("one")  # which has made room, and the view has followed
    playground.settle("a")
    finger.tap(playground.centre(playground.frame("sigmoid").get_by_role("button", name=re.compile("^Close"))))
    expect_folded(playground)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_object_to(browser: Browser, server: Server, scheme: str) -> None:
    graph = apply(apply(SIGMOID, MakeBlock(id="t", nodes=["b", "c"], name="inner")), SetOpen(block="s", open=True))
    context = browser.new_context(viewport=VIEWPORT, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    playground = opened(page, server, graph)
    expect(playground.frame("sigmoid")).to_be_visible()
    found = Axe().run(page).response["violations"]
    context.close()
    told = [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found]
    assert told == []


def test_blocks_in_each_other(page: Page, server: Server) -> None:
    graph = apply(SIGMOID, MakeBlock(id="t", nodes=["b", "c"], name="inner"))
    playground = opened(page, server, apply(graph, Rename(node="s", name="outer")))
    playground.node("outer").dblclick()
    expect(playground.frame("outer")).to_be_visible()
    expect(playground.node("inner")).to_be_visible()
    playground.node("inner").dblclick()
    expect(playground.frame("inner")).to_be_visible()
    outer, inner = (playground.frame(name).bounding_box() for name in ("outer", "inner"))
    assert outer
    assert inner
    assert outer["x"] < inner["x"]
    assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
    playground.frame("outer").get_by_role("button", name=re.compile("^Close")).click()
    expect(playground.node("outer")).to_be_visible()
    expect(playground.frame("inner")).to_have_count(0)
