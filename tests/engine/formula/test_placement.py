"""Where new nodes stand that a formula adds to a graph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.document import COLUMN_DISTANCE, ROW_DISTANCE, Graph
from engine.formula import graph_of_formula
from tests.engine.built import built


def placed(text: str, **positions: tuple[float, float]) -> Graph:
    graph = built(text)
    nodes = [replace(node, x=positions[node.id][0], y=positions[node.id][1]) for node in graph.nodes()]
    return Graph.of(nodes, graph.edges())


def position(graph: Graph, name: str) -> tuple[float, float]:
    node = graph.node_named(name)
    assert node is not None
    return node.x, node.y


def test_beside_an_input_that_stays_the_whole_graph_is_laid_out() -> None:
    graph = graph_of_formula("y = sin(cos(x))", placed("x=1", x=(500, 300)))
    assert position(graph, "x") == (500, 300)
    assert position(graph, "y") == (500 + 2 * COLUMN_DISTANCE, 300)


def test_the_whole_graph_is_laid_out_where_nothing_was() -> None:
    graph = graph_of_formula("y = sin(x)", Graph())
    assert (position(graph, "x"), position(graph, "y")) == ((-COLUMN_DISTANCE / 2, 0), (COLUMN_DISTANCE / 2, 0))


def test_a_new_node_moves_down_until_it_stands_in_nobodys_way() -> None:
    present = placed("x=1 a=Square(x)", x=(0, 0), a=(COLUMN_DISTANCE, 0))
    graph = graph_of_formula("a = x ** 2; b = sin(x)", present)
    assert (position(graph, "x"), position(graph, "a")) == ((0, 0), (COLUMN_DISTANCE, 0))
    # The layout puts the two half a row above and below x, and that is too near to where a stands.
    assert position(graph, "b") == (COLUMN_DISTANCE, ROW_DISTANCE / 2 + ROW_DISTANCE)


@pytest.mark.parametrize("x_of_a", [0.0, 2_000.0])
def test_a_new_node_stands_right_of_all_that_feed_it(x_of_a: float) -> None:
    present = placed("x=1 y=2 a=Square(x)", x=(-300, 0), y=(-300, 156), a=(x_of_a, 0))
    graph = graph_of_formula("b = y * x ** 2", present)
    assert position(graph, "a" if graph.node_named("a") else "b")[0] >= x_of_a
    assert position(graph, "b")[0] == x_of_a + COLUMN_DISTANCE


def test_what_has_the_name_of_one_that_is_gone_takes_its_place() -> None:
    present = placed("x=1 a=Square(x) z=Neg(a)", x=(0, 0), a=(260, 0), z=(700, 50))
    assert position(graph_of_formula("z = sin(x ** 2)", present), "z") == (700, 50)
    behind = placed("x=1 a=Square(x) z=Neg(a)", x=(0, 0), a=(260, 0), z=(100, 50))
    assert position(graph_of_formula("z = sin(x ** 2)", behind), "z")[0] == 260 + COLUMN_DISTANCE


def test_a_constant_whose_users_are_new_is_placed_with_them() -> None:
    present = placed("x=1 a=Square(x)", x=(0, 0), a=(260, 0))
    with_constant = graph_of_formula("a = x ** 2; b = 2 * a", present)
    (constant,) = (node for node in with_constant.nodes() if node.op == "Constant")
    far = with_constant.with_nodes(replace(constant, x=-5_000.0))
    again = graph_of_formula("a = x ** 2; w = sin(2 * a)", far)
    (moved,) = (node for node in again.nodes() if node.op == "Constant")
    # The product on the same two stays, and with it its constant.
    assert moved.x == -5_000.0
    other = graph_of_formula("a = x ** 2; b = a - 2", far)
    (moved,) = (node for node in other.nodes() if node.op == "Constant")
    assert moved.x > -COLUMN_DISTANCE
