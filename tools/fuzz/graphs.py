"""Draw graphs of any ops from a seed, on numbers at which rules overflow, vanish, meet a kink or divide by 0."""

from __future__ import annotations

import random
from types import MappingProxyType
from typing import Any

from engine.autograd import Function, check_parameters
from engine.document import Edge, Graph, Node, OutputPort, check_value
from engine.errors import EngineError, ParameterError

EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -2.5, 1.0, 2.0, 710.0, -800.0, 1000.0, 1e-200, 1e200, -1e300, 5e-324]
_SHAPES = [(), (), (), (2,), (3,), (2, 2), (2, 3), (1, 2)]
_PARAMETERS = [
    0, 1, 2, -1, 3, 8, 0.5, -0.5, 2.0, -1.0, 0.0, 1e6, None, True, False, (), (0,), (0, 1), (1, 0), (-1,), (2, 3),
    (2, 1), (-1, 2), (6,), (3, 2, 2), (4,),
]  # fmt: skip
_TRIES = 12


def drawn_graph(chance: random.Random, *, ops: int = 5, numbers: list[float] = EDGES) -> Graph:
    """Draw a graph of so many ops, each as well on inputs that fit as a few tries find; names that no script needs."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    shapes: dict[OutputPort, tuple[int, ...] | None] = {}
    for number in range(chance.randint(1, 3)):
        shape = chance.choice(_SHAPES)
        nodes.append(Node(f"n{number}", None, f"v{number}", _value(chance, shape, numbers)))
        shapes[f"n{number}", 0] = shape
    registry = sorted(Function.registry)
    for number in range(len(nodes), len(nodes) + ops):
        node, sources, result = _drawn_op(chance, f"n{number}", f"v{number}", chance.choice(registry), shapes)
        nodes.append(node)
        edges += [Edge(*source, node.id, port) for port, source in enumerate(sources)]
        for output in range(node.n_outputs):
            shapes[node.id, output] = result if node.n_outputs == 1 or node.op == "MinMax" else None
    return Graph.of(nodes, edges)


def _drawn_op(
    chance: random.Random, node_id: str, name: str, op: str, shapes: dict[OutputPort, tuple[int, ...] | None]
) -> tuple[Node, list[OutputPort], tuple[int, ...] | None]:
    found = Function.registry[op]
    for _ in range(_TRIES):
        node = Node(node_id, op, name, parameters=MappingProxyType(_drawn_parameters(chance, found)))
        sources = [chance.choice(list(shapes)) for _ in node.ports]
        arrived = [shapes[source] for source in sources]
        try:
            result = found(**node.parameters).result_shape(*arrived) if None not in arrived else None
        except (EngineError, ValueError, IndexError, TypeError):
            continue
        if result is None or 0 not in result:  # nothing is computed of nothing
            return node, sources, result
    return node, sources, None


def _drawn_parameters(chance: random.Random, op: Any) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for parameter in op.parameters:
        if chance.random() < 0.4:
            continue
        for _ in range(_TRIES):
            value = chance.choice(_PARAMETERS)
            try:
                given |= {parameter.name: check_parameters(op, {parameter.name: value})[parameter.name]}
            except ParameterError:
                continue
            break
    return check_parameters(op, given)


def _value(chance: random.Random, shape: tuple[int, ...], numbers: list[float]) -> Any:
    if not shape:
        return chance.choice(numbers)
    return check_value([_value(chance, shape[1:], numbers) for _ in range(shape[0])])
