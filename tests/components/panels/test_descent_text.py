"""The sentences of descent, each worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from components.panels import DescentLook, Look, descent_of, descent_text
from components.panels.descent_text import Window
from engine.document import Graph
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from tests.components.panels.shown import explanations
from tests.components.spoken import said_loud

X, Y = Window("x", -1, 3), Window("y", 0, 10)


@pytest.mark.parametrize(
    ("step", "more", "sentence"),
    [
        (0, 0, "Now: x = 1, y = 2, z = 5."),
        (0, 1, "Now: x = 1, y = 2, 1 more input, z = 5."),
        (0, 3, "Now: x = 1, y = 2, 3 more inputs, z = 5."),
        (7, 0, "Step 7: x = 1, y = 2, z = 5."),
        (1, 1, "Step 1: x = 1, y = 2, 1 more input, z = 5."),
        (1, 2, "Step 1: x = 1, y = 2, 2 more inputs, z = 5."),
    ],
)
def test_each_step_is_a_sentence(step: int, more: int, sentence: str) -> None:
    assert descent_text.row(step, [("x", np.array(1.0)), ("y", np.array(2.0))], more, "z", 5.0) == sentence


@pytest.mark.parametrize(
    ("heights", "sentence"),
    [
        ([5.0], ""),
        ([5.0, 2.0], "1 step leads down: z goes from 5 to 2."),
        ([5.0, 9.0, 2.0], "2 steps lead down: z goes from 5 to 2."),
        ([5.0, 7.5], "1 step leads up: z goes from 5 to 7.5."),
        ([5.0, 1.0, 7.0], "2 steps lead up: z goes from 5 to 7."),
        ([5.0, 5.0], "1 step leads nowhere: z goes from 5 to 5."),
        ([5.0, 4.0, 5.0], "2 steps lead nowhere: z goes from 5 to 5."),
    ],
)
def test_where_descent_leads(heights: list[float], sentence: str) -> None:
    assert descent_text.way("z", heights) == sentence


def test_what_a_contour_plot_shows() -> None:
    # Three values of x, −1, 1 and 3, by columns; three of y, 0, 5 and 10, by rows.
    heights = np.array([[4.0, 2.0, np.nan], [8.0, 1.5, 3.0], [4.0, 9.0, 6.0]])
    assert descent_text.surface("z", [X, Y], heights) == (
        "Contour plot over x from −1 to 3 and y from 0 to 10. "
        "z is lowest, 1.5, near x = 1 and y = 5, and highest, 9, near x = 1 and y = 10."
    )
    assert descent_text.surface("z", [X, Y], heights * np.nan) == (
        "Contour plot over x from −1 to 3 and y from 0 to 10: z is not finite anywhere here."
    )


def test_what_a_curve_shows() -> None:
    xs = np.array([-1.0, 1.0, 3.0])
    assert descent_text.curve("z", X, xs, np.array([4.0, np.nan, 3.0])) == (
        "Curve over x from −1 to 3. z is lowest, 3, near x = 3."
    )
    assert descent_text.curve("z", X, xs, np.full(3, np.nan)) == "Curve over x from −1 to 3."


def test_the_rule_keeps_a_negative_gradient_in_brackets() -> None:
    rule = descent_text.rule("x", np.array(2.0), 0.1, np.array(-4.0))
    assert rule == "x − rate × x.grad = 2 − 0.1 × (−4)"


def test_what_the_numbers_are_not() -> None:
    variant = "Descent goes by the right gradients, those of Step 16."
    others = "The map has the other inputs as they are now; on the way they move too."
    assert descent_text.remark(is_other_variant=False, others_move=False) == ""
    assert descent_text.remark(is_other_variant=True, others_move=False) == variant
    assert descent_text.remark(is_other_variant=False, others_move=True) == others
    assert descent_text.remark(is_other_variant=True, others_move=True) == f"{variant} {others}"


def test_what_a_step_does_not_name_is_counted() -> None:
    graph = graph_of_formula("a = 1; b = 1; c = 1; d = 1; e = 1; y = a*a + b*b + c*c + d*d + e*e", Graph())
    found = descent_of(graph, evaluate(graph), DescentLook(rate=0.25, steps=1), "")
    # Each input goes from 1 to 1 − 0.25 · 2.
    assert found["rows"][1]["told"] == "Step 1: a = 0.5, b = 0.5, c = 0.5, d = 0.5, 1 more input, y = 1.25."
    assert found["way"] == "1 step leads down: y goes from 5 to 1.25."


def test_where_there_is_nothing_to_move_a_sentence_says_so() -> None:
    graph = graph_of_formula("y = constant(3)", Graph())
    assert descent_of(graph, evaluate(graph), DescentLook(), "")["trouble"] == (
        "No input leads to y: there is nothing to move."
    )


def test_every_sentence_comes_through_the_door_to_the_messages() -> None:
    graph = graph_of_formula("x = 1; y = x * x", Graph())
    trace = evaluate(graph)
    with said_loud():
        found = explanations(graph, trace, None, Look(panel="descent", descent={"rate": 0.25, "steps": 1}), "", None)
        descent = found["descent"]
        assert descent["rows"][1]["told"] == "<STEP 1: x = 0.5, y = 0.25.>"
        assert descent["rule"][0][0] == "<x − RATE × x.GRAD = 1 − 0.25 × 2>"
        assert descent["way"] == "<1 STEP LEADS DOWN: y GOES FROM 1 TO 0.25.>"
        assert descent["summary"].startswith("<CURVE OVER x FROM ")
        hints = {tab["title"]: tab["hint"] for tab in found["panels"]}
        assert {"<STEPS>", "<PATHS>", "<CHECK>", "<DESCENT>", "<CODE>"} <= hints.keys()
        assert hints["<CODE>"] == "<THE GRAPH AS A PYTHON SCRIPT>"
