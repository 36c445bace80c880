"""One server and one browser for all browser tests; a fresh page, with nothing remembered, for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.playground import Playground
from tests.browser.screens import Screen
from tests.browser.server import ROOT, Server

VIEWPORT = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(ROOT / "streamlit_app.py", tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """Give a page; the test fails if the browser or the server complained meanwhile."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    logged = len(server.log())
    yield page
    context.close()
    log = server.log()[logged:]
    assert complaints == []
    assert "Traceback" not in log
    assert "Warning" not in log


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.url).open()


@pytest.fixture
def on(browser: Browser, server: Server) -> Iterator[Callable[[Screen], Playground]]:
    """Open the page on a kind of screen."""
    contexts = []

    def opened(screen: Screen) -> Playground:
        size = {"width": screen.width, "height": screen.height}
        contexts.append(browser.new_context(viewport=size, has_touch=screen.touch))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.goto(server.url)
        expect(page.locator('[data-node="z"]')).to_be_visible(timeout=20_000)
        return Playground(page, server.url)

    yield opened
    for context in contexts:
        context.close()
