"""What the picture says at rest, what its numbers open, and what stands on it where numbers would be too small."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.playground import Playground
from tests.browser.screens import DESK, PHONE, Screen
from tests.browser.server import Server
from tests.browser.test_page import COVERING

pytestmark = pytest.mark.browser

LARGE = "z = " + " + ".join(f"w{number}*x{number}" for number in range(1, 30))
"""115 nodes: 58 inputs, 29 products, 28 sums."""


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_tapped_number_tells_how_it_came_about(on: Callable[[Screen], Playground], screen: Screen) -> None:
    playground = on(screen)
    page = playground.page
    derivation = page.get_by_test_id("derivation")
    where = playground.box(playground.node("a"))
    playground.node("x").locator('[data-number="grad"]').click()
    expect(derivation).to_contain_text("x.grad is ∂z/∂x")
    expect(derivation).to_contain_text("upstream a.grad = 1")
    spoken = derivation.locator(".formula:not([aria-hidden])").last
    expect(spoken).to_have_attribute("aria-label", "x.grad = a.grad · 2x = 1 × 2 × 2 = 4")
    playground.wait_until(lambda: page.evaluate(COVERING) == [])
    if screen == DESK:
        assert playground.box(playground.node("a")) == where  # the graph has not moved under the hand
    playground.node("z").locator('[data-number="data"]').click()
    expect(derivation).to_have_text(re.compile("Add computes z = 13 from a = 4 and b = 9"))
    page.keyboard.press("Escape")
    expect(derivation).to_be_hidden()
    expect(playground.node("z")).to_have_class(re.compile("selected"))
    page.keyboard.press("e")
    expect(derivation).to_contain_text("Backward starts at z")
    # A step that shows no gradient yet gives none away.
    page.locator('[data-panel="steps"]').click()
    expect(derivation).to_have_text(re.compile("z does not show this number yet"))


def test_the_picture_names_its_output_its_losses_and_the_size_of_its_gradients(
    on: Callable[[Screen], Playground],
) -> None:
    playground = on(DESK)
    page = playground.page
    playground.type_formula("L = mean_squared_error(w * x, t); r = relu(x)")
    expect(playground.node("L").locator(".badge.tag")).to_have_text("loss")
    tag = page.get_by_test_id("output-tag")
    tag.select_option("L")
    expect(playground.node("L").get_by_test_id("output-tag")).to_have_value("L")
    playground.expect_data("r", "2")  # x is 2 as before
    tag.select_option("r")
    expect(playground.node("r").get_by_test_id("output-tag")).to_be_visible()
    playground.expect_grad("x", "1")
    playground.toggle("widths")
    expect(page.get_by_test_id("width-scale")).to_contain_text("log scale; dashed: 0 or none")
    expect(playground.port("in", "r")).to_have_attribute("aria-label", "input of r, wired from x, gradient back 1")
    page.reload()
    expect(page.get_by_test_id("width-scale")).to_be_visible(timeout=20_000)
    # Labels stand beside their wires, under no node and no port.
    playground.toggle("local")
    labels = page.locator(".wire-label")
    expect(labels).to_have_count(5)
    taken = [box for each in page.locator(".node, .port").all() if (box := each.bounding_box())]
    for label in labels.all():
        box = playground.box(label)
        for other in taken:
            assert (
                box["x"] + box["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= box["x"] + 1
                or box["y"] + box["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= box["y"] + 1
            ), label.inner_text()


def test_no_node_is_blank_where_its_numbers_would_be_too_small(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    page = playground.page
    playground.type_formula(LARGE)
    expect(playground.rows).to_have_count(115)
    for _ in range(30):
        if page.locator(".overlay.tiny").count():
            break
        playground.control("zoom-out").click()
    expect(playground.node("w3").locator(".node-name")).to_have_text("w3")
    expect(playground.node("w3").locator(".node-name")).to_be_visible()
    playground.node("w3").hover()
    expect(page.get_by_test_id("pointed")).to_contain_text("w3 Input data 5")
    playground.node("w3").click()
    page.get_by_test_id("readout").get_by_role("button", name="data 5").click()
    field = page.locator('[data-edit="w3"]')
    assert playground.box(field)["height"] >= 22  # though the graph is small
    field.fill("7")
    field.press("Enter")
    # New inputs are 1, 2, 3, … as they come: 1 · 2 + 3 · 4 + … + 57 · 58, and 7 · 6 in the place of 5 · 6.
    playground.expect_data("z", str(sum((2 * i - 1) * 2 * i for i in range(1, 30)) + 2 * 6))
    page.get_by_test_id("readout").get_by_role("button", name="grad 6").click()
    expect(page.get_by_test_id("derivation")).to_contain_text("w3.grad is ∂z/∂w3")
    # On paper all of it stands on one page, also while the table's own panel is open.
    page.locator('[data-panel="table"]').click()
    expect(page.locator(".side")).to_be_visible()
    for paper in ("A4", "Letter"):
        assert page.pdf(format=paper).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    stage = playground.box(playground.canvas)
    boxes = page.locator(".node").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert len(boxes) == 115
    for box in boxes:
        assert stage["x"] <= box["left"] < box["right"] <= stage["x"] + stage["width"]
        assert stage["y"] <= box["top"] < box["bottom"] <= stage["y"] + stage["height"]
    for row in playground.rows.evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())"):
        assert stage["y"] + stage["height"] < row["top"] < row["bottom"] <= 896
        assert row["right"] <= 681
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".side").get_by_test_id("graph-table")).to_be_visible()


def test_a_block_that_cannot_be_read_is_one_thing_and_a_tap_looks_into_it(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    page = playground.page
    playground.select_all("a", "b")
    page.keyboard.press("Control+g")
    block = page.locator('.node[data-op="Block"]')
    expect(block).to_be_visible()
    name = block.get_attribute("data-node") or ""
    page.keyboard.press("Enter")
    expect(playground.frame(name)).to_be_visible()
    up = playground.control("up")
    expect(up).to_have_text(f"↑ {name}")
    fold = playground.frame(name).locator(".frame-fold")
    for _ in range(30):
        if fold.is_visible():
            break
        playground.control("zoom-out").click()
    expect(fold).to_have_text(name)
    expect(playground.node("a")).to_have_class(re.compile("covered"))
    fold.click()
    expect(fold).to_be_hidden()
    expect(playground.node("a")).to_be_in_viewport(ratio=1)
    up.click()
    expect(block).to_be_visible()
    expect(up).to_be_hidden()


def test_the_ledger_has_room_and_the_running_lines_fold_away(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    playground = Playground(context.new_page(), server.url).open()
    playground.open_lesson(5)
    playground.open_steps()
    playground.page.keyboard.press("End")
    playground.select("x")
    rows = playground.ledger("x").locator("tr")
    expect(rows).to_have_count(2)
    for row in rows.all():
        expect(row).to_be_in_viewport(ratio=1)
    told = playground.page.locator(".steps-told")
    before = playground.box(told)["height"]
    playground.page.get_by_test_id("fold-running").click()
    expect(playground.page.get_by_test_id("source")).to_be_hidden()
    assert playground.box(told)["height"] > before + 60
    playground.reload()
    expect(playground.page.get_by_test_id("source")).to_be_hidden()
    context.close()
