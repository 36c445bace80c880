"""The playground in another site's page: it grows, tells what was found, and reports to a course's system."""

from __future__ import annotations

import io
import os
import shutil
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from components.exports import course_package
from tests.browser import embedded_hands
from tests.browser.embedded_hands import LINK, USED_TWICE, answer
from tests.browser.server import ROOT, Server

pytestmark = pytest.mark.browser


@dataclass
class Course:
    """Hold where a course's pages are served, and the playground that lets that site frame it."""

    url: str
    playground: str


class Silent(SimpleHTTPRequestHandler):
    """Serve a folder, and write no log."""

    def do_GET(self) -> None:
        """Have no icon, and a file for all else."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """Give a site of its own with the page of docs, a system that keeps results, and a lesson's package in it."""
    folder, log = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("server") / "log.txt"
    shutil.copy(ROOT / "docs" / "embedding.html", folder)
    shutil.copy(Path(__file__).parent / "course" / "lms.html", folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder))) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{site.server_address[1]}"
        with Server(ROOT / "streamlit_app.py", log, settings={"PLAYGROUND_FRAMES": url}) as server:
            package = course_package(server.url, LINK, title=USED_TWICE.title)
            with zipfile.ZipFile(io.BytesIO(package)) as opened:
                opened.extractall(folder / "course")
            yield Course(url, server.url)
        site.shutdown()


def take_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("LESSON_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_page_of_another_site_holds_it_grows_with_it_and_hears_what_was_found(page: Page, course: Course) -> None:
    frame = embedded_hands.answer_in_a_frame(page, f"{course.url}/embedding.html", f"{course.playground}/")
    take_picture(page, "embedded")
    expect(frame.get_by_test_id("not-kept")).to_be_hidden()  # this browser gives frames of other sites no store


def test_a_package_reports_to_the_courses_system(page: Page, course: Course) -> None:
    page.goto(f"{course.url}/lms.html")
    kept = "() => [kept['cmi.core.lesson_status'], kept['cmi.core.score.raw'], state, refused]"
    frame = page.frame_locator("#course").frame_locator("#playground")
    expect(frame.get_by_test_id("question")).to_have_text(USED_TWICE.question, timeout=20_000)
    assert page.evaluate(kept) == ["incomplete", "", "open", 0]
    answer(frame, "3", "again")
    page.wait_for_function("() => kept['cmi.core.score.raw'] === '0'")
    take_picture(page, "course")
    frame.locator("[data-control=reveal]").click()
    page.wait_for_function("() => kept['cmi.core.lesson_status'] === 'completed'")
    page.evaluate("() => { document.getElementById('course').src = 'about:blank'; }")
    page.wait_for_function("() => state === 'ended'")
    assert page.evaluate(kept) == ["completed", "0", "ended", 0]
    assert page.evaluate("() => [calls[0], calls.at(-1)]") == ["LMSInitialize", "LMSFinish"]

    page.goto(f"{course.url}/course/index.html")  # around which is no course
    expect(page.locator("#trouble")).to_contain_text("reported to nobody")
    expect(page.frame_locator("#playground").get_by_test_id("question")).to_be_visible(timeout=20_000)
