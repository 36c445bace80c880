"""An answer is compared with what wrong rules give on this very graph; the numbers are from closed forms."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from engine.autograd import Variant
from engine.diagnosis import Diagnosis, WrongRule, diagnose
from engine.document import Graph, Quantity, Value
from engine.evaluation import Trace, evaluate
from tests.engine.built import FORK, SEED, built
from tests.engine.diagnosis.backprop_by_hand import Line, backward, forward, programs, written


def asked(graph: Graph, node: str, answer: Value, kind: str = "grad", trace: Trace | None = None) -> Diagnosis:
    return diagnose(graph, trace or evaluate(graph), Quantity(node, kind), answer)  # type: ignore[arg-type]


def rules(found: Diagnosis) -> set[str]:
    return {cause.rule.value for cause in found.causes}


def test_of_several_mistakes_that_of_this_graph_comes_before_those_of_any() -> None:
    # x + x: one use alone gives 1, and so does what arrives at x, passed on as it is, or the other node's grad.
    told = [cause.rule.value for cause in asked(built("x=3 z=Add(x,x)"), "x", 1.0).causes]
    assert {"overwritten", "one path"} == set(told[:2])
    assert "other node" in told[2:]


CHAIN = built("x=0.5 a=Square(x) b=Exp(a) y=Square(b)")
"""y = (exp(x²))²: dy/dx = 4x·exp(2x²)."""


@pytest.mark.parametrize(
    ("graph", "node", "answer", "rule"),
    [
        # (x·w + b)² at x = 3, w = 2, b = 1: upstream 14, local 3.
        (built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), "w", 3.0, "no upstream"),
        (built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), "w", 14.0, "no local"),
        (built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), "w", 28.0, "swapped"),
        (built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), "w", -42.0, "sign"),
        (built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), "w", 2.0, "data for grad"),
        (built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), "w", 84.0, "not cleared"),
        # the power's factor 2 was lost: 7 · 3
        (built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), "w", 21.0, "exponent"),
        (built("x=3 z=Mul(x,x)"), "x", 3.0, "one path"),
        (built("x=3 z=Add(x,x)"), "x", 1.0, "overwritten"),
        (FORK, "x", 32.0, "overwritten"),
        (FORK, "x", 96.0, "too early"),
        (built("x=2 y=5 z=Div(x,y)"), "x", -0.08, "swapped"),  # −x/y²
        (built("x=2 y=5 z=Div(x,y)"), "x", -1.25, "swapped"),  # y/x by x: −y/x²
        (built("x=2 y=5 z=Sub(x,y) w=Square(z) v=Add(w,y)"), "y", -5.0, "sign"),  # 2(x − y) + 1 with the minus lost
    ],
)
def test_a_wrong_rules_number_is_diagnosed_as_that_rule(graph: Graph, node: str, answer: float, rule: str) -> None:
    found = asked(graph, node, answer)
    assert found.verdict == "wrong"
    assert rule in rules(found)
    assert all(cause.sentence for cause in found.causes)


def test_where_exactly_one_rule_gives_the_number_it_alone_is_named_with_its_step() -> None:
    trace = evaluate(FORK)
    found = asked(FORK, "x", 96.0, trace=trace)
    assert rules(found) == {"too early"}
    (cause,) = found.causes
    assert cause.node == "a"
    assert cause.step is not None
    assert (trace.steps[cause.step].kind, trace.steps[cause.step].node) == ("backward", "a")


def test_where_two_rules_give_the_number_both_are_named() -> None:
    # x + x at 3: the last gradient alone, and one path alone, are 1; so is what arrives at y.
    assert {"overwritten", "one path"} <= rules(asked(built("x=3 y=Add(x,x)"), "x", 1.0))


def test_a_number_that_no_rule_gives_is_wrong_without_a_cause() -> None:
    found = asked(SEED, "x", 4.7)
    assert (found.verdict, found.causes) == ("wrong", ())
    assert found.step is not None


def test_the_gradient_of_another_node_is_named_by_that_node() -> None:
    graph = built("x=1.5 y=3 a=Square(x) b=Exp(y) z=Mul(a,b)")
    found = asked(graph, "x", 2.25 * math.exp(3))  # y.grad = a·exp(y)
    assert "other node" in rules(found)
    assert "y.grad" in next(cause.sentence for cause in found.causes if cause.rule is WrongRule.OTHER_NODE)


def test_a_broadcast_input_that_was_not_summed() -> None:
    whole = built("x=1 b=10 s=Add(x,b) q=Square(s) L=Sum(q)")
    graph = whole.with_nodes(replace(whole.node("x"), value=(1.0, 2.0, 3.0)), replace(whole.node("b"), value=(10.0,)))
    assert asked(graph, "b", (72.0,)).verdict == "right"  # 22 + 24 + 26
    for answer in ((22.0, 24.0, 26.0), (24.0,), (26.0,)):
        assert rules(asked(graph, "b", answer)) >= {"not summed"}, answer
    assert asked(graph, "x", (22.0, 24.0, 26.0)).verdict == "right"
    assert asked(graph, "x", (22.0, 24.0, 27.0)).right_entries == (True, True, False)
    assert asked(graph, "x", 22.0).right_entries == ()


def test_an_earlier_backward_from_another_output() -> None:
    # x + x, then x + x + x with the same x: 3, and 5 where cleargrad was forgotten.
    graph = built("x=3 y=Add(x,x) a=Add(x,x) z=Add(a,x)", "z")
    assert asked(graph, "x", 3.0).verdict == "right"
    assert "not cleared" in rules(asked(graph, "x", 5.0))


def test_what_the_correct_engine_gives_is_wrong_where_another_one_runs() -> None:
    trace = evaluate(FORK, variant=Variant.STEP_13)
    assert asked(FORK, "x", 32.0, trace=trace).verdict == "right"
    assert "other engine" in rules(asked(FORK, "x", 64.0, trace=trace))


@pytest.mark.parametrize(
    ("graph", "node", "answer", "rule"),
    [
        (built("x=5 y=2 z=Sub(x,y)"), "z", -3.0, "swapped"),
        (built("x=5 y=2 z=Div(x,y)"), "z", 0.4, "swapped"),
        (built("x=5 z=Square(x)"), "z", 10.0, "exponent"),
        (built("x=5 z=Square(x)"), "z", -25.0, "sign"),
        (built("x=5 z=Square(x) y=Square(z)"), "z", 50.0, "grad for data"),
        (built("x=5 z=Square(x)"), "z", 5.0, "other node"),
    ],
)
def test_data_are_diagnosed_too(graph: Graph, node: str, answer: float, rule: str) -> None:
    assert rule in rules(asked(graph, node, answer, "data"))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(4.0, "right"), (3.999, "wrong"), (4.01, "wrong")],
)
def test_whole_numbers_are_exact(answer: float, verdict: str) -> None:
    assert asked(SEED, "x", answer).verdict == verdict


def test_other_numbers_may_be_off_by_one_per_cent_and_near_zero_by_five_thousandths() -> None:
    right = 2 * math.exp(0.5)  # 4x·exp(2x²) at 0.5
    assert asked(CHAIN, "x", right * 1.009).verdict == "right"
    assert asked(CHAIN, "x", right * 1.011).verdict == "wrong"
    small = built("x=0.02 z=Square(x) y=Square(z)")  # 4x³
    assert asked(small, "x", 0.004).verdict == "right"
    assert asked(small, "x", 0.006).verdict == "wrong"


def test_what_was_not_computed_is_unknown() -> None:
    graph = built("x=2 z=Add(x,_)")
    assert asked(graph, "z", 1.0).verdict == "unknown"
    assert asked(graph, "x", 1.0).verdict == "unknown"


def test_no_sentence_tells_the_number_that_is_asked_for() -> None:
    trace = evaluate(CHAIN)
    for answer in (0.25, 1.0, 1.2840254, 2.5680508, -3.2974425, 0.5, 6.594885):
        for cause in asked(CHAIN, "x", answer, trace=trace).causes:
            assert "3.29" not in cause.sentence


def test_a_diagnosis_is_plain_json() -> None:
    told = asked(FORK, "x", 96.0).to_json()
    assert told["verdict"] == "wrong"
    assert told["causes"][0]["rule"] == "too early"
    assert isinstance(told["causes"][0]["step"], int)


def near(left: float, right: float) -> bool:
    return abs(left - right) <= 0.011 * max(abs(left), abs(right)) + 0.006


@settings(max_examples=25, deadline=None)
@given(programs())
def test_on_random_graphs_each_rule_is_found_and_the_right_number_never(lines: list[Line]) -> None:
    try:
        values, right = forward(lines), backward(lines)
    except (OverflowError, ZeroDivisionError):
        assume(False)
    assume(all(abs(value) < 1e6 for value in values))
    graph = built(written(lines), lines[-1].name)
    trace = evaluate(graph)
    for place, line in [*enumerate(lines[:-1])][:2]:
        number = right[place]
        if number is None or not abs(number) < 1e6:
            continue
        assert diagnose(graph, trace, Quantity(line.name, "grad"), number).verdict == "right"
        for rule in ("no upstream", "no local", "swapped", "sign", "exponent"):
            wrong = backward(lines, rule)[place]
            assert wrong is not None
            if abs(wrong) < 1e6 and not near(wrong, number):
                found = diagnose(graph, trace, Quantity(line.name, "grad"), wrong)
                assert rule in rules(found), (rule, line.name, wrong)


def test_the_work_on_a_large_graph_is_bounded() -> None:
    # Every stage doubles the number of paths: 2⁸⁰ of them.
    words = ["x=1.0", "a0=Mul(x,x)"]
    words += [f"a{place}=Add(a{place - 1},a{place - 1}) " for place in range(1, 80)]
    graph = built(" ".join(words))
    trace = evaluate(graph)
    begun = time.process_time()
    found = diagnose(graph, trace, Quantity("x", "grad"), 3.0)
    assert found.verdict == "wrong"
    assert time.process_time() - begun < 5
    assert np.isfinite(trace.nodes["x"].grad[0])  # type: ignore[arg-type]
