"""Captions of steps, and why numbers are wrong: whole sentences, each number worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from components.panels import steps_of
from components.text import (
    abridged,
    differentiated_name,
    enumerated,
    explain_fault,
    joined_sentences,
    tell_forward,
    tell_slip,
)
from engine.autograd import Variant
from engine.document import Graph
from engine.evaluation import evaluate
from engine.explain import Fault, Slip
from engine.formula import graph_of_formula
from tests.components.spoken import said_loud
from tests.engine.built import FORK, SEED, built


def captions(graph: Graph | str, **options: Any) -> list[str]:
    if isinstance(graph, str):
        graph = graph_of_formula(graph, Graph())
    trace = evaluate(graph, watched=True, **options)
    return [step["caption"].partition(": ")[2] for step in steps_of(graph, trace)["steps"].values()]


def test_once_more_is_said_of_the_same_variable_and_not_of_one_whose_name_ends_alike() -> None:
    assert captions(built("x=2 y=Mul(x,x)"))[-1] == (
        "Mul sends 1 × 2 = 2 to x.grad and once more 1 × 2 = 2 to x.grad. With what had arrived, x.grad = 2 + 2 = 4."
    )
    assert captions(built("xx=2 x=3 y=Mul(xx,x)"))[-1] == "Mul sends xx.grad = 1 × 3 = 3 and x.grad = 1 × 2 = 2."


def test_arrays_that_are_used_twice() -> None:
    assert captions("x = [3, 4]; y = x * x")[-1] == (
        "Mul sends an array of shape (2,) to x.grad, first entry 1 × 3 = 3 and once more an array of shape (2,) to "
        "x.grad, first entry 1 × 3 = 3. With what had arrived, the first entry of x.grad is 3 + 3 = 6."
    )


def test_what_was_repeated_gets_a_sum() -> None:
    # gy = 1 in all six places; b of shape (1, 3) stood in two rows: 1 + 1 for each of its entries.
    assert captions("a = [[1, 2, 3], [4, 5, 6]]; b = [[1, 1, 1]]; y = a + b")[-1] == (
        "Add sends a.grad of shape (2, 3), first entry 1 × 1 = 1 and b.grad of shape (1, 3), first entry "
        "1 × 1 + 1 × 1 = 2. b was repeated over 2 rows, so its contributions are added."
    )


@pytest.mark.parametrize("values", ["b = 2; x = [3]", "b = [2]; x = [[3]]", "b = [2, 5]; x = [[3, 4]]"])
def test_what_only_gets_an_axis_was_not_repeated(values: str) -> None:
    assert not any("repeated" in caption for caption in captions(f"{values}; y = b * x"))


def test_what_was_repeated_and_used_twice_gets_two_sums() -> None:
    # Where c is 0 the second b is taken, elsewhere the first: 1 entry of 2 each.
    assert captions("c = [0, 1]; b = 3; y = where(c, b, b)")[-1] == (
        "Where sends c.grad of shape (2,), first entry 1 × 0 = 0, 1 × 0 + 1 × 1 = 1 to b.grad and once more "
        "1 × 1 + 1 × 0 = 1 to b.grad. b was repeated 2 times, so its contributions are added. "
        "With what had arrived, b.grad = 1 + 1 = 2."
    )
    # The first entry of b: both rows have c = 0 there.
    assert captions("c = [[0, 1], [0, 1]]; b = [[3, 3]]; y = where(c, b, b)")[-1].partition(" = 0, ")[2] == (
        "an array of shape (1, 2) to b.grad, first entry 1 × 0 + 1 × 0 = 0 and once more an array of shape (1, 2) to "
        "b.grad, first entry 1 × 1 + 1 × 1 = 2. b was repeated over 2 rows, so its contributions are added. "
        "With what had arrived, the first entry of b.grad is 0 + 2 = 2."
    )


def test_a_minus_stands_in_brackets_behind_a_sign() -> None:
    told = captions("x = 1; y = (-x) + x")
    assert told[-1] == "Neg sends 1 × (−1) = −1 to x.grad. With what had arrived, x.grad = 1 + (−1) = 0."


def test_a_function_with_several_outputs_adds_what_comes_to_each() -> None:
    told = captions(built("x=3 y=5 m=MinMax(x,y) z=Mul(m,m.1)"))
    assert told[0] == "MinMax computes m.low = 3 and m.high = 5 from x = 3 and y = 5."
    # m.low.grad = 5 and m.high.grad = 3; the smaller one is x.
    assert told[-1] == "MinMax sends x.grad = 5 × 1 + 3 × 0 = 5 and y.grad = 5 × 0 + 3 × 1 = 3."


def test_several_sums_stand_in_one_sentence() -> None:
    # a.grad is 1 + 1 = 2. Each of two turns of Mul sends 2 · 5 to low and 2 · 3 to high, and MinMax has two turns after
    # each: x.grad is 10 + 10 and then, low.grad being 20, + 20 + 20.
    told = captions(built("x=3 y=5 m=MinMax(x,y) a=Mul(m,m.1) z=Add(a,a)"), variant=Variant("step 14"))
    assert told[-1] == (
        "MinMax sends 20 × 1 + 12 × 0 = 20 to x.grad and 20 × 0 + 12 × 1 = 12 to y.grad. "
        "With what had arrived, x.grad = 40 + 20 = 60 and y.grad = 24 + 12 = 36."
    )


def test_an_input_that_is_used_twice_is_given_once() -> None:
    assert captions(built("x=3 y=Add(x,x)"))[0] == "Add computes y = 6 from x = 3."


@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        (
            Slip(5, "overwritten", "b", ("a", 0), 2, 2),
            "The Square that computes b overwrites a.grad: what had arrived before is lost (x.grad = gx).",
        ),
        (
            Slip(5, "again", "a", ("a", 0), 2, 2, ((("x", 0), np.array(32.0), np.array(64.0)),)),
            "The Square that computes a has its turn a second time. "
            "It had sent 32 to x.grad and now sends 64: the first stays in the sum.",
        ),
        (
            Slip(5, "early", "a", ("a", 0), 1, 2),
            "The Square that computes a has its turn too early: 1 of 2 contributions had arrived at a.grad.",
        ),
        (
            Slip(5, "early", "b", ("b", 0), 0, 1),
            "The Square that computes b has its turn too early: 0 of 1 contribution had arrived at b.grad.",
        ),
    ],
    ids=["overwritten", "again", "early", "early, one due"],
)
def test_each_rule_that_was_broken_has_its_sentence_alone_and_with_its_step(slip: Slip, sentence: str) -> None:
    assert tell_slip(FORK, slip) == sentence
    sentence = sentence[:1].lower() + sentence[1:]
    told = explain_fault(FORK, Fault(np.array(16.0), slip.kind, slip), "a", "8", "16")
    assert told == f"a.grad is 8, and 16 is right. At step 6, {sentence}"
    inherited = explain_fault(FORK, Fault(np.array(64.0), "inherited", slip, "a"), "x", "32", "64")
    assert inherited == f"x.grad is 32, and 64 is right. It comes from a. At step 6, {sentence}"


def test_a_list_is_joined_and_cut_short() -> None:
    assert (enumerated([]), enumerated(["a"]), enumerated(["a", "b"])) == ("", "a", "a, b")
    assert (abridged(["a", "b"], 2), abridged(["a", "b", "c"], 2)) == ("a, b", "a, b, …")
    assert (joined_sentences([]), joined_sentences(["A.", "B.", "C."])) == ("", "A. B. C.")


def test_the_output_is_called_by_its_node_and_by_its_own_name_where_there_are_several() -> None:
    assert differentiated_name(SEED, evaluate(SEED)) == "z"
    graph = built("x=3 y=5 m=MinMax(x,y)")
    assert differentiated_name(graph, evaluate(graph)) == "m.low"
    assert differentiated_name(Graph(), evaluate(Graph())) == ""


def test_every_caption_comes_through_the_door_to_the_messages() -> None:
    graph = built("x=3 y=Add(x,x)")
    trace = evaluate(graph, watched=True, variant=Variant.STEP_13)
    with said_loud():
        assert tell_forward(graph, trace.steps[0]) == "<Add COMPUTES y = 6 FROM x = 3.>"
        played = steps_of(graph, trace)
        assert played["begin"] == "<BEFORE THE FIRST STEP: x = 3 GIVEN, NOTHING COMPUTED.>"
        assert played["steps"]["2"]["caption"] == (
            "<STEP 2 OF 3: <BACKWARD STARTS AT y WITH y.GRAD = 1: y CHANGES AS MUCH AS ITSELF.>>"
        )
        assert played["steps"]["3"]["caption"] == (
            "<STEP 3 OF 3: <Add SENDS <<1 × 1 = 1 TO x.GRAD> AND <ONCE MORE 1 × 1 = 1 TO x.GRAD>>.>>"
        )
        assert played["steps"]["3"]["slips"] == [
            "<THE Add THAT COMPUTES y OVERWRITES x.GRAD: WHAT HAD ARRIVED BEFORE IS LOST (X.GRAD = GX).>"
        ]
        assert [entry["from"] for entry in played["ledgers"]["x"][0]["entries"]] == ["<THE Add THAT COMPUTES y>"] * 2
        assert played["steps"]["3"]["gives"]["x"]["arrived"] == "<2 OF 2 ARRIVED>"
