"""What the page is forbidden to do it does not need: no browser reports that its policy was violated."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.panels import tabs
from components.protection.uploads import MOST_FILES
from tests.browser.playground import Playground
from tests.browser.server import Server

pytestmark = pytest.mark.browser

LISTEN = """
window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
  violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`));
"""


def test_the_page_keeps_to_its_policy(first_visit: Page, server: Server, tmp_path: Path) -> None:
    page = first_visit
    page.add_init_script(LISTEN)
    answer = page.goto(server.url)
    assert answer is not None
    assert "script-src 'self' blob:" in answer.headers["content-security-policy"]
    playground = Playground(page, server.url)
    playground.wait_until_drawn()
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    # More files, one after the other, than a session may hold: each takes the place of the one before.
    page.get_by_test_id("stPopoverButton").click()
    for number in range(MOST_FILES + 2):
        file = tmp_path / f"{number}.py"
        file.write_text(f"from engine import *\nx = Variable({number}.0)\nz = square(x)\nz.backward()\n", "utf-8")
        page.locator('input[type="file"]').set_input_files(file)
        playground.expect_data("z", str(number * number))
    page.keyboard.press("Escape")
    for tab in tabs():
        playground.open_panel(tab["name"])
        expect(page.locator(f'[data-panel="{tab["name"]}"]')).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("violations") == []
