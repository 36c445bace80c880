"""The parts of the class, each by its minutes, with the numbers that it must show: worked out here, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.screens import PHONE
from tools.rehearse.classroom import Classroom, somebody


def minutes_0_to_5(room: Classroom) -> None:
    """Open the first graph full screen; students scan the link."""
    teacher, student = room.teacher, room.student
    teacher.visit(room.url, "z")
    teacher.expect_numbers("data", x=2, y=3, a=2**2, b=3**2, z=2**2 + 3**2)
    teacher.control("present").click()
    expect(teacher.page.locator(".playground.presenting")).to_be_visible()
    expect(teacher.palette("Square")).to_be_hidden()
    expect(teacher.caption).not_to_have_text("…")  # the steps are here
    room.take_pictures("00-present")
    teacher.page.keyboard.press("Escape")
    expect(teacher.page.locator(".playground.presenting")).to_have_count(0)
    teacher.leave_steps()
    link = teacher.link()
    teacher.control("large-code").click()
    expect(teacher.page.locator(".large-code .qr-code")).to_be_visible()
    assert room.scan() == link
    teacher.page.keyboard.press("Escape")
    expect(teacher.page.locator(".large-code")).to_have_count(0)
    teacher.put_away()
    student.visit(link, "z")
    student.expect_numbers("data", z=13)


def minutes_5_to_10(room: Classroom) -> None:
    """Go forward by keyboard; predict z, reveal."""
    teacher, student = room.teacher, room.student
    teacher.hide("z.data")
    student.visit(teacher.hand_out(), "z")
    expect(student.cell("z", "data")).to_have_text("?")
    teacher.begin_to_step()
    teacher.go_to_step(2)
    teacher.expect_numbers("data", a=4, b=9)
    room.take_pictures("05-forward")
    expect(student.answer("z.data", "13")).to_have_attribute("data-state", "right")
    student.expect_numbers("data", z=13)
    teacher.leave_steps()
    teacher.reveal()
    teacher.expect_numbers("data", z=13)


def minutes_10_to_17(room: Classroom) -> None:
    """Go backward a step at a time: seed 1, Add, each Square; predict x.grad, reveal."""
    teacher, student = room.teacher, room.student
    teacher.hide("x.grad")
    student.visit(teacher.hand_out(), "z")
    teacher.begin_to_step()
    teacher.go_to_step(4)
    teacher.expect_numbers("grad", z=1)
    expect(teacher.cell("a", "grad")).to_have_text("—")
    teacher.go_to_step(5)
    teacher.expect_numbers("grad", a=1, b=1)
    expect(teacher.cell("x", "grad")).to_have_text("—")
    room.take_pictures("10-backward")
    expect(student.answer("x.grad", "2 * 2")).to_have_attribute("data-state", "right")
    student.expect_numbers("grad", x=2 * 2)
    teacher.go_to_step(7)
    expect(teacher.cell("x", "grad")).to_have_text("?")
    teacher.expect_numbers("grad", y=2 * 3)
    teacher.leave_steps()
    teacher.reveal()
    teacher.expect_numbers("grad", x=4, y=6)


def minutes_17_to_22(room: Classroom) -> None:
    """Look at Mul and Max: a swapper and a router; nudge x."""
    teacher, student = room.teacher, room.student
    teacher.open_course(4)  # f = 2 (x y + max(z, w)) at 3, −4, 2, −1
    student.open_course(4)
    student.choose(3, "right")
    teacher.choose(0, "wrong")
    teacher.reveal()
    teacher.expect_numbers("data", f=2 * (3 * -4 + 2))
    teacher.expect_numbers("grad", x=2 * -4, y=2 * 3, z=2, w=0)
    teacher.open_panel("check")
    quotient = teacher.page.locator('[data-nudge="x"] [data-column="quotient"]')
    for exponent in ("0", "-3"):
        teacher.page.get_by_test_id("h").fill(exponent)
        expect(quotient).not_to_be_empty()
        # f is linear in x: whatever h is, the quotient is the gradient.
        assert float(quotient.inner_text().replace("−", "-")) == pytest.approx(-8, abs=1e-6)
    room.take_pictures("17-router")
    teacher.open_panel("check")


def minutes_22_to_30(room: Classroom) -> None:
    """Predict y = x + x: 1, 2, 3 or 6; Step 13 shows 1, Step 14 shows 2; read the ledger."""
    teacher, student = room.teacher, room.student
    teacher.open_course(5)
    student.visit(teacher.hand_out(), "y")
    expect(student.answer("x.grad", "1")).to_have_attribute("data-state", "again")
    expect(student.page.get_by_test_id("diagnosis")).to_contain_text("1")
    room.take_pictures("22-predicted")
    expect(student.answer("x.grad", "2")).to_have_attribute("data-state", "late")
    teacher.reveal()
    for step, grad in ((13, 1), (14, 1 + 1), (16, 1 + 1)):
        teacher.use_variant(step)
        teacher.expect_numbers("grad", x=grad)
    teacher.begin_to_step(details=True)
    teacher.go_to_step(3)
    totals = teacher.ledger("x").locator("tr td:last-child")
    expect(totals).to_have_count(2)
    assert [total.get_attribute("data-value") for total in totals.all()] == ["1", "2"]
    room.take_pictures("22-ledger")
    teacher.page.locator('[data-step="details"]').click()
    teacher.leave_steps()


def minutes_30_to_38(room: Classroom) -> None:
    """Let the class say which Function comes next in (x²)² + (x²)²: 32, 96, 64, and why by generation."""
    teacher, student = room.teacher, room.student
    teacher.open_course(8, reveal=True)
    student.open_course(8)
    student.choose(1, "right")  # the Square that computes a may not go before b and c
    right = 4 * 2**3 * 2  # the derivative of 2 x⁴ at 2
    one_path, too_early = right // 2, right // 2 + right
    for step, grad in ((13, one_path), (14, too_early), (16, right)):
        teacher.use_variant(step)
        teacher.expect_numbers("grad", x=grad)
    teacher.begin_to_step(details=True)
    choose = teacher.page.get_by_test_id("choose")
    for order, grad in (("ybac", one_path), ("ybca", right)):
        choose.click()
        expect(choose).to_have_attribute("aria-pressed", "true")
        for name in order:
            teacher.page.locator(f'button[data-func="{name}"]').click()
            expect(teacher.page.locator(f'button[data-func="{name}"]')).to_have_count(0)
        teacher.expect_numbers("grad", x=grad)
        if grad == one_path:
            room.take_pictures("30-too-early")
        choose.click()
        expect(choose).to_have_attribute("aria-pressed", "false")
    teacher.page.locator('[data-step="details"]').click()
    teacher.leave_steps()


def minutes_38_to_43(room: Classroom) -> None:
    """Forget cleargrad: y = x + x, then v = x + x + x with the same x."""
    teacher, student = room.teacher, room.student
    teacher.open_course(9)
    forward, backward, clear = (
        teacher.page.locator(f'[data-step="{run}"]') for run in ("forward", "backward", "cleargrad")
    )
    forward.click()
    teacher.expect_numbers("data", y=3 + 3, v=3 + 3 + 3)
    backward.click()
    teacher.expect_numbers("grad", x=2)
    teacher.page.get_by_test_id("differentiated").select_option(label="v")
    backward.click()
    teacher.expect_numbers("grad", x=2 + 3)
    student.open_course(9)
    student.choose(0, "right")
    room.take_pictures("38-forgotten")
    clear.click()
    expect(teacher.cell("x", "grad")).to_have_text("—")
    backward.click()
    teacher.expect_numbers("grad", x=3)


def minutes_43_to_48(room: Classroom) -> None:
    """Students build (ab)(a + b), predict, check."""
    student = room.student
    student.start_anew()
    values = {student.add("Input"): -2, student.add("Input"): 3}
    product, total, f = student.add("Mul"), student.add("Add"), student.add("Mul")
    student.control("fit").click()
    for target in (product, total):
        for port, name in enumerate(values):
            student.wire(name, target, port)
    student.wire(product, f, 0)
    student.wire(total, f, 1)
    for name, value in values.items():
        student.type_value(name, str(value))
    student.control("fit").click()
    (first, a), (second, b) = values.items()
    student.expect_numbers("data", **{f: a * b * (a + b)})
    for name in values:
        student.select(name)
        student.control("hide-grad").click()
        expect(student.cell(name, "grad")).to_have_text("?")
    # The derivatives of a²b + ab².
    expect(student.answer(f"{first}.grad", f"2*({a})*{b} + {b}**2")).to_have_attribute("data-state", "right")
    expect(student.answer(f"{second}.grad", str(a**2 + 2 * a * b))).to_have_attribute("data-state", "right")
    student.expect_numbers("grad", **{first: 2 * a * b + b**2, second: a**2 + 2 * a * b})
    room.take_pictures("43-built")
    student.open_panel("check")
    student.page.get_by_test_id("check-gradients").click()
    for name in values:
        expect(student.page.locator(f'[data-check="{name}"]')).to_have_attribute("data-agrees", "true")
    room.take_pictures("43-checked")
    student.open_panel("check")


def minutes_48_to_50(room: Classroom) -> None:
    """Ask the exit question; hand out a link and a page that open and read the same anywhere."""
    teacher = room.teacher
    teacher.open_course(7)
    teacher.use_variant(13)
    # f = (ab)(a + b): a and b are used twice, and Step 13 keeps what came last, through d = ab: e b and e a.
    teacher.choose(0, "right")
    teacher.use_variant(16)
    teacher.expect_numbers("grad", a=-3, b=-8)
    teacher.hide("a.grad")
    link = teacher.hand_out()
    with somebody(room.browser, room.url, room.language, PHONE) as another:
        another.visit(link, "f")
        expect(another.cell("a", "grad")).to_have_text("?")
        another.expect_numbers("grad", b=-8)
    room.take_pictures("48-exit")
    if room.pictures is not None:
        teacher.page.pdf(path=room.pictures / f"{room.language}-48-handout.pdf", format="A4")


PARTS: Final[tuple[Callable[[Classroom], None], ...]] = (
    minutes_0_to_5,
    minutes_5_to_10,
    minutes_10_to_17,
    minutes_17_to_22,
    minutes_22_to_30,
    minutes_30_to_38,
    minutes_38_to_43,
    minutes_43_to_48,
    minutes_48_to_50,
)
