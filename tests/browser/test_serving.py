"""How the canvas comes to the browser: over HTTP and once, or as one script where no route leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from components.canvas import app_folder, canvas_folder
from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server

pytestmark = pytest.mark.browser

SMALLEST_SCRIPT = 400_000  # vis-network alone is more


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """Give a page that may complain."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def received(page: Page) -> list[int]:
    """Listen to what comes through the page's sockets; give the size of each message."""
    sizes: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    return sizes


def asked_of_the_canvas(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def works(page: Page, url: str) -> None:
    playground = Playground(page, url).open()
    playground.expect_data("z", "13")
    playground.set_value("x", "7")
    playground.expect_data("z", "58")


FILES = ("canvas.js", "loading.js", "picture.en.json", "style.css", "vis-network.js")
ASKED_AGAIN = {"/", "/_stcore/health", "/_stcore/host-config"}
"""What every visit asks the server for: whether the page is the same, and whether the server is there."""


def test_five_files_come_over_http_and_nothing_is_asked_for_twice(first_visit: Page, server: Server) -> None:
    page = first_visit
    sizes, asked = received(page), asked_of_the_canvas(page)
    works(page, server.url)
    folder = f"{server.url}/{canvas_folder().path}"
    files = sorted(url for url in asked if url.startswith(folder))
    assert files == [folder + name for name in FILES]
    # What a tablet asks for that installs the page; the browser finds no fault in it.
    expect(page.locator('head > link[rel="manifest"]')).to_have_count(1)
    told = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert (told["errors"], told["url"]) == ([], f"{server.url}/{app_folder().path}app.webmanifest")
    assert max(sizes) < SMALLEST_SCRIPT
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    answers: list[dict[str, object]] = []
    network.on("Network.responseReceived", lambda event: answers.append(event["response"]))
    kept: list[str] = []
    network.on("Network.requestServedFromCache", lambda event: kept.append(event["requestId"]))
    again: list[tuple[str, str]] = []
    network.on("Network.requestWillBeSent", lambda event: again.append((event["requestId"], event["request"]["url"])))
    page.reload()
    Playground(page, server.url).expect_data("z", "58")
    from_disk = {answer["url"] for answer in answers if answer["fromDiskCache"]}
    assert [url for _, url in again if url.startswith(folder)]
    asked_again = [url for number, url in again if number not in kept and url not in from_disk]
    assert {urlsplit(url).path for url in asked_again if url.startswith("http")} <= ASKED_AGAIN


def test_below_a_prefix(visitor: Page, tmp_path: Path) -> None:
    with Server(ROOT / "streamlit_app.py", tmp_path / "log.txt", base="/class/of-30") as server:
        sizes = received(visitor)
        works(visitor, server.url + "/")
    assert max(sizes) < SMALLEST_SCRIPT


def test_a_host_that_serves_no_files_sends_one_script(visitor: Page, tmp_path: Path) -> None:
    script = tmp_path / "host.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom components.page import show_page\nshow_page()\n", "utf-8"
    )
    with Server(script, tmp_path / "log.txt") as server:
        sizes, asked = received(visitor), asked_of_the_canvas(visitor)
        works(visitor, server.url)
        assert "Traceback" not in server.log()
    assert max(sizes) > SMALLEST_SCRIPT
    assert [url for url in asked if "/canvas/" in url] == []


@pytest.mark.parametrize("lost", ["canvas.js", "style.css", "vis-network.js", "picture.en.json"])
def test_a_browser_that_the_files_do_not_reach_gets_one_script(visitor: Page, server: Server, lost: str) -> None:
    sizes = received(visitor)
    visitor.route(f"**/canvas/*/{lost}", lambda route: route.abort())
    works(visitor, server.url)
    assert max(sizes) > SMALLEST_SCRIPT
    sizes.clear()
    Playground(visitor, server.url).set_value("x", "8")
    Playground(visitor, server.url).expect_data("z", "73")
    assert max(sizes) < SMALLEST_SCRIPT  # once a page, not once an edit
