"""The page without a server, in a browser: all of it but Pyodide, in whose place this process runs the same Python."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import embedded_hands, site_hands
from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.screens import PHONE
from tests.browser.server import ROOT
from tests.browser.site_host import SiteHost
from tests.browser.tabs import Complaints
from tools.site.writer import write_site

pytestmark = pytest.mark.browser


@pytest.fixture
def host(tmp_path: Path) -> Iterator[SiteHost]:
    folder = tmp_path / "site"
    write_site(folder, None)
    with SiteHost(folder, runs_python=True) as running:
        yield running


def test_lessons_steps_predictions_files_languages_and_links_work_without_a_server(
    browser: Browser, host: SiteHost, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    complaints = Complaints(page)
    playground = Playground(page, host.url).open()
    playground.expect_data("z", "13")
    page.locator(".first-steps").get_by_role("button").last.click()  # a first visit is offered four first steps
    site_hands.do_what_needs_no_server(playground, host.url, tmp_path)
    complaints.stop()
    assert complaints.heard == []

    # The page itself opens without its host; here only what runs Python does not.
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then((names) => names.length === 1)")
    host.end()
    page.goto(host.url)
    expect(page.get_by_role("alert")).to_contain_text("What you have built stays in this browser.", timeout=20_000)
    expect(page.locator("[data-control=try-again]")).to_be_visible()
    context.close()


def test_on_a_phone_the_lessons_lie_over_the_graph_and_go_when_one_is_opened(browser: Browser, host: SiteHost) -> None:
    context = browser.new_context(
        viewport={"width": PHONE.width, "height": PHONE.height}, has_touch=True, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(host.url)
    opening, sidebar = page.locator("[data-control=open-sidebar]"), page.locator(".sidebar")
    expect(opening).to_be_visible(timeout=20_000)
    expect(sidebar).to_be_hidden()
    opening.click()
    page.locator('.lesson-list [data-lesson="2"]').click()
    expect(sidebar).to_be_hidden()
    expect(page.get_by_test_id("question")).to_be_visible()
    assert page.locator(".playground").get_attribute("data-theme") == "dark"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE.width
    context.close()


def test_a_page_of_another_site_holds_it_in_a_sandbox_and_hears_what_was_found(
    browser: Browser, host: SiteHost, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    course.mkdir()
    shutil.copy(ROOT / "docs/embedding.html", course)
    (course / "favicon.ico").touch()
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    complaints = Complaints(page)
    with SiteHost(course) as around:
        other_site = around.url.replace("localhost", "127.0.0.1")
        frame = embedded_hands.answer_in_a_frame(page, f"{other_site}embedding.html", host.url)
    expect(frame.locator(".sidebar")).to_be_hidden()
    complaints.stop()
    assert complaints.heard == []
    context.close()
