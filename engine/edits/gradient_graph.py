"""Add the nodes that compute a gradient to a graph, to be looked at and to be differentiated again (Saito, step 33).

They are the Functions that `backward(create_graph=True)` has called: what the ops' rules do is what is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Final

import networkx as nx
import numpy as np

from engine.autograd import Function, Variable, WorkList, check_parameters
from engine.document import (
    COLUMN_DISTANCE,
    ROW_DISTANCE,
    Edge,
    Graph,
    Node,
    OutputPort,
    check_value,
    fresh_name,
    layout_in_pieces,
    to_array,
    too_many_nodes,
    too_many_wires,
)
from engine.edits.untaken_products import with_untaken_left_out
from engine.errors import EditError, LimitError
from engine.evaluation import Trace, evaluate_in_pieces
from engine.limits import MAX_EDGES, MAX_NODES
from engine.messages import say
from engine.pieces import Pieces, between, finish

_ASPECT: Final = 1.7
"""A canvas is mostly so many times as wide as it is high."""


def with_gradient(graph: Graph, source: OutputPort) -> Graph:
    """Return a graph with the nodes that compute the gradient of the output by `source`, chosen as its output.

    The gradient is computed from the present graph's own nodes, so it changes with their values; only where a rule
    compares (ReLU, Max), what it decided for the present values stays. Raises EditError where there is no gradient, and
    LimitError where the graph would be too large.
    """
    return finish(gradient_in_pieces(graph, source))


def gradient_in_pieces(graph: Graph, source: OutputPort) -> Pieces[Graph]:
    """Do the same as `with_gradient` in pieces."""
    trace = yield from between(0.0, 0.2, evaluate_in_pieces(graph, sweeps=()))
    variables = yield from between(0.2, 0.4, _computed(graph, trace))
    output = trace.output
    if output not in variables or source not in variables:
        raise EditError(say("There is nothing to differentiate yet."))
    with np.errstate(all="ignore"):
        work_list = _NoMoreThanFit(graph, source, variables)
        variables[output].backward(work_list=work_list, create_graph=True, retain_grad=True)
    yield 0.6
    gradient = variables[source].grad
    if gradient is None:
        name = graph.node(source[0]).name
        raise EditError(
            say(
                "{output} does not depend on {name}: its gradient is None.",
                output=graph.node(output[0]).name,
                name=name,
            ),
            name,
        )
    drawn = _GradientGraph(graph, variables)
    return (yield from between(0.6, 1.0, drawn.graph_with(gradient)))


class _NoMoreThanFit(WorkList):
    """Raise LimitError as soon as the gradient surely takes more nodes than there is room for, before all is computed.

    What leads from the source on is part of the source's gradient: each Function that made a gradient there is a node.
    """

    def __init__(self, graph: Graph, source: OutputPort, variables: Mapping[OutputPort, Variable]) -> None:
        super().__init__()
        after = nx.descendants(graph.network, source[0])
        self._after = {variable for (node_id, _), variable in variables.items() if node_id in after}
        self._drawn = {variable.creator for variable in variables.values()}
        self._room = MAX_NODES - len(graph)
        self._visited: Function | None = None
        self._made: set[Function] = set()

    def pop(self) -> Function:
        """Take off the next Function, unless the gradients so far take too many nodes."""
        for x in () if self._visited is None else self._visited.inputs:
            made_by = x.grad.creator if x in self._after and isinstance(x.grad, Variable) else None
            if made_by is not None and made_by not in self._drawn:
                self._made.add(made_by)
        if len(self._made) > self._room:
            raise LimitError(too_many_nodes(MAX_NODES))
        self._visited = super().pop()
        return self._visited


def _computed(graph: Graph, trace: Trace) -> Pieces[dict[OutputPort, Variable]]:
    """Return the Variable at every output that can be computed."""
    found = trace.nodes
    variables: dict[OutputPort, Variable] = {}
    for node_id in graph.topological_order():
        node = graph.node(node_id)
        if node.value is not None:
            variables[node_id, 0] = Variable(to_array(node.value))
        elif node.function is not None and found[node_id].data is not None:
            inputs = [variables[wire.source, wire.output] for wire in graph.wires_into(node_id).values()]
            with np.errstate(all="ignore"):
                ys = node.function(**node.parameters)(*inputs)
            variables |= {(node_id, index): y for index, y in enumerate(ys if isinstance(ys, list) else [ys])}
        yield len(variables) / len(graph)
    return variables


class _GradientGraph:
    """Turn the Functions and Variables behind a gradient into nodes, each once."""

    def __init__(self, graph: Graph, variables: Mapping[OutputPort, Variable]) -> None:
        self._present = graph
        self._ports = {variable: port for port, variable in variables.items()}
        self._computed = set(variables.values())
        self._drawn: dict[Function, str] = {
            variable.creator: port[0] for port, variable in variables.items() if variable.creator is not None
        }
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._taken = graph.names()
        ids = (f"n{number}" for number in count(1))
        self._ids = (each for each in ids if each not in graph and graph.block(each) is None)
        # The gradient of a node is called after it: ga for that of a.
        self._wanted = {
            variable.grad: f"g{graph.node(node_id).name}"
            for (node_id, output), variable in variables.items()
            if output == 0 and isinstance(variable.grad, Variable)
        }

    def graph_with(self, gradient: Variable) -> Pieces[Graph]:
        """Return the graph with all that a gradient takes, the gradient chosen as output."""
        names = {x.creator: name for x, name in self._wanted.items() if x.creator is not None}
        for function in self._behind(gradient):
            with np.errstate(all="ignore"):
                instead = with_untaken_left_out(function, self._is_fixed)
            if instead is None:
                self._draw(function, names.get(function))
            else:
                for each in self._behind(instead):
                    self._draw(each, names.get(function) if each is instead.creator else None)
                self._ports[function.outputs[0]()] = self._port(instead)
                self._drawn[function] = self._port(instead)[0]
            yield 0.0
        chosen = self._port(gradient)
        return (yield from self._together(chosen))

    def _draw(self, function: Function, name: str | None) -> None:
        parameters = {each.name: getattr(function, each.name) for each in type(function).parameters}
        self._drawn[function] = node_id = self._add(type(function).__name__, name, parameters)
        for port, x in enumerate(function.inputs):
            self._edges.append(Edge(*self._port(x), node_id, port))

    def _is_fixed(self, x: Variable) -> bool:
        return x.creator is None and x not in self._computed

    def _behind(self, gradient: Variable) -> list[Function]:
        """Return the Functions that are not drawn yet, inputs before their users."""
        met: dict[Function, None] = {}
        pending = [gradient.creator]
        while pending:
            function = pending.pop()
            if function is not None and function not in met and function not in self._drawn:
                met[function] = None
                pending += [x.creator for x in function.inputs]
        return sorted(met, key=lambda function: function.generation)

    def _port(self, x: Variable) -> OutputPort:
        """Return where a Variable is drawn; a number that no node holds becomes a Constant, an array an input."""
        if x not in self._ports:
            if x.creator is not None:
                self._ports[x] = (self._drawn[x.creator], [y() for y in x.creator.outputs].index(x))
            elif x.ndim == 0:
                self._ports[x] = (self._add("Constant", None, {"value": float(x.data)}), 0)
            else:
                self._ports[x] = (self._add(None, None, {}, x), 0)
        return self._ports[x]

    def _add(self, op: str | None, name: str | None, given: Mapping[str, object], x: Variable | None = None) -> str:
        if len(self._present) + len(self._nodes) >= MAX_NODES:
            raise LimitError(too_many_nodes(MAX_NODES))
        if name is None or name in self._taken:
            name = fresh_name(self._taken, is_input=op is None)
        self._taken.add(name)
        node = Node(next(self._ids), op, name, None if x is None else check_value(x.data.astype(float).tolist()))
        checked = {} if node.function is None else check_parameters(node.function, given)
        self._nodes.append(replace(node, parameters=MappingProxyType(checked)))
        return node.id

    def _together(self, chosen: OutputPort) -> Pieces[Graph]:
        """Put the new nodes, laid out by themselves, beside the present ones."""
        edges = [*self._present.edges(), *self._edges]
        if len(edges) > MAX_EDGES:
            raise LimitError(too_many_wires(MAX_EDGES))
        present = self._present.nodes()
        new = {node.id for node in self._nodes}
        inner = Graph.of(self._nodes, [edge for edge in self._edges if edge.source in new])
        positions = yield from layout_in_pieces(inner)
        # Wires lead to the right: a new node stands at least one column behind what it takes from the present ones.
        drawn = {node.id: node.x for node in present}
        behind = [
            drawn[edge.source] + COLUMN_DISTANCE - positions[edge.target][0]
            for edge in self._edges
            if edge.source in drawn
        ]
        held = [(node.x, node.y) for node in present]
        move_x, move_y = _beside(held, list(positions.values()), max(behind, default=0))
        placed = [
            replace(node, x=positions[node.id][0] + move_x, y=positions[node.id][1] + move_y) for node in self._nodes
        ]
        return Graph.of([*present, *placed], edges, chosen, self._present.blocks, self._present.training)


_Positions = list[tuple[float, float]]


def _beside(present: _Positions, new: _Positions, behind: float) -> tuple[float, float]:
    """Return how far to move new positions: to the right of the present ones, or below them and at least `behind`.

    Of the two, the one that shows all of it larger.
    """
    (left, top, width, height), (new_left, new_top, new_width, new_height) = _extent(present), _extent(new)
    under = max(behind, left - new_left)
    right_shown = max(width + new_width, _ASPECT * max(height, new_height))
    under_shown = max(width, under + new_left + new_width - left, _ASPECT * (height + new_height))
    if right_shown <= under_shown:
        return left + width - new_left, top + (height - new_height) / 2 - new_top
    return under, top + height - new_top


def _extent(positions: _Positions) -> tuple[float, float, float, float]:
    """Return left, top, width and height of what nodes at these positions take, one column and row each."""
    xs, ys = [x for x, _ in positions] or [0.0], [y for _, y in positions] or [0.0]
    return min(xs), min(ys), max(xs) - min(xs) + COLUMN_DISTANCE, max(ys) - min(ys) + ROW_DISTANCE
