"""How a class gets in: the link and its QR code, on a server that was told nothing; and a browser's first visit."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect

from components.server.address import local_address
from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server as people start it, without any setting."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with Server(ROOT / "streamlit_app.py", log, settings={}) as running:
        yield running


def seen_code(picture: bytes) -> str:
    read = zxingcpp.read_barcode(Image.open(BytesIO(picture)))
    assert read is not None, "no phone would read this code"
    return read.text


def test_students_scan_the_link_and_find_the_same_page(browser: Browser, plain_server: Server) -> None:
    context = browser.new_context(viewport=VIEWPORT, color_scheme="dark")  # type: ignore[arg-type]
    page = context.new_page()
    teacher = Playground(page, plain_server.url).open()
    teacher.open_lesson(5, reveal=False)  # y = x + x; x.grad is hidden
    expect(teacher.cell("x", "grad")).to_have_text("?")
    teacher.control("share").click()
    link = page.get_by_test_id("link").input_value()
    parts = urlsplit(link)
    assert parts.hostname == (local_address() or "localhost")
    assert parts.port == plain_server.port
    code = page.locator(".dialog .qr-code")
    expect(code).to_be_visible()
    assert seen_code(code.screenshot()) == link

    teacher.control("large-code").click()
    large = page.locator(".large-code .qr-code")
    expect(large).to_be_visible()
    box = large.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) > 0.85 * VIEWPORT["height"]
    assert seen_code(page.screenshot()) == link
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(code).to_be_visible()
    page.get_by_role("button", name="Close").click()

    # More than a code can hold that a phone still reads: said, and the link is there.
    numbers = ", ".join(f"{each}.{each * 7919 % 1000}" for each in range(400))
    teacher.type_formula("y = sum(x)")
    teacher.type_value("x", f"[{numbers}]")
    teacher.control("share").click()
    expect(page.get_by_test_id("qr-home")).to_contain_text("too long for a QR code")
    assert len(page.get_by_test_id("link").input_value()) > 1300
    context.close()

    fresh = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    student = Playground(fresh.new_page(), link).open()
    expect(student.cell("x", "grad")).to_have_text("?")
    student.expect_data("y", "6")
    assert student.names() == ["x", "y"]
    fresh.close()
