"""The page speaks the browser's language, another one at a choice, and no word of it comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components.panels import Panel
from engine.autograd import Function
from engine.lessons import LESSONS
from engine.messages import say, using_language
from engine.messages.catalogues import FOLDER_SETTING
from tests.browser.conftest import VIEWPORT
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server
from tests.pseudo import CODE, write_pseudo

pytestmark = pytest.mark.browser

READ = """() => {
  const found = new Set();
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot);
      if (["STYLE", "SCRIPT", "CODE", "PRE", "TEXTAREA", "math"].includes(element.tagName)) continue;
      if (element.closest("code, pre, math, [data-testid=stIconMaterial]") || !element.checkVisibility()) continue;
      for (const name of ["title", "aria-label", "placeholder", "alt"]) found.add(element.getAttribute(name) ?? "");
      for (const { nodeType, data } of element.childNodes) if (nodeType === Node.TEXT_NODE) found.add(data);
    }
  };
  visit(document);
  return [...found];
}"""
KNOWN = {
    *("Backprop", "Playground", "English", "data", "grad", "None", "shape", "cleargrad", "NumPy", "PyTorch", "Step"),
    *("Ctrl", "Shift", "Alt", "Backspace", "Enter", "Escape", "Tab", "Space", "Home", "End", "Delete", "Page", "Down"),
    *("tanh", "sin", "cos", "tan", "exp", "log", "max", "min", "Input", "axis", "slope", "value"),
    *("http", "localhost", "graph", "SGD", "Momentum", "Adam", "JSON", "TOML", "IPYNB", "CSV", "TSV", CODE),
}


def plain_words(page: Page) -> set[str]:
    """Return the words in plain letters that people read, or hear, on a page."""
    known = KNOWN | set(Function.registry)
    known |= {word for op in Function.registry.values() for word in re.findall("[a-zA-Z]+", op.symbol)}
    texts = [text for text in page.evaluate(READ) if not re.search(r"[?&]graph=", text)]
    return {word for text in texts for word in re.findall(r"[A-Za-z]{3,}", text) if word not in known}


@pytest.fixture
def pseudo_page(browser: Browser, tmp_path: Path) -> Iterator[Playground]:
    """Give a page of a server that has the made-up language, in a browser that asks for it."""
    write_pseudo(tmp_path / "locales")
    context = browser.new_context(viewport=VIEWPORT, locale=CODE)  # type: ignore[arg-type]
    settings = {FOLDER_SETTING: str(tmp_path / "locales"), "PLAYGROUND_FIRST_STEPS": "off"}
    with Server(ROOT / "streamlit_app.py", tmp_path / "log.txt", settings=settings) as server:
        page = context.new_page()
        page.goto(server.url)
        yield Playground(page, server.url)
        context.close()


def test_no_word_of_the_page_comes_from_elsewhere_than_the_catalogues(pseudo_page: Playground, tmp_path: Path) -> None:
    page = pseudo_page.page
    expect(page.locator("[data-node=z]")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-control=language]")).to_have_value(CODE, timeout=20_000)
    found = plain_words(page)
    page.locator('[data-node="a"]').click()
    for panel in Panel.registry:
        tab = page.locator(f'[data-panel="{panel}"]')
        if panel == "lesson":
            pseudo_page.menu("make-lesson")
        elif tab.count():
            tab.click()
        found |= plain_words(page)
    page.get_by_test_id("stPopoverButton").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    found |= plain_words(page)
    for name in ("odd.exe", "z.json"):  # refused by Streamlit, and by the playground
        (tmp_path / name).write_text("", "utf-8")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / name)
        expect(page.get_by_test_id("stFileChip").filter(has_text=name)).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_be_visible(timeout=20_000)
    # The names of files; and an icon's name, in a button that has another label.
    found |= plain_words(page) - {"json", "odd", "exe", "add", "icon"}
    for key in ("?", "/"):
        page.keyboard.press("Escape")
        page.keyboard.press(key)
        found |= plain_words(page)
    assert sorted(found) == []


def in_language(code: str, message: str) -> str:
    with using_language(code):
        return say(message)


def test_the_browsers_language_is_spoken_and_another_one_at_a_choice_with_nothing_lost(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(viewport=VIEWPORT, locale="ja-JP")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(server.url)
    playground = Playground(page, server.url)
    language, question = page.locator("[data-control=language]"), page.get_by_test_id("question")

    def speaks(code: str, message: str = LESSONS[0].question) -> None:
        expect(question).to_contain_text(in_language(code, message), timeout=20_000)
        expect(language).to_have_value(code)
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator(".playground")).to_have_attribute("lang", code)

    speaks("ja")
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    language.select_option("zh")
    speaks("zh")
    playground.expect_data("z", "58")
    page.reload()  # the browser remembers it
    speaks("zh")
    playground.expect_data("z", "58")
    page.locator("[data-control=share]").click()
    link = page.get_by_test_id("link").input_value()
    page.keyboard.press("Escape")
    page.goto(f"{server.url}/?lang=ja")
    speaks("ja")
    page.goto(link)
    speaks_link = page.locator("html")
    expect(speaks_link).to_have_attribute("lang", "zh")
    expect(language).to_have_value("zh")
    language.select_option("en")
    expect(language).to_have_value("en")
    playground.expect_data("z", "58")
    expect(page.get_by_role("button", name="Forward", exact=True)).to_be_visible()
    context.close()
