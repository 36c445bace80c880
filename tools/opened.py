"""The running app and a browser, for the tools that take pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import ROOT, Server

PICTURES = ROOT / "docs"
SIZE = {"width": 1280, "height": 800}


@contextmanager
def opened_app() -> Iterator[tuple[Server, Browser]]:
    """Start the app and a browser, and end both; the folder for pictures is there meanwhile."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(ROOT / "streamlit_app.py", Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        yield server, browser
        browser.close()
