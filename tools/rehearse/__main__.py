"""Play a class of 50 minutes in a browser: `python -m tools.rehearse`; some minutes, in English, 中文 and 日本語.

A teacher at 1920 × 1080 and a student with a phone do what the class does from its first minute to its last. The
numbers are read from the page and compared with closed forms. What both saw is left as pictures, to be looked at.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from engine.messages import languages
from tests.browser.chromium import launch
from tests.browser.server import ROOT, Server
from tools.rehearse.classroom import classroom
from tools.rehearse.minutes import PARTS

PICTURES = ROOT / "test-results" / "rehearsal"


def main() -> None:
    """Play, and tell after each part that its numbers were right."""
    parser = argparse.ArgumentParser(prog="tools.rehearse", description=__doc__)
    parser.add_argument("--languages", nargs="*", default=languages(), help="such as en ja")
    parser.add_argument("--pictures", type=Path, default=PICTURES, help="the folder for what was seen")
    chosen = parser.parse_args()
    chosen.pictures.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(ROOT / "streamlit_app.py", Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for language in chosen.languages:
            with classroom(browser, server.url, language, chosen.pictures) as room:
                for part in PARTS:
                    began = time.monotonic()
                    part(room)
                    seconds = time.monotonic() - began
                    print(f"{language}: {(part.__doc__ or '').splitlines()[0]} ({seconds:.0f} s)", flush=True)
        browser.close()
        assert "Traceback" not in server.log(), server.log()
    print(f"Every number was right. What was seen stands in {chosen.pictures}: look at it.")


if __name__ == "__main__":
    main()
