"""The program that backprop amounts to, beside the graph that it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground
from tests.engine.explain.test_program_script import SEED_SCRIPT

pytestmark = pytest.mark.browser


def test_the_program_stands_beside_its_graph(playground: Playground) -> None:
    page = playground.page
    page.locator('[data-panel="code"]').click()
    page.locator('[data-form="program"]').click()
    code = page.get_by_test_id("code")
    expect(code.locator("code", has_text="gx = 2.0 * x")).to_be_visible()
    code.locator("code", has_text="gx = 2.0 * x").click()
    # Forward and backward of the same op.
    expect(code.locator(".selected")).to_have_text(["a = x * x", "gx = 2.0 * x"])
    with page.expect_download() as download:
        page.get_by_test_id("save-code").click()
    assert download.value.suggested_filename == "graph_program.py"
    assert Path(download.value.path()).read_text("utf-8") == SEED_SCRIPT
