"""How a graph is kept and handed on: files, links, tabs, reloads."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.document import to_json
from engine.lessons import LESSONS
from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def drop_file(playground: Playground, name: str, text: str) -> None:
    transfer = playground.page.evaluate_handle(
        """([name, text]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], name, { type: "application/json" }));
          return transfer;
        }""",
        [name, text],
    )
    playground.canvas.dispatch_event("dragover", {"dataTransfer": transfer})
    playground.canvas.dispatch_event("drop", {"dataTransfer": transfer})


def test_a_file_dropped_on_the_page_is_opened(playground: Playground) -> None:
    drop_file(playground, "lesson.json", to_json(LESSONS[2].graph))
    playground.expect_data("f", "-12")
    playground.undo("open another graph")
    playground.expect_data("z", "13")


def test_a_script_dropped_on_the_page_opens_as_its_graph(playground: Playground) -> None:
    drop_file(playground, "graph.py", "x = Value(3.0)\ny = x * x\ny += 1\ny.backward()\n")
    playground.expect_data("y", "10")
    playground.expect_grad("x", "6")
    drop_file(playground, "graph.py", "x = Value(3.0)\nfor i in range(3):\n    x = x * x\n")
    playground.expect_notice("Line 2: A graph holds no loop")
    playground.expect_data("y", "10")


def test_a_malformed_file_dropped_on_the_page_is_refused(playground: Playground) -> None:
    drop_file(playground, "broken.json", '{"format": "backprop-playground", "version": 7}')
    playground.expect_notice("The version is 7")
    playground.expect_data("z", "13")


def test_a_link_opens_the_same_graph_elsewhere(playground: Playground, browser: Browser, server: Server) -> None:
    playground.set_value("x", "−1.5")
    playground.expect_data("z", "11.25")
    link = playground.share()
    assert len(link) < 500
    with_link = fresh_page(browser)
    other = Playground(next(with_link), link).open()
    other.expect_data("z", "11.25")
    other.expect_grad("x", "-3")
    other.set_value("x", "1")
    other.expect_data("z", "10")
    other.reload()  # what was changed since counts, not the link
    other.expect_data("z", "10")
    with_link.close()


@pytest.mark.parametrize("damage", ["AAAA", "%F0%9F", "x" * 9000])
def test_a_damaged_link_opens_the_first_lesson_with_a_sentence(page: Page, server: Server, damage: str) -> None:
    playground = Playground(page, f"{server.url}/?graph={damage}").open()
    playground.expect_data("z", "13")
    playground.expect_notice(re.compile("link is damaged"))


def fresh_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_a_closed_tab_is_taken_up_by_a_new_one(playground: Playground, server: Server) -> None:
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    context = playground.page.context
    playground.page.close(run_before_unload=False)
    again = Playground(context.new_page(), server.url).open()
    again.expect_data("z", "58")


def test_what_an_older_version_of_the_page_kept_is_taken_up(playground: Playground, server: Server) -> None:
    playground.set_value("x", "7")
    playground.expect_grad("x", "14")
    context = playground.page.context
    playground.page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(f"{server.url}/_stcore/health")  # of the same origin, and without a page that keeps something itself
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage).filter((key) => key.startsWith("backprop-playground:"));
          const { variant, ...entry } = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...entry, engine: "step 13", automatic: false }));
        }"""
    )
    again = Playground(page, server.url).open()
    again.expect_data("z", "58")
    expect(page.get_by_test_id("automatic")).not_to_be_checked()
    expect(page.get_by_test_id("variant")).to_have_value("step 13")


def test_a_reload_leaves_zoom_selection_and_focus_as_they_were(playground: Playground) -> None:
    at = playground.on_canvas(0.3, 0.4)
    playground.page.mouse.move(at.x, at.y)
    small = playground.box(playground.node("b"))["width"]
    playground.page.mouse.wheel(0, -200)
    playground.node("b").focus()
    playground.page.keyboard.press("Space")
    playground.wait_until(lambda: playground.box(playground.node("b"))["width"] > 1.3 * small)
    before = playground.box(playground.node("b"))
    playground.reload()
    expect(playground.node("b")).to_be_focused()
    expect(playground.node("b")).to_have_class(re.compile("selected"))
    playground.wait_until(lambda: playground.box(playground.node("b")) == pytest.approx(before, abs=1))


def test_two_tabs_do_not_overwrite_each_other(playground: Playground, server: Server) -> None:
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    second = Playground(playground.page.context.new_page(), server.url).open()
    second.expect_data("z", "13")  # the first tab is open: its graph is its own
    second.set_value("x", "1")
    second.expect_data("z", "10")
    playground.reload()
    playground.expect_data("z", "58")
    second.reload()
    second.expect_data("z", "10")


def test_a_formula_that_keeps_nothing_leaves_the_lesson_on_the_page_too(playground: Playground) -> None:
    lesson = playground.lesson(1)
    expect(lesson).to_have_attribute("aria-current", "true")
    playground.type_formula("v = sin(u)")
    expect(lesson).not_to_have_attribute("aria-current", "true")
    playground.expect_grad("u", "0.5403023058681398")  # cos 1
    playground.undo("change the formula")
    expect(lesson).to_have_attribute("aria-current", "true")
    playground.expect_data("z", "13")
