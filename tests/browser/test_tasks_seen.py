"""Small tasks of somebody who looks, at the sizes where the page failed them: twenty of forty.

The other twenty, of the hand, stand in test_tasks_hands. What has a file of its own is not asked here once more:
lessons, labels, palette, table, output, Present and paper in test_page; nets and Present's 24 and 32 pixels in
test_legible; what a tapped number tells, 115 nodes and folded blocks in test_picture; every lesson from the back of the
room in test_projector; other monitors, forced colours and pages from right to left in test_surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine.document import Graph, LinkFields, to_link
from engine.edits import SetFormula, apply
from tests.browser.playground import Playground
from tests.browser.screens import PHONE, Screen
from tests.browser.server import Server
from tests.browser.tabs import Tabs
from tests.browser.test_legible import NET, is_in_sight, overlapping, text_px
from tests.browser.test_page import COVERING, in_sight

pytestmark = pytest.mark.browser

PROJECTOR_ZOOMED = Screen(960, 540)  # 1920 × 1080 at 200 %
OUTSIDE = """
(panel) => {
  const { left, right } = panel.getBoundingClientRect();
  const seen = [...panel.querySelectorAll("input, select, button, td, label")].filter((each) => each.checkVisibility());
  return seen.filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && (box.left < left || box.right > right);
  }).map((each) => each.outerHTML);
}
"""


def drawer(phone: Playground) -> None:
    phone.page.get_by_test_id("stExpandSidebarButton").tap()


# What is seen first ----------------------------------------------------------------------------------------------


def test_phone_what_is_new_is_in_sight(phone: Playground) -> None:
    drawer(phone)
    phone.start_new()
    expect(phone.page.locator(".hint")).to_be_in_viewport(ratio=1)
    expect(phone.page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    assert in_sight(phone.page)


def test_phone_lessons_new_open_and_save_are_one_gesture_away(phone: Playground) -> None:
    drawer(phone)
    expect(phone.lesson(1)).to_be_in_viewport(ratio=1)
    for name in ("New", "Open", "Save"):
        expect(phone.page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)


def test_phone_the_first_graph_is_read_without_a_gesture(phone: Playground) -> None:
    phone.wait_until(lambda: text_px(phone) >= 13)
    phone.wait_until(lambda: phone.page.evaluate(COVERING) == [])
    expect(phone.control("undo")).to_be_disabled()


def test_phone_a_link_is_laid_out_for_it(tabs: Tabs, server: Server) -> None:
    graph = apply(Graph(), SetFormula(text="y = exp(sin(cos(sqrt(tanh(x))))) * w"))
    page = tabs.fresh(PHONE)
    page.goto(f"{server.url}/?graph={to_link(graph, fields=LinkFields())}")
    playground = Playground(page, server.url)
    expect(playground.node("y")).to_be_visible(timeout=20_000)
    playground.wait_until(lambda: text_px(playground) >= 13)
    assert overlapping(playground) == []
    tabs.put_away(page)


def test_tablet_the_inspector_rises_and_hides_no_node(tablet: Playground) -> None:
    expect(tablet.inspect("a")).to_be_in_viewport(ratio=0.8)
    tablet.wait_until(lambda: tablet.page.evaluate(COVERING) == [])
    tablet.page.get_by_role("button", name="Close the panel").tap()
    expect(tablet.page.locator(".side")).to_be_hidden()


def test_projector_at_200_percent_no_tool_covers_a_number(on: Callable[[Screen], Playground]) -> None:
    playground = on(PROJECTOR_ZOOMED)
    playground.select("y")
    playground.wait_until(lambda: playground.page.evaluate(COVERING) == [])


@pytest.mark.parametrize("panel", ["descent", "paths", "train"])
def test_phone_a_panel_stays_within_itself_and_off_the_nodes(phone: Playground, panel: str) -> None:
    phone.page.locator(f'[data-panel="{panel}"]').tap()
    expect(phone.page.locator(".side-content > *")).to_be_visible()
    assert phone.page.locator(".side").evaluate(OUTSIDE) == []
    phone.wait_until(lambda: phone.page.evaluate(COVERING) == [])


def test_zoomed_an_op_of_a_family_is_two_clicks_away(zoomed: Playground) -> None:
    zoomed.palette("Softmax").click()
    node = zoomed.page.locator('.node[data-op="Softmax"]')
    expect(node).to_be_visible()
    zoomed.wait_until(lambda: is_in_sight(zoomed, node))


def test_tablet_the_table_shows_its_last_row(tablet: Playground) -> None:
    tablet.page.locator('[data-panel="table"]').tap()
    for column in ("data", "grad"):
        expect(tablet.cell("z", column)).to_be_in_viewport(ratio=1)


def test_desk_a_rule_says_what_it_does(desk: Playground) -> None:
    options = desk.page.get_by_test_id("variant").locator("option")
    expect(options).to_contain_text([re.compile(word) for word in ("correct", "order", "overwrites")])
    desk.use_variant(13)
    expect(desk.page.locator(".variant-remark")).to_be_visible()


def test_desk_steps_open_with_the_graph_and_remember_their_details(desk: Playground) -> None:
    desk.page.locator('[data-panel="steps"]').click()
    expect(desk.caption).to_be_visible()
    expect(desk.page.locator(".side")).to_be_hidden()
    desk.page.locator('[data-step="details"]').click()
    expect(desk.page.locator(".side")).to_be_visible()
    desk.leave_steps()
    desk.page.locator('[data-panel="steps"]').click()
    expect(desk.page.locator(".side")).to_be_visible()


# Legible ---------------------------------------------------------------------------------------------------------


def test_phone_every_number_of_a_net_is_a_tap_away(phone: Playground) -> None:
    phone.type_formula(NET)
    expect(phone.rows).to_have_count(25)
    phone.wait_until(lambda: overlapping(phone) == [] and is_in_sight(phone, phone.node("y")))
    for name, value in (("w12", "4"), ("v2", "10")):
        phone.node(name).tap()
        phone.expect_data(name, value)
        expect(phone.page.get_by_test_id("readout")).to_contain_text(f"{name} Input data {value}")
    phone.page.locator('[data-step="first"]').tap()
    for _ in range(3):
        phone.page.locator('[data-step="next"]').tap()
    expect(phone.caption).to_contain_text("Step 3 of")
    phone.wait_until(lambda: text_px(phone) >= 15.9)
    phone.wait_until(lambda: is_in_sight(phone, phone.page.locator(".node.active")))


def test_phone_the_bar_of_what_is_selected_lies_on_nothing(phone: Playground) -> None:
    phone.type_formula("d = (x + y) * (x - y) * w")
    expect(phone.node("d")).to_be_visible()
    phone.node("w").tap()
    bar = phone.page.get_by_role("toolbar", name="Selection")
    phone.menu("tidy")
    expect(bar).to_be_visible()
    phone.wait_until(lambda: phone.page.evaluate(COVERING) == [])
    assert phone.box(bar)["y"] >= phone.box(phone.canvas)["y"] + phone.box(phone.canvas)["height"]


@pytest.mark.parametrize("value", ["-123456.789", "[1.25, -2.5, 3.75]"])
def test_desk_a_node_keeps_its_size_whatever_its_number(desk: Playground, value: str) -> None:
    before = desk.box(desk.node("a"))
    desk.set_value("x", value)
    expect(desk.cell("x", "data")).to_have_attribute("data-value", re.compile("1.25|123456"))
    after = desk.box(desk.node("a"))
    assert after["height"] == before["height"]
    assert after["y"] == before["y"]


def test_desk_a_graph_stays_whole_beside_a_panel(desk: Playground) -> None:
    for panel in ("code", "code", "table"):
        desk.page.locator(f'[data-panel="{panel}"]').click()
        desk.wait_until(lambda: all(is_in_sight(desk, node) for node in desk.page.locator(".node").all()))
        desk.wait_until(lambda: desk.page.evaluate(COVERING) == [])


def test_desk_a_long_sentence_of_trouble_is_read_in_full(desk: Playground) -> None:
    desk.type_formula("y = log(x - 5) / (x - x)")
    told = re.compile("the gradient is not finite: y .Div. has no finite")
    desk.select("d")
    expect(desk.page.get_by_test_id("readout")).to_have_text(told)
    desk.select("x")
    expect(desk.page.get_by_test_id("readout")).to_be_hidden()


def test_phone_presents_and_comes_back_by_a_tap(phone: Playground) -> None:
    drawer(phone)
    phone.open_lesson(8)
    phone.control("present").tap()
    for shown in ('[data-testid="question"]', '[data-node="y"]', '[data-testid="caption"]', '[data-step="next"]'):
        expect(phone.page.locator(shown)).to_be_in_viewport()
    for hidden in (".top", ".rail", ".asked-row", ".asked-line", ".asked-told"):
        for part in phone.page.locator(hidden).all():
            expect(part).to_be_hidden()
    phone.page.get_by_role("button", name="End presenting").tap()
    expect(phone.page.locator(".top")).to_be_visible()


def test_zoomed_presents_by_keys(zoomed: Playground) -> None:
    zoomed.page.keyboard.press("p")
    for shown in ('[data-testid="question"]', '[data-node="z"]', '[data-testid="caption"]'):
        expect(zoomed.page.locator(shown)).to_be_in_viewport()
    zoomed.page.keyboard.press("Escape")
    expect(zoomed.page.locator(".top")).to_be_visible()


# In the graph's own words ----------------------------------------------------------------------------------------


def test_desk_captions_use_the_names_of_the_graph(desk: Playground) -> None:
    desk.page.keyboard.press("s")
    desk.page.keyboard.press("End")
    formulas = desk.page.get_by_test_id("formulas").locator(".formula").first
    expect(formulas).to_have_attribute("aria-label", re.compile(r"^y\.grad = b\.grad · 2y"))


def test_desk_what_waits_names_its_wire_in_words_of_the_page(desk: Playground) -> None:
    desk.start_new()
    desk.palette("Add").click()
    expect(desk.node("a")).to_have_accessible_name(re.compile("waiting"))
    expect(desk.node("a")).not_to_have_accessible_name(re.compile(r"\bx[01]\b"))
