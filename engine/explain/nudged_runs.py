"""Run a graph with one entry of one input changed a little (a nudge), for many nudges at once."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np

from engine.autograd import Array
from engine.document import Graph, OutputPort, check_value, to_array, valued
from engine.errors import SymbolError
from engine.evaluation import Trace, evaluate_in_pieces, is_finite
from engine.pieces import Pieces, finish
from engine.replay import Program, compile_graph

_NUMBERS_AT_ONCE = 500_000
"""Numbers that a program may compute in one go; of the slowest op some 30 ns each."""


@dataclass(frozen=True)
class Nudge:
    """Say which entry of which input is changed, and by how much."""

    node: str
    index: tuple[int, ...]
    by: float


Side: TypeAlias = Literal["", "edge", "too large"]
"""What lies on the side to which a nudge goes: numbers, the edge of an op's domain, or a result that is too large."""


class NudgedRun(Protocol):
    """Give what a graph computes with one nudge applied."""

    def in_pieces(self) -> Pieces[None]:
        """Run the graph in pieces, where that has not been done; else it is done when somebody asks."""

    @property
    def is_possible(self) -> bool:
        """Return whether the changed value is a finite number at all."""

    def data(self, port: OutputPort) -> Any:
        """Return the data of an output; None if it was not computed."""

    def kink(self, node_id: str) -> Any:
        """Return the distance of an op's inputs from its kink; None if it has no kink or was not computed."""

    def trouble(self, node_id: str) -> str:
        """Return the sentence that says what is wrong with an op's result; "" if nothing is."""

    def side(self, node_id: str) -> Side:
        """Return what an op itself has come upon; "" where finite inputs give a finite result, and after another op."""


def nudged_runs(graph: Graph, nudges: Sequence[Nudge], trace: Trace | None = None) -> Iterator[NudgedRun]:
    """Run the graph once for each nudge, from the graph's own values; a run is made when its turn comes.

    The runs use the compiled program, and for a graph of single numbers all of them go through it at once. A run in
    which a number is not finite is repeated by `evaluate`, which explains it; so is one of very many numbers, since it
    does so in pieces. `trace` is the graph's, if known.
    """
    if not nudges:
        return
    if _is_long(trace):
        yield from (_Evaluated(graph, nudge) for nudge in nudges)
        return
    found: Iterable[NudgedRun | None] = [None] * len(nudges)
    try:
        program = compile_graph(graph, trace, columns=True)
    except SymbolError:
        pass
    else:
        found = _in_columns(graph, program, nudges) if program.is_scalar else _one_by_one(graph, program, nudges)
    for each, nudge in zip(found, nudges, strict=True):
        yield _Evaluated(graph, nudge) if each is None else each


def compiled_in_pieces(graph: Graph, trace: Trace | None = None) -> Pieces[None]:
    """Make the program that the runs use, so that the first of them takes no longer than the others."""
    if _is_long(trace):
        return
    try:
        program = compile_graph(graph, trace, columns=True)
    except SymbolError:
        return
    yield 0.0
    _ = program.forward_function
    yield 0.0


def _is_long(trace: Trace | None) -> bool:
    """Return whether a graph has so many numbers that one run of its program would hold the process for long."""
    data = () if trace is None else (each.data or () for each in trace.nodes.values())
    return sum(array.size for arrays in data for array in arrays) > _NUMBERS_AT_ONCE


def _in_columns(graph: Graph, program: Program, nudges: Sequence[Nudge]) -> list[NudgedRun | None]:
    values = {node_id: np.full(len(nudges), _value(graph, node_id)) for node_id in program.inputs}
    with np.errstate(over="ignore"):  # `_Evaluated` reports a value that is too large to change
        for column, nudge in enumerate(nudges):
            values[nudge.node][column] += nudge.by
    ran = program.run_columns(values.values(), len(nudges), backward=False)
    if ran is None:
        return [None] * len(nudges)
    table, is_finite = ran
    kinks: dict[str, Any] = {}
    return [
        _Replayed(graph, program, table, kinks, column) if is_finite[column] else None for column in range(len(nudges))
    ]


def _one_by_one(graph: Graph, program: Program, nudges: Sequence[Nudge]) -> Iterator[NudgedRun | None]:
    values = {node_id: _value(graph, node_id) for node_id in program.inputs}
    for nudge in nudges:
        changed = {**values, nudge.node: _with(values[nudge.node], nudge)}
        numbers = program.run(changed.values(), backward=False)
        yield None if numbers is None else _Replayed(graph, program, numbers, {})


def _value(graph: Graph, node_id: str) -> Array:
    value = graph.node(node_id).value
    assert value is not None
    return to_array(value)


def _with(value: Array, nudge: Nudge) -> Array:
    changed = value.copy()
    with np.errstate(over="ignore"):
        changed[nudge.index] += nudge.by
    return changed


@dataclass(frozen=True)
class _Replayed:
    """A run of the program in which all numbers are finite."""

    graph: Graph
    program: Program
    numbers: Sequence[Any] | Array
    kinks: dict[str, Any]
    """The distances from kinks that are computed already, by node, of all columns."""
    column: int | None = None
    is_possible: bool = True

    def in_pieces(self) -> Pieces[None]:
        yield from ()

    def data(self, port: OutputPort) -> Any:
        place = self.program.places.get(port)
        return None if place is None else self._own(self.numbers[place[0]])

    def kink(self, node_id: str) -> Any:
        if node_id not in self.kinks:
            node = self.graph.node(node_id)
            assert node.function is not None
            function = node.function(**node.parameters)
            wires = self.graph.wires_into(node_id).values()
            inputs = [self.numbers[self.program.places[wire.source, wire.output][0]] for wire in wires]
            # In columns every value is a single number, and a reduction of one number has no kink.
            is_one_number = self.column is not None and not function.elementwise
            self.kinks[node_id] = None if function.kinks is None or is_one_number else function.kinks(*inputs)
        distance = self.kinks[node_id]
        return None if distance is None else self._own(distance)

    def trouble(self, node_id: str) -> str:
        return ""

    def side(self, node_id: str) -> Side:
        return ""

    def _own(self, numbers: Any) -> Any:
        return numbers if self.column is None else numbers[self.column]


@dataclass
class _Evaluated:
    """A run of the engine, which explains a number that is not finite."""

    graph: Graph
    nudge: Nudge
    _found: tuple[Trace | None] | None = None

    def in_pieces(self) -> Pieces[None]:
        value = _with(_value(self.graph, self.nudge.node), self.nudge)
        if not is_finite(value):
            self._found = (None,)
            return
        node = self.graph.node(self.nudge.node)
        changed = self.graph.with_nodes(valued(node, check_value(value.tolist())))
        yield 0.0
        self._found = ((yield from evaluate_in_pieces(changed, sweeps=())),)

    @property
    def _trace(self) -> Trace | None:
        """Return the trace of the run; None if the changed value itself is too large for a number."""
        if self._found is None:
            finish(self.in_pieces())
        return None if self._found is None else self._found[0]

    @property
    def is_possible(self) -> bool:
        return self._trace is not None

    def data(self, port: OutputPort) -> Any:
        data = None if self._trace is None else self._trace.nodes[port[0]].data
        return None if data is None else data[port[1]]

    def kink(self, node_id: str) -> Any:
        return None if self._trace is None else kink_of(self._trace, node_id)

    def trouble(self, node_id: str) -> str:
        return "" if self._trace is None else self._trace.nodes[node_id].message

    def side(self, node_id: str) -> Side:
        function = None if self._trace is None else self._trace.functions.get(node_id)
        if function is None or not self.trouble(node_id) or not all(is_finite(x.data) for x in function.inputs):
            return ""
        flags: set[str] = set()
        with np.errstate(all="call", under="ignore", call=lambda flag, _: flags.add(flag)):
            copy.copy(function).forward(*[x.data for x in function.inputs])
        return "too large" if flags == {"overflow"} else "edge"


def kink_of(trace: Trace, node_id: str) -> Any:
    """Return the distance of an op's inputs from its kink; None if it has no kink or was not computed."""
    function: Any = trace.functions.get(node_id)
    if function is None or function.kinks is None:
        return None
    return function.kinks(*(x.data for x in function.inputs))


def output_sum(trace: Trace) -> float | None:
    """Return the sum of the output to differentiate, whose gradient is 1 everywhere; None if it is not finite."""
    data = None if trace.output is None else trace.nodes[trace.output[0]].data
    return None if trace.output is None or data is None else _finite_sum(data[trace.output[1]])


def output_sum_of(run: NudgedRun, output: OutputPort | None) -> float | None:
    """Return the sum of an output in a run; None if it is not finite."""
    data = None if output is None else run.data(output)
    return None if data is None else _finite_sum(data)


def _finite_sum(data: Array) -> float | None:
    total = float(np.sum(data))
    return total if np.isfinite(total) else None
