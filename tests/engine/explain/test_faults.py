from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.evaluation import evaluate
from engine.explain import find_faults, find_slips
from tests.engine.built import FORK, built, grad_of
from tests.strategies import smooth_graphs

ADDED = built("x=3 y=Add(x,x)")


def test_step_16_slips_nowhere() -> None:
    trace = evaluate(FORK)
    assert find_slips(FORK, trace) == []
    assert find_faults(FORK, trace) == {}


def test_step_13_overwrites() -> None:
    fault = find_faults(ADDED, evaluate(ADDED, variant=Variant.STEP_13))["x", 0]
    # Step 1 computes y, step 2 seeds it, and in step 3 (index 2) Add brings both ones.
    assert (fault.reason, fault.slip.step, fault.slip.node, float(fault.right)) == ("overwritten", 2, "y", 2.0)


def test_what_was_overwritten_explains_nothing() -> None:
    """The Square of a goes too early as well, but what it sent then is lost: the last one sends a wrong a.grad on."""
    faults = find_faults(FORK, evaluate(FORK, variant=Variant.STEP_13))
    assert (faults["a", 0].reason, faults["a", 0].slip.node) == ("overwritten", "b")
    assert (faults["x", 0].reason, faults["x", 0].via, faults["x", 0].slip) == ("inherited", "a", faults["a", 0].slip)


def test_step_14_goes_too_early() -> None:
    faults = find_faults(FORK, evaluate(FORK, variant=Variant.STEP_14))
    assert set(faults) == {("x", 0)}
    fault = faults["x", 0]
    assert (fault.reason, fault.slip.node, fault.slip.arrived, fault.slip.expected) == ("early", "a", 1, 2)
    assert float(fault.right) == 64.0


def test_step_14_visits_again() -> None:
    """Nothing is early here: Add brings both contributions at once. But it puts Neg in the list twice."""
    graph = built("x=3 s=Neg(x) y=Add(s,s)")
    trace = evaluate(graph, variant=Variant.STEP_14)
    assert grad_of(trace, "x") == 2 * -2.0
    fault = find_faults(graph, trace)["x", 0]
    assert (fault.reason, fault.slip.node, float(fault.right)) == ("again", "s", -2.0)


def test_what_came_from_a_wrong_gradient_is_inherited() -> None:
    graph = built("x=2 s=Neg(x) y=Add(s,s) z=Neg(y)")
    faults = find_faults(graph, evaluate(graph, variant=Variant.STEP_13))
    assert faults["s", 0].reason == "overwritten"
    assert (faults["x", 0].reason, faults["x", 0].via, faults["x", 0].slip) == ("inherited", "s", faults["s", 0].slip)


@pytest.mark.parametrize(("picks", "gradient"), [("ybca", 64.0), ("ycba", 64.0), ("ybac", 32.0), ("ycab", 32.0)])
def test_the_order_that_a_class_picks_decides(picks: str, gradient: float) -> None:
    trace = evaluate(FORK, picks=list(picks), watched=True)
    assert grad_of(trace, "x") == gradient
    faults = find_faults(FORK, trace)
    assert set(faults) == (set() if gradient == 64.0 else {("x", 0)})


def test_an_unfinished_order_is_not_judged() -> None:
    trace = evaluate(FORK, picks=["y", "b", "a"], watched=True)
    assert trace.steps[-1].waiting == ("c",)
    assert find_faults(FORK, trace) == {}
    assert [slip.node for slip in find_slips(FORK, trace)] == ["a"]


def test_a_pick_that_does_not_wait_ends_the_sweep() -> None:
    trace = evaluate(FORK, picks=["a"], watched=True)
    assert [step.kind for step in trace.steps][-1] == "seed"


@settings(max_examples=60)
@given(smooth_graphs(), st.sampled_from([Variant.STEP_13, Variant.STEP_14]))
def test_every_wrong_number_and_no_other_is_found(graph, variant) -> None:
    wrong, right = evaluate(graph, variant=variant), evaluate(graph)
    faults = find_faults(graph, wrong)
    for node_id, found in wrong.nodes.items():
        for output, (shown, wanted) in enumerate(zip(found.grad, right.nodes[node_id].grad, strict=True)):
            differs = (
                shown is not None
                and wanted is not None
                and float(shown) != pytest.approx(float(wanted), rel=1e-9, abs=0)
            )
            assert ((node_id, output) in faults) == differs


def slips_of(variant: Variant) -> list[tuple[str, str, tuple[str, int], int, int]]:
    found = find_slips(FORK, evaluate(FORK, variant=variant))
    return [(slip.kind, slip.node, slip.receiver, slip.arrived, slip.expected) for slip in found]


def test_every_slip_is_found_once() -> None:
    """By hand: y, c, a (too early), b, and a again, in both variants."""
    assert slips_of(Variant.STEP_13) == [
        ("early", "a", ("a", 0), 1, 2),
        ("overwritten", "b", ("a", 0), 2, 2),
        ("overwritten", "a", ("x", 0), 2, 1),
    ]
    assert slips_of(Variant.STEP_14) == [("early", "a", ("a", 0), 1, 2), ("again", "a", ("a", 0), 2, 2)]


def test_a_second_backward_is_no_slip() -> None:
    assert find_slips(FORK, evaluate(FORK, sweeps=(None, None))) == []
    graph = built("x=3 y=Add(x,x) s=Add(x,x) v=Add(x,s)")
    assert find_slips(graph, evaluate(graph, sweeps=(("y", 0), ("v", 0), ("y", 0)))) == []
    # From y two contributions arrive at a, from b only one.
    graph = built("x=2 a=Square(x) b=Square(a) y=Add(a,b)")
    assert find_slips(graph, evaluate(graph, sweeps=(("y", 0), ("b", 0)))) == []


def test_the_right_number_is_the_sum_of_all_backwards() -> None:
    trace = evaluate(ADDED, variant=Variant.STEP_14, sweeps=(None, None))
    assert (grad_of(trace, "x"), find_faults(ADDED, trace)) == (4.0, {})
    fault = find_faults(ADDED, evaluate(ADDED, variant=Variant.STEP_13, sweeps=(None, None)))["x", 0]
    assert float(fault.right) == 4.0


def test_a_number_that_is_wrong_by_little_is_wrong() -> None:
    graph = built("x=1 k=1000 a=Mul(x,k) y=Add(a,x)")
    fault = find_faults(graph, evaluate(graph, variant=Variant.STEP_13))["x", 0]
    assert (float(fault.right), fault.reason) == (1001.0, "overwritten")
    tiny = built("x=1 k=0.000001 s=Add(x,x) y=Mul(s,k)")
    assert set(find_faults(tiny, evaluate(tiny, variant=Variant.STEP_13))) == {("x", 0)}


def test_a_number_that_is_nan_in_both_is_not_wrong() -> None:
    # w.grad is −∞ from Mul, and 0 · ∞ from Log.
    graph = built("w=0 y=Log(w) z=Mul(w,y) q=Add(z,z)")
    faults = find_faults(graph, evaluate(graph, variant=Variant.STEP_13))
    assert ("z", 0) in faults
    assert ("w", 0) not in faults
