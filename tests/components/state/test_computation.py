"""Forward and Backward by themselves and by hand, and what they have to say."""

from __future__ import annotations

import pytest

from components.state import Computation
from components.text import short_array
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import Choose, Connect, Move, SetValue, apply
from engine.errors import UnknownNodeError
from engine.lessons import LESSONS
from tests.engine.built import FORK, SEED, built


def grads(computation: Computation, names: str) -> list[str]:
    return [short_array(computation.trace.nodes[name].grad[0]) for name in names]


def by_hand(graph: Graph) -> Computation:
    computation = Computation(graph, automatic=False)
    computation.forward()
    return computation


def test_by_itself_it_follows_every_edit() -> None:
    computation = Computation(SEED)
    assert grads(computation, "xyz") == ["4", "6", "1"]
    computation.follow(apply(SEED, SetValue(node="x", value=5)))
    assert grads(computation, "xy") == ["10", "6"]


def test_forward_leaves_every_grad_none() -> None:
    computation = by_hand(SEED)
    assert grads(computation, "xyabz") == ["—"] * 5
    assert short_array(computation.trace.nodes["z"].data[0]) == "13"  # type: ignore[index]
    assert "every grad is None until Backward" in computation.notice


def test_a_second_backward_adds_and_says_so() -> None:
    computation = by_hand(SEED)
    computation.backward()
    assert (grads(computation, "xy"), computation.notice) == (["4", "6"], "")
    computation.backward()
    assert grads(computation, "xy") == ["8", "12"]
    assert "x.grad = 4 + 4 = 8" in computation.notice
    computation.backward()
    assert "x.grad = 4 + 4 + 4 = 12" in computation.notice
    computation.clear_grads()
    assert grads(computation, "xy") == ["—", "—"]
    computation.backward()
    assert grads(computation, "xy") == ["4", "6"]


def test_a_second_backward_of_step_13_overwrites_and_says_so() -> None:
    computation = by_hand(SEED)
    computation.set_variant(Variant.STEP_13)
    computation.backward()
    computation.backward()
    assert grads(computation, "xy") == ["4", "6"]
    assert "Step 13 overwrites: x.grad = 4" in computation.notice


def test_a_second_backward_from_another_output_adds_to_the_first() -> None:
    """Lesson 9: y = x + x brings 2; v = x + (x + x) brings 3 more; and from v after cleargrad 3 alone."""
    graph = LESSONS[8].graph
    x, v = (graph.node_named(name) for name in "xv")
    assert x is not None
    assert v is not None
    computation = Computation(graph, automatic=False)
    computation.forward()
    computation.backward()
    assert grads(computation, [x.id]) == ["2"]  # type: ignore[arg-type]
    other = apply(graph, Choose(node=v.id, output=0))
    computation.follow(other)
    computation.backward()
    assert grads(computation, [x.id]) == ["5"]  # type: ignore[arg-type]
    assert "x.grad = 2 + 3 = 5" in computation.notice
    computation.clear_grads()
    computation.backward()
    assert grads(computation, [x.id]) == ["3"]  # type: ignore[arg-type]


def test_by_hand_an_edit_marks_what_it_outdates() -> None:
    computation = by_hand(SEED)
    computation.backward()
    edited = apply(SEED, SetValue(node="x", value=5))
    computation.follow(edited)
    assert computation.trace.stale
    # Only what hangs on x is out of date; of a grad nobody can say, as every one may depend on x.
    assert {name: computation.trace.nodes[name].state for name in "xaybz"} == {
        "x": "ok", "a": "stale", "y": "ok", "b": "ok", "z": "stale",
    }  # fmt: skip
    assert grads(computation, "xy") == ["—", "—"]
    computation.backward()
    assert computation.notice == "The graph has changed since Forward: run Forward first."
    assert grads(computation, "xy") == ["—", "—"]
    computation.forward()
    computation.backward()
    assert grads(computation, "x") == ["10"]
    assert not computation.trace.stale


def test_moving_a_node_outdates_nothing() -> None:
    computation = by_hand(SEED)
    computation.follow(apply(SEED, Move(positions={"x": (500.0, 500.0)})))
    assert not computation.trace.stale


def test_nothing_to_differentiate_is_said() -> None:
    graph = built("z=Add(_,_)")
    computation = by_hand(graph)
    computation.backward()
    assert computation.notice == "There is nothing to differentiate yet."


@pytest.mark.parametrize(("order", "gradient"), [("ybca", "64"), ("ybac", "32"), ("ycab", "32")])
def test_the_order_that_is_picked_decides(order: str, gradient: str) -> None:
    computation = Computation(FORK, watched=True)
    for length in range(len(order) + 1):
        computation.pick(tuple(order[:length]))
    assert grads(computation, "x") == [gradient]
    computation.pick(None)
    assert grads(computation, "x") == ["64"]


def test_a_node_without_function_cannot_be_picked() -> None:
    computation = Computation(FORK, watched=True)
    with pytest.raises(UnknownNodeError):
        computation.pick(("x",))
    assert computation.picks is None


def test_rewiring_begins_the_picking_anew_and_a_value_does_not() -> None:
    computation = Computation(FORK, watched=True)
    computation.pick(("y", "b"))
    computation.follow(apply(FORK, SetValue(node="x", value=3)))
    assert computation.picks == ("y", "b")
    computation.follow(apply(FORK, Connect(source="x", output=0, target="c", port=0)))
    assert computation.picks == ()


def test_lines_and_work_list_are_recorded_only_for_who_steps() -> None:
    computation = Computation(SEED)
    assert all(step.lines == () for step in computation.trace.steps)
    computation.watch(True)
    assert all(step.lines for step in computation.trace.steps)
    computation.pick(("z",))
    computation.watch(False)
    assert computation.picks is None


def test_an_edit_while_by_hand_leaves_the_accumulated_grads_where_nothing_depends_on_it() -> None:
    computation = by_hand(SEED)
    computation.backward()
    computation.backward()
    computation.follow(apply(SEED, Move(positions={"x": (0.0, 0.0)})))
    assert grads(computation, "xyabz") == ["8", "12", "2", "2", "2"]


def test_a_second_backward_after_automatic_accumulates() -> None:
    computation = Computation(SEED)
    computation.set_automatic(False)
    computation.backward()
    assert grads(computation, "xyabz") == ["8", "12", "2", "2", "2"]
    assert computation.notice == (
        "Backward has run 2 times since Forward, and gradients accumulate: x.grad = 4 + 4 = 8. "
        "Forward or cleargrad starts afresh."
    )
    computation.clear_grads()
    assert grads(computation, "xyabz") == ["—"] * 5
    computation.backward()
    assert grads(computation, "xyabz") == ["4", "6", "1", "1", "1"]


def test_switching_automatic_on_computes_what_was_edited_meanwhile() -> None:
    computation = Computation(SEED)
    computation.set_automatic(False)
    computation.follow(apply(SEED, SetValue(node="x", value=5)))
    assert grads(computation, "xy") == ["—", "—"]
    computation.set_automatic(True)
    assert grads(computation, "xyabz") == ["10", "6", "1", "1", "1"]


def test_a_notice_lasts_until_the_next_edit() -> None:
    computation = by_hand(SEED)
    assert computation.notice
    computation.follow(SEED)
    assert computation.notice == ""
    computation.forward()
    computation.set_variant(Variant.STEP_14)
    assert computation.notice == ""
    computation.forward()
    computation.set_automatic(True)
    assert computation.notice == ""


def test_the_check_lasts_until_the_next_edit_or_another_variant() -> None:
    computation = Computation(SEED)
    computation.check()
    assert computation.checked is not None
    assert [bool(each) for each in computation.checked] == [True, True]
    computation.set_automatic(False)
    assert computation.checked is not None
    computation.set_variant(Variant.STEP_13)
    assert computation.checked is None
    computation.check()
    computation.follow(SEED)
    assert computation.checked is None


def test_another_graph_that_is_opened_is_computed_even_by_hand_and_ends_the_picking() -> None:
    computation = Computation(FORK, automatic=False, watched=True)
    computation.pick(("y",))
    computation.follow(SEED, opened=True)
    assert (computation.picks, grads(computation, "xy")) == (None, ["4", "6"])


def test_looking_at_the_steps_again_leaves_the_numbers_alone() -> None:
    computation = by_hand(SEED)
    computation.backward()
    computation.follow(apply(SEED, SetValue(node="x", value=5)))
    computation.watch(True)
    assert computation.trace.stale
    assert grads(computation, "xy") == ["—", "—"]


def test_what_is_watched_already_is_not_computed_again() -> None:
    computation = Computation(FORK)
    before = computation.trace
    computation.watch(False)
    assert computation.trace is before


def test_the_check_is_of_the_present_graph_also_by_hand() -> None:
    computation = by_hand(SEED)
    computation.follow(apply(SEED, SetValue(node="x", value=5)))
    computation.check()
    assert computation.checked is not None
    assert [x for each in computation.checked for x in each.analytical.reshape(-1).tolist()] == [10.0, 6.0]


def test_a_second_backward_is_told_of_the_first_input_that_it_reached_again() -> None:
    computation = by_hand(apply(SEED, Choose(node="b")))
    computation.backward()  # reaches y alone
    computation.follow(apply(SEED, Choose(node="z")))
    computation.backward()
    assert "y.grad = 6 + 6 = 12" in computation.notice


def test_a_second_backward_is_told_of_an_input_also_where_an_op_was_built_first() -> None:
    computation = by_hand(Graph.of(reversed(list(SEED.nodes())), SEED.edges()))
    computation.backward()
    computation.backward()
    assert "y.grad = 6 + 6 = 12" in computation.notice


def test_a_negative_contribution_stands_in_brackets() -> None:
    computation = by_hand(apply(SEED, SetValue(node="x", value=-2)))
    computation.backward()
    computation.backward()
    assert "x.grad = (−4) + (−4) = −8" in computation.notice
