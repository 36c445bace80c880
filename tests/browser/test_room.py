"""A class's room, in three browsers: a teacher asks twice, both questions are voted on twice, and the numbers agree."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.room_people import School
from tests.browser.server import Server
from tests.browser.test_access import objections

pytestmark = pytest.mark.browser


def test_a_class_votes_twice_on_two_questions(browser: Browser, room_server: Server) -> None:
    with School(browser, room_server) as school:
        teacher = school.somebody()
        teacher.open()
        teacher.open_lesson(5, reveal=False)  # y = x + x, where x.grad is hidden
        teacher.menu("class")
        assert objections(teacher.page) == []
        teacher.control("open-room").click()
        code = teacher.page.get_by_test_id("room-code").inner_text()
        teacher.control("share-room").click()
        link = teacher.page.get_by_test_id("link").input_value()
        assert link.endswith(f"?room={code.lower()}")
        expect(teacher.page.locator(".dialog .qr-code")).to_be_visible()
        teacher.page.keyboard.press("Escape")

        ann, ben = school.somebody(), school.somebody()
        ann.join(code, "Ann")
        expect(ann.question).to_have_text("You are in the room. The question comes here.")
        expect(ann.page.get_by_test_id("question")).to_be_hidden()  # that of the lesson is not the class's
        ben.open()
        ben.menu("class")
        ben.page.get_by_test_id("room-code-field").fill(f" {code[:3]} {code[3:].lower()}")
        ben.control("join-room").click()
        expect(teacher.who).to_contain_text("2 students")

        # The first question: the number that the lesson hides. One overwrites, one adds; then both add.
        teacher.press("n")
        for student in (ann, ben):
            expect(student.cell("x", "grad")).to_have_text("?")
            expect(student.page.get_by_test_id("answer")).to_be_hidden()  # the room takes the answer, once
        ann.answer("1")
        ben.answer("2", locks=False)
        expect(teacher.count).to_have_text("2 of 2 have answered")
        assert teacher.bars(1) == {}
        assert objections(ann.page) == []
        teacher.press("n")
        expect(ann.told).to_have_text("The vote is closed. Your answer counts: 1.")
        expect(teacher.page.locator(".spread")).to_be_visible()
        assert teacher.bars(1) == {"1": 1, "2": 1}
        expect(teacher.page.locator(".spread-groups")).to_have_count(0)
        teacher.control("diagnosis").click()
        expect(teacher.page.locator('[data-group="overwritten"]')).to_contain_text("1 of 2 overwrote instead of adding")
        assert teacher.page.locator(".room [data-right]").count() == 0  # the class sees this screen
        assert (teacher.bars(1), teacher.shares(1)) == ({"1": 1, "2": 1}, ["✗ 1 of 2 overwrote instead of adding"])
        assert objections(teacher.page) == []
        teacher.control("diagnosis").click()
        teacher.press("v")
        typed = ann.page.get_by_test_id("room-field")
        typed.fill("1 +")
        ann.page.reload()
        expect(typed).to_have_value("1 +", timeout=20_000)  # what is typed outlives a reload
        ann.answer("2")
        ben.answer("2")
        teacher.press("n")
        expect(teacher.page.locator('.spread[data-round="2"]')).to_be_visible()
        assert (teacher.bars(1), teacher.bars(2)) == ({"1": 1, "2": 1}, {"2": 2})
        assert "Ann" not in teacher.page.locator(".room").inner_text()
        teacher.press("n")
        for student in (ann, ben):
            expect(student.told).to_contain_text("Your answer is right. Right: 2.")
            expect(student.cell("x", "grad")).to_have_text("2")
        expect(teacher.count).to_have_text("Right: 2.")
        expect(teacher.page.get_by_test_id("room-coming")).to_contain_text("Next: ")

        # The second question is the next lesson's, by the same key. A reload is the same student.
        teacher.press("n")
        expect(ann.page.locator(".room-choice").first).to_be_visible()
        ann.page.reload()
        expect(ann.who).to_contain_text("Ann")
        ann.choose(0)
        ben.choose(1)
        expect(teacher.count).to_have_text("2 of 2 have answered")
        teacher.control("show-spread").click()
        expect(ben.page.locator(".spread")).to_be_visible()
        assert sum(ben.bars(1).values()) == 2
        assert ben.page.locator(".room [data-right]").count() == 0
        teacher.control("vote-again").dblclick()
        expect(ben.told).to_contain_text("Vote again")
        ann.choose(1)
        ben.choose(1)
        teacher.press("n")
        expect(teacher.count).to_have_text("Closed: 2 of 2 answered")
        teacher.press("n")
        expect(ann.told).to_contain_text("Right:")
        assert len(teacher.bars(1)) == len(teacher.bars(2))
        assert sum(teacher.bars(2).values()) == 2

        # One's own graph was kept all the while, and the room ends at once.
        ben.control("turn-graph").click()
        expect(ben.cell("z", "data")).to_have_text("13")
        teacher.who.click()
        expect(teacher.page.locator(".room-names li")).to_have_count(0)
        teacher.control("room-names").click()
        expect(teacher.page.locator(".room-names input").first).to_have_value("Ann")
        assert objections(teacher.page) == []
        with teacher.page.expect_download() as table:
            teacher.control("room-table").click()
        assert len(table.value.path().read_text("utf-8-sig").splitlines()) == 9
        teacher.end_room()
        for student in (ann, ben):
            expect(student.page.locator(".room")).to_be_hidden()
