"""While the server is away hands go on, and when it is back all that they did is there, once and in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.restarting import RestartingServer

pytestmark = pytest.mark.browser

RECONNECTS_MS = 30_000


@pytest.fixture
def restarting(tmp_path: Path) -> Iterator[RestartingServer]:
    server = RestartingServer(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """Give a page that may complain: it will ask a server that is away."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def expect_away(playground: Playground) -> None:
    expect(playground.page.get_by_text("The server does not answer.")).to_be_visible()


def expect_back(playground: Playground) -> None:
    expect(playground.page.get_by_text("The server does not answer.")).to_be_hidden(timeout=RECONNECTS_MS)


def session_of(page: Page) -> str:
    """Return which session of a server this tab has told the browser to keep its graph of."""
    entry = page.evaluate(
        "() => localStorage.getItem('backprop-playground:' + sessionStorage.getItem('backprop-playground:tab'))"
    )
    return str(json.loads(entry)["session"])


def test_undo_and_edits_while_the_server_is_away_are_done_once(visitor: Page, restarting: RestartingServer) -> None:
    playground = Playground(visitor, restarting.url).open()
    for value in ("5", "6", "7"):
        playground.set_value("x", value)
    playground.expect_data("z", "58")
    restarting.kill()
    expect_away(playground)
    playground.node("x").focus()
    visitor.keyboard.press("Control+z")  # x is 6
    visitor.keyboard.press("Control+z")  # x is 5
    playground.set_value("y", "1")
    playground.set_value("y", "2")
    waiting = playground.node("y")
    expect(waiting.locator(".badge.pending")).to_have_text("waiting …")
    expect(waiting).to_have_attribute("aria-label", re.compile("data 2, .*waiting, not computed yet"))
    visitor.keyboard.press("Control+z")  # y is 1
    restarting.start()
    expect_back(playground)
    expect(playground.cell("z", "data")).to_have_attribute("data-value", "26", timeout=RECONNECTS_MS)
    expect(waiting.locator(".badge.pending")).to_have_count(0)
    playground.undo("set y to 1")
    playground.expect_data("z", "34")
    playground.undo("set x to 5")
    playground.expect_data("z", "13")
    expect(playground.control("undo")).to_be_disabled()


@pytest.mark.parametrize("shows_dialog", [False, True], ids=["our server", "a host that shows its dialog"])
def test_what_is_being_typed_stays_being_typed(visitor: Page, restarting: RestartingServer, shows_dialog: bool) -> None:
    if shows_dialog:
        settings = {"allowedOrigins": [], "useExternalAuthToken": False, "blockErrorDialogs": False}
        visitor.route("**/_stcore/host-config", lambda route: route.fulfill(json=settings))
    playground = Playground(visitor, restarting.url).open()
    playground.node("x").locator(".value").click()
    field = visitor.locator('[data-edit="x"]')
    field.fill("3.14")
    restarting.kill()
    if shows_dialog:
        dialog = visitor.get_by_role("dialog", name="Connection error")
        expect(dialog).to_be_visible(timeout=RECONNECTS_MS)
        dialog.get_by_role("button", name="Close").click()
    else:
        expect_away(playground)
    expect(field).to_be_focused()
    visitor.keyboard.press("End")
    visitor.keyboard.type("1592")
    restarting.start()
    expect_back(playground)
    expect(field).to_have_value("3.141592")
    expect(field).to_be_focused()
    visitor.keyboard.press("Enter")
    expect(playground.cell("x", "data")).to_have_attribute("data-value", "3.141592", timeout=RECONNECTS_MS)


def test_a_search_and_a_formula_stay_being_typed(visitor: Page, restarting: RestartingServer) -> None:
    playground = Playground(visitor, restarting.url).open()
    playground.formula.fill("z = x * ")
    restarting.kill()
    expect_away(playground)
    expect(playground.formula).to_be_focused()
    playground.canvas.focus()
    visitor.keyboard.press("/")
    visitor.keyboard.type("tan")
    restarting.start()
    expect_back(playground)
    expect(playground.rows).to_have_count(5)
    search = visitor.get_by_role("combobox", name="Search for an op")
    expect(search).to_be_focused()
    expect(search).to_have_value("tan")
    expect(playground.formula).to_have_value("z = x * ")
    visitor.keyboard.press("Enter")
    expect(playground.rows).to_have_count(6)


def test_two_thousand_arrow_presses_while_the_server_is_away_are_one_move(
    visitor: Page, restarting: RestartingServer
) -> None:
    playground = Playground(visitor, restarting.url).open()
    restarting.kill()
    expect_away(playground)
    playground.node("a").focus()
    playground.node("a").evaluate(
        """(node) => {
          for (let press = 0; press < 2010; press += 1) {
            const key = press % 2 === 0 || press > 2005 ? "ArrowRight" : "ArrowLeft";
            node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
          }
        }"""
    )
    restarting.start()
    expect_back(playground)
    visitor.reload()
    playground.wait_until_drawn()
    playground.undo("move a")
    playground.expect_data("z", "13")


def test_a_restart_keeps_the_lesson_its_question_what_was_done_by_hand_and_the_panel(
    visitor: Page, restarting: RestartingServer
) -> None:
    playground = Playground(visitor, restarting.url).open()
    playground.open_lesson(9)
    playground.expect_grad("x", "")
    backward = visitor.get_by_role("button", name="Backward", exact=True)
    backward.click()
    playground.expect_grad("x", "2")
    backward.click()
    playground.expect_grad("x", "4")
    playground.open_panel("code")
    expect(visitor.get_by_test_id("code")).to_be_visible()
    restarting.kill()
    expect_away(playground)
    restarting.start()
    expect_back(playground)
    for _ in range(2):
        expect(playground.cell("x", "grad")).to_have_attribute("data-value", "4", timeout=RECONNECTS_MS)
        expect(visitor.get_by_test_id("code").locator("code").first).to_be_visible()
        expect(playground.lesson(9)).to_have_attribute("aria-current", "true")
        expect(visitor.get_by_test_id("question")).to_be_visible()
        playground.reload()
    playground.open_panel("code")  # which closes it
    backward.click()
    playground.expect_grad("x", "6")


def test_forward_backward_and_cleargrad_pressed_while_the_server_is_away_are_carried_out_in_order(
    visitor: Page, restarting: RestartingServer
) -> None:
    playground = Playground(visitor, restarting.url).open()
    playground.open_lesson(9)
    playground.expect_grad("x", "")
    playground.open_steps()
    restarting.kill()
    expect_away(playground)
    for name in ("backward", "cleargrad", "backward", "backward", "backward"):
        visitor.locator(f'[data-step="{name}"]').click()
    restarting.start()
    expect_back(playground)
    playground.leave_steps()  # the numbers are those of the last step
    expect(playground.cell("x", "grad")).to_have_attribute("data-value", "6", timeout=RECONNECTS_MS)
    playground.reload()
    playground.expect_grad("x", "6")


def test_a_restart_leaves_the_view_and_the_step_alone_however_often(
    visitor: Page, restarting: RestartingServer
) -> None:
    playground = Playground(visitor, restarting.url).open()
    playground.open_steps()
    playground.step_to(3)
    at = playground.on_canvas(0.3, 0.4)
    visitor.mouse.move(at.x, at.y)
    visitor.mouse.wheel(0, -200)
    for number in range(2):
        playground.settle("b")  # a step may have moved the view, to keep what it is about in sight
        before = playground.box(playground.node("b"))
        session = session_of(visitor)
        restarting.kill()
        expect_away(playground)
        restarting.start()
        expect_back(playground)
        playground.wait_until(lambda session=session: session_of(visitor) != session, 30)  # type: ignore[misc]
        expect(playground.caption).to_contain_text("Step 3 of")
        stayed = pytest.approx(before, abs=1)
        playground.wait_until(lambda stayed=stayed: playground.box(playground.node("b")) == stayed, 30)  # type: ignore[misc]
        visitor.keyboard.press("ArrowRight" if number else "ArrowLeft")
        expect(playground.caption).to_contain_text("Step 4 of" if number else "Step 2 of")
        visitor.keyboard.press("ArrowLeft" if number else "ArrowRight")
    playground.leave_steps()
    playground.open_lesson(2)
    expect(playground.node("x")).to_be_in_viewport()


def test_after_a_restart_the_first_click_on_the_page_counts(visitor: Page, restarting: RestartingServer) -> None:
    playground = Playground(visitor, restarting.url).open()
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    playground.open_lesson(3)
    session = session_of(visitor)
    restarting.kill()
    expect_away(playground)
    restarting.start()
    expect_back(playground)
    playground.wait_until(lambda: session_of(visitor) != session, 30)
    playground.open_lesson(2)
    for _ in range(2):
        playground.undo("open another graph")
    playground.expect_data("z", "58")
