"""The lessons' numbers, from closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.autograd import Variant
from engine.document import COLUMN_DISTANCE, ROW_DISTANCE, to_array
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from tests.engine.lessons.independent import EXPECTED, FUNCTIONS, central_difference

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


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_gradient_is_the_slope_of_the_function_that_the_lesson_means(lesson) -> None:
    trace, function = evaluate(lesson.graph), FUNCTIONS[lesson.name]
    inputs = [node for node in lesson.graph.nodes() if node.value is not None]
    values = {node.name: to_array(node.value) for node in inputs}
    node_id, output = trace.output
    np.testing.assert_allclose(trace.nodes[node_id].data[output], function(**values), rtol=1e-12)
    for node in inputs:
        slope = central_difference(function, values, node.name)
        np.testing.assert_allclose(trace.nodes[node.id].grad[0], slope, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_numbers_that_are_asked_for(name: str) -> None:
    lesson = next(lesson for lesson in LESSONS if lesson.name == name)
    trace = evaluate(lesson.graph)
    for place, expected in EXPECTED[name].items():
        node, _, kind = place.partition(".")
        found = trace.nodes[lesson.graph.node_named(node).id]
        np.testing.assert_allclose((found.grad if kind else found.data)[0], expected, rtol=1e-9, atol=1e-15)


def test_the_five_sigmoids_leave_less_than_a_thousandth() -> None:
    lesson = next(lesson for lesson in LESSONS if lesson.name == "vanishing_gradients")
    assert 0 < float(evaluate(lesson.graph).nodes["n1"].grad[0]) < 0.25**5 < 0.001


def test_their_order_level_and_time() -> None:
    """The fifteen of the plan, then its extensions, then what a course goes on with; no level goes back."""
    assert [lesson.level for lesson in LESSONS] == sorted(lesson.level for lesson in LESSONS)
    assert {lesson.level for lesson in LESSONS} == {1, 2, 3, 4}
    assert all(1 <= lesson.minutes <= 10 for lesson in LESSONS)
    assert len({lesson.key for lesson in LESSONS}) == len(LESSONS) == 27


def test_the_right_way_is_seen_before_a_wrong_engine_is() -> None:
    for place, lesson in enumerate(LESSONS):
        if lesson.engine is not Variant.STEP_16:
            assert any(other.graph == lesson.graph for other in LESSONS[:place])
    named = [place for place, lesson in enumerate(LESSONS) if "Step 1" in lesson.question]
    assert min(named) >= 6  # six lessons by the right rule come first


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_question_is_asked_before_its_answer_shows(lesson) -> None:
    if lesson.answer == "number":
        assert lesson.hidden
    if lesson.hidden:
        assert lesson.hint


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
