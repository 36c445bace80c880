"""Forward and Backward by themselves and by hand, and what they have to say."""

from __future__ import annotations

import pytest

from components.state import Run
from components.text import short_array
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import Choose, Connect, Move, SetValue, apply
from engine.errors import UnknownNodeError
from engine.lessons import LESSONS
from tests.engine.built import FORK, SEED, built


def grads(run: Run, names: str) -> list[str]:
    return [short_array(run.trace.nodes[name].grad[0]) for name in names]


def by_hand(graph: Graph) -> Run:
    run = Run(graph, automatic=False)
    run.forward(graph)
    return run


def test_by_itself_it_follows_every_edit() -> None:
    run = Run(SEED)
    assert grads(run, "xyz") == ["4", "6", "1"]
    run.follow(apply(SEED, SetValue(node="x", value=5)))
    assert grads(run, "xy") == ["10", "6"]


def test_forward_leaves_every_grad_none() -> None:
    run = by_hand(SEED)
    assert grads(run, "xyabz") == ["—"] * 5
    assert short_array(run.trace.nodes["z"].data[0]) == "13"  # type: ignore[index]
    assert "every grad is None until Backward" in run.notice


def test_a_second_backward_adds_and_says_so() -> None:
    run = by_hand(SEED)
    run.backward(SEED)
    assert (grads(run, "xy"), run.notice) == (["4", "6"], "")
    run.backward(SEED)
    assert grads(run, "xy") == ["8", "12"]
    assert "x.grad = 4 + 4 = 8" in run.notice
    run.backward(SEED)
    assert "x.grad = 4 + 4 + 4 = 12" in run.notice
    run.clear_grads(SEED)
    assert grads(run, "xy") == ["—", "—"]
    run.backward(SEED)
    assert grads(run, "xy") == ["4", "6"]


def test_a_second_backward_of_step_13_overwrites_and_says_so() -> None:
    run = by_hand(SEED)
    run.set_variant(SEED, Variant.STEP_13)
    run.backward(SEED)
    run.backward(SEED)
    assert grads(run, "xy") == ["4", "6"]
    assert "Step 13 overwrites: x.grad = 4" in run.notice


def test_a_second_backward_from_another_output_adds_to_the_first() -> None:
    """Lesson 9: y = x + x brings 2; v = x + (x + x) brings 3 more; and from v after cleargrad 3 alone."""
    graph = LESSONS[8].graph
    x, v = (graph.node_named(name) for name in "xv")
    assert x is not None
    assert v is not None
    run = Run(graph, automatic=False)
    run.forward(graph)
    run.backward(graph)
    assert grads(run, [x.id]) == ["2"]  # type: ignore[arg-type]
    other = apply(graph, Choose(node=v.id, output=0))
    run.follow(other)
    run.backward(other)
    assert grads(run, [x.id]) == ["5"]  # type: ignore[arg-type]
    assert "x.grad = 2 + 3 = 5" in run.notice
    run.clear_grads(other)
    run.backward(other)
    assert grads(run, [x.id]) == ["3"]  # type: ignore[arg-type]


def test_by_hand_an_edit_marks_what_it_outdates() -> None:
    run = by_hand(SEED)
    run.backward(SEED)
    edited = apply(SEED, SetValue(node="x", value=5))
    run.follow(edited)
    assert run.trace.stale
    # Only what hangs on x is out of date; of a grad nobody can say, as every one may depend on x.
    assert {name: run.trace.nodes[name].state for name in "xaybz"} == {
        "x": "ok", "a": "stale", "y": "ok", "b": "ok", "z": "stale",
    }  # fmt: skip
    assert grads(run, "xy") == ["—", "—"]
    run.backward(edited)
    assert run.notice == "The graph has changed since Forward: run Forward first."
    assert grads(run, "xy") == ["—", "—"]
    run.forward(edited)
    run.backward(edited)
    assert grads(run, "x") == ["10"]
    assert not run.trace.stale


def test_moving_a_node_outdates_nothing() -> None:
    run = by_hand(SEED)
    run.follow(apply(SEED, Move(positions={"x": (500.0, 500.0)})))
    assert not run.trace.stale


def test_nothing_to_differentiate_is_said() -> None:
    graph = built("z=Add(_,_)")
    run = by_hand(graph)
    run.backward(graph)
    assert run.notice == "There is nothing to differentiate yet."


@pytest.mark.parametrize(("order", "gradient"), [("ybca", "64"), ("ybac", "32"), ("ycab", "32")])
def test_the_order_that_is_picked_decides(order: str, gradient: str) -> None:
    run = Run(FORK, watched=True)
    for length in range(len(order) + 1):
        run.pick(FORK, tuple(order[:length]))
    assert grads(run, "x") == [gradient]
    run.pick(FORK, None)
    assert grads(run, "x") == ["64"]


def test_a_node_without_function_cannot_be_picked() -> None:
    run = Run(FORK, watched=True)
    with pytest.raises(UnknownNodeError):
        run.pick(FORK, ("x",))
    assert run.picks is None


def test_rewiring_begins_the_picking_anew_and_a_value_does_not() -> None:
    run = Run(FORK, watched=True)
    run.pick(FORK, ("y", "b"))
    run.follow(apply(FORK, SetValue(node="x", value=3)))
    assert run.picks == ("y", "b")
    run.follow(apply(FORK, Connect(source="x", output=0, target="c", port=0)))
    assert run.picks == ()


def test_lines_and_work_list_are_recorded_only_for_who_steps() -> None:
    run = Run(SEED)
    assert all(step.lines == () for step in run.trace.steps)
    run.watch(SEED, True)
    assert all(step.lines for step in run.trace.steps)
    run.pick(SEED, ("z",))
    run.watch(SEED, False)
    assert run.picks is None
