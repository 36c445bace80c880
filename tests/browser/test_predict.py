"""Numbers are hidden and predicted on the page: tapped, typed, locked once, diagnosed, found or revealed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from engine.document import to_link
from engine.lessons import LESSONS
from tests.browser.playground import Playground
from tests.browser.screens import Screen


def picture(playground: Playground, name: str) -> None:
    if folder := os.environ.get("PREDICT_PICTURES"):
        playground.page.screenshot(path=Path(folder) / f"{name}.png")


def test_a_hidden_gradient_is_tapped_answered_wrongly_diagnosed_and_found(playground: Playground) -> None:
    page = playground.page
    graph = LESSONS[7].graph.with_hidden(())
    page.goto(f"{playground.url}/?graph={to_link(graph)}")
    playground.wait_until_drawn()  # a = x², b = a², c = a², y = b + c at 2: x.grad is 64
    playground.select("x")
    playground.control("hide-grad").click()
    expect(playground.cell("x", "grad")).to_have_text("?")
    expect(page.locator("[data-asked='x.grad']")).to_have_attribute("data-state", "open")

    page.locator("[data-ask='x.grad']").click()
    answer = page.get_by_test_id("answer")
    expect(answer).to_be_focused()
    picture(playground, "asked")
    diagnosis = page.get_by_test_id("diagnosis")
    answer.fill("two of it")  # refused: it is said where it is typed, and stays there to be mended
    answer.press("Enter")
    expect(diagnosis).to_have_attribute("data-state", "refused")
    expect(answer).to_have_value("two of it")
    expect(answer).to_have_attribute("aria-invalid", "true")
    expect(answer).to_be_focused()
    expect(page.get_by_role("alert")).to_have_count(0)
    picture(playground, "refused")
    answer.fill("96")
    answer.press("Enter")
    expect(diagnosis).to_contain_text("too early")
    expect(diagnosis).to_contain_text("You answered 96. One more try.")
    expect(playground.cell("x", "grad")).to_have_text("?")
    picture(playground, "diagnosed")

    # Undo takes the hiding back, and no answer; after a reload it is there again.
    playground.control("undo").click()
    playground.expect_grad("x", "64")
    playground.control("redo").click()
    expect(page.locator("[data-asked='x.grad']")).to_have_attribute("data-state", "again")
    answer.fill("2 * 32")  # typed and not locked: it stands there again
    playground.reload()
    expect(page.locator("[data-asked='x.grad']")).to_have_attribute("data-state", "again")
    expect(playground.cell("x", "grad")).to_have_text("?")
    expect(answer).to_have_value("2 * 32")
    page.locator("[data-control=lock]").click()
    expect(page.locator("[data-asked='x.grad']")).to_have_attribute("data-state", "late")
    playground.expect_grad("x", "64")
    expect(page.get_by_test_id("score")).to_have_text("0 of 1 right at once, 1 at the second try, 0 missed")
    picture(playground, "found")


def test_a_lesson_asks_before_it_shows_and_is_done_when_it_is_answered(playground: Playground) -> None:
    page = playground.page
    playground.open_lesson(3, reveal=False)  # f = (x + y) z at −2, 5, −4: x.grad is −4, so f falls
    expect(playground.cell("x", "grad")).to_have_text("?")
    rises, falls = page.locator("[data-choice='0']"), page.locator("[data-choice='1']")
    insight, told = page.get_by_test_id("insight"), page.get_by_test_id("choice-told")
    picture(playground, "lesson")
    rises.focus()
    page.keyboard.press("Enter")
    expect(told).to_have_text("Not yet. One more try. The sign of x.grad says it.")
    expect(rises).to_have_accessible_name("It rises, not right")
    expect(insight).to_be_hidden()
    picture(playground, "lesson_again")
    playground.reload()
    expect(rises).to_have_attribute("data-state", "wrong")

    page.locator("[data-ask='x.grad']").click()
    answer = page.get_by_test_id("answer")
    answer.fill("-4")
    answer.press("Enter")
    playground.expect_grad("x", "-4")
    expect(playground.lesson(3)).not_to_have_accessible_name(re.compile("done$"))
    playground.control("reveal-all").click()  # y.grad and q.grad are the same number, which Add passes on
    falls.click()
    expect(told).to_have_text("Right, at the second try.")
    expect(falls).to_have_accessible_name("It falls, right")
    expect(insight).to_be_visible()
    expect(playground.lesson(3)).to_have_accessible_name(re.compile("done$"))
    picture(playground, "lesson_done")


def test_all_gradients_are_hidden_in_one_place_and_play_stops_before_each(playground: Playground) -> None:
    page = playground.page
    playground.inspect("x").get_by_role("button", name="Hide all grads").click()
    expect(page.locator("[data-asked]")).to_have_count(5)
    playground.open_steps()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("diagnosis")).to_contain_text("Answer before you go on")
    picture(playground, "steps")
    page.locator("[data-control=reveal-all]").click()
    playground.leave_steps()
    playground.expect_grad("x", "4")

    # The teacher gives x a range; a name then has numbers of its own, the same at every time.
    ranges = playground.inspect("x").get_by_role("textbox", name="Own numbers from", exact=True)
    ranges.fill("2 … 9")
    ranges.press("Enter")
    name = page.get_by_test_id("own-name")
    name.fill("Ada")
    name.press("Enter")
    expect(playground.cell("x", "data")).not_to_have_text("2")
    own = playground.cell("x", "data").inner_text()
    picture(playground, "own")
    name.fill("Bob")
    page.locator("[data-control=own-numbers]").click()
    expect(playground.cell("x", "data")).not_to_have_text(own)
    name.fill(" ada ")
    page.locator("[data-control=own-numbers]").click()
    playground.expect_data("x", own)


def test_the_first_step_of_descent_is_asked_before_and_after_its_gradients_are_found(
    playground: Playground,
) -> None:
    page = playground.page
    playground.open_lesson(20, reveal=False)  # Rosenbrock at (0, 2); the panel opens with it
    rule, predict = page.get_by_test_id("descent-rule"), page.locator("[data-descent=predict]")
    expect(rule).to_contain_text("x1 − rate × x1.grad = 2 − 0.1 × ?")
    expect(page.get_by_test_id("descent-trouble")).to_contain_text("Find what is hidden first.")
    playground.control("reveal-all").click()
    expect(predict).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("way")).to_be_hidden()
    picture(playground, "descent")
    page.locator("[data-descent=reveal]").click()
    expect(page.get_by_test_id("way")).to_be_visible()


def test_a_finger_reaches_what_is_asked(on: Callable[[Screen], Playground]) -> None:
    playground = on(Screen(390, 844, touch=True))
    page = playground.page
    playground.select("x")
    playground.control("hide-grad").tap()
    page.locator("[data-ask='x.grad']").tap()
    expect(page.get_by_test_id("answer")).to_be_focused()
    # What is scrolled there has an edge in shadow wherever more of it stands.
    attached = "strip => getComputedStyle(strip).backgroundAttachment"
    assert page.locator(".question").evaluate(attached).startswith("local, local, scroll, scroll")
    for each in ("[data-asked='x.grad']", "[data-control=lock]", "[data-testid=answer]"):
        box = page.locator(each).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    picture(playground, "phone")
