"""The first picture is there before Streamlit has begun, stays where it is, and hands over what is done meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.playground import Playground
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@contextmanager
def held_back(page: Page) -> Iterator[Callable[[], None]]:
    """Let nothing come of Streamlit's session, which it asks this for first, until what is given is called."""
    held: list[Route] = []
    page.route("**/_stcore/host-config", lambda route: held.append(route))

    def let_go() -> None:
        page.wait_for_function("() => true")  # what was asked for has come to be held
        assert held
        held.pop().continue_()

    yield let_go
    page.unroute("**/_stcore/host-config")


def is_early(page: Page) -> bool:
    return page.locator(".early-place.seen").count() == 1


def stands(playground: Playground) -> list[dict[str, float] | None]:
    return [playground.node(name).bounding_box() for name in ("x", "a", "z")]


# Notes at every frame where a node stands.
_WATCH = """(made) => {
  const places = [];
  const look = () => {
    const { x, y, width } = made.getBoundingClientRect();
    const place = [x, y, width].map(Math.round).join(" ");
    if (places.at(-1) !== place) places.push(place);
    made.dataset.stood = places.join();
    requestAnimationFrame(look);
  };
  look();
}"""


def comes_home(playground: Playground, let_go: Callable[[], None]) -> None:
    """Expect that the canvas comes to its place in Streamlit's page, and that nothing moves meanwhile."""
    page, before = playground.page, stands(playground)
    playground.node("z").evaluate(_WATCH)
    stood = playground.node("z").get_attribute("data-stood") or ""
    let_go()
    expect(page.locator(".early-place")).to_have_count(0, timeout=20_000)
    playground.wait_until_drawn()
    expect(playground.node("z")).to_have_attribute("data-stood", stood)  # the very same, and always there
    assert stands(playground) == before


def test_the_first_picture_waits_for_no_session_and_takes_what_is_done_over_to_it(
    first_visit: Page, server: Server
) -> None:
    page = first_visit
    playground = Playground(page, server.url)
    with held_back(page) as let_go:
        page.goto(server.url)
        expect(playground.node("z")).to_be_visible(timeout=20_000)
        playground.expect_data("z", "13")
        playground.expect_grad("x", "4")
        assert is_early(page)
        expect(page.locator('[data-control="undo"]')).to_be_disabled()  # nothing was done yet
        expect(page.get_by_role("button", name="New", exact=True)).to_have_count(0)
        playground.type_value("x", "7")
        expect(playground.cell("x", "data")).to_have_text("7")
        playground.node("y").focus()
        comes_home(playground, let_go)
        expect(playground.node("y")).to_be_focused()
    playground.expect_data("z", "58")

    again = page.context.new_page()  # a second visit: the first is still open, and its graph is not taken from it
    page.close()
    playground = Playground(again, server.url)
    with held_back(again) as let_go:
        again.goto(server.url)
        expect(playground.node("z")).to_be_visible(timeout=20_000)
        playground.expect_data("z", "58")
        assert is_early(again)
        comes_home(playground, let_go)
    playground.expect_data("z", "58")
    playground.undo("set x to 7")
    playground.expect_data("z", "13")

    again.route("**/first/*/en.json", lambda route: route.abort())  # then the session brings it
    again.reload()
    playground.wait_until_drawn()
    playground.expect_data("z", "13")
