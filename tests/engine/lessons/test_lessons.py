"""The lessons' numbers, from closed forms."""

from __future__ import annotations

import math

import pytest

from engine.document import COLUMN_DISTANCE, ROW_DISTANCE
from engine.evaluation import evaluate
from engine.lessons import LESSONS

E = math.e
NUMBERS = {
    "sum_of_squares": {"x": (2, 4), "y": (3, 6), "a": (4, 1), "b": (9, 1), "z": (13, 1)},
    "a_chain": {"x": (0.5, 2 * E**0.5), "a": (0.25, 2 * E**0.5), "b": (E**0.25, 2 * E**0.25), "y": (E**0.5, 1)},
    "sign_of_a_gradient": {"x": (-2, -4), "y": (5, -4), "z": (-4, 3), "q": (3, -4), "f": (-12, 1)},
    "router_and_swapper": {
        "x": (3, -8),
        "y": (-4, 6),
        "z": (2, 2),
        "w": (-1, 0),
        "p": (-12, 2),
        "m": (2, 2),
        "s": (-10, 2),
        "f": (-20, 1),
    },
    "used_twice": {"x": (3, 2), "y": (6, 1)},
    "two_paths": {"a": (2, 2), "b": (1, 5), "c": (3, 2), "d": (2, 3), "e": (6, 1)},
    # f = ab(a + b): ∂f/∂a = b(a + b) + ab, ∂f/∂b = a(a + b) + ab
    "find_the_bug": {"a": (-2, 3 * 1 - 6), "b": (3, -2 * 1 - 6), "d": (-6, 1), "e": (1, -6), "f": (-6, 1)},
    # y = 2x⁴
    "generations": {"x": (2, 8 * 2**3), "a": (4, 4 * 4), "b": (16, 1), "c": (16, 1), "y": (32, 1)},
    "forgotten_cleargrad": {"x": (3, 2), "y": (6, 1), "s": (6, None), "v": (9, None)},
}


@pytest.mark.parametrize("name", NUMBERS)
def test_data_and_grad_of_every_node(name: str) -> None:
    lesson = next(lesson for lesson in LESSONS if lesson.name == name)
    trace = evaluate(lesson.graph)
    for name, (data, grad) in NUMBERS[lesson.name].items():
        found = trace.nodes[lesson.graph.node_named(name).id]
        assert float(found.data[0]) == pytest.approx(data)
        assert (None if found.grad[0] is None else float(found.grad[0])) == pytest.approx(grad)


def test_the_lessons_numbers_as_they_are_printed() -> None:
    assert pytest.approx(3.297443, abs=5e-7) == 2 * E**0.5
    assert pytest.approx(1.648721, abs=5e-7) == E**0.5


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_each_is_laid_out_left_to_right_without_overlap(lesson) -> None:
    graph = lesson.graph
    for edge in graph.edges():
        assert graph.node(edge.source).x + COLUMN_DISTANCE <= graph.node(edge.target).x
    nodes = graph.nodes()
    for index, node in enumerate(nodes):
        for other in nodes[:index]:
            assert abs(node.x - other.x) >= COLUMN_DISTANCE or abs(node.y - other.y) >= ROW_DISTANCE


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_each_asks_a_question_and_knows_an_answer(lesson) -> None:
    assert lesson.question.endswith("?")
    assert lesson.insight.endswith(".")
