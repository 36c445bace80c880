"""An installed page whose server is away: it opens with the last graph, and what is changed is done when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.restarting import RestartingServer

pytestmark = pytest.mark.browser

_KEPT = """async (wanted) => {
  const isKept = async () => {
    const names = await caches.keys();
    const pictures = names.find((name) => name.startsWith("backprop-playground pictures"));
    if (pictures === undefined || !names.some((name) => name.startsWith("backprop-playground away"))) return false;
    const cache = await caches.open(pictures);
    const [last] = (await cache.keys()).slice(-1);
    return last !== undefined && (await (await cache.match(last)).text()).includes(wanted);
  };
  while (!(await isKept())) await new Promise((done) => setTimeout(done, 50));
}"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RestartingServer]:
    running = RestartingServer(tmp_path)
    yield running
    running.stop()


def opened_without_server(page: Page, url: str) -> Playground:
    page.goto(url)
    playground = Playground(page, url)
    expect(page.locator("[data-away=graph]")).to_contain_text("The server does not answer.", timeout=20_000)
    expect(playground.canvas).to_be_visible(timeout=20_000)
    return playground


def test_an_installed_page_opens_without_its_server_and_hands_over_what_was_done(
    browser: Browser, server: RestartingServer
) -> None:
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    playground = Playground(page, server.url).open()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    page.evaluate("dispatchEvent(new Event('appinstalled'))")
    playground.set_value("x", "5")
    playground.expect_data("z", "34")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.evaluate(_KEPT, '"data":"34"')
    page.reload()
    playground.wait_until_drawn()
    expect(page.locator("[data-testid=stApp]")).to_be_visible()  # the server is there, and so is its own page
    expect(page.locator("[data-away]")).to_have_count(0)
    playground.expect_data("z", "34")
    page.evaluate(_KEPT, '"data":"34"')
    server.kill()

    playground = opened_without_server(page, server.url)
    playground.expect_data("z", "34")
    playground.set_value("y", "1")
    page.close()
    page = context.new_page()  # as a tablet opens it another day
    opened_without_server(page, server.url).set_value("x", "6")
    server.start()
    expect(page.locator("[data-testid=stApp]")).to_be_visible(timeout=30_000)  # by itself
    playground = Playground(page, server.url)
    playground.wait_until_drawn()
    playground.expect_data("z", "37")  # 6² + 1²
    playground.expect_grad("y", "2")
    context.close()
