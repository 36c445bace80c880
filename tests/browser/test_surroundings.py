"""What is around the page: another monitor, a lost context, somebody's own colours, a page from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground, Point
from tests.browser.server import Server

pytestmark = pytest.mark.browser

# Chromium's protocol gives the page other pixels and does not tell it: the test says what a browser would.
REMEMBER_MEDIA = """
() => {
  const ask = window.matchMedia;
  window.matchMedia = (query) => {
    const media = ask.call(window, query);
    if (query.includes("dppx")) window.resolution = media;
    return media;
  };
}
"""
DRAWN = """
(stage) => {
  const canvas = stage.querySelector(".ground canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return { pixels: canvas.width / canvas.clientWidth, isDrawn: data.some((part) => part !== 0) };
}
"""
LOSE = """
(stage) => {
  const canvas = stage.querySelector(".ground canvas");
  canvas.getContext("2d").reset();
  for (const kind of ["contextlost", "contextrestored"]) canvas.dispatchEvent(new Event(kind));
}
"""
STYLE = """
(made) => {
  const { outlineStyle, outlineWidth, backgroundColor, borderTopWidth } = getComputedStyle(made);
  return [outlineStyle, outlineWidth, backgroundColor, borderTopWidth].join(" ");
}
"""


def test_another_monitor_and_a_lost_context_leave_the_graph_sharp_and_drawn(page: Page, server: Server) -> None:
    page.add_init_script(f"({REMEMBER_MEDIA})()")
    playground = Playground(page, server.url).open()
    network = page.context.new_cdp_session(page)
    for pixels in (2, 1.25, 1):
        metrics = {"width": 1280, "height": 800, "deviceScaleFactor": pixels, "mobile": False}
        network.send("Emulation.setDeviceMetricsOverride", metrics)
        page.evaluate("() => window.resolution.dispatchEvent(new Event('change'))")
        assert playground.canvas.evaluate(DRAWN) == {"pixels": pytest.approx(pixels, abs=0.01), "isDrawn": True}
    playground.canvas.evaluate(LOSE)
    assert playground.canvas.evaluate(DRAWN)["isDrawn"]
    network.detach()
    page.close()  # with the script that it would keep


def test_in_somebodys_own_colours_what_is_chosen_stands_out(playground: Playground) -> None:
    page = playground.page
    page.emulate_media(forced_colors="active")
    bars, choice = page.locator('[data-toggle="bars"]'), page.get_by_test_id("variant")
    for unlike, act, chosen in (
        (playground.node("b"), lambda: playground.select("a"), playground.node("a")),
        (bars, lambda: playground.toggle("bars"), bars),
        (choice, lambda: playground.use_variant(13), choice),
        (playground.lesson(1), lambda: playground.open_lesson(2), playground.lesson(1)),
    ):
        before = unlike.evaluate(STYLE)
        act()
        expect(chosen).to_be_visible()
        playground.wait_until(lambda before=before, chosen=chosen: chosen.evaluate(STYLE) != before)  # type: ignore[misc]
    playground.menu("class")
    join = playground.control("join-room")
    assert join.evaluate("(made) => getComputedStyle(made).forcedColorAdjust") == "none"  # else its word has no ground
    page.keyboard.press("Escape")
    # Dark ground, light writing: the drawing follows the colours that are forced, not those of the page.
    theme = page.locator(".playground")
    expect(theme).to_have_attribute("data-theme", "light")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    expect(theme).to_have_attribute("data-theme", "dark")


def test_in_a_page_from_right_to_left_everything_stands_where_it_is_touched(playground: Playground) -> None:
    page = playground.page
    page.evaluate("() => (document.documentElement.dir = 'rtl')")
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    for part in (".formula-field", ".question-text", ".stage", ".time", ".lesson-list", ".language-choice"):
        assert page.locator(part).first.evaluate("(part) => getComputedStyle(part).direction") == "ltr"
    playground.set_value("x", "4")
    playground.expect_data("z", "25")
    start = playground.centre(playground.node("z"))
    playground.drag(start, Point(start.x - 70, start.y + 60))
    moved = playground.centre(playground.node("z"))
    assert (moved.x - start.x, moved.y - start.y) == pytest.approx((-70, 60), abs=2)
    playground.open_panel("code")
    edge = playground.centre(page.get_by_role("separator", name="Width of the panel"))
    before = playground.box(page.locator(".side"))["width"]
    playground.drag(edge, Point(edge.x - 80, edge.y))
    assert playground.box(page.locator(".side"))["width"] == pytest.approx(before + 80, abs=2)
