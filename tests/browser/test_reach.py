"""How a class gets in: the link and its QR code, on a server that was told nothing; and a browser's first visit."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from components.server.address import local_address
from engine.document import to_link
from engine.lessons import LESSONS
from tests.browser.conftest import VIEWPORT
from tests.browser.finger import Finger
from tests.browser.playground import Playground
from tests.browser.screens import PHONE
from tests.browser.server import ROOT, Server
from tests.browser.test_access import objections

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
    first_steps = page.get_by_test_id("first-steps")
    expect(first_steps).to_be_visible()
    teacher.open_lesson(5, reveal=False)  # y = x + x; x.grad is hidden
    expect(first_steps).to_be_hidden()
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
    expect(student.page.get_by_test_id("first-steps")).to_be_hidden()  # whoever opens a link wants that
    assert student.names() == ["x", "y"]
    fresh.close()


def new_node(playground: Playground) -> str:
    (name,) = set(playground.names()) - {"x", "y", "a", "b", "z"}
    return name


def expect_ring_around(playground: Playground, meant: Locator) -> None:
    """Expect a ring around what is meant, and nothing of a number or the question beneath the strip of the steps."""

    def is_around() -> bool:
        inner = playground.box(meant)
        for ring in playground.page.locator(".first-step-ring:visible").all():
            box = ring.bounding_box()
            if (
                box
                and box["x"] <= inner["x"] + 1
                and box["y"] <= inner["y"] + 1
                and (box["x"] + box["width"] >= inner["x"] + inner["width"] - 1)
                and (box["y"] + box["height"] >= inner["y"] + inner["height"] - 1)
            ):
                return True
        return False

    playground.wait_until(is_around)
    strip = playground.box(playground.page.get_by_test_id("first-steps"))
    for covered in (playground.page.locator(".stage"), playground.page.get_by_test_id("question")):
        box = playground.box(covered)
        assert box["y"] + box["height"] <= strip["y"] + 1 or strip["y"] + strip["height"] <= box["y"] + 1


def test_a_first_visit_is_led_by_the_hand_once_and_by_request(browser: Browser, plain_server: Server) -> None:
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    playground = Playground(context.new_page(), plain_server.url).open()
    page = playground.page
    steps, rings = page.get_by_test_id("first-steps"), page.locator(".first-step-ring:visible")
    expect(steps).to_contain_text("Drag Square from the palette")
    assert objections(page) == []
    square = page.locator('.palette [data-op="Square"]')
    expect_ring_around(playground, square)
    square.drag_to(page.locator(".stage"), target_position={"x": 500, "y": 380})
    expect(steps).to_contain_text("Draw a wire")
    name = new_node(playground)
    source, target = page.locator('[data-port="out:z:0"]'), page.locator(f'[data-port="in:{name}:0"]')
    for port in (source, target):
        expect_ring_around(playground, port)
    playground.set_value("x", "5")  # not what is asked for now
    playground.expect_data("z", "34")
    expect(steps).to_contain_text("Draw a wire")
    source.drag_to(target)
    expect(steps).to_contain_text("Change a number")
    playground.reload()  # which is where it goes on
    expect(steps).to_contain_text("Change a number")
    expect_ring_around(playground, page.locator('[data-node="x"] .value'))
    playground.set_value("x", "4")
    playground.expect_data(name, "625")
    expect(steps).to_contain_text("Step backward")
    expect_ring_around(playground, page.locator('[data-step="back"]'))
    page.locator('[data-step="back"]').click()
    expect(steps).to_contain_text("That is all")
    expect(rings).to_have_count(0)
    playground.control("next-first-step").click()
    expect(steps).to_be_hidden()

    playground.reload()
    expect(steps).to_be_hidden()
    page.goto(f"{plain_server.url}/?graph={to_link(LESSONS[0].graph)}")
    playground.wait_until_drawn()
    playground.control("menu").click()
    page.locator('[data-entry="first-steps"]').click()
    expect(steps).to_contain_text("Drag Square")
    square.click()  # a key or a click adds as well
    expect(steps).to_contain_text("Draw a wire")
    playground.start_new()  # an empty canvas ends nothing: there is all the more to build
    expect(steps).to_contain_text("Drag Input and Square")
    square.click()
    page.locator('.palette [data-op="Input"]').click()
    expect(steps).to_contain_text("Draw a wire")
    page.keyboard.press("Escape")
    expect(steps).to_be_hidden()
    context.close()


def test_a_finger_puts_the_first_steps_away_in_japanese_and_takes_them_by_request(
    browser: Browser, plain_server: Server
) -> None:
    size: Any = {"width": PHONE.width, "height": PHONE.height}
    context = browser.new_context(viewport=size, has_touch=True, locale="ja")
    page = context.new_page()
    playground, steps = Playground(page, plain_server.url), page.get_by_test_id("first-steps")
    page.goto(plain_server.url)
    expect(steps).to_contain_text("ドラッグ", timeout=20_000)
    playground.control("end-first-steps").tap()
    expect(steps).to_be_hidden()
    playground.control("menu").tap()
    page.locator('[data-entry="first-steps"]').tap()
    expect(steps).to_contain_text("ドラッグ")
    square, stage = page.locator('.palette [data-op="Square"]'), page.locator(".stage")
    expect(square).to_be_visible()
    Finger(page).drag(playground.centre(square), playground.centre(stage))
    expect(steps).to_contain_text("線")
    context.close()
