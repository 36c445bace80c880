"""Blocks beside the editor: kept, shared, stepped through, in code and paths, by finger, for everybody."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from engine.document import from_link, to_json
from engine.edits import MakeBlock, Rename, SetOpen, apply
from tests.browser.block_page import FLAT, MEMBERS, SIGMOID, expect_folded, expect_unfolded, opened
from tests.browser.finger import Finger
from tests.browser.playground import Playground
from tests.browser.screens import ON_ITS_SIDE
from tests.browser.server import Server
from tests.browser.tabs import Scheme, Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def flat(page: Page, server: Server) -> Playground:
    return opened(page, server, FLAT)


@pytest.fixture
def sigmoid(page: Page, server: Server) -> Playground:
    return opened(page, server, SIGMOID)


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
    expect(sigmoid.caption).to_contain_text("Exp computes b ≈ 0.6065 from a = −0.5.")
    expect(sigmoid.node("sigmoid")).to_have_class(re.compile("active"))
    expect(sigmoid.page.locator(".chip")).to_have_count(0)
    sigmoid.step_to(3)
    expect(sigmoid.page.locator(".chip")).to_have_text("1")
    sigmoid.step_to(8)
    expect(sigmoid.caption).to_contain_text("Div sends one.grad")
    expect(sigmoid.page.locator(".chip")).to_have_text("0.7749")
    expect(sigmoid.page.get_by_test_id("popped")).to_have_text("Popped: the Div that computes y, generation 3")
    expect(sigmoid.page.get_by_test_id("funcs")).to_contain_text("Add c")


def test_a_class_picks_what_waits_in_a_block_by_clicking_it(sigmoid: Playground) -> None:
    sigmoid.open_steps()
    sigmoid.page.get_by_test_id("choose").click()
    expect(sigmoid.node("z")).to_have_class(re.compile("candidate"))
    sigmoid.node("z").click(position={"x": 24, "y": 12})
    expect(sigmoid.node("sigmoid")).to_have_class(re.compile("candidate"))
    for member in ("y", "c", "b", "a"):
        sigmoid.node("sigmoid").click(position={"x": 24, "y": 12})
        expect(sigmoid.page.get_by_test_id("popped")).to_contain_text(f"computes {member}, generation")
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


def test_a_finger_opens_and_closes_it(tabs: Tabs, server: Server) -> None:
    page = tabs.fresh(ON_ITS_SIDE)
    playground = opened(page, server, SIGMOID)
    finger = Finger(page)
    finger.tap(playground.centre(playground.node("sigmoid")))
    finger.tap(playground.centre(playground.control("open")))
    expect_unfolded(playground)
    playground.settle("one")  # which has made room, and the view has followed
    playground.settle("a")
    finger.tap(playground.centre(playground.frame("sigmoid").get_by_role("button", name=re.compile("^Close"))))
    expect_folded(playground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_object_to(tabs: Tabs, server: Server, scheme: Scheme) -> None:
    graph = apply(apply(SIGMOID, MakeBlock(id="t", nodes=["b", "c"], name="inner")), SetOpen(block="s", open=True))
    page = tabs.fresh(scheme=scheme)
    playground = opened(page, server, graph)
    expect(playground.frame("sigmoid")).to_be_visible()
    found = Axe().run(page).response["violations"]
    told = [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found]
    assert told == []


def test_blocks_in_each_other(page: Page, server: Server) -> None:
    graph = apply(SIGMOID, MakeBlock(id="t", nodes=["b", "c"], name="inner"))
    playground = opened(page, server, apply(graph, Rename(node="s", name="outer")))
    playground.node("outer").dblclick()
    expect(playground.frame("outer")).to_be_visible()
    expect(playground.node("inner")).to_be_visible()
    playground.settle("inner")  # it travels to its place while the block opens
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
