"""A class's room as it is used: led from a phone beside a projector, with every kind of question, and looked after."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from engine.document import Graph, Range, to_link
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from tests.browser.room_people import School, Somebody
from tests.browser.screens import DESK, PHONE, PROJECTOR
from tests.browser.server import Server

pytestmark = pytest.mark.browser

_MARKUP = '<img src=x onerror="window.hacked = 1">'
_SHOWN = '[data-control="open-shown"]:visible'


def test_a_class_is_led_from_a_phone_and_answers_every_kind_of_question(browser: Browser, room_server: Server) -> None:
    with School(browser, room_server) as school:
        teacher, phone, ann, ben = (school.somebody(each) for each in (DESK, PHONE, PHONE, DESK))
        teacher.open()
        code, secret = teacher.open_room()
        ann.join(code, _MARKUP)
        ben.join(code, "Ben")
        phone.lead(secret)
        a_projector_follows_a_phone(teacher, phone, ann, ben)
        which_function_comes_next(teacher, phone, ann, ben)
        a_list_is_asked_one_after_the_other(teacher, ann, ben)
        everybody_has_own_numbers(school, teacher, ann, ben)
        a_student_shows_a_graph(teacher, ben)
        people_are_renamed_and_removed(teacher, ann)
        a_lost_link_is_found(school, teacher, code)
        phone.who.click()
        phone.end_room()
        for each in (teacher, phone, ben):
            expect(each.page.locator(".room")).to_be_hidden()
            assert each.page.evaluate("window.hacked") is None
        token = secret.partition("teacher=")[2]
        assert token
        for kept in (token, "Ben", "onerror"):
            assert kept not in school.log


def a_projector_follows_a_phone(teacher: Somebody, phone: Somebody, ann: Somebody, ben: Somebody) -> None:
    assert "#" not in phone.page.url
    assert "teacher" not in phone.page.evaluate("document.referrer + location.href + history.length")
    phone.control("room-next").tap()
    for each in (teacher, ann, ben):
        expect(each.question).to_have_text(LESSONS[0].question)
    ann.choose(0)
    teacher.control("look").click()
    expect(teacher.page.locator(".spread")).to_be_visible()
    assert sum(teacher.bars(1).values()) == 1
    ben.choose(1)
    phone.control("room-next").tap()
    expect(teacher.count).to_have_text("Closed: 2 of 2 answered")

    teacher.page.set_viewport_size({"width": PROJECTOR.width, "height": PROJECTOR.height})
    teacher.page.keyboard.press("p")
    expect(teacher.page.locator(".presenting")).to_be_visible()
    # The last row of a class reads what is 24 px and more; a question is larger.
    for part, least in ((teacher.question, 40), (teacher.count, 30), (teacher.page.locator(".spread-label").first, 30)):
        assert part.evaluate("made => parseFloat(getComputedStyle(made).fontSize)") >= least
    close, last = teacher.box(teacher.page.locator(".leave-presenting")), teacher.box(teacher.who)
    assert last["x"] + last["width"] <= close["x"] or last["y"] >= close["y"] + close["height"]
    teacher.press("n")
    expect(phone.count).to_have_text(re.compile("^Right: "))
    teacher.page.keyboard.press("Escape")
    teacher.page.set_viewport_size({"width": DESK.width, "height": DESK.height})
    # Whoever leads next goes on where the class is, on whichever device.
    teacher.press("n")
    expect(phone.question).to_have_text(LESSONS[1].question)
    expect(phone.cell("x", "grad")).to_have_text("3.297")  # of exp(x²)² at 0.5: 2 √e


def which_function_comes_next(teacher: Somebody, phone: Somebody, ann: Somebody, ben: Somebody) -> None:
    """Ask it where (x²)² + (x²)² has been computed: backward begins with the Add that gives y."""
    teacher.open_lesson(8, reveal=False)
    teacher.choose_kind("function")
    expect(teacher.caption).to_contain_text("Step 4 of 9")
    teacher.control("ask-send").click()
    for each in (phone, ann, ben):
        expect(each.question).to_have_text("Which Function comes next?")
        expect(each.caption).to_contain_text("Step 4 of 9")
    ben.page.locator('[data-step="last"]').click()  # what comes next is not to be seen yet
    expect(ben.caption).to_contain_text("Step 4 of 9")
    ann.choose("y")
    ben.choose("a")
    expect(teacher.count).to_have_text("2 of 2 have answered")
    teacher.next("Closed")
    assert teacher.bars(1) == {"a": 1, "b": 0, "c": 0, "y": 1}
    teacher.next("Right: y.")
    expect(teacher.caption).to_contain_text("Step 6 of 9: Add sends")  # the step that decides
    expect(ben.told).to_contain_text("You answered a. Right: y.")
    ben.page.locator('[data-control="room-step"]:visible').click()
    expect(ben.caption).to_contain_text("Step 6 of 9: Add sends")


def a_list_is_asked_one_after_the_other(teacher: Somebody, ann: Somebody, ben: Somebody) -> None:
    teacher.leave_steps()
    teacher.open_lesson(1)
    teacher.choose_kind("build")
    title = teacher.control("ask-title").input_value()
    assert title.startswith("Build z = ")
    teacher.control("ask-later").click()
    teacher.choose_kind("choice")
    teacher.control("ask-title").fill(_MARKUP)
    teacher.control("ask-choices").fill(f"*{_MARKUP}\n<b>no</b>")
    teacher.control("ask-later").click()
    expect(teacher.page.locator(".room-list li")).to_have_count(2)
    teacher.control("ask").click()
    expect(teacher.control("room-next")).to_have_text("Next question (2)")

    teacher.press("n")
    for student in (ann, ben):
        expect(student.question).to_have_text(title)
        expect(student.cell("z", "data")).to_have_text("13")  # their own graph, to be built on
    expect(teacher.rows).to_have_count(0)  # what is to be built does not stand where the class sees it
    ann.hand_over()
    ben.type_formula("z = x * y")
    expect(ben.cell("z", "data")).to_have_text("6")
    ben.hand_over()
    teacher.next("Closed: 2 of 2 answered")
    teacher.control("diagnosis").click()
    shares = ["✗ 1 of 2 built something that computes other numbers", "✓ 1 of 2 gave the right answer"]
    expect(teacher.page.locator(".spread [data-group]")).to_have_count(2)
    assert teacher.shares(1) == shares
    teacher.next("Revealed")
    expect(teacher.cell("z", "data")).to_have_text("13")
    ben.control("turn-graph").click()
    expect(ben.cell("z", "data")).to_have_text("13")
    ben.control("turn-graph").click()
    expect(ben.cell("z", "data")).to_have_text("6")

    teacher.press("n")
    for student in (ann, ben):
        expect(student.question).to_have_text(_MARKUP)
        expect(student.page.locator(".room-choice").first).to_have_text(_MARKUP)
        assert student.page.locator(".room img, .room b").count() == 0
    ann.choose(0)
    ben.choose(1)
    teacher.next("Closed: 2 of 2 answered")
    assert teacher.bars(1) == {_MARKUP: 1, "<b>no</b>": 1}
    teacher.next(f"Right: {_MARKUP}")


def everybody_has_own_numbers(school: School, teacher: Somebody, ann: Somebody, ben: Somebody) -> None:
    """Ask for the derivative of 3x² where every student has another x: 6x, or 3x where the 2 is forgotten."""
    graph = graph_of_formula("y = 3 * x ** 2\nx = 1", Graph.of([], []))
    graph = graph.with_ranges({graph.node_named("x").id: Range(2, 99)})
    teacher.page.goto(f"{teacher.url}/?graph={to_link(graph)}")
    expect(teacher.who).to_be_visible(timeout=20_000)
    expect(teacher.cell("y", "data")).to_have_text("3")
    teacher.choose_kind("number")
    teacher.control("ask-number").select_option("x.grad")
    teacher.control("ask-send").click()
    own = []
    for student, factor in ((ann, 6), (ben, 7)):
        expect(student.question).to_have_text("What is x.grad?")
        expect(student.cell("x", "grad")).to_have_text("?")
        expect(student.page.locator(".room-who:visible")).to_be_visible()
        expect(student.cell("x", "data")).not_to_have_text("1")  # of the graph as it came
        own.append(int(student.cell("x", "data").inner_text()))
        field = student.page.get_by_test_id("room-field")
        field.fill("x of it")
        student.control("room-hand").click()
        expect(field).to_have_attribute("aria-invalid", "true")  # told at the field, which keeps what was typed
        expect(field).to_have_value("x of it")
        expect(student.told).not_to_be_empty()
        school.expect_a_refusal(student)
        student.answer(str(factor * own[-1]))
    assert own[0] != own[1]
    teacher.next("Closed: 2 of 2 answered")
    assert teacher.bars(1) == {}
    expect(teacher.page.locator(".spread-note")).to_be_visible()
    teacher.control("diagnosis").click()
    expect(teacher.page.locator(".spread [data-group]")).to_have_count(2)
    assert teacher.shares(1) == ["✗ 1 of 2 gave another answer", "✓ 1 of 2 gave the right answer"]
    teacher.next("Revealed")
    expect(ben.told).to_contain_text(f"Right: {6 * own[1]}.")


def a_student_shows_a_graph(teacher: Somebody, ben: Somebody) -> None:
    ben.control("turn-graph").click()
    expect(ben.cell("z", "data")).to_have_text("6")
    ben.who.click()
    ben.control("show-graph").click()
    teacher.who.click()
    assert "Ben" not in teacher.page.locator("dialog").inner_text()
    teacher.control("room-names").click()
    teacher.page.locator(_SHOWN).click()
    expect(teacher.cell("z", "data")).to_have_text("6")
    teacher.control("come-back").click()
    expect(teacher.cell("y", "data")).to_have_text("3")
    ben.who.click()
    ben.control("show-graph").click()
    teacher.who.click()
    expect(teacher.page.locator(_SHOWN)).to_have_count(0)
    teacher.page.keyboard.press("Escape")


def people_are_renamed_and_removed(teacher: Somebody, ann: Somebody) -> None:
    teacher.who.click()
    teacher.control("room-names").click()
    field = teacher.page.locator(".room-names input").first
    expect(field).to_have_value(_MARKUP[:40].strip())
    field.fill("Anna")
    field.press("Enter")
    expect(ann.who).to_contain_text("Anna")
    teacher.control("remove-student").first.click()
    ann.expect_notice("You are not in the room any more.")
    expect(ann.page.locator(".room")).to_be_hidden()
    expect(ann.cell("z", "data")).to_have_text("13")  # their own graph
    expect(teacher.page.locator(".room-names li")).to_have_count(1)
    teacher.page.keyboard.press("Escape")


def a_lost_link_is_found(school: School, teacher: Somebody, code: str) -> None:
    teacher.who.click()
    teacher.control("leave-teaching").click()
    expect(teacher.page.locator(".room")).to_be_hidden()
    again = school.at(teacher.page.context.new_page())
    again.open()
    again.menu("class")
    again.page.locator(f'[data-room="{code.lower()}"]').click()
    expect(again.who).to_contain_text("1 student")
    expect(again.cell("y", "data")).to_have_text("3")  # where the class is
    again.page.close()
    teacher.menu("class")
    teacher.page.locator(f'[data-room="{code.lower()}"]').click()
    expect(teacher.who).to_contain_text("1 student")
