from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Variant
from engine.document import Edge, Graph, Node
from engine.edits import AddNode, Choose, Connect, Delete, Move, Rename, SetParameter, SetValue, apply
from engine.evaluation import NodeTrace, Trace, carry_over, evaluate
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from engine.limits import MAX_ELEMENTS
from tests.strategies import graphs

SEED = LESSONS[0].graph
SMOOTH = st.sampled_from(["Square", "Add", "Sub", "Mul", "Neg", "Sin", "Cos", "Tanh", "Sigmoid"])


def graph_of(*nodes: Node, edges: str = "") -> Graph:
    """Build a graph; an edge is written "source>target:port"."""
    wires = []
    for edge in edges.split():
        source, target = edge.split(">")
        target, port = target.split(":")
        wires.append(Edge(source, 0, target, int(port)))
    return Graph.of(nodes, wires)


def number(name: str, value: object) -> Node:
    return Node(name, None, name, value)  # type: ignore[arg-type]


def op(name: str, kind: str) -> Node:
    return Node(name, kind, name)


def result(trace: Trace, graph: Graph, name: str) -> NodeTrace:
    node = graph.node_named(name)
    assert node is not None
    return trace.nodes[node.id]


def test_the_seed_example() -> None:
    trace = evaluate(SEED)
    got = {
        node.name: (float(trace.nodes[node.id].data[0]), float(trace.nodes[node.id].grad[0]))  # type: ignore[index,arg-type]
        for node in SEED.nodes()
    }
    assert got == {"x": (2, 4), "y": (3, 6), "a": (4, 1), "b": (9, 1), "z": (13, 1)}


def test_the_trace_records_every_step() -> None:
    trace = evaluate(SEED)
    kinds = [(step.kind, SEED.node(step.node).name) for step in trace.steps]
    assert kinds[:3] == [("forward", "a"), ("forward", "b"), ("forward", "z")]
    assert kinds[3:] == [("seed", "z"), ("backward", "z"), ("backward", "a"), ("backward", "b")]
    last = trace.steps[-1]
    assert ([float(g) for g in last.arrived], [float(g) for g in last.sent]) == ([1.0], [6.0])  # type: ignore[arg-type]


def test_without_a_sweep_every_grad_is_none() -> None:
    assert all(found.grad == (None,) for found in evaluate(SEED, sweeps=()).nodes.values())


def test_two_sweeps_add_up() -> None:
    trace = evaluate(SEED, sweeps=(None, None))
    assert [result(trace, SEED, name).grad for name in "xaz"] == [(8.0,), (2.0,), (2.0,)]


def test_the_variants_reach_the_trace() -> None:
    graph = graph_of(
        number("x", 2.0),
        op("a", "Square"),
        op("b", "Square"),
        op("c", "Square"),
        op("y", "Add"),
        edges="x>a:0 a>b:0 a>c:0 b>y:0 c>y:1",
    )
    grads = {variant: result(evaluate(graph, variant=variant), graph, "x").grad[0] for variant in Variant}
    assert grads == {Variant.STEP_13: 32.0, Variant.STEP_14: 96.0, Variant.STEP_16: 64.0}


def test_half_wired_nodes_wait_and_the_rest_computes() -> None:
    graph = graph_of(
        number("x", 2.0),
        op("a", "Add"),
        op("b", "Square"),
        op("c", "Square"),
        op("d", "Add"),
        edges="x>a:0 a>b:0 x>c:0",
    )
    trace = evaluate(graph)
    told = {name: (found.state, found.message) for name, found in trace.nodes.items()}
    assert told["a"] == ("waiting", "waiting for x1")
    assert told["b"] == ("waiting", "waiting for a")
    assert told["d"] == ("waiting", "waiting for x0 and x1")
    assert trace.nodes["c"].data == (4.0,)


def test_the_last_sink_is_differentiated_unless_another_output_is_chosen() -> None:
    graph = graph_of(number("x", 1.0), op("p", "Square"), op("q", "Neg"), number("y", 1.0), edges="x>p:0 x>q:0")
    assert evaluate(graph).output == ("q", 0)
    assert evaluate(apply(graph, Choose(node="p"))).output == ("p", 0)
    assert evaluate(Graph()).output is None


def test_a_sink_that_waits_takes_nobodys_grads_away() -> None:
    graph = apply(SEED, AddNode(id="n6", op="Add"))
    assert evaluate(graph).output == ("n5", 0)
    assert evaluate(graph_of(op("a", "Add"))).output == ("a", 0)


def test_nodes_beside_the_output_have_no_grad() -> None:
    graph = graph_of(number("x", 2.0), number("y", 3.0), op("a", "Square"), op("b", "Square"), edges="x>a:0 y>b:0")
    trace = evaluate(apply(graph, Choose(node="a")))
    assert [trace.nodes[name].grad for name in "xyab"] == [(4.0,), (None,), (1.0,), (None,)]


@pytest.mark.parametrize(
    ("kind", "inputs", "value", "sentence"),
    [
        ("Log", [-1.0], np.nan, "Log of −1 is not a real number"),
        ("Log", [0.0], -np.inf, "Log of 0 is infinite"),
        ("Div", [1.0, 0.0], np.inf, "Div of 1 and 0 divides by zero"),
        ("Exp", [1000.0], np.inf, "Exp of 1000 is too large for a floating-point number"),
        ("Mul", [1e200, -1e200], -np.inf, "Mul of 1e+200 and −1e+200 is too large for a floating-point number"),
        ("Power", [-2.0, 0.5], np.nan, "Power of −2 and 0.5 is not a real number"),
    ],
)
def test_numerical_trouble_is_a_sentence_and_a_number(
    kind: str, inputs: list[float], value: float, sentence: str
) -> None:
    nodes = [number(f"x{i}", x) for i, x in enumerate(inputs)]
    graph = graph_of(
        *nodes, op("y", kind), op("z", "Neg"), edges=" ".join([f"x{i}>y:{i}" for i in range(len(inputs))] + ["y>z:0"])
    )
    trace = evaluate(graph)  # warnings are errors in the tests
    found = trace.nodes["y"]
    assert found.data is not None
    np.testing.assert_equal(float(found.data[0]), value)
    assert (found.state, found.message) == ("trouble", sentence)
    assert trace.nodes["z"].message == "what came in is not finite: it comes from y"


def test_a_gradient_that_is_not_finite_is_told() -> None:
    graph = graph_of(number("x", 0.0), number("p", 0.5), op("y", "Power"), edges="x>y:0 p>y:1")
    found = evaluate(graph).nodes["x"]
    assert found.grad == (np.inf,)
    assert found.message == "the gradient is not finite: y (Power) has no finite derivative here"


def test_underflow_is_no_trouble() -> None:
    graph = graph_of(number("x", -1000.0), op("y", "Exp"), edges="x>y:0")
    assert evaluate(graph).nodes["y"].state == "ok"


def test_shapes_that_misfit_are_an_error_of_the_node() -> None:
    graph = graph_of(
        number("x", (1.0, 2.0)), number("w", (1.0, 2.0, 3.0)), op("y", "Add"), op("z", "Neg"), edges="x>y:0 w>y:1 y>z:0"
    )
    trace = evaluate(graph)
    assert trace.nodes["y"].state == "error"
    assert trace.nodes["y"].message == "shapes (2,) and (3,) do not fit together"
    assert trace.nodes["z"].message == "waiting for y"


def test_a_result_that_would_be_too_large_is_refused_before_it_is_computed() -> None:
    column = tuple((float(i),) for i in range(5_000))
    row = tuple(float(i) for i in range(5_000))
    graph = graph_of(number("x", column), number("w", row), op("y", "Mul"), edges="x>y:0 w>y:1")
    began = time.perf_counter()
    message = evaluate(graph).nodes["y"].message
    assert message == "the result would have 25000000 elements; the limit is 10000"
    assert time.perf_counter() - began < 5


def test_broadcasting_sums_back() -> None:
    graph = graph_of(
        number("x", (1.0, 2.0, 3.0)), number("b", (10.0,)), op("s", "Add"), op("L", "Square"), edges="x>s:0 b>s:1 s>L:0"
    )
    trace = evaluate(graph)
    np.testing.assert_array_equal(trace.nodes["x"].grad[0], [22.0, 24.0, 26.0])  # type: ignore[arg-type]
    np.testing.assert_array_equal(trace.nodes["b"].grad[0], [72.0])  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(graphs(ops=SMOOTH, inputs=st.floats(-1.5, 1.5), fully_wired=True))
def test_gradients_of_random_graphs_against_central_differences_of_the_document(graph: Graph) -> None:
    trace = evaluate(graph)
    assume(trace.output is not None)
    assert trace.output is not None
    node_id, index = trace.output

    def output_at(name: str, value: float) -> float:
        data = evaluate(apply(graph, SetValue(node=name, value=value)), sweeps=()).nodes[node_id].data
        assert data is not None
        return float(data[index])

    assume(all(found.state == "ok" for found in trace.nodes.values()))
    for node in graph.nodes():
        if not node.is_input:
            continue
        assert isinstance(node.value, float)
        h = 1e-5
        slope = (output_at(node.id, node.value + h) - output_at(node.id, node.value - h)) / (2 * h)
        grad = trace.nodes[node.id].grad[0]
        assume(abs(slope) < 1e4)  # beyond, rounding drowns the difference
        assert (0.0 if grad is None else float(grad)) == pytest.approx(slope, rel=1e-4, abs=1e-4)


arrays = st.sampled_from([2.0, -1.0, (1.0, 2.0), (3.0,), ((1.0, 2.0), (3.0, 4.0)), ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))])


@settings(max_examples=300, deadline=None)
@given(graphs(inputs=arrays, max_nodes=7) | graphs(inputs=arrays, fully_wired=True), st.sampled_from(list(Variant)))
def test_whatever_is_built_is_evaluated_or_told_why_not(graph: Graph, variant: Variant) -> None:
    trace = evaluate(graph, variant=variant)
    for node in graph.nodes():
        found = trace.nodes[node.id]
        assert bool(found.message) == (found.state != "ok")
        assert found.data is None or len(found.data) == node.n_outputs
        for data, grad in zip(found.data or (), found.grad, strict=False):
            assert 0 < data.size <= MAX_ELEMENTS
            assert grad is None or grad.shape == data.shape


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("x = [1, 2]; y = reshape(x, shape=(3,))", "Reshape (shape = (3,)) does not fit shape (2,)"),
        ("x = [1, 2]; y = sum(x, axis=1)", "Sum (axis = 1) does not fit shape (2,)"),
        ("x = 2; y = softmax(x, axis=1)", "Softmax works along an axis, and a single number has none"),
        ("x = [1, 2]; y = transpose(x, axes=(1, 0))", "Transpose (axes = (1, 0)) does not fit shape (2,)"),
        ("x = [1, 2]; y = broadcast_to(x, shape=(2, 3))", "BroadcastTo does not fit shape (2,)"),
        ("x = [1, 2]; w = 3; y = concat(x, w)", "Concat does not fit shapes (2,) and ()"),
        ("x = 2; y = split(x)", "Split works along an axis, and a single number has none"),
        ("x = [1, 2]; y = split(x, n_outputs=3)", "output 2 of 3 would have no elements: shape (0,)"),
        ("x = [1, 2]; w = [[1, 2]]; y = x @ w", "shapes (2,) and (1, 2) cannot be multiplied as matrices"),
        ("x = [1, 2]; y = slice(x, end=3)", "axis 0 of shape (2,) has no elements from 0 to 3"),
        ("x = [1, 2]; y = slice(x, axis=1)", "axis 1 of shape (2,) has no elements from 0 to 1"),
        ("x = [1, 2]; w = [1, 2, 3]; y = dot(x, w)", "shapes (2,) and (3,) differ"),
        ("x = [1, 2]; w = [1, 2, 3]; y = mse(x, w)", "MSE does not fit shapes (2,) and (3,)"),
        ("x = [1, 2]; w = [1, 2, 3]; y = cross_entropy(x, w)", "scores of shape (2,) need targets of the same shape"),
        (
            "x = 2; y = broadcast_to(x, shape=(9999, 9999))",
            "the result would have 99980001 elements",
        ),
    ],
)
def test_shapes_that_do_not_fit_are_told_in_a_sentence(formula: str, sentence: str) -> None:
    graph = graph_of_formula(formula, Graph())
    found = result(evaluate(graph), graph, "y")
    assert found.state == "error"
    assert found.message.startswith(sentence)


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("x = 0; y = x ** -2", "Pow (exponent = −2) of 0 is infinite"),
        ("x = -4; y = x ** 0.5", "Pow (exponent = 0.5) of −4 is not a real number"),
        # Each product is 1e300 · 1e300; none of the entries that came in is at fault by itself.
        ("x = [[1e300, 1]]; w = [[1e300], [1]]; y = x @ w", "MatMul of shapes (1, 2) and (2, 1) is too large"),
        ("x = [1e200, 1]; w = [1, 1]; y = mse(x, w)", "MSE of shapes (2,) and (2,) is too large"),
    ],
)
def test_trouble_of_whole_arrays_is_told_without_numbers_that_are_not_its_own(formula: str, sentence: str) -> None:
    graph = graph_of_formula(formula, Graph())
    found = result(evaluate(graph), graph, "y")
    assert found.state == "trouble"
    assert found.message.startswith(sentence)


def test_a_constant_that_feeds_nothing_is_not_what_is_differentiated() -> None:
    graph = apply(SEED, AddNode(id="n9", op="Constant"))
    assert evaluate(graph).output == ("n5", 0)
    alone = apply(Graph(), AddNode(id="n9", op="Constant", parameters={"value": 7}))
    assert [float(each) for each in evaluate(alone).nodes["n9"].data or ()] == [7.0]


class TestStaleness:
    """By hand: what the last Forward still vouches for."""

    def carried(self, after: Graph) -> Trace:
        return carry_over(evaluate(SEED), SEED, after)

    def test_moves_and_names_leave_everything_standing(self) -> None:
        graph = apply(apply(SEED, Move(positions={"n1": (0, 0)})), Rename(node="n1", name="w"))
        assert self.carried(graph) == evaluate(graph)

    def test_a_value_makes_all_that_hangs_on_it_stale(self) -> None:
        graph = apply(SEED, SetValue(node="n1", value=5.0))
        trace = self.carried(graph)
        states = {node.name: trace.nodes[node.id].state for node in graph.nodes()}
        assert states == {"x": "ok", "y": "ok", "a": "stale", "b": "ok", "z": "stale"}
        assert [float(trace.nodes[f"n{i}"].data[0]) for i in range(1, 6)] == [5, 3, 4, 9, 13]  # type: ignore[index]
        assert all(found.grad == (None,) for found in trace.nodes.values())
        assert trace.stale

    def test_new_and_rewired_nodes_are_stale_or_wait(self) -> None:
        graph = apply(SEED, AddNode(id="n6", op="Neg"))
        assert self.carried(graph).nodes["n6"].message == "waiting for x"
        graph = apply(graph, Connect(source="n5", target="n6", port=0))
        assert self.carried(graph).nodes["n6"].state == "stale"

    def test_a_deletion_takes_the_grads(self) -> None:
        graph = apply(SEED, Delete(nodes=["n5"]))
        trace = self.carried(graph)
        assert trace.nodes["n3"].data == (4.0,)
        assert trace.nodes["n3"].grad == (None,)

    def test_another_parameter_makes_a_node_stale(self) -> None:
        before = graph_of_formula("x = 2; y = x ** 3; z = sin(y)", Graph())
        y, z = (node.id for node in before.nodes() if node.op)
        after = apply(before, SetParameter(node=y, name="exponent", value="2"))
        trace = carry_over(evaluate(before), before, after)
        assert [trace.nodes[node_id].state for node_id in (y, z)] == ["stale", "stale"]
        assert float(trace.nodes[y].data[0]) == 8.0  # type: ignore[index]

    def test_other_outputs_than_before_show_no_old_numbers(self) -> None:
        before = graph_of_formula("x = [1, 2, 3]; s = split(x)", Graph())
        s = next(node.id for node in before.nodes() if node.op)
        before = apply(before, Choose(node=s, output=1))
        trace = carry_over(
            evaluate(before), before, after := apply(before, SetParameter(node=s, name="n_outputs", value="1"))
        )
        assert (trace.nodes[s].data, trace.nodes[s].grad) == (None, (None,))
        assert trace.output is None
        assert after.output is None
