"""Touch, screen readers, lost connections: the ways in that a mouse on a good network does not try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.finger import Finger
from tests.browser.playground import Playground
from tests.browser.screens import DESK, ON_ITS_SIDE, PHONE, Screen
from tests.browser.server import ROOT, Server
from tests.browser.tabs import Scheme, Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def tablet(on: Callable[[Screen], Playground]) -> Playground:
    return on(ON_ITS_SIDE)


def test_the_seed_is_built_with_a_finger(tablet: Playground) -> None:
    tablet.start_new()
    finger = Finger(tablet.page)
    places = {"x": (0.15, 0.25), "y": (0.15, 0.75), "a": (0.5, 0.25), "b": (0.5, 0.75), "c": (0.82, 0.5)}
    ops = {"x": "Input", "y": "Input", "a": "Square", "b": "Square", "c": "Add"}
    for name, place in places.items():
        finger.drag(tablet.centre(tablet.palette(ops[name])), tablet.on_canvas(*place))
        expect(tablet.node(name)).to_be_visible()
    for source, target, port in (("x", "a", 0), ("y", "b", 0), ("a", "c", 0), ("b", "c", 1)):
        start, end = tablet.port("out", source), tablet.port("in", target, port)
        finger.drag(tablet.centre(start), tablet.centre(end))
        expect(tablet.port("in", target, port)).to_have_class("port in wired")
    for name, text in (("x", "2"), ("y", "3")):
        finger.tap(tablet.centre(tablet.node(name)))
        field = tablet.page.locator(f'[data-edit="{name}"]')
        field.fill(text)
        field.press("Enter")
    tablet.expect_data("c", "13")
    tablet.expect_grad("x", "4")
    tablet.expect_grad("y", "6")


def test_two_fingers_zoom(tablet: Playground) -> None:
    before = tablet.node("z").bounding_box()
    Finger(tablet.page).pinch(tablet.on_canvas(0.5, 0.9), 80, 160)
    after = tablet.node("z").bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(2 * before["width"], rel=0.05)


@pytest.mark.parametrize(("screen", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_axe_finds_no_violation(tabs: Tabs, server: Server, screen: Screen, scheme: Scheme) -> None:
    """Look at the page, at each panel and at each dialog."""
    page = tabs.fresh(screen, scheme)
    playground = Playground(page, server.url)
    page.goto(server.url)
    expect(playground.node("z")).to_be_visible(timeout=20_000)
    expect(playground.inspect("a").locator("math").first).to_be_visible()
    assert objections(page) == []
    # What is written in another colour or at another size is met on the page: the panels are looked at once.
    for panel in ("paths", "check", "descent", "code", "table", "steps") if (screen, scheme) == (DESK, "light") else ():
        playground.open_panel(panel)
        expect(page.locator(".side")).to_be_visible()
        assert objections(page) == [], panel
    if scheme == "light":
        playground.menu("shortcuts")
    else:
        playground.control("share").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert objections(page) == []
    page.get_by_role("button", name="Close", exact=True).click()
    tabs.put_away(page)


def objections(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found]


def test_a_lost_connection_loses_no_edit(browser: Browser, server: Server) -> None:
    """Close the page's socket under it, and edit while it is away; Streamlit says so on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    playground = Playground(context.new_page(), server.url).open()
    playground.page.evaluate(
        """() => {
          const send = WebSocket.prototype.send;
          WebSocket.prototype.send = function (data) {
            window.socket = this;
            return send.call(this, data);
          };
        }"""
    )
    playground.set_value("x", "6")
    playground.expect_data("z", "45")
    playground.page.evaluate("() => { window.lost = window.socket; window.socket.close(); }")
    playground.set_value("x", "7")
    playground.set_value("y", "1")
    expect(playground.cell("z", "data")).to_have_attribute("data-value", "50", timeout=30_000)
    assert playground.page.evaluate("() => window.socket !== window.lost")
    context.close()


def test_a_restarted_server_gets_the_graph_back(browser: Browser, tmp_path: Path) -> None:
    with Server(ROOT / "streamlit_app.py", tmp_path / "first.txt") as first:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        playground = Playground(context.new_page(), first.url).open()
        playground.set_value("x", "9")
        playground.expect_data("z", "90")
        port = first.port
    again = Server(ROOT / "streamlit_app.py", tmp_path / "second.txt", port=port)
    with again:
        playground.expect_data("z", "90")
        playground.set_value("y", "1")
        expect(playground.cell("z", "data")).to_have_attribute("data-value", "82", timeout=30_000)
        context.close()


def test_what_is_dropped_shows_before_python_has_answered(playground: Playground) -> None:
    """Hold every answer back: the node, the wire and the deletion are there all the same, within a frame."""
    playground.page.evaluate(
        """() => {
          const post = WebSocket.prototype.send;
          WebSocket.prototype.send = function (data) {
            (window.held ??= []).push([this, data]);
          };
          window.letGo = () => {
            WebSocket.prototype.send = post;
            for (const [socket, data] of window.held) socket.send(data);
          };
        }"""
    )
    playground.drag(playground.centre(playground.palette("Neg")), playground.on_canvas(0.9, 0.85))
    expect(playground.node("c")).to_be_visible()
    playground.connect("z", "c")
    expect(playground.port("in", "c")).to_have_class("port in wired")
    playground.node("b").focus()
    playground.select("b")
    playground.node("b").focus()
    playground.page.keyboard.press("Delete")
    expect(playground.node("b")).to_have_count(0)
    playground.page.evaluate("window.letGo()")
    expect(playground.control("undo")).to_have_attribute("title", "Undo: delete b")
    expect(playground.cell("c", "inputs")).to_have_text("z")
