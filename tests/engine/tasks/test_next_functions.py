"""Which Functions may come next: backward once all their gradients have arrived, forward once their inputs have."""

from __future__ import annotations

import pytest

from engine.autograd import Variant
from engine.document import Graph
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from engine.tasks import next_functions

# y = b² + c² with b = a³ and c = a⁴, a = x².
_GRAPH = graph_of_formula("a = x**2\nb = a**3\nc = a**4\nd = b**2\ne = c**2\ny = d + e", Graph.of([], []))


def names_after(done: int, variant: Variant = Variant.STEP_16) -> set[str]:
    trace = evaluate(_GRAPH, variant=variant)
    return {_GRAPH.node(each).name for each in next_functions(_GRAPH, trace, done)}


def steps_named(kind: str) -> list[str]:
    return [_GRAPH.node(step.node).name for step in evaluate(_GRAPH).steps if step.kind == kind]


def test_forward_a_function_waits_for_its_inputs() -> None:
    assert names_after(0) == {"a"}
    assert names_after(1) == {"b", "c"}
    done = steps_named("forward")
    assert names_after(2) == {"b": {"c", "d"}, "c": {"b", "e"}}[done[1]]


def test_backward_a_function_waits_for_all_its_gradients() -> None:
    forward = len(steps_named("forward"))
    assert names_after(forward) == names_after(forward + 1) == {"y"}  # the seed is no Function's turn
    assert names_after(forward + 2) == {"d", "e"}
    done = steps_named("backward")
    assert names_after(forward + 3) == {"d": {"e", "b"}, "e": {"d", "c"}}[done[1]]
    assert done[-1] == "a"
    assert names_after(forward + 1 + len(done) - 1) == {"a"}
    assert names_after(forward + 1 + len(done)) == set()


@pytest.mark.parametrize("variant", [Variant.STEP_13, Variant.STEP_14])
def test_another_engine_goes_its_own_way(variant: Variant) -> None:
    trace = evaluate(_GRAPH, variant=variant)
    for done, step in enumerate(trace.steps):
        if step.kind == "backward":
            assert next_functions(_GRAPH, trace, done) == {step.node}
