"""What hands do on the page without a server: the same, whatever runs its Python."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from engine.document import Graph, to_link
from engine.edits import SetValue, apply
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from engine.messages import say, using_language
from tests.browser.playground import Playground

LESSON_6 = 6
PATIENCE = 180_000
"""Until the real Python stands there, also where a machine has much else to do."""


def do_what_needs_no_server(playground: Playground, url: str, folder: Path) -> None:
    """Edit, step, hand out, change the language and open a link; what needs a server is not there."""
    edit_lesson_6(playground)
    go_through_a_step(playground)
    has_no_room(playground)
    hand_out(playground, folder)
    speak_japanese_and_keep_the_work(playground)
    open_a_link(playground.page, url)


def edit_lesson_6(playground: Playground) -> None:
    """Open lesson 6, e = (a + b)·(b + 1) with a = 2, lock its hidden number, and set b to 4."""
    page = playground.page
    playground.open_lesson(LESSON_6, reveal=False)
    expect(playground.cell("b", "grad")).to_have_text("?")
    page.locator("[data-ask='b.grad']").click()
    page.get_by_test_id("answer").fill("5")  # a + 2b + 1 with b = 1
    page.get_by_test_id("answer").press("Enter")
    expect(page.locator("[data-asked='b.grad']")).to_have_attribute("data-state", "right")
    playground.expect_grad("b", "5")
    playground.set_value("b", "4")
    playground.expect_data("e", "30")
    playground.expect_grad("a", "5")
    playground.expect_grad("b", "11")


def go_through_a_step(playground: Playground) -> None:
    playground.open_steps()
    playground.step_to(1)
    expect(playground.caption).to_contain_text("Step 1 of")
    playground.leave_steps()


def hand_out(playground: Playground, folder: Path) -> None:
    """Save the graph, begin an empty one, and open the file; make a worksheet."""
    page = playground.page
    with page.expect_download() as download:
        page.get_by_role("button", name="Save", exact=True).click()
    assert download.value.suggested_filename == "backprop-playground.json"
    file = folder / "saved.json"
    download.value.save_as(file)
    assert [node["name"] for node in json.loads(file.read_text("utf-8"))["nodes"]][:2] == ["a", "b"]
    playground.start_new()
    page.locator('input[type="file"]').set_input_files(file)
    playground.expect_data("e", "30")
    playground.expect_grad("a", "5")
    expect(playground.cell("b", "grad")).to_have_text("?")  # the file asks it anew
    playground.menu("worksheet")
    page.locator('[data-control="worksheet-make"]').click()
    pages = page.frame_locator('[data-testid="worksheet-pages"]')
    expect(pages.locator("svg").first).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def speak_japanese_and_keep_the_work(playground: Playground) -> None:
    page = playground.page
    page.locator("[data-control=language]").select_option("ja")
    expect(page.locator("html")).to_have_attribute("lang", "ja", timeout=PATIENCE)
    with using_language("ja"):
        title, new = say(LESSONS[0].title), say("New")
    expect(playground.lesson(1)).to_contain_text(title, timeout=PATIENCE)
    expect(page.get_by_role("button", name=new, exact=True)).to_be_visible()
    playground.expect_grad("a", "5")
    page.locator("[data-control=language]").select_option("en")
    expect(page.locator("html")).to_have_attribute("lang", "en", timeout=PATIENCE)
    expect(playground.canvas).to_be_visible(timeout=PATIENCE)
    playground.wait_until_drawn()


def open_a_link(page: Page, url: str) -> None:
    """Open a link to p = u·v with u = 6 and v = 7."""
    graph = graph_of_formula("p = u * v", Graph())
    for name, value in (("u", 6.0), ("v", 7.0)):
        node = graph.node_named(name)
        assert node is not None
        graph = apply(graph, SetValue(node=node.id, value=value))
    page.goto(f"{url}?graph={to_link(graph)}")
    playground = Playground(page, url)
    expect(playground.canvas).to_be_visible(timeout=PATIENCE)
    playground.expect_data("p", "42")
    assert re.search(r"\?graph=[\w-]+$", playground.share())


def has_no_room(playground: Playground) -> None:
    playground.control("menu").click()
    expect(playground.page.locator('[data-entry="worksheet"]')).to_be_visible()
    expect(playground.page.locator('[data-entry="class"]')).to_have_count(0)
    playground.page.keyboard.press("Escape")
