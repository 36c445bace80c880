"""A graph with one entry of one input moved: where the numbers go, for many moves at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from engine.autograd import Array
from engine.document import Graph, OutputPort, to_array
from engine.edits import SetValue, apply
from engine.errors import SymbolError
from engine.evaluation import Trace, evaluate, is_finite
from engine.replay import Program, compile_graph


@dataclass(frozen=True)
class Move:
    """Say which entry of which input is moved, and by how much."""

    node: str
    index: tuple[int, ...]
    by: float


class Moved(Protocol):
    """Tell what a graph computes after a move."""

    def data(self, port: OutputPort) -> Any:
        """Return the data of an output, None where nothing was computed."""

    def kink(self, node_id: str) -> Any:
        """Return how far an op's inputs are from its kink, None where it has none or was not computed."""

    def trouble(self, node_id: str) -> str:
        """Say what is the matter with an op; nothing where all is well."""


def moved(graph: Graph, moves: Sequence[Move]) -> list[Moved]:
    """Compute the graph after each move, apart from each other: by its program, and of single numbers in one pass.

    Where that finds a number that is not finite, `evaluate` looks into it.
    """
    found: list[Moved | None] = [None] * len(moves)
    if moves:
        try:
            program = compile_graph(graph, columns=True)
        except SymbolError:
            pass
        else:
            found = _in_columns(graph, program, moves) if program.is_scalar else _one_by_one(graph, program, moves)
    return [_Evaluated(graph, move) if each is None else each for each, move in zip(found, moves, strict=True)]


def _in_columns(graph: Graph, program: Program, moves: Sequence[Move]) -> list[Moved | None]:
    values = {node_id: np.full(len(moves), _value(graph, node_id)) for node_id in program.inputs}
    with np.errstate(over="ignore"):  # a value too large to be moved is told of by `_Evaluated`
        for column, move in enumerate(moves):
            values[move.node][column] += move.by
    ran = program.run_columns(values.values(), len(moves), backward=False)
    if ran is None:
        return [None] * len(moves)
    table, is_finite = ran
    kinks: dict[str, Any] = {}
    return [
        _Replayed(graph, program, table, kinks, column) if is_finite[column] else None for column in range(len(moves))
    ]


def _one_by_one(graph: Graph, program: Program, moves: Sequence[Move]) -> list[Moved | None]:
    values = {node_id: _value(graph, node_id) for node_id in program.inputs}
    found: list[Moved | None] = []
    for move in moves:
        numbers = program.run(
            (_with(value, move) if node_id == move.node else value for node_id, value in values.items()), backward=False
        )
        found.append(None if numbers is None else _Replayed(graph, program, numbers, {}))
    return found


def _value(graph: Graph, node_id: str) -> Array:
    value = graph.node(node_id).value
    assert value is not None
    return to_array(value)


def _with(value: Array, move: Move) -> Array:
    changed = value.copy()
    with np.errstate(over="ignore"):
        changed[move.index] += move.by
    return changed


@dataclass(frozen=True)
class _Replayed:
    """A run of the program: all numbers are finite."""

    graph: Graph
    program: Program
    numbers: Sequence[Any] | Array
    kinks: dict[str, Any]
    """What was found out about the kinks, of all columns."""
    column: int | None = None

    def data(self, port: OutputPort) -> Any:
        place = self.program.places.get(port)
        return None if place is None else self._own(self.numbers[place[0]])

    def kink(self, node_id: str) -> Any:
        if node_id not in self.kinks:
            op = self.graph.node(node_id).function
            assert op is not None
            wires = self.graph.wires_into(node_id).values()
            inputs = [self.numbers[self.program.places[wire.source, wire.output][0]] for wire in wires]
            self.kinks[node_id] = None if op.kinks is None else op.kinks(*inputs)
        distance = self.kinks[node_id]
        return None if distance is None else self._own(distance)

    def trouble(self, node_id: str) -> str:
        return ""

    def _own(self, numbers: Any) -> Any:
        return numbers if self.column is None else numbers[self.column]


@dataclass(frozen=True)
class _Evaluated:
    """A run of the engine, which explains what went wrong."""

    graph: Graph
    move: Move

    @cached_property
    def _trace(self) -> Trace | None:
        """Return what came of the move; None where the value itself would be too large for a number."""
        value = _with(_value(self.graph, self.move.node), self.move)
        if not is_finite(value):
            return None
        return evaluate(apply(self.graph, SetValue(node=self.move.node, value=value.tolist())), sweeps=())

    def data(self, port: OutputPort) -> Any:
        data = None if self._trace is None else self._trace.nodes[port[0]].data
        return None if data is None else data[port[1]]

    def kink(self, node_id: str) -> Any:
        return None if self._trace is None else kink_of(self._trace, node_id)

    def trouble(self, node_id: str) -> str:
        return "" if self._trace is None else self._trace.nodes[node_id].message


def kink_of(trace: Trace, node_id: str) -> Any:
    """Return how far an op's inputs are from its kink, None where it has none or was not computed."""
    function: Any = trace.functions.get(node_id)
    kinks = None if function is None else type(function).kinks
    return None if kinks is None else kinks(*(x.data for x in function.inputs))
