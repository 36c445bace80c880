"""The lesson: five questions, of every kind; what students answer to them, and what the teacher must see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import expect

from engine.document import Graph, Range, from_document, to_link
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from engine.pieces import finish
from engine.tasks import with_own_numbers
from tests.browser.room_people import Somebody

Told = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """Hold a question: how a teacher asks it, what those answer who are right or wrong, and their bars."""

    name: str
    ask: Callable[[Somebody], None]
    text: Callable[[bool, Told, Told], str]
    """What a student without a browser hands over: told are whether it is to be right, question, and who it is."""
    answer: Callable[[Somebody, bool], None]
    bars: Callable[[int, int], dict[str, int]]
    """What is seen of so many right answers, and so many wrong ones; empty where answers have no bars."""
    asked: str
    """What the class reads."""


def _by_key(teacher: Somebody) -> None:
    teacher.press("n")


def _ask_function(teacher: Somebody) -> None:
    teacher.open_lesson(8, reveal=False)
    teacher.choose_kind("function")
    expect(teacher.caption).to_contain_text("Step 4 of 9")
    teacher.control("ask-send").click()


def _ask_own_numbers(teacher: Somebody) -> None:
    graph = graph_of("y = 3 * x ** 2\nx = 1")
    graph = graph.with_ranges({graph.node_named("x").id: Range(2, 99)})
    teacher.page.goto(f"{teacher.url}/?graph={to_link(graph)}")
    expect(teacher.who).to_be_visible()
    expect(teacher.cell("y", "data")).to_have_text("3")
    teacher.choose_kind("number")
    teacher.control("ask-number").select_option("x.grad")
    teacher.control("ask-send").click()


def _ask_to_build(teacher: Somebody) -> None:
    teacher.open_lesson(1)
    teacher.choose_kind("build")
    teacher.control("ask-send").click()


def _own_x(question: Told, you: Told) -> int:
    own = finish(with_own_numbers(from_document(question["graph"]), f"student {you['number']}"))
    return int(float(own.node_named("x").value or 0))  # type: ignore[arg-type]


def _answer_own(student: Somebody, is_right: bool) -> None:
    expect(student.cell("x", "data")).not_to_have_text("1")  # of the graph as it came
    student.answer(str((6 if is_right else 3) * int(student.cell("x", "data").inner_text())))


def _build(student: Somebody, is_right: bool) -> None:
    formula, value = ("z = x ** 2 + y ** 2", "13") if is_right else ("z = x * y", "6")
    student.type_formula(formula)
    expect(student.cell("z", "data")).to_have_text(value)
    student.hand_over()


def graph_of(formula: str) -> Graph:
    """Return the graph of a formula."""
    return graph_of_formula(formula, Graph.of([], []))


_SQUARES: Final = to_link(graph_of("z = x ** 2 + y ** 2\nx = 2\ny = 3"))
_PRODUCT: Final = to_link(graph_of("z = x * y\nx = 2\ny = 3"))

PARTS: Final = (
    Part(  # y = x + x: 1 + 1, or 1 where the second overwrites the first
        "number",
        _by_key,
        lambda is_right, _, __: "2" if is_right else "1",
        lambda student, is_right: student.answer("2" if is_right else "1"),
        lambda right, wrong: {"1": wrong, "2": right} if wrong else {"2": right},
        LESSONS[4].question,
    ),
    Part(
        "choice",
        _by_key,
        lambda is_right, _, __: "1" if is_right else "0",
        lambda student, is_right: student.choose(1 if is_right else 0),
        lambda right, wrong: {"1": wrong, "2": right, "3": 0},
        LESSONS[5].question,
    ),
    Part(
        "function",
        _ask_function,
        lambda is_right, _, __: "y" if is_right else "a",
        lambda student, is_right: student.choose("y" if is_right else "a"),
        lambda right, wrong: {"a": wrong, "b": 0, "c": 0, "y": right},
        "Which Function comes next?",
    ),
    Part(  # the derivative of 3x², or half of it
        "own",
        _ask_own_numbers,
        lambda is_right, question, you: str((6 if is_right else 3) * _own_x(question, you)),
        _answer_own,
        lambda _, __: {},
        "What is x.grad?",
    ),
    Part(
        "build",
        _ask_to_build,
        lambda is_right, _, __: _SQUARES if is_right else _PRODUCT,
        _build,
        lambda _, __: {},
        "Build z = x ** 2 + y ** 2",
    ),
)
