"""A panel that cannot be made says so in its own place."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server

pytestmark = pytest.mark.browser

HOST = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from components.page import show_page
from components.panels.panel import Panel
Panel.registry["code"].tell_in_pieces = lambda panel, view: 1 / 0
show_page()
"""


def test_a_panel_that_fails_says_so_in_its_place_and_the_others_go_on(browser: Browser, tmp_path: Path) -> None:
    script = tmp_path / "host.py"
    script.write_text(HOST, "utf-8")
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    with Server(script, tmp_path / "log.txt") as server:
        playground = Playground(context.new_page(), server.url).open()
        trouble = playground.page.get_by_test_id("panel-trouble")
        playground.open_panel("code")
        expect(trouble).to_have_text("This panel could not be drawn. The rest of the page goes on.")
        playground.set_value("x", "7")
        playground.expect_data("z", "58")
        playground.open_panel("check")
        expect(playground.page.get_by_test_id("nudges")).to_be_visible()
        expect(trouble).to_have_count(0)
        playground.open_panel("code")
        expect(trouble).to_be_visible()
        playground.open_panel("code")
        expect(playground.page.get_by_role("button", name="Backward", exact=True)).to_be_visible()
    context.close()
