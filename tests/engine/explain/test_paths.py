from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from engine.document import Graph
from engine.edits import SetValue, apply
from engine.evaluation import evaluate
from engine.explain import MAX_LISTED, PathFinder, Paths
from engine.lessons import LESSONS
from tests.engine.built import FORK, built
from tests.strategies import smooth_graphs


def paths(graph: Graph, name: str) -> Paths:
    return PathFinder(graph, evaluate(graph)).from_variable((name, 0))


def ladder(rungs: int) -> Graph:
    """y₀ = x and yᵢ₊₁ = yᵢ + yᵢ: 2^rungs paths, each with the product 1."""
    words = ["y0=1.5", *(f"y{i + 1}=Add(y{i},y{i})" for i in range(rungs))]
    return built(" ".join(words))


def test_lesson_6_has_two_paths_from_b() -> None:
    graph = LESSONS[5].graph
    found = paths(graph, graph.node_named("b").id)  # type: ignore[union-attr]
    assert (found.count, found.is_complete, float(found.grad)) == (2, True, 5.0)  # type: ignore[arg-type]
    assert sorted(float(path.product) for path in found.listed) == [2.0, 3.0]


def test_each_path_multiplies_its_local_derivatives() -> None:
    found = paths(FORK, "x")
    assert [[float(factor) for factor in path.factors] for path in found.listed] == [[4, 8, 1], [4, 8, 1]]
    assert [float(path.product) for path in found.listed] == [32, 32]


def test_the_same_variable_at_two_ports_makes_two_paths() -> None:
    graph = built("x=3 y=Mul(x,x)")
    found = paths(graph, "x")
    assert [(path.hops[0].wire.port, float(path.product)) for path in found.listed] == [(0, 3.0), (1, 3.0)]


def test_outputs_are_told_apart() -> None:
    graph = built("x=2 y=5 m=MinMax(x,y) h=Square(m.1) z=Add(m.0,h)")
    # z = min + max²: one path for x with 1 and one with 0, for y one with 0 and one with 2 · 5.
    assert sorted(float(path.product) for path in paths(graph, "x").listed) == [0.0, 1.0]
    assert sorted(float(path.product) for path in paths(graph, "y").listed) == [0.0, 10.0]


def test_beyond_two_hundred_they_are_counted_and_the_largest_shown() -> None:
    found = paths(ladder(200), "y0")
    assert (found.count, found.is_complete, len(found.listed)) == (2**200, False, 20)
    assert float(found.grad) == 2.0**200  # type: ignore[arg-type]


def test_the_largest_are_the_largest() -> None:
    # Eight stages of y·u + y·w: 256 paths, whose products are u^k · w^(8 − k), k ways out of 8.
    words = ["x=1", "u=3", "w=0.5", "y0=Neg(x)"]
    for i in range(8):
        words += [f"p{i}=Mul(y{i},u)", f"q{i}=Mul(y{i},w)", f"y{i + 1}=Add(p{i},q{i})"]
    graph = built(" ".join(words))
    found = paths(graph, "x")
    assert (found.count, found.is_complete) == (256, False)
    expected = sorted(
        (3.0 ** bin(way).count("1") * 0.5 ** (8 - bin(way).count("1")) for way in range(256)), reverse=True
    )[:20]
    assert [-float(path.product) for path in found.listed] == pytest.approx(expected)


def test_costs_of_each_way() -> None:
    # x → a → (b, c) → y: two paths of three hops; one input, so one forward sweep costs what reverse costs: 5 hops.
    costs = PathFinder(FORK, evaluate(FORK)).costs()
    assert (costs.paths, costs.forward, costs.reverse) == (6, 5, 5)
    # 2¹⁰ paths of ten hops against twenty hops once.
    costs = PathFinder(ladder(10), evaluate(ladder(10))).costs()
    assert (costs.paths, costs.forward, costs.reverse) == (10 * 2**10, 20, 20)


def test_every_input_costs_forward_mode_a_sweep() -> None:
    graph = built("x=1 y=2 z=3 a=Mul(x,y) b=Mul(a,z) c=Exp(b)")
    costs = PathFinder(graph, evaluate(graph)).costs()
    # x and y pass three hops each, z two; reverse passes each of the five wires once.
    assert (costs.forward, costs.reverse) == (3 + 3 + 2, 5)


def test_what_does_not_lead_to_the_output_has_no_path() -> None:
    graph = built("x=1 w=2 y=Square(x)")
    assert (paths(graph, "w").count, paths(graph, "w").grad) == (0, None)
    waiting = built("x=1 y=Add(x,_)")
    assert PathFinder(waiting, evaluate(waiting)).from_variable(("x", 0)).count == 0


@settings(max_examples=80)
@given(smooth_graphs("MinMax", "Max"))
def test_products_add_up_to_the_gradient(graph: Graph) -> None:
    trace = evaluate(graph)
    finder = PathFinder(graph, trace)
    for node in graph.nodes():
        for output in range(node.n_outputs):
            found = finder.from_variable((node.id, output))
            if found.count == 0:
                assert found.grad is None
            elif found.is_complete:
                total = sum(path.product for path in found.listed)
                np.testing.assert_allclose(total, found.grad, rtol=1e-9, atol=1e-9)


@settings(max_examples=60)
@given(smooth_graphs())
def test_paths_are_those_that_a_walk_over_all_wires_finds(graph: Graph) -> None:
    trace = evaluate(graph)
    if trace.output is None:
        return
    network: Any = nx.MultiDiGraph((edge.source, edge.target, edge.port) for edge in graph.edges())
    network.add_nodes_from(node.id for node in graph.nodes())
    for node in graph.nodes():
        found = PathFinder(graph, trace).from_variable((node.id, 0))
        if node.id == trace.output[0]:
            assert found.count == 1
            continue
        walked = list(nx.all_simple_edge_paths(network, node.id, trace.output[0]))
        assert found.count == len(walked)
        if found.count <= MAX_LISTED:
            ways = [
                tuple((hop.wire.source, hop.wire.target, hop.wire.port) for hop in path.hops) for path in found.listed
            ]
            assert sorted(ways) == sorted(tuple(way) for way in walked)
        for path in found.listed:
            assert all(first.wire.target == second.wire.source for first, second in pairwise(path.hops))


def test_two_hundred_are_all_listed() -> None:
    # 2 · 2 · 2 · 5 · 5 ways.
    words = ["y0=1.5", *(f"y{i + 1}=Add(y{i},y{i})" for i in range(3))]
    for i in (3, 4):
        words += [f"p{i}=Add(y{i},y{i})", f"q{i}=Add(p{i},p{i})", f"y{i + 1}=Add(q{i},y{i})"]
    found = paths(built(" ".join(words)), "y0")
    assert (found.count, found.is_complete, len(found.listed)) == (200, True, 200)
    assert float(found.total) == 200.0  # type: ignore[arg-type]


def test_of_too_many_paths_there_is_no_sum() -> None:
    assert paths(ladder(8), "y0").total is None
    assert paths(built("x=1 w=2 y=Square(x)"), "w").total is None


def test_too_many_paths_of_arrays_are_only_counted() -> None:
    graph = apply(ladder(8), SetValue(node="y0", value=[1, 2]))
    found = paths(graph, "y0")
    assert (found.count, found.is_complete, found.listed) == (256, False, ())
    few = paths(apply(ladder(1), SetValue(node="y0", value=[1, 2])), "y0")
    assert [path.product.tolist() for path in few.listed] == [[1, 1], [1, 1]]


@pytest.mark.parametrize("order", ["Add(p,q)", "Add(q,p)"])
def test_the_largest_stands_first(order: str) -> None:
    graph = built(f"x=1 two=2 three=-3 p=Mul(x,two) q=Mul(x,three) y={order}")
    assert [float(path.product) for path in paths(graph, "x").listed] == [-3.0, 2.0]


def test_what_is_not_a_number_stands_before_the_largest() -> None:
    # n is 0 · −∞.
    graph = built("x=1 w=0 two=2 v=Log(w) n=Mul(v,w) p=Mul(x,n) q=Mul(x,two) r=Add(x,p) y=Add(r,q)")
    products = [float(path.product) for path in paths(graph, "x").listed]
    assert np.isnan(products[0])
    assert products[1:] == [2.0, 1.0]
