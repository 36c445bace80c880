from __future__ import annotations

import gc
import math
import timeit
import weakref
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Function, Variable
from engine.autograd import TOLERANCE
from engine.document import Edge, Graph, Node, to_array
from engine.edits import Rename, SetValue, apply
from engine.errors import SymbolError
from engine.evaluation import Trace, evaluate
from engine.explain import check_graph
from engine.replay import (
    ADDITIVE,
    CONDITIONAL,
    FLOATS,
    UNARY,
    Arrived,
    Program,
    Text,
    compile_graph,
    named,
    rule_of,
    written_sum,
)
from tests.engine.built import FORK, SEED, built
from tests.strategies import smooth_graphs

EXACT = 1e-12
"""The relative error within which `math` and NumPy agree on a number of steps."""

_SCALAR_OPS = {
    **{name: {} for name, op in Function.registry.items() if op.elementwise and not op.parameters},
    "Pow": {"exponent": 2.5},
    "LeakyReLU": {"slope": 0.2},
    "Constant": {"value": 0.75},
    "Sum": {"axis": None, "keepdims": False},
    "Mean": {"axis": None, "keepdims": False},
    "LogSumExp": {"axis": None, "keepdims": False},
    "MSE": {},
    "Dot": {},
}
"""Every op that takes single numbers and gives such, with parameters."""

_ARRAY_OPS: dict[str, list[dict[str, Any]]] = {
    **{name: [parameters] for name, parameters in _SCALAR_OPS.items()},
    "Pow": [{"exponent": 3.0}, {"exponent": 1.5}],
    "Sum": [{"axis": None, "keepdims": False}, {"axis": 0, "keepdims": True}, {"axis": -1, "keepdims": False}],
    "Mean": [{"axis": None, "keepdims": True}, {"axis": -1, "keepdims": False}],
    "LogSumExp": [{"axis": None, "keepdims": False}, {"axis": 0, "keepdims": True}],
    "Softmax": [{"axis": -1}, {"axis": 0}],
    "CrossEntropy": [{}],
    "MatMul": [{}],
    "Transpose": [{"axes": None}],
    "Reshape": [{"shape": (-1,)}],
    "BroadcastTo": [{"shape": (2, 3)}, {"shape": (2, 2, 3)}],
    "Concat": [{"axis": 0, "n_inputs": 2}, {"axis": -1, "n_inputs": 3}],
    "Split": [{"n_outputs": 2, "axis": 0}, {"n_outputs": 3, "axis": -1}],
}
_SHAPES = [(), (3,), (2, 3), (3, 2), (1, 3)]
_NAMES = ["x", "y", "gx", "ggx", "exp", "abs", "np", "pow", "e", "t1", "program", "_", "ga", "lobal", "変数", "match"]


@st.composite
def wired(draw: st.DrawFn, *, arrays: bool) -> Graph:
    """Draw a wholly wired graph of all ops there are, with forks and names that a program would use itself."""
    names = draw(st.permutations(_NAMES))
    nodes: list[Node] = []
    edges: list[Edge] = []
    for index, name in enumerate(names[: draw(st.integers(2, 10))]):
        node_id = f"n{index}"
        if index == 0 or draw(st.integers(0, 3)) == 0:
            shape = draw(st.sampled_from(_SHAPES)) if arrays else ()
            seed = draw(st.integers(0, 1000))
            drawn = np.round(np.random.default_rng(seed).uniform(-1.5, 1.5, shape), 3)
            nodes.append(Node(node_id, None, name, _as_value(drawn.tolist())))
            continue
        op = draw(st.sampled_from(sorted(_ARRAY_OPS if arrays else _SCALAR_OPS)))
        parameters = draw(st.sampled_from(_ARRAY_OPS[op])) if arrays else _SCALAR_OPS[op]
        node = Node(node_id, op, name, parameters=parameters)
        for port in range(len(node.ports)):
            source = draw(st.sampled_from(nodes))
            edges.append(Edge(source.id, draw(st.integers(0, source.n_outputs - 1)), node_id, port))
        nodes.append(node)
    output = None
    if draw(st.booleans()):
        chosen = draw(st.sampled_from(nodes))
        output = (chosen.id, draw(st.integers(0, chosen.n_outputs - 1)))
    return Graph.of(nodes, edges, output)


def _as_value(value: Any) -> Any:
    return tuple(map(_as_value, value)) if isinstance(value, list) else value


def values_of(graph: Graph, program: Program) -> list[Any]:
    values = [graph.node(node_id).value for node_id in program.inputs]
    return [value if isinstance(value, float) else to_array(value) for value in values if value is not None]


def assert_same(found: Any, right: Any) -> None:
    if right is None:
        assert found is None
        return
    assert np.shape(found) == np.shape(right)
    scale = np.max(np.abs(right), initial=1.0)
    assert np.all(np.abs(np.asarray(found) - right) <= EXACT * scale)


def assert_replays(graph: Graph, program: Program, trace: Trace) -> None:
    numbers = program.run(values_of(graph, program))
    is_finite = all(
        np.isfinite(array).all()
        for found in trace.nodes.values()
        for array in (*(found.data or ()), *found.grad)
        if array is not None
    )
    if numbers is None:
        # Python's floats give up where NumPy goes on to inf; never where all is finite, but for powers of what is 0.
        assert not is_finite or any(node.op in ("Power", "Pow") for node in graph.nodes())
        return
    assert is_finite
    computed = {(node_id, output) for node_id, found in trace.nodes.items() for output in range(len(found.data or ()))}
    assert set(program.places) == computed
    for node_id, output in computed:
        assert_same(program.data_in(numbers, node_id, output), trace.nodes[node_id].data[output])  # type: ignore[index]
        assert_same(program.grad_in(numbers, node_id, output), trace.nodes[node_id].grad[output])


def text(program: Program) -> list[str]:
    return [line.text for line in (*program.lines.forward, *program.lines.backward)]


def test_the_program_of_the_seed_graph_is_what_a_person_would_write() -> None:
    assert text(compile_graph(SEED)) == [
        "a = x * x",
        "b = y * y",
        "z = a + b",
        "gz = 1.0",
        "# ga = gz",
        "# gb = gz",
        "gx = 2.0 * x",
        "gy = 2.0 * y",
    ]


def test_at_a_fork_gradients_are_added_one_after_the_other() -> None:
    assert text(compile_graph(FORK)) == [
        "a = x * x",
        "b = a * a",
        "c = a * a",
        "y = b + c",
        "gy = 1.0",
        "# gb = gy",
        "# gc = gy",
        "ga = 2.0 * a",
        "ga = ga + 2.0 * a",
        "gx = 2.0 * x * ga",
    ]
    assert text(compile_graph(built("x=3 y=Add(x,x)")))[1:] == ["gy = 1.0", "gx = gy + gy"]


def test_backward_uses_what_forward_computed() -> None:
    assert text(compile_graph(built("x=1 y=Tanh(x) z=Exp(y)"))) == [
        "y = tanh(x)",
        "z = exp(y)",
        "gz = 1.0",
        "gy = z",
        "gx = gy * (1.0 - y * y)",
    ]
    assert text(compile_graph(built("x=1 y=Sigmoid(x) z=Neg(y)")))[:2] == [
        "t1 = exp(-abs(x))",
        "y = (1.0 if x >= 0 else t1) / (1.0 + t1)",
    ]


def test_every_line_knows_its_node() -> None:
    program = compile_graph(SEED)
    nodes = [line.node for line in (*program.lines.forward, *program.lines.backward)]
    assert nodes == ["a", "b", "z", "z", "z", "z", "a", "b"]


def test_other_values_run_through_the_same_program() -> None:
    program = compile_graph(SEED)
    moved = apply(SEED, SetValue(node="x", value=-1.5))
    assert compile_graph(moved) is program
    assert program.inputs == ("x", "y")
    numbers = program.run([-1.5, 3.0])
    assert numbers is not None
    assert [program.data_in(numbers, node) for node in "abz"] == [2.25, 9.0, 11.25]
    assert [program.grad_in(numbers, node) for node in "xyabz"] == [-3.0, 6.0, 1.0, 1.0, 1.0]


def test_another_name_shape_parameter_or_output_is_another_program() -> None:
    program = compile_graph(SEED)
    renamed = compile_graph(apply(SEED, Rename(node="a", name="exp")))
    assert text(renamed)[0] == "exp_ = x * x"
    reshaped = compile_graph(apply(SEED, SetValue(node="x", value=[1, 2])))
    assert text(reshaped)[3:] == [
        "gz = np.ones((2,))",
        "# ga = gz",
        "gb = np.sum(gz)",
        "gx = 2.0 * x",
        "gy = 2.0 * y * gb",
    ]
    assert compile_graph(SEED.with_output(("a", 0))) is not program
    assert compile_graph(SEED) is program


def test_programs_are_kept_no_longer_than_their_graphs() -> None:
    graph = built("x=2 y=Square(x)")
    wiring = weakref.ref(graph.wiring)
    compile_graph(graph)
    for number in range(20):
        compile_graph(apply(graph, Rename(node="x", name=f"x{number}")))
    del graph
    gc.collect()
    assert wiring() is None


def test_names_that_the_program_needs_itself_step_aside() -> None:
    graph = built("x=2 gx=Square(x) exp=Exp(gx) ggx=Add(exp,gx) np=Mul(ggx,x)")
    assert_replays(graph, compile_graph(graph), evaluate(graph))
    names = compile_graph(graph).lines.data.values()
    assert set(names) == {"x", "gx", "exp_", "ggx", "np_"}


def test_a_name_that_is_none_never_reaches_the_code() -> None:
    graph = Graph.of(
        [Node("x", None, "x);import os;(", 2.0), Node("y", "Square", "__debug__"), Node("z", "Square", "a b\n")],
        [Edge("x", 0, "y", 0), Edge("y", 0, "z", 0)],
    )
    program = compile_graph(graph)
    assert list(program.lines.data.values()) == ["v", "__debug___", "v_"]
    assert_replays(graph, program, evaluate(graph))


def test_a_program_reaches_nothing_of_pythons_own() -> None:
    program = compile_graph(SEED)
    assert set(program.function.__globals__["__builtins__"]) == {"abs", "float"}


def test_what_waits_or_cannot_be_computed_is_left_out() -> None:
    graph = built("x=2 y=Square(x) z=Mul(y,_) w=Exp(z)")
    program = compile_graph(graph)
    assert [node for node, _ in program.places] == ["x", "y"]
    assert_replays(graph, program, evaluate(graph))


def test_trouble_is_told_by_none() -> None:
    for graph in (
        built("x=0 y=Log(x)"),
        built("x=0 y=1 z=Div(y,x)"),
        built("x=1000 y=Exp(x)"),
        built("x=1e200 y=Square(x) z=Tanh(y)"),
        built("x=0 y=Sqrt(x)"),
    ):
        program = compile_graph(graph)
        assert program.run(values_of(graph, program)) is None


def test_without_backward_the_data_alone_are_computed() -> None:
    program = compile_graph(SEED)
    assert program.run([2.0, 3.0], backward=False) == (2.0, 3.0, 4.0, 9.0, 13.0)


def test_symbols_refuse_to_branch_and_to_be_numbers() -> None:
    x = named("x", ())
    for ask in (bool, float, int, lambda x: x.__array__(), lambda x: 1.0 if x > 0 else 2.0, lambda x: max(x, 1.0)):
        with pytest.raises(SymbolError):
            ask(x)  # type: ignore[operator]


def test_a_sum_is_written_so_that_it_is_added_from_left_to_right() -> None:
    terms = [Text("a - b", ADDITIVE), Text("-c", UNARY), Text("-d + e", ADDITIVE), Text("f if g else h", CONDITIONAL)]
    assert written_sum(terms) == "a - b - c + (-d + e) + (f if g else h)"
    assert written_sum(terms[3:]) == "f if g else h"


def test_zero_times_what_may_be_infinite_is_not_dropped() -> None:
    x = named("x", ())
    assert (0.0 * (x > 1)).is_zero
    assert not (0.0 * x).is_zero
    assert (0.0 * (x > 1) + x) is x


def test_a_rule_that_branches_on_its_numbers_has_no_program() -> None:
    class Branching(Function):
        def forward(self, x):  # type: ignore[no-untyped-def]
            return x if x > 0 else -x

    with pytest.raises(SymbolError, match=r"np\.where"):
        rule_of(Branching(), [()], [()], (Arrived(True),), FLOATS)


@pytest.mark.parametrize("name", sorted(set(Function.registry)))
def test_every_op_has_a_program(name: str) -> None:
    op = Function.registry[name]
    cases = op.samples or (({}, ((),) * len(op.ports)), ({}, ((2, 3),) * len(op.ports)))
    generator = np.random.default_rng(3)
    for parameters, shapes in cases:
        nodes = [
            Node(f"x{number}", None, f"x{number}", _as_value(np.round(generator.uniform(0.5, 1.2, shape), 3).tolist()))
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


@settings(deadline=None, max_examples=300)
@given(wired(arrays=False))
def test_random_graphs_of_numbers_replay_as_they_run(graph: Graph) -> None:
    program = compile_graph(graph)
    assert program.is_in_floats
    assert_replays(graph, program, evaluate(graph))


@settings(deadline=None, max_examples=300)
@given(wired(arrays=True))
def test_random_graphs_of_arrays_replay_as_they_run(graph: Graph) -> None:
    assert_replays(graph, compile_graph(graph), evaluate(graph))


@settings(deadline=None, max_examples=100)
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


@settings(deadline=None, max_examples=60)
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
    nodes = [Node("x", None, "x", 0.5), *(Node(f"n{i}", ("Sin", "Neg")[i % 2], f"n{i}") for i in range(n))]
    edges = [Edge(before.id, 0, after.id, 0) for before, after in pairwise(nodes)]
    graph = Graph.of(nodes, edges)
    program = compile_graph(graph)
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


def test_a_replay_is_much_faster_than_building_the_graph_again() -> None:
    n = 200
    nodes = [Node("x", None, "x", 0.5), *(Node(f"n{i}", ("Sin", "Neg")[i % 2], f"n{i}") for i in range(n))]
    program = compile_graph(Graph.of(nodes, [Edge(a.id, 0, b.id, 0) for a, b in pairwise(nodes)]))

    def build() -> None:
        y = Variable(np.float64(0.5))
        for node in nodes[1:]:
            y = Function.registry[node.op or ""]()(y)
        y.backward()

    # A quarter of what it is, so that a busy machine does not decide.
    assert _quickest(build) > 8 * _quickest(lambda: program.run([0.5]))


def _quickest(run: Callable[[], object]) -> float:
    return min(timeit.repeat(run, number=20, repeat=5))
