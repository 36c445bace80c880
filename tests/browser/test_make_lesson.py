"""A lesson is made on the page, tried, saved and handed out; a student's phone asks it; a course page embeds it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.document import Link, read_link
from engine.lessons import read_lesson
from tests.browser.playground import Playground
from tests.browser.screens import PHONE, Screen
from tests.browser.test_access import objections

pytestmark = pytest.mark.browser


def picture(page: Page, name: str) -> None:
    assert objections(page) == [], name
    if folder := os.environ.get("LESSON_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def field(page: Page, name: str) -> Locator:
    return page.locator(f'.lesson-writer [data-field="{name}"]')


def shared(page: Page) -> tuple[str, Link]:
    """Return the address in the dialog, and what its link holds."""
    address = page.get_by_test_id("link").input_value()
    return address, read_link(parse_qs(urlsplit(address).query)["graph"][0])


def answer(page: Page, text: str) -> None:
    page.get_by_test_id("answer").fill(text)
    page.locator("[data-control=lock]").click()


def test_a_lesson_is_made_tried_saved_handed_out_and_answered_on_a_phone(
    playground: Playground, on: Callable[[Screen], Playground], tmp_path: Path
) -> None:
    page = playground.page
    playground.menu("make-lesson")
    page.locator("[data-control=write-lesson]").click()  # the first lesson is open, whose answer is shown now
    expect(field(page, "question")).to_have_value("Why do a and b share a grad?")
    playground.node("y").locator('[data-number="grad"]').click()
    expect(page.locator('[data-hidden="y.grad"]')).to_be_visible()
    field(page, "answer").select_option("number")
    field(page, "question").fill("What is y.grad?")
    field(page, "title").fill("A slope")
    field(page, "hint").fill("The local derivative is 2y.")
    field(page, "insight").fill("")
    field(page, "insight").press("Tab")
    expect(page.get_by_test_id("lesson-told")).to_contain_text("an explanation")
    page.locator(".lesson-more summary").click()
    field(page, "minutes").fill("7")
    playground.reload()  # what cannot be handed over yet is not lost
    page.locator("[data-control=write-lesson]").click()
    expect(field(page, "hint")).to_have_value("The local derivative is 2y.")
    for name, value in (("question", "What is y.grad?"), ("insight", ""), ("answer", "number"), ("minutes", "7")):
        expect(field(page, name)).to_have_value(value)
    field(page, "insight").fill("It is 6, which is 2y at 3.")
    page.locator(".lesson-more summary").click()  # closed by the reload
    page.locator('.lesson-more input[value="y"]').check()
    expect(page.get_by_test_id("question")).to_have_text("What is y.grad?")
    picture(page, "1_written")

    page.locator("[data-control=try-lesson]").click()
    expect(page.get_by_test_id("lesson-writer")).to_be_hidden()
    answer(page, "9")
    expect(page.get_by_test_id("diagnosis")).to_contain_text("The local derivative is 2y.")
    picture(page, "2_tried")
    answer(page, "6")
    expect(page.locator("[data-asked='y.grad']")).to_have_attribute("data-state", "late")
    playground.expect_grad("y", "6")
    page.locator("[data-control=end-try]").click()
    expect(page.locator('[data-hidden="y.grad"]')).to_be_visible()
    expect(playground.cell("y", "grad")).to_have_text("?")

    field(page, "title").fill("The slope of a square")  # and nothing between that and Save
    with page.expect_download() as saving:
        page.locator("[data-control=save-lesson]").click()
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    lesson = read_lesson(file)
    assert (file.name, lesson.question, lesson.hidden) == ("the_slope_of_a_square.toml", "What is y.grad?", ("y.grad",))
    assert lesson.fixed == ("y",)

    page.locator("[data-control=link-lesson]").click()
    expect(page.get_by_test_id("link")).to_be_visible()
    page.locator(".link-options summary").click()
    page.locator('[data-option="palette"]').check()
    page.locator('[data-option="menu"]').check()
    page.locator('[data-option="embed"]').check()
    playground.wait_until(lambda: shared(page)[1].fields.hides == ("palette", "menu") and "embed=1" in shared(page)[0])
    picture(page, "3_handed_out")
    characters = parse_qs(urlsplit(shared(page)[0]).query)["graph"][0]
    page.get_by_role("button", name="Close", exact=True).click()
    page.locator("[data-control=drop-lesson]").click()
    expect(page.get_by_test_id("question")).to_be_hidden()

    phone = on(PHONE)
    seen = phone.page
    seen.goto(f"{phone.url}/?graph={characters}")
    expect(seen.get_by_test_id("question")).to_have_text("What is y.grad?", timeout=20_000)
    expect(phone.cell("y", "grad")).to_have_text("?")
    expect(seen.locator(".palette")).to_be_hidden()
    expect(phone.control("menu")).to_be_hidden()
    picture(seen, "4_phone")
    answer(seen, "1")
    expect(seen.get_by_test_id("diagnosis")).to_contain_text("The local derivative is 2y.")
    seen.reload()
    expect(seen.locator("[data-asked='y.grad']")).to_have_attribute("data-state", "again", timeout=20_000)
    answer(seen, "6")
    expect(seen.locator("[data-asked='y.grad']")).to_have_attribute("data-state", "late")
    seen.get_by_role("button", name="Explain").click()
    expect(seen.get_by_test_id("insight")).to_have_text("It is 6, which is 2y at 3.")
    picture(seen, "5_answered")

    page.goto(f"{playground.url}/?graph={characters}&embed=1")
    expect(page.get_by_test_id("question")).to_have_text("What is y.grad?", timeout=20_000)
    for left_out in (".top", ".palette", ".rail", '[data-testid="stSidebar"]', 'header[data-testid="stHeader"]'):
        expect(page.locator(left_out).first).to_be_hidden()
    page.locator('[data-step="next"]').click()
    expect(playground.caption).to_contain_text("Step 1 of")
    picture(page, "6_embedded")
