"""Nothing is taken from anyone: My graphs, links opened over work, and what is copied from one tab to another."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from engine.document import LinkFields, to_link
from engine.lessons import LESSONS
from tests.browser.playground import Playground
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PASTE = """([text, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  if (html) clipboardData.setData("text/html", html);
  const how = { clipboardData, bubbles: true, cancelable: true, composed: true };
  document.body.dispatchEvent(new ClipboardEvent("paste", how));
}"""
"""As from another program."""
TAKE_PLACE = """() => {
  const registry = globalThis.backpropPlayground;
  const render = registry.render;
  const fresh = document.createElement("div");
  fresh.id = "fresh";
  fresh.style.cssText = "position: fixed; inset: 0; z-index: 10000000; background: white";
  registry.render = (component) => {
    if (!fresh.isConnected) {
      document.querySelector('[data-testid="stApp"]').append(fresh);
      component.parentElement.replaceChildren();
    }
    render({ ...component, parentElement: fresh });
  };
}"""
FILL_STORE = """() => {
  localStorage.clear();
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try { for (let n = 0; ; n += 1) localStorage.setItem(`other ${size} ${n}`, "x".repeat(size)); } catch { /* full */ }
  }
}"""


def test_a_link_opened_over_work_leaves_it_one_undo_away_and_at_the_plain_address(
    playground: Playground, server: Server
) -> None:
    page = playground.page
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    link = f"{server.url}/?graph={to_link(LESSONS[2].graph, fields=LinkFields(panel='code', step=2))}"
    linked = Playground(page, link).open()
    linked.expect_data("f", "-12")
    expect(linked.caption).to_contain_text("Step 2 of")
    expect(page.locator('[data-panel="code"]')).to_have_attribute("aria-pressed", "true")
    linked.leave_steps()
    linked.undo("open another graph")
    linked.expect_data("z", "58")
    expect(linked.control("undo")).to_have_attribute("title", "Undo: set x to 7")
    page.keyboard.press("Control+y")
    linked.expect_data("f", "-12")
    linked.set_value("x", "5")
    linked.reload()  # the link pasted once more: what was changed since counts
    linked.expect_data("x", "5")
    again = Playground(page, server.url).open()
    again.expect_data("z", "58")
    page.evaluate(FILL_STORE)
    again.set_value("x", "8")
    expect(page.get_by_test_id("not-kept")).to_have_text(re.compile("no room left to keep this graph"))
    again.expect_data("z", "73")
    page.evaluate("() => localStorage.clear()")
    again.set_value("x", "9")
    expect(page.get_by_test_id("not-kept")).to_be_hidden()


def test_what_was_built_is_among_my_graphs_to_be_opened_named_and_deleted(playground: Playground) -> None:
    page = playground.page
    rows = page.locator(".my-graph")
    dialog = page.get_by_role("dialog", name="My graphs")
    playground.control("graphs").click()
    expect(dialog).to_contain_text("There is none yet.")  # a lesson that was only opened is none
    dialog.get_by_role("button", name="Close").click()
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    playground.open_lesson(3)
    playground.expect_data("f", "-12")
    page.evaluate("() => localStorage.setItem('backprop-playground-graph:bad', '{')")
    playground.control("graphs").click()
    expect(rows).to_have_count(1)
    expect(rows.locator(".graph-title")).to_have_text(LESSONS[0].title)
    expect(rows.locator(".graph-formula")).to_have_text("z = x ** 2 + y ** 2")
    expect(rows.locator("svg path.thumbnail-inputs")).to_have_attribute("d", re.compile("^M.*zM.*z$"))
    expect(dialog).to_contain_text("1 graph that was kept here cannot be read, and is left out.")
    rows.get_by_role("button", name=f"Give {LESSONS[0].title} a name").click()
    page.keyboard.type("Two squares")
    page.keyboard.press("Enter")
    rows.get_by_role("button", name="Delete Two squares").click()
    rows.get_by_role("button", name="Put it back").click()
    rows.get_by_role("button", name="Open Two squares").click()
    playground.expect_data("z", "58")
    expect(page.get_by_test_id("question")).to_have_text(LESSONS[0].question)
    playground.undo("open another graph")
    playground.expect_data("f", "-12")


def test_nodes_go_from_tab_to_tab_as_text_and_what_else_is_pasted_finds_its_place(
    playground: Playground, server: Server
) -> None:
    page = playground.page
    # Given up on the way, a value leaves no step of undo.
    playground.node("x").locator(".value").click()
    page.keyboard.type("35")
    playground.expect_data("z", "1234")
    page.keyboard.press("Escape")
    playground.expect_data("z", "13")
    expect(playground.control("undo")).to_be_disabled()
    playground.node("x").locator(".value").click()
    page.keyboard.press("Escape")
    playground.select("x")
    playground.node("a").click(modifiers=["Shift"], position={"x": 24, "y": 12})
    page.locator('.selection-bar [data-control="copy"]').click()
    other = Playground(page.context.new_page(), server.url).open()
    other.start_new()
    other.page.keyboard.press("Control+v")
    expect(other.rows).to_have_count(2)
    other.expect_data("a", "4")
    other.page.keyboard.press("Control+v")
    expect(other.rows).to_have_count(4)
    # Cells, as a spreadsheet gives them: a column with decimal commas.
    other.select("x")
    table = "<table><tr><td>1,5</td></tr><tr><td>2,5</td></tr></table>"
    other.page.evaluate(PASTE, ["1,5\n2,5\n", table])
    other.expect_data("x", "[1.5, 2.5]")
    other.page.evaluate(PASTE, ['{"format": "<img src=x onerror=alert(1)>"}', ""])
    other.expect_notice("This text is no graph of the playground")
    other.page.evaluate(PASTE, ["v = sin(u) + 1", ""])
    expect(other.formula).to_be_focused()
    expect(other.page.get_by_test_id("formula-fault")).to_contain_text("press Enter to draw it")
    expect(other.rows).to_have_count(4)
    other.page.keyboard.press("Enter")
    other.expect_data("v", "1.8414709848078965")  # sin 1 + 1
    # Streamlit puts another element in the place of the canvas's own: nothing that is done then is lost.
    page.bring_to_front()
    page.evaluate(TAKE_PLACE)
    page.get_by_role("button", name="New", exact=True).dispatch_event("click")  # for which Streamlit runs the page
    expect(page.locator("#fresh .hint")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("#fresh [data-node]")).to_have_count(5)
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    playground.reload()
    playground.expect_data("z", "58")
