"""The page of three strips and a stage, at every size: what is seen first, how large, and nothing over a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground
from tests.browser.screens import DESK, PHONE, PROJECTOR, SCREENS, TABLET, ZOOMED, Screen
from tests.browser.server import Server
from tests.browser.tabs import Scheme, Tabs

pytestmark = pytest.mark.browser

SMALLEST_TEXT = 12
SMALLEST_TARGET = 44

# Every text that is seen on the canvas, with its size and its words; those in MathML have small indices by right.
TEXTS = """
() => {
  const host = [...document.querySelectorAll("*")].find((each) => each.shadowRoot?.querySelector(".playground"));
  const root = host.shadowRoot;
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    if (!textContent.trim() || parentElement?.closest("style, math, .overlay, .spoken, option")) continue;
    if (!parentElement.checkVisibility({ visibilityProperty: true })) continue;
    found.push([parseFloat(getComputedStyle(parentElement).fontSize), textContent.trim()]);
  }
  return found;
}
"""
# What lies over the numbers of nodes: at nine points of each node's face, what is met there first.
COVERING = """
() => {
  const host = [...document.querySelectorAll("*")].find((each) => each.shadowRoot?.querySelector(".playground"));
  const root = host.shadowRoot;
  const covering = [];
  for (const node of root.querySelectorAll(".node")) {
    const { left, top, width, height } = node.getBoundingClientRect();
    for (const across of [0.25, 0.5, 0.75]) for (const down of [0.25, 0.5, 0.75]) {
      const [x, y] = [left + across * width, top + down * height];
      const met = root.elementFromPoint(x, y); // null off the screen
      if (met?.closest(".node") !== node) covering.push(`${met?.className} over ${node.dataset.node}`);
    }
  }
  return covering;
}
"""


def open_lesson(playground: Playground, number: int) -> None:
    """Open a lesson, from the drawer where the sidebar is one, and wait until its graph rests."""
    drawer = playground.page.get_by_test_id("stExpandSidebarButton")
    if drawer.is_visible():
        drawer.click()
    playground.open_lesson(number)
    for name in playground.names():
        playground.settle(name)


def in_sight(page: Page) -> bool:
    """Tell whether the page is not scrolled, sideways or down, and could not be sideways."""
    return bool(
        page.evaluate(
            "() => scrollX === 0 && scrollY === 0 && document.documentElement.scrollWidth <= innerWidth"
            " && document.querySelector('[data-testid=stMain]').scrollTop === 0"
        )
    )


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_after_a_lesson_the_question_and_the_whole_graph_are_in_sight(
    on: Callable[[Screen], Playground], screen: Screen
) -> None:
    playground = on(screen)
    open_lesson(playground, 8)
    question = playground.page.get_by_test_id("question")
    expect(question).to_be_in_viewport(ratio=1)
    assert float(question.evaluate("(text) => parseFloat(getComputedStyle(text).fontSize)")) >= 20
    playground.wait_until(lambda: playground.page.evaluate(COVERING) == [])
    assert in_sight(playground.page)
    for control in ("first", "next", "forward", "backward"):
        expect(playground.page.locator(f'[data-step="{control}"]')).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("screen", [*SCREENS.values(), ZOOMED], ids=[*SCREENS, "zoomed"])
def test_nothing_lies_over_a_number_with_every_panel_and_while_stepping(
    on: Callable[[Screen], Playground], screen: Screen
) -> None:
    playground = on(screen)
    page = playground.page
    for panel in ("inspect", "table", "steps"):
        page.locator(f'[data-panel="{panel}"]').click()
        page.locator('[data-control="fit"]').click()
        playground.wait_until(lambda: page.evaluate(COVERING) == [])
    assert in_sight(page)


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_no_label_is_smaller_than_twelve_pixels(on: Callable[[Screen], Playground], screen: Screen) -> None:
    playground = on(screen)
    playground.node("a").click(position={"x": 12, "y": 8})
    for panel in ("inspect", "paths", "check", "code", "table"):
        playground.page.locator(f'[data-panel="{panel}"]').click()
        expect(playground.page.locator(".side")).to_be_visible()
        assert [(size, text) for size, text in playground.page.evaluate(TEXTS) if size < SMALLEST_TEXT] == []


@pytest.mark.parametrize("screen", [TABLET, PHONE], ids=["tablet", "phone"])
def test_under_a_finger_every_button_is_large(on: Callable[[Screen], Playground], screen: Screen) -> None:
    playground = on(screen)
    small = [
        (box["width"], box["height"], button.inner_text())
        for button in playground.page.locator(".playground button:visible, .playground select:visible").all()
        if (box := button.bounding_box()) and (box["height"] < SMALLEST_TARGET or box["width"] < SMALLEST_TARGET)
    ]
    assert small == []


def test_the_palette_is_one_row_of_one_size_with_a_search_that_is_seen(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    row = playground.page.locator(".palette > button:visible, .first button, .family-title")
    boxes = [playground.box(each) for each in row.all() if each.is_visible()]
    first = boxes[0]
    in_row = [box for box in boxes if box["y"] < first["y"] + first["height"]]
    assert {box["height"] for box in in_row} == {first["height"]}
    assert {box["y"] for box in in_row} == {first["y"]}
    names = playground.page.locator(".family-title").all_inner_texts()
    for family in ("Activations", "Linear", "Losses"):
        assert family in names
    playground.page.get_by_role("button", name="Search for an op").click()
    playground.page.get_by_role("combobox", name="Search for an op").fill("sigm")
    playground.page.keyboard.press("Enter")
    expect(playground.page.locator('.node[data-op="Sigmoid"]')).to_be_visible()


def test_a_family_opens_its_ops_and_one_is_dragged_out(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    button = playground.palette("Sigmoid")
    expect(button).to_be_visible()
    playground.drag(playground.centre(button), playground.on_canvas(0.5, 0.85))
    expect(playground.page.locator('.node[data-op="Sigmoid"]')).to_be_visible()
    expect(button).to_be_hidden()  # the menu has gone
    playground.page.keyboard.press("Control+z")
    expect(playground.page.locator('.node[data-op="Sigmoid"]')).to_have_count(0)


def test_the_table_is_a_panel_that_shows_every_row_and_stays_for_who_listens(
    on: Callable[[Screen], Playground],
) -> None:
    playground = on(DESK)
    expect(playground.table).to_have_count(1)
    assert playground.table.evaluate("(table) => table.closest('.spoken') !== null")
    playground.page.locator('[data-panel="table"]').click()
    expect(playground.cell("z", "data")).to_be_in_viewport(ratio=1)
    playground.rows.filter(has_text="Add").click()
    expect(playground.node("z")).to_have_class("node selected")
    edge = playground.page.get_by_role("separator", name="Width of the panel")
    before = playground.box(playground.page.locator(".side"))["width"]
    start = playground.centre(edge)
    playground.drag(start, type(start)(start.x - 120, start.y))
    assert playground.box(playground.page.locator(".side"))["width"] == pytest.approx(before + 120, abs=2)
    playground.page.get_by_role("button", name="Close the panel").click()
    expect(playground.page.locator(".side")).to_be_hidden()
    expect(playground.table).to_have_count(1)
    playground.expect_data("z", "13")


def test_the_output_that_is_differentiated_is_named_and_chosen(on: Callable[[Screen], Playground]) -> None:
    playground = on(DESK)
    playground.type_formula("y = x**2; w = 3*x")
    expect(playground.rows).to_have_count(4)  # x, y, the constant and w
    choice = playground.page.get_by_test_id("differentiated")
    choice.select_option("y")
    playground.expect_grad("x", "4")  # 2x; x is 2 as before
    choice.select_option("w")
    playground.expect_grad("x", "3")


def test_presenting_shows_question_graph_sentence_and_steps_alone(on: Callable[[Screen], Playground]) -> None:
    playground = on(PROJECTOR)
    page = playground.page
    page.keyboard.press("p")
    for hidden in (".top", ".palette", ".rail", ".run-controls"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in ('[data-testid="question"]', '[data-node="z"]', '[data-testid="caption"]', '[data-step="next"]'):
        expect(page.locator(shown)).to_be_in_viewport()
    page.keyboard.press("PageDown")  # a presenter's keys
    expect(playground.caption).to_contain_text("Step 1 of 7")
    page.keyboard.press("PageUp")
    expect(playground.caption).to_contain_text("Before the first step")
    assert float(playground.caption.evaluate("(text) => parseFloat(getComputedStyle(text).fontSize)")) >= 32
    page.keyboard.press("Escape")
    expect(page.locator(".top")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_question_whole_graph_and_table_on_one_page(tabs: Tabs, server: Server, scheme: Scheme) -> None:
    page = tabs.fresh(scheme=scheme)
    playground = Playground(page, server.url).open()
    page.locator('[data-panel="code"]').click()
    for paper in ("A4", "Letter"):
        assert page.pdf(format=paper).count(b"/Type /Page\n") == 1
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    stage = playground.box(playground.canvas)
    for name in ("x", "y", "a", "b", "z"):
        node = playground.box(playground.node(name))
        assert stage["x"] <= node["x"]
        assert node["x"] + node["width"] <= stage["x"] + stage["width"]
        assert stage["y"] <= node["y"]
        assert node["y"] + node["height"] <= stage["y"] + stage["height"]
    expect(page.get_by_test_id("question")).to_be_visible()
    expect(playground.cell("z", "grad")).to_be_visible()
    assert playground.box(playground.cell("z", "grad"))["y"] > stage["y"] + stage["height"]
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    colours = playground.cell("z", "op").evaluate("(cell) => getComputedStyle(cell).color")
    assert colours == "rgb(0, 0, 0)"
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".rail")).to_be_visible()
