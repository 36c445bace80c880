"""What takes longer is done in slices: the page says what is in work, goes on by itself, and can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server

pytestmark = pytest.mark.browser

ONE_PIECE_A_SLICE = """
import time
from components.channel import channel
from components.state import session, slices
slices.SLICE_SECONDS = channel.TURN_SECONDS = 0.0
channel.TURNS = 1
message = session.Session.message
session.Session.message = lambda page: (time.sleep(0.03), message(page))[1]
"""
COUNT = 5


@pytest.fixture(scope="module")
def slow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the page with as little work between two answers as there can be, each of which takes its time."""
    folder: Path = tmp_path_factory.mktemp("slow")
    script = folder / "page.py"
    source = (ROOT / "streamlit_app.py").read_text("utf-8")
    script.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{ONE_PIECE_A_SLICE}{source}", "utf-8")
    with Server(script, folder / "log.txt") as running:
        yield running


@pytest.fixture
def slow(browser: Browser, slow_server: Server) -> Iterator[Playground]:
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    page: Page = context.new_page()
    yield Playground(page, slow_server.url).open()
    context.close()
    assert "Traceback" not in slow_server.log()


def test_work_goes_on_by_itself_and_says_how_far_it_has_come(slow: Playground) -> None:
    chain = "v0 = x * x; " + "; ".join(f"v{i} = sin(v{i - 1})" for i in range(1, COUNT))
    slow.type_formula(chain)
    progress = slow.page.get_by_test_id("progress")
    expect(progress).to_be_visible()
    expect(progress.get_by_role("status")).not_to_be_empty()
    expect(progress).to_be_hidden(timeout=60_000)
    slow.expect_data("v0", "4")
    slow.type_formula(f"x = 3; {chain}")
    expect(slow.cell("v0", "data")).to_have_attribute("data-value", "9", timeout=60_000)
    expect(progress).to_be_hidden(timeout=60_000)


def test_what_is_in_work_can_be_stopped_and_the_page_goes_on(slow: Playground) -> None:
    slow.open_panel("check")
    progress = slow.page.get_by_test_id("progress")
    expect(progress).to_be_hidden(timeout=60_000)
    slow.set_value("x", "5")
    expect(progress).to_be_visible()
    progress.get_by_role("button", name="Stop").click()
    expect(progress).to_be_hidden(timeout=60_000)
    slow.set_value("y", "1")
    expect(slow.cell("y", "data")).to_have_attribute("data-value", "1", timeout=60_000)  # a slice a trip, as above
