"""What is handed out: each kind of file saved from the menu, the web page opened offline, worksheets as pages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

from playwright.sync_api import Browser, Download, expect

from components.exports import web_page
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from engine.picture import MARGIN
from tests.browser.playground import Playground
from tests.browser.test_access import objections

PNG = b"\x89PNG\r\n\x1a\n"


def saved(playground: Playground, act: Callable[[], object]) -> Download:
    with playground.page.expect_download() as download:
        act()
    return download.value


def test_every_kind_of_file_is_saved_and_the_page_opens_offline(playground: Playground, browser: Browser) -> None:
    playground.expect_data("z", "13")
    files = {}
    for entry in ("picture-svg", "picture-png", "web-page", "latex", "notebook"):
        download = saved(playground, lambda entry=entry: playground.menu(entry))  # type: ignore[misc]
        files[download.suggested_filename] = Path(download.path()).read_bytes()
    assert set(files) == {"graph.svg", "graph.png", "graph.html", "graph.tex", "graph.ipynb"}
    assert files["graph.png"].startswith(PNG)
    width, height = (int.from_bytes(files["graph.png"][at : at + 4], "big") for at in (16, 20))
    svg = fromstring(files["graph.svg"])
    assert abs(width - 3 * float(svg.attrib["width"])) <= 3  # three pixels for each of the screen's
    assert abs(height - 3 * float(svg.attrib["height"])) <= 3

    context = browser.new_context(offline=True, java_script_enabled=True)
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("http://graph.test/", lambda route: route.fulfill(body=files["graph.html"], content_type="text/html"))
    page.goto("http://graph.test/")
    expect(page.locator("#graph canvas")).to_be_visible()
    painted = (
        "canvas => new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size > 20"
    )
    assert page.locator("#graph canvas").evaluate(painted)
    expect(page.get_by_role("row", name="x input 2 4")).to_be_visible()
    assert asked == ["http://graph.test/"]
    assert complaints == []
    arrays = next(lesson.graph for lesson in LESSONS if lesson.key == "softmax_cross_entropy")
    text = web_page(arrays, evaluate(arrays), {}, title="Softmax")
    page.route("http://graph.test/arrays", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto("http://graph.test/arrays")
    expect(page.locator("#graph canvas")).to_be_visible()
    wide = (
        "ids => told.nodes.filter(({ id }) => ids.includes(id)).map(({ id, widthConstraint }) => {"
        " const { left, right } = network.getBoundingBox(id); return right - left - widthConstraint.minimum; })"
    )
    boxes = [node.id for node in arrays.nodes() if node.op]  # of rounded ones vis-network says more than they take
    assert max(page.evaluate(wide, boxes)) < 2 * MARGIN + 20  # however wide the reader's fonts are
    context.close()


def test_a_worksheet_is_made_shown_and_printed(playground: Playground, browser: Browser) -> None:
    page = playground.page
    playground.menu("worksheet")
    page.locator('[data-control="worksheet-names"]').fill("Ada\nÉmile")
    page.locator('[data-control="worksheet-key"]').check()
    assert objections(page) == []
    page.locator('[data-control="worksheet-make"]').click()
    pages = page.frame_locator('[data-testid="worksheet-pages"]')
    expect(pages.locator(".sheet")).to_have_count(3)
    expect(pages.locator(".sheet").first).to_contain_text("Ada")
    expect(pages.locator(".sheet").last).to_contain_text("Square sends y.grad = 1 × 6 = 6.")
    download = saved(playground, lambda: page.locator('[data-control="worksheet-save"]').click())
    context = browser.new_context()
    printed = context.new_page()
    printed.set_content(Path(download.path()).read_text("utf-8"))
    pdf = printed.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 3
    if reader := shutil.which("pdftotext"):  # of poppler-utils, where it is installed
        read = subprocess.run([reader, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        ada, emile, key = read.split("\f")[:3]
        assert "Ada" in ada
        assert "Émile" in emile
        assert "Room to work" in ada
        assert "Square sends y.grad = 1 × 6 = 6." in key
        assert "sends" not in ada + emile
    context.close()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    playground.menu("worksheet")  # for the same class once more
    names = page.locator('[data-control="worksheet-names"]')
    expect(names).to_have_value("Ada\nÉmile")
    page.keyboard.press("Escape")
    playground.select("x")
    playground.control("hide-grad").click()
    playground.menu("worksheet")  # a key of what is hidden: it is said why there is none, and what to do
    names.fill("")
    page.locator('[data-control="worksheet-key"]').check()
    page.locator('[data-control="worksheet-make"]').click()
    page.locator('[data-control="worksheet-reveal"]').click()
    expect(pages.locator(".sheet")).to_have_count(2)
    expect(page.locator('[data-control="worksheet-reveal"]')).to_be_hidden()
    expect(pages.locator(".sheet").first.locator(".blank")).to_have_count(1)
    page.keyboard.press("Escape")
