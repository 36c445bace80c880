from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from engine.autograd import STEP, Variant
from engine.document import Graph
from engine.edits import SetValue, apply
from engine.explain import check_graph, check_in_pieces, nudged_runs
from engine.explain.graph_check import MAX_WORK
from tests.engine.built import FORK, built
from tests.strategies import smooth_graphs


def test_a_right_graph_passes_the_check_and_wrong_variants_do_not() -> None:
    assert [bool(checked) for checked in check_graph(FORK)] == [True]
    assert [bool(checked) for checked in check_graph(FORK, Variant.STEP_14)] == [False]
    (checked,) = check_graph(FORK, Variant.STEP_13)
    assert (checked.analytical[0], checked.numerical[0]) == (32.0, pytest.approx(64.0))
    assert checked.relative_error == pytest.approx(0.5)


def test_a_graph_of_very_many_numbers_is_checked_node_by_node(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = built("x=0.5 a=Tanh(x) b=Sin(a) c=Exp(b) d=Sin(c) e=Sin(d) f=Sin(e) y=Sin(f)")
    at_once = check_graph(graph)
    monkeypatch.setattr(nudged_runs, "_NUMBERS_AT_ONCE", 7)
    pieces = check_in_pieces(graph)
    assert len(list(pieces)) > 2 * len(graph)  # of each of two runs
    (found,), (expected,) = check_graph(graph), at_once
    assert (found.numerical, found.analytical) == (pytest.approx(expected.numerical), expected.analytical)


def test_a_kink_is_named() -> None:
    graph = built("x=0 y=ReLU(x)")
    (checked,) = check_graph(graph)
    assert checked.remarks == ("y (ReLU) has a kink here: its slope jumps, and the difference mixes both sides",)
    assert checked.numerical[0] == pytest.approx(0.5)
    assert check_graph(built("x=0.3 y=ReLU(x)"))[0].remarks == ()


def test_a_kink_of_two_equal_inputs_is_named() -> None:
    graph = built("x=1 y=1 z=Max(x,y)")
    assert all("z (Max) has a kink here" in checked.remarks[0] for checked in check_graph(graph))


def test_the_edge_of_a_domain_is_named() -> None:
    (checked,) = check_graph(built("x=0.000001 y=Log(x)"))
    assert checked.remarks[0].startswith("y is at the edge of its domain: Log of")
    assert math.isnan(checked.numerical[0])
    assert not checked


def test_an_input_that_nothing_reaches_has_gradient_0() -> None:
    unused = check_graph(built("x=2 w=3 y=Square(x)"))[1]
    assert (unused.analytical[0], unused.numerical[0], bool(unused)) == (0.0, 0.0, True)


def test_of_a_large_array_some_entries_are_left_out_and_counted() -> None:
    graph = apply(built("x=0 y=Square(x)"), SetValue(node="x", value=[float(i % 7) for i in range(10_000)]))
    (checked,) = check_graph(graph)
    assert bool(checked)
    assert checked.left_out == 10_000 - len(checked.analytical)
    assert 0 < len(checked.analytical) < 10_000


def test_without_a_finite_output_there_is_nothing_to_check() -> None:
    assert check_graph(Graph()) == []
    assert check_graph(built("x=0 y=Log(x)")) == []


@settings(max_examples=40)
@given(smooth_graphs())
def test_random_graphs_agree_with_central_differences(graph: Graph) -> None:
    assert all(checked for checked in check_graph(graph))


@pytest.mark.parametrize("value", [1.7976931348623157e308, -1.7976931348623157e308])
def test_a_value_too_large_to_be_moved_is_not_checked(value: float) -> None:
    (checked,) = check_graph(built(f"x={value!r} y=Neg(x)"))
    assert not checked
    assert math.isnan(checked.numerical[0])


@pytest.mark.parametrize(("distance", "is_near"), [(0.9, True), (1.1, False), (-0.9, True), (-1.1, False)])
def test_a_kink_is_in_the_way_if_a_nudge_passes_it(distance: float, is_near: bool) -> None:
    (checked,) = check_graph(built(f"x={distance * STEP!r} y=ReLU(x)"))
    assert bool(checked.remarks) == is_near


def test_a_kink_that_a_nudge_does_not_move_is_not_in_the_way() -> None:
    remarks = {each.node: len(each.remarks) for each in check_graph(built("x=1 y=1 w=2 m=Max(x,y) z=Mul(m,w)"))}
    assert remarks == {"x": 1, "y": 1, "w": 0}


@pytest.mark.parametrize("text", ["x=0.000001 y=Log(x)", "x=-0.000001 n=Neg(x) y=Log(n)"])
def test_the_edge_of_a_domain_is_named_on_either_side(text: str) -> None:
    (checked,) = check_graph(built(text))
    assert any(remark.startswith("y is at the edge of its domain: Log of") for remark in checked.remarks)


def test_trouble_that_was_there_before_is_no_edge() -> None:
    assert [each.remarks for each in check_graph(built("w=-1 v=Log(w) x=3 y=Square(x)"))] == [(), ()]


def test_a_check_costs_no_more_than_it_may() -> None:
    for n in (10_000, 9_990, 7_001):
        graph = apply(built("x=0 y=Square(x)"), SetValue(node="x", value=[1.0] * n))
        (checked,) = check_graph(graph)
        # Two runs of two nodes for each entry; ten entries cost as much to change as a node to run.
        assert 2 * len(checked.analytical) * (2 + n // 10) <= MAX_WORK


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        # |x| as a root: ∞ arrives, and the slope of the square is 0
        (
            "x=0 a=Square(x) y=Sqrt(a)",
            (
                "y (Sqrt) has an infinite derivative here, and a gradient through it is no finite number",
                "a (Square) multiplies an infinite gradient by a derivative of 0, and ∞ · 0 has no value",
            ),
        ),
        # e^709.7827 is the largest double: the function goes on, the number does not
        (
            "x=709.782712893 y=Exp(x)",
            (
                "y is at the end of what a floating-point number can hold: "
                "Exp of 709.8 is too large for a floating-point number",
            ),
        ),
        # the nudge steps over the pole of 1/x
        ("x=0.0000001 w=1 y=Div(w,x)", ("the difference of x changes with h, and tells nothing of the gradient",)),
        ("x=1.7976931348623157e308 y=Neg(x)", ("x is too large to be changed by a little",)),
    ],
)
def test_where_there_is_no_answer_a_sentence_says_why(text: str, remarks: tuple[str, ...]) -> None:
    checked = check_graph(built(text))[0]
    assert not checked
    assert checked.remarks == remarks


def test_a_jump_of_the_value_is_no_kink() -> None:
    (checked, *_) = check_graph(built("c=0 x=1 z=2 y=Where(c,x,z)"))
    assert checked.remarks == (
        "y (Where) jumps here: its value is another on each side, and the difference divides by h",
    )
    assert check_graph(built("c=0 x=1 z=1 y=Where(c,x,z)"))[0].remarks == ()  # both are 1: nothing jumps


def test_a_branch_not_taken_agrees_with_the_difference() -> None:
    for text in ("x=-1 a=ReLU(x) y=Sqrt(a)", "x=-3 z=0.5 m=Max(x,z) y=Sqrt(m)"):
        checked = check_graph(built(text))[0]
        assert checked
        assert (checked.analytical[0], checked.numerical[0], checked.remarks) == (0.0, 0.0, ())


def test_an_op_after_the_one_at_fault_is_not_blamed() -> None:
    (checked,) = check_graph(built("x=0.000001 y=Log(x) z=Neg(y)"))
    assert [remark.partition(" ")[0] for remark in checked.remarks] == ["y"]


def test_what_has_no_answer_is_told_apart_from_what_is_wrong() -> None:
    (checked,) = check_graph(built("x=0 a=Square(x) y=Sqrt(a)"))
    assert (checked.is_answered, bool(checked)) == (False, False)
    (checked,) = check_graph(FORK, Variant.STEP_14)
    assert (checked.is_answered, bool(checked), checked.remarks) == (True, False, ())


@pytest.mark.skipif(np.finfo(np.longdouble).minexp == np.finfo(float).minexp, reason="no wider numbers here")
def test_a_value_that_vanishes_is_named() -> None:
    (x,) = check_graph(built("x=1e-200 z=Mul(x,x) w=Div(z,x)"))  # w is x, whose derivative is 1
    assert not x
    assert x.remarks == ("z (Mul) is too small for a floating-point number here, and is 0",)
