"""By hand: which numbers of the last Forward are still right."""

from __future__ import annotations

from engine.document import Graph
from engine.edits import AddNode, Choose, Connect, Delete, Move, Rename, SetParameter, SetValue, apply
from engine.evaluation import Trace, carry_over, evaluate
from engine.formula import graph_of_formula
from engine.lessons import LESSONS

SEED = LESSONS[0].graph


def carried(after: Graph) -> Trace:
    return carry_over(evaluate(SEED), SEED, after)


def test_moves_and_names_leave_everything_standing() -> None:
    graph = apply(apply(SEED, Move(positions={"n1": (0, 0)})), Rename(node="n1", name="w"))
    assert carried(graph) == evaluate(graph)


def test_a_value_makes_all_that_hangs_on_it_stale() -> None:
    graph = apply(SEED, SetValue(node="n1", value=5.0))
    trace = carried(graph)
    states = {node.name: trace.nodes[node.id].state for node in graph.nodes()}
    assert states == {"x": "ok", "y": "ok", "a": "stale", "b": "ok", "z": "stale"}
    assert [float(trace.nodes[f"n{i}"].data[0]) for i in range(1, 6)] == [5, 3, 4, 9, 13]  # type: ignore[index]
    assert all(found.grad == (None,) for found in trace.nodes.values())
    assert trace.stale


def test_new_and_rewired_nodes_are_stale_or_wait() -> None:
    graph = apply(SEED, AddNode(id="n6", op="Neg"))
    assert carried(graph).nodes["n6"].message == "waiting for its input"
    graph = apply(graph, Connect(source="n5", target="n6", port=0))
    assert carried(graph).nodes["n6"].state == "stale"


def test_a_deletion_takes_the_grads() -> None:
    graph = apply(SEED, Delete(nodes=["n5"]))
    trace = carried(graph)
    assert trace.nodes["n3"].data == (4.0,)
    assert trace.nodes["n3"].grad == (None,)


def test_another_parameter_makes_a_node_stale() -> None:
    before = graph_of_formula("x = 2; y = x ** 3; z = sin(y)", Graph())
    y, z = (node.id for node in before.nodes() if node.op)
    after = apply(before, SetParameter(node=y, name="exponent", value="2"))
    trace = carry_over(evaluate(before), before, after)
    assert [trace.nodes[node_id].state for node_id in (y, z)] == ["stale", "stale"]
    assert float(trace.nodes[y].data[0]) == 8.0  # type: ignore[index]


def test_other_outputs_than_before_show_no_old_numbers() -> None:
    before = graph_of_formula("x = [1, 2, 3]; s = split(x)", Graph())
    s = next(node.id for node in before.nodes() if node.op)
    before = apply(before, Choose(node=s, output=1))
    trace = carry_over(
        evaluate(before), before, after := apply(before, SetParameter(node=s, name="n_outputs", value="1"))
    )
    assert (trace.nodes[s].data, trace.nodes[s].grad) == (None, (None,))
    assert trace.output is None
    assert after.output is None


def test_a_deletion_of_what_feeds_nothing_takes_the_grads_too() -> None:
    before = apply(SEED, AddNode(id="n6", op="Neg"))
    trace = carry_over(evaluate(before), before, apply(before, Delete(nodes=["n6"])))
    assert trace.stale
    assert all((found.state, found.grad) == ("ok", (None,)) for found in trace.nodes.values())


def test_another_output_leaves_the_grads_standing() -> None:
    trace = carried(apply(SEED, Choose(node="n3")))
    assert trace.output == ("n3", 0)
    assert not trace.stale
    assert trace.nodes["n1"].grad == (4.0,)


def test_an_output_that_is_gone_is_no_output() -> None:
    assert carried(apply(SEED, Delete(nodes=["n5"]))).output is None


def test_another_wire_makes_a_node_stale() -> None:
    graph = apply(SEED, Connect(source="n2", target="n3", port=0))
    assert {node_id for node_id, found in carried(graph).nodes.items() if found.state == "stale"} == {"n3", "n5"}


def test_what_is_stale_before_one_input_is_stale_behind_both() -> None:
    graph = apply(SEED, SetValue(node="n2", value=7.0))
    assert {node_id for node_id, found in carried(graph).nodes.items() if found.state == "stale"} == {"n4", "n5"}
    assert [found.message for found in carried(graph).nodes.values() if found.message] == [
        "out of date: press Forward",
        "out of date: press Forward",
    ]
