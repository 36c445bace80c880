"""One server, one browser and its tabs for all browser tests; a page with nothing remembered for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import marked_english
from tests.browser.chromium import launch
from tests.browser.playground import Playground
from tests.browser.screens import DESK, PHONE, TABLET, ZOOMED, Screen
from tests.browser.server import ROOT, Server
from tests.browser.tabs import Complaints, Tabs

VIEWPORT = {"width": 1280, "height": 800}


@pytest.fixture(scope="session", autouse=True)
def _marked_english() -> Iterator[None]:
    """Speak marked English where that is asked for, and fail at the end where a word was read without a mark."""
    if not marked_english.is_asked_for():
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        marked_english.begin(patch)
        yield


def pytest_sessionfinish(session: pytest.Session) -> None:
    if marked_english.FOUND.texts:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _named_test(request: pytest.FixtureRequest) -> None:
    marked_english.FOUND.test = request.node.nodeid


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for text, (place, test) in marked_english.FOUND.texts.items():
        terminalreporter.write_line(f"without a mark: {text!r} ({place}) in {test}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(ROOT / "streamlit_app.py", tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture(scope="session")
def room_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server whose rooms' file is its own."""
    folder = tmp_path_factory.mktemp("rooms")
    settings = {"PLAYGROUND_DATA": str(folder), "PLAYGROUND_FIRST_STEPS": "off"}
    with Server(ROOT / "streamlit_app.py", folder / "log.txt", settings=settings) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser, server: Server) -> Iterator[Tabs]:
    made = Tabs(browser, server.url)
    yield made
    made.close()


@contextmanager
def without_complaints(page: Page, server: Server) -> Iterator[None]:
    """Expect that neither the browser nor the server complains meanwhile."""
    complaints = Complaints(page)
    logged = len(server.log())
    yield
    complaints.stop()
    log = server.log()[logged:]
    assert complaints.heard == []
    assert "Traceback" not in log
    assert "Warning" not in log


@pytest.fixture
def page(tabs: Tabs, server: Server) -> Iterator[Page]:
    """Give a page; the test fails if the browser or the server complained meanwhile."""
    page = tabs.fresh()
    with without_complaints(page, server):
        yield page
        tabs.put_away(page)


@pytest.fixture
def first_visit(browser: Browser, server: Server) -> Iterator[Page]:
    """Give a page of a browser that has never asked for anything."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    with without_complaints(page, server):
        yield page
        context.close()


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.url).open()


@pytest.fixture
def on(tabs: Tabs, server: Server) -> Iterator[Callable[[Screen], Playground]]:
    """Open the page on a kind of screen."""
    pages = []

    def opened(screen: Screen) -> Playground:
        page = tabs.fresh(screen)
        pages.append(page)
        page.goto(server.url)
        expect(page.locator('[data-node="z"]')).to_be_visible(timeout=20_000)
        expect(page.locator('.stage:not([aria-busy="true"])')).to_be_visible()  # laid out for its room
        return Playground(page, server.url)

    yield opened
    for page in pages:
        tabs.put_away(page)


@pytest.fixture
def desk(on: Callable[[Screen], Playground]) -> Playground:
    return on(DESK)


@pytest.fixture
def tablet(on: Callable[[Screen], Playground]) -> Playground:
    return on(TABLET)


@pytest.fixture
def phone(on: Callable[[Screen], Playground]) -> Playground:
    return on(PHONE)


@pytest.fixture
def zoomed(on: Callable[[Screen], Playground]) -> Playground:
    return on(ZOOMED)
