"""Graphs at the limits of `engine.limits`, each large in another way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from engine.document import Block, Edge, Graph, Node, Value, refreshed_blocks
from engine.limits import MAX_EDGES, MAX_NESTING, MAX_NODES

_SIDE: Final = 100
_COLUMN, _ROW = 240.0, 140.0


@dataclass(frozen=True)
class Large:
    """Hold a graph, and the ids of an input, an op in the middle and the last op, for events to name."""

    graph: Graph
    input: str
    middle: str
    last: str


def _square(seed: int = 0) -> Value:
    """Return the value of an array of 100×100 numbers between −1 and 1."""
    chance = random.Random(seed)
    return tuple(tuple(chance.uniform(-1, 1) for _ in range(_SIDE)) for _ in range(_SIDE))


def _large(nodes: Iterable[Node], edges: Iterable[Edge], blocks: tuple[Block, ...] = ()) -> Large:
    graph = Graph.of(nodes, edges)
    if blocks:
        graph = graph.with_blocks(blocks)
        graph = graph.with_blocks(refreshed_blocks(graph))
    ops = [node.id for node in graph.nodes() if not node.is_input]
    inputs = [node.id for node in graph.nodes() if node.is_input]
    return Large(graph, inputs[0], ops[len(ops) // 2], ops[-1])


def _place(index: int) -> dict[str, float]:
    return {"x": index // 10 * _COLUMN, "y": index % 10 * _ROW}


def chain(op: str, value: Value, count: int = MAX_NODES) -> Large:
    """Return an input and a chain of one op; an op of two inputs takes the input as its second, or itself twice."""
    nodes, edges = [Node("n0", None, "x", value)], []
    for index in range(1, count):
        node = Node(f"n{index}", op, f"v{index}", **_place(index))
        nodes.append(node)
        edges += [Edge(f"n{index - 1}" if port == 0 else "n0", 0, node.id, port) for port in range(len(node.ports))]
    return _large(nodes, edges)


def doubling(count: int = MAX_NODES) -> Large:
    """Return v = v + v again and again: paths double at each node."""
    nodes = [Node("n0", None, "x", 1e-9), *(Node(f"n{i}", "Add", f"v{i}", **_place(i)) for i in range(1, count))]
    return _large(nodes, [Edge(f"n{i - 1}", 0, f"n{i}", port) for i in range(1, count) for port in (0, 1)])


def many_wires(value: Value = 0.5, seed: int = 1) -> Large:
    """Return 250 inputs and 250 Concats of eight values from anywhere before: as many wires as there may be."""
    chance, half = random.Random(seed), MAX_NODES // 2
    column: Value = (value,) if isinstance(value, float) else value
    nodes = [Node(f"n{i}", None, f"x{i}", column, **_place(i)) for i in range(half)]
    edges: list[Edge] = []
    for i in range(half, MAX_NODES):
        nodes.append(Node(f"n{i}", "Slice", f"s{i}", **_place(i)))
        edges.append(Edge(f"n{chance.randrange(i)}", 0, f"n{i}", 0))
    concats = [node.id for node in nodes[half : half + (MAX_EDGES - half) // 7]]
    position = {node.id: i for i, node in enumerate(nodes)}
    for node_id in concats:
        nodes[position[node_id]] = Node(node_id, "Concat", f"c{node_id}", parameters={"n_inputs": 8})
        edges = [edge for edge in edges if edge.target != node_id]
        edges += [Edge(f"n{chance.randrange(position[node_id])}", 0, node_id, port) for port in range(8)]
    return _large(nodes, edges[:MAX_EDGES])


def long_sum(terms: int = 166) -> Large:
    """Return y = 1·x + 2·x + …, whose wires pass up to as many columns as there are terms."""
    nodes, edges, before = [Node("n0", None, "x", 2.0)], [], ""
    for i in range(1, terms + 1):
        nodes += [Node(f"c{i}", None, f"k{i}", float(i)), Node(f"m{i}", "Mul", f"p{i}")]
        edges += [Edge(f"c{i}", 0, f"m{i}", 0), Edge("n0", 0, f"m{i}", 1)]
        if before:
            nodes.append(Node(f"a{i}", "Add", f"s{i}"))
            edges += [Edge(before, 0, f"a{i}", 0), Edge(f"m{i}", 0, f"a{i}", 1)]
        before = f"a{i}" if before else f"m{i}"
    return _large(nodes, edges)


def shortcuts(count: int = MAX_NODES) -> Large:
    """Return a chain each of whose nodes also takes what came out of one at random long before."""
    chance = random.Random(2)
    nodes, edges = [Node("n0", None, "x", 0.5)], []
    for index in range(1, count):
        nodes.append(Node(f"n{index}", "Where", f"v{index}", **_place(index)))
        edges += [Edge(f"n{index - 1}", 0, f"n{index}", 0)]
        edges += [Edge(f"n{chance.randrange(index)}", 0, f"n{index}", port) for port in (1, 2)]
    return _large(nodes, edges)


def many_inputs(value: Callable[[int], Value], count: int) -> Large:
    """Return so many inputs, and the Adds that put them into one sum."""
    nodes = [Node(f"x{i}", None, f"x{i}", value(i), **_place(i)) for i in range(count)]
    edges, before = [], "x0"
    for i in range(1, count):
        nodes.append(Node(f"a{i}", "Add", f"a{i}", **_place(count + i)))
        edges += [Edge(before, 0, f"a{i}", 0), Edge(f"x{i}", 0, f"a{i}", 1)]
        before = f"a{i}"
    return _large(nodes, edges)


def layers(rows: int = 50) -> Large:
    """Return columns of so many nodes, each of which takes two at random from the column before: many crossings."""
    chance, nodes, edges = random.Random(3), [], []
    for index in range(MAX_NODES):
        column = index // rows
        place = {"x": column * _COLUMN, "y": index % rows * _ROW}
        nodes.append(
            Node(f"n{index}", None if column == 0 else "Mul", f"v{index}", 1.5 if column == 0 else None, **place)
        )
        if column:
            sources = [f"n{chance.randrange((column - 1) * rows, column * rows)}" for _ in range(2)]
            edges += [Edge(source, 0, f"n{index}", port) for port, source in enumerate(sources)]
    return _large(nodes, edges)


def nested_blocks(is_open: bool) -> Large:
    """Return a chain of Tanh in blocks of three, in blocks of those, up to the deepest nesting."""
    large = chain("Tanh", 0.5)
    ids = [node.id for node in large.graph.nodes()][1:]
    blocks: list[Block] = []
    size = 2
    for depth in range(MAX_NESTING):
        for start in range(0, len(ids) - size + 1, size):
            blocks.append(Block(f"b{depth}x{start}", f"f{depth}x{start}", tuple(ids[start : start + size]), is_open))
        size *= 2
    return _large(large.graph.nodes(), large.graph.edges(), tuple(blocks))


GRAPHS: Final[dict[str, Callable[[], Large]]] = {
    "500 Tanh of one number": lambda: chain("Tanh", 0.5),
    "500 Tanh of 100×100": lambda: chain("Tanh", _square()),
    "500 Power of 100×100": lambda: chain("Power", tuple(tuple(abs(v) + 0.1 for v in row) for row in _square())),  # type: ignore[arg-type, union-attr]
    "500 MatMul of 100×100": lambda: chain("MatMul", tuple(tuple(v / 8 for v in row) for row in _square())),  # type: ignore[operator, union-attr]
    "500 Softmax of 100×100": lambda: chain("Softmax", _square()),
    "500 GELU of 100×100": lambda: chain("GELU", _square()),
    "500 Log, not a number": lambda: chain("Log", _square()),
    "500 v + v": doubling,
    "v · x to a product of 500": lambda: chain("Mul", 0.99),
    "a sum of 166 terms": long_sum,
    "500 with shortcuts": shortcuts,
    "2 000 wires": many_wires,
    "ten columns of 50": layers,
    "two columns of 250": lambda: layers(250),
    "250 inputs": lambda: many_inputs(lambda i: float(i), 250),
    "11 inputs of 100×100": lambda: many_inputs(_square, 11),
    "250 inputs of 20×20": lambda: many_inputs(lambda i: tuple(row[:20] for row in _square(i)[:20]), 250),  # type: ignore[index, misc]
    "blocks in blocks, closed": lambda: nested_blocks(is_open=False),
    "blocks in blocks, open": lambda: nested_blocks(is_open=True),
}
