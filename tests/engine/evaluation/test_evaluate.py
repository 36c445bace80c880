from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Variant
from engine.document import Graph
from engine.edits import AddNode, Choose, SetValue, apply
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from engine.limits import MAX_ELEMENTS
from tests.engine.built import built
from tests.engine.evaluation.named import graph_of, number, op, result
from tests.strategies import graphs

SEED = LESSONS[0].graph
SMOOTH = st.sampled_from(["Square", "Add", "Sub", "Mul", "Neg", "Sin", "Cos", "Tanh", "Sigmoid"])


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
    assert told["a"] == ("waiting", "waiting for a wire into input 2")
    assert told["b"] == ("waiting", "waiting for a")
    assert told["d"] == ("waiting", "waiting for wires into inputs 1 and 2")
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


def test_broadcasting_sums_back() -> None:
    graph = graph_of(
        number("x", (1.0, 2.0, 3.0)), number("b", (10.0,)), op("s", "Add"), op("L", "Square"), edges="x>s:0 b>s:1 s>L:0"
    )
    trace = evaluate(graph)
    np.testing.assert_array_equal(trace.nodes["x"].grad[0], [22.0, 24.0, 26.0])  # type: ignore[arg-type]
    np.testing.assert_array_equal(trace.nodes["b"].grad[0], [72.0])  # type: ignore[arg-type]


@settings(max_examples=60)
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


@settings(max_examples=300)
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


def test_a_constant_that_feeds_nothing_is_not_what_is_differentiated() -> None:
    graph = apply(SEED, AddNode(id="n9", op="Constant"))
    assert evaluate(graph).output == ("n5", 0)
    alone = apply(Graph(), AddNode(id="n9", op="Constant", parameters={"value": 7}))
    assert [float(each) for each in evaluate(alone).nodes["n9"].data or ()] == [7.0]


def test_an_op_without_inputs_is_differentiated_rather_than_one_that_waits() -> None:
    assert evaluate(built("k=Constant() a=Add(_,_)")).output == ("k", 0)


def test_variables_bear_the_names_of_their_outputs() -> None:
    graph = built("x=2 y=5 m=MinMax(x,y) h=Square(m.1) z=Add(m.0,h)")
    names = [variable.name for variable in evaluate(graph).functions["z"].inputs]
    assert names == [f"m.{graph.node('m').output_names[0]}", "h"]


def test_sweeps_are_numbered_from_1_and_say_where_they_start() -> None:
    graph = built("x=2 y=5 m=MinMax(x,y)")
    steps = [step for step in evaluate(graph, sweeps=(("m", 1), ("m", 0))).steps if step.kind != "forward"]
    assert [(step.kind, step.sweep, step.output) for step in steps] == [
        ("seed", 1, 1),
        ("backward", 1, 1),
        ("seed", 2, 0),
        ("backward", 2, 0),
    ]


def test_what_waits_starts_no_sweep() -> None:
    trace = evaluate(built("x=2 y=Square(x) z=Add(y,_)", output="z"), sweeps=(None, ("y", 0)))
    assert (trace.output, trace.sweeps) == (("z", 0), (("y", 0),))
    assert trace.nodes["x"].grad == (4.0,)
