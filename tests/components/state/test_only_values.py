"""Where only values have changed the engine's calls are made again, and give bit for bit what an evaluation gives."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.state import Computation
from engine.autograd import Square, Variant
from engine.document import Graph
from engine.edits import Choose, Connect, Rename, SetParameter, SetValue, apply
from engine.evaluation import LateSteps, Trace, evaluate
from tests.engine.built import FORK, SEED, built
from tests.strategies import finite, graphs, grouped

numbers = finite | st.sampled_from([0.0, -0.0, 1.0, -1.0, 2.0, 1e300, -1e300, 1e-300]) | st.floats(-3, 3)
PATHS = graphs(inputs=numbers | st.lists(numbers, min_size=2, max_size=3).map(tuple), max_nodes=8)
WIRED = graphs(inputs=st.floats(-2, 2), fully_wired=True, moderate=True, max_nodes=8)
ARRAYS = graphs(
    inputs=st.lists(st.lists(st.floats(-2, 2), min_size=3, max_size=3).map(tuple), min_size=3, max_size=3).map(tuple),
    fully_wired=True,
    moderate=True,
    max_nodes=8,
)


def bits(found: Any) -> Any:
    """Return what a result consists of, arrays by their bytes; of a nan every bit counts."""
    if isinstance(found, np.ndarray | np.generic):
        return type(found).__name__, str(found.dtype), found.shape, found.tobytes()
    if isinstance(found, tuple | list | LateSteps):
        return [bits(each) for each in found]
    if isinstance(found, dict):
        return [(key, bits(value)) for key, value in found.items()]
    if hasattr(found, "__dataclass_fields__"):
        return [(each.name, bits(getattr(found, each.name))) for each in fields(found)]
    return found


def told(trace: Trace) -> Any:
    functions = {
        node_id: (type(each).__name__, each.generation, [(x.name, x.generation, bits(x.grad)) for x in each.inputs])
        for node_id, each in trace.functions.items()
    }
    return bits(replace(trace, functions={})), functions


def slopes(trace: Trace) -> Any:
    with np.errstate(all="ignore"):
        return [bits(list(map(np.asarray, each.local_derivatives()))) for each in trace.functions.values()]


def values_like(value: Any) -> st.SearchStrategy[Any]:
    """Draw other numbers in the same shape."""
    return st.tuples(*map(values_like, value)) if isinstance(value, tuple) else numbers


@settings(max_examples=200)
@given(st.one_of(PATHS, WIRED, ARRAYS, grouped(WIRED)), st.sampled_from(Variant), st.booleans(), st.data())
def test_it_is_what_an_evaluation_gives(graph: Graph, variant: Variant, by_hand: bool, data: st.DataObject) -> None:
    computation = Computation(graph, automatic=not by_hand, variant=variant)
    if by_hand:
        computation.forward()
        for _ in range(data.draw(st.integers(0, 2))):
            computation.backward()
    functions = list(computation.trace.functions)
    if functions and data.draw(st.booleans()):
        computation.pick(tuple(data.draw(st.permutations(functions))))
    for _ in range(2):  # so that a nan may come and go
        changed = data.draw(st.sampled_from([node for node in graph.nodes() if node.is_input]))
        value = data.draw(values_like(changed.value))
        graph = apply(graph, SetValue(node=changed.id, value=value))
        sweeps = computation.sweeps
        computation.follow(graph)
        if by_hand:  # Forward and Backward, as before the edit
            computation.forward()
            computation.sweeps = sweeps
        expected = evaluate(graph, variant=variant, sweeps=computation.sweeps, picks=computation.picks)
        assert told(computation.trace) == told(expected)
        assert slopes(computation.trace) == slopes(expected)


def ran_again(computation: Computation, graph: Graph) -> bool:
    computation.follow(graph)
    return isinstance(computation.trace.steps, LateSteps)


def test_values_alone_are_computed_without_steps() -> None:
    computation = Computation(SEED)
    assert not isinstance(computation.trace.steps, LateSteps)
    other = apply(SEED, SetValue(node="x", value=5))
    assert ran_again(computation, other)
    assert [step.kind for step in computation.trace.steps] == [step.kind for step in evaluate(other).steps]


def test_single_numbers_are_computed_without_what_arrays_need(monkeypatch: pytest.MonkeyPatch) -> None:
    computation, other = Computation(FORK), apply(FORK, SetValue(node="x", value=3))
    expected, asked = told(evaluate(other)), []
    assert computation.trace.visited == tuple(step.node for step in computation.trace.steps if step.kind == "backward")
    monkeypatch.setattr("engine.autograd.core.Function.__call__", lambda function, *_: asked.append(function))
    assert ran_again(computation, other)
    assert asked == []
    assert told(computation.trace) == expected


@pytest.mark.parametrize("values", [(2, -3), (-3, 2)])
def test_a_rule_may_send_nothing_at_some_numbers(monkeypatch: pytest.MonkeyPatch, values: tuple[int, int]) -> None:
    monkeypatch.setattr(Square, "backward", lambda self, gy: gy if self.inputs[0].data > 0 else None)
    before = apply(built("x=1 a=Neg(x) b=Neg(a) y=Square(b)"), SetValue(node="x", value=values[0]))
    after = apply(before, SetValue(node="x", value=values[1]))
    computation = Computation(before)
    computation.trace  # noqa: B018 -- computed now
    computation.follow(after)
    assert told(computation.trace) == told(evaluate(after))


@pytest.mark.parametrize(
    "event",
    [
        SetValue(node="x", value=(1.0, 2.0)),  # another shape
        Rename(node="x", name="u"),  # a sentence may say its name
        Choose(node="a"),
        Connect(source="y", output=0, target="a", port=0),
    ],
)
def test_any_other_change_is_evaluated(event: Any) -> None:
    assert not ran_again(Computation(SEED), apply(SEED, event))


def test_another_exponent_is_evaluated() -> None:
    graph = built("x=2 y=Pow(x)")
    assert not ran_again(Computation(graph), apply(graph, SetParameter(node="y", name="exponent", value=2)))


def test_whoever_steps_has_the_steps_recorded() -> None:
    computation = Computation(FORK)
    computation.watch(True)
    computation.trace  # noqa: B018 -- computed now
    assert not ran_again(computation, apply(FORK, SetValue(node="x", value=3)))
    assert any(step.lines for step in computation.trace.steps)


def test_a_branch_that_is_no_longer_taken_is_known() -> None:
    graph = built("x=2 y=ReLU(x)")
    computation = Computation(graph)
    assert not computation.trace.has_untaken
    for value, is_untaken in ((-1, True), (3, False)):
        assert ran_again(computation, apply(graph, SetValue(node="x", value=value)))
        assert computation.trace.has_untaken == is_untaken


def test_what_is_not_finite_is_explained_and_then_forgotten() -> None:
    graph = built("x=2 y=Log(x)")
    computation = Computation(graph)
    assert not ran_again(computation, apply(graph, SetValue(node="x", value=-1)))
    assert computation.trace.nodes["y"].message
    assert ran_again(computation, apply(graph, SetValue(node="x", value=1)))
    assert computation.trace.nodes["y"].message == ""
    assert computation.trace.nodes["x"].grad[0] == 1.0
