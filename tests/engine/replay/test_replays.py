"""A program computes what the sweep does, for every op and for graphs that nobody thought of."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from itertools import pairwise
from types import FrameType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Function
from engine.autograd import TOLERANCE
from engine.document import Edge, Graph, Node
from engine.evaluation import evaluate
from engine.explain import check_graph
from engine.replay import compile_graph
from tests.engine.replay.wired import EXACT, as_value, assert_replays, assert_same, values_of, wired
from tests.strategies import smooth_graphs


def chain(n: int) -> Graph:
    """Build x → Sin → Neg → Sin → … of n ops."""
    nodes = [Node("x", None, "x", 0.5), *(Node(f"n{i}", ("Sin", "Neg")[i % 2], f"n{i}") for i in range(n))]
    return Graph.of(nodes, [Edge(before.id, 0, after.id, 0) for before, after in pairwise(nodes)])


@pytest.mark.parametrize("name", sorted(set(Function.registry)))
def test_every_op_has_a_program(name: str) -> None:
    op = Function.registry[name]
    cases = op.samples or (({}, ((),) * len(op.ports)), ({}, ((2, 3),) * len(op.ports)))
    generator = np.random.default_rng(3)
    for parameters, shapes in cases:
        nodes = [
            Node(f"x{number}", None, f"x{number}", as_value(np.round(generator.uniform(0.5, 1.2, shape), 3).tolist()))
            for number, shape in enumerate(shapes)
        ]
        edges = [Edge(node.id, 0, "y", port) for port, node in enumerate(nodes)]
        for output in range(len(op.outputs_with(parameters))):
            graph = Graph.of([*nodes, Node("y", name, "y", parameters=parameters)], edges, ("y", output))
            trace = evaluate(graph)
            assert trace.nodes["y"].state == "ok"
            program = compile_graph(graph)
            assert program.run(values_of(graph, program)) is not None
            assert_replays(graph, program, trace)


@settings(max_examples=300)
@given(wired(arrays=False))
def test_random_graphs_of_numbers_replay_as_they_run(graph: Graph) -> None:
    program = compile_graph(graph)
    assert program.is_in_floats
    assert_replays(graph, program, evaluate(graph))


@settings(max_examples=300)
@given(wired(arrays=True))
def test_random_graphs_of_arrays_replay_as_they_run(graph: Graph) -> None:
    assert_replays(graph, compile_graph(graph), evaluate(graph))


@settings(max_examples=100)
@given(wired(arrays=False), st.integers(0, 2**32 - 1))
def test_many_runs_in_one_pass_are_what_single_runs_are(graph: Graph, seed: int) -> None:
    singly, program = compile_graph(graph), compile_graph(graph, columns=True)
    n = 7
    values = np.random.default_rng(seed).uniform(-2, 2, (len(program.inputs), n))
    found = program.run_columns(values, n)
    for column in range(n):
        numbers = singly.run(values[:, column].tolist())
        if numbers is None:
            continue
        assert found is not None
        table, is_finite = found
        assert is_finite[column]
        for place, number in enumerate(numbers):
            assert_same(table[place, column], number)


@settings(max_examples=60)
@given(smooth_graphs("Square", "Sigmoid", "GELU", "Softplus"))
def test_the_programs_gradients_agree_with_central_differences(graph: Graph) -> None:
    program = compile_graph(graph)
    numbers = program.run(values_of(graph, program))
    assert numbers is not None
    for checked in check_graph(graph):
        grad = program.grad_in(numbers, checked.node)
        scale = max(abs(checked.numerical[0]), 1.0)
        assert abs((0.0 if grad is None else grad) - checked.numerical[0]) <= TOLERANCE * scale


def test_a_long_chain_is_written_and_run_without_recursion() -> None:
    n = 10_000
    program = compile_graph(chain(n))
    numbers = program.run([0.5])
    assert numbers is not None
    x, slope = 0.5, 1.0
    for index in range(n):
        x, slope = (math.sin(x), slope * math.cos(x)) if index % 2 == 0 else (-x, -slope)
    assert program.data_in(numbers, f"n{n - 1}") == pytest.approx(x, rel=EXACT)
    assert program.grad_in(numbers, "x") == pytest.approx(slope, rel=1e-9)


def test_a_wide_fork_is_added_line_by_line() -> None:
    n = 2_000
    nodes = [Node("x", None, "x", 0.5), *(Node(f"n{i}", "Add", f"n{i}") for i in range(n))]
    edges = [Edge(nodes[i].id, 0, f"n{i}", 0) for i in range(n)] + [Edge("x", 0, f"n{i}", 1) for i in range(n)]
    program = compile_graph(Graph.of(nodes, edges))
    numbers = program.run([0.5])
    assert numbers is not None
    assert program.grad_in(numbers, "x") == n + 1


def test_a_replay_calls_no_more_functions_in_a_large_graph_than_in_a_small_one() -> None:
    """What makes it fast: one run of straight-line code, where building the graph calls something for every node."""

    def calls(n: int, backward: bool) -> int:
        program = compile_graph(chain(n))
        program.run([0.5], backward=backward)  # compiled only once
        return _python_calls(lambda: program.run([0.5], backward=backward))

    for backward in (False, True):
        assert calls(10, backward) == calls(1_000, backward) < 10


def _python_calls(run: Callable[[], object]) -> int:
    """Count the calls of functions that are written in Python, the builtin ones left out."""
    count = 0

    def look(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(look)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count
