"""Take the README's pictures from the running app, in light and in dark."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server

FOLDER = ROOT / "docs"
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Open the first lesson, select a node, and save what is seen."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(ROOT / "streamlit_app.py", Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
            playground = Playground(context.new_page(), server.url).open()
            playground.select("a")
            playground.page.locator(".katex").first.wait_for()
            playground.page.screenshot(path=FOLDER / f"playground-{scheme}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
