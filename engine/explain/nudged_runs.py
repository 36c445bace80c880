"""Run a graph with one entry of one input changed a little (a nudge), for many nudges at once."""

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
from engine.evaluation import Cause, Trace, evaluate, is_finite
from engine.replay import Program, compile_graph


@dataclass(frozen=True)
class Nudge:
    """Say which entry of which input is changed, and by how much."""

    node: str
    index: tuple[int, ...]
    by: float


class NudgedRun(Protocol):
    """Give what a graph computes with one nudge applied."""

    @property
    def is_finite(self) -> bool:
        """Return whether all numbers are known to be; then no op is in trouble."""

    def data(self, port: OutputPort) -> Any:
        """Return the data of an output; None if it was not computed."""

    def trouble(self, node_id: str) -> str:
        """Return the sentence that says what is wrong with an op's result; "" if nothing is."""

    def cause(self, node_id: str) -> Cause | None:
        """Return why an op's own result is not finite; None if it is, or if what came in was not."""


def nudged_runs(graph: Graph, nudges: Sequence[Nudge]) -> list[NudgedRun]:
    """Run the graph once for each nudge, each of which starts from the graph's own values.

    The runs use the compiled program, and for a graph of single numbers all of them go through it at once. A run in
    which a number is not finite is repeated by `evaluate`, which explains it.
    """
    found: list[NudgedRun | None] = [None] * len(nudges)
    if nudges:
        try:
            program = compile_graph(graph, columns=True)
        except SymbolError:
            pass
        else:
            found = _in_columns(graph, program, nudges) if program.is_scalar else _one_by_one(graph, program, nudges)
    return [_Evaluated(graph, nudge) if each is None else each for each, nudge in zip(found, nudges, strict=True)]


def _in_columns(graph: Graph, program: Program, nudges: Sequence[Nudge]) -> list[NudgedRun | None]:
    values = {node_id: np.full(len(nudges), _value(graph, node_id)) for node_id in program.inputs}
    with np.errstate(over="ignore"):  # `_Evaluated` reports a value that is too large to change
        for column, nudge in enumerate(nudges):
            values[nudge.node][column] += nudge.by
    ran = program.run_columns(values.values(), len(nudges), backward=False)
    if ran is None:
        return [None] * len(nudges)
    table, is_finite = ran
    return [_Replayed(program, table, column) if is_finite[column] else None for column in range(len(nudges))]


def _one_by_one(graph: Graph, program: Program, nudges: Sequence[Nudge]) -> list[NudgedRun | None]:
    values = {node_id: _value(graph, node_id) for node_id in program.inputs}
    found: list[NudgedRun | None] = []
    for nudge in nudges:
        changed = {**values, nudge.node: _with(values[nudge.node], nudge)}
        numbers = program.run(changed.values(), backward=False)
        found.append(None if numbers is None else _Replayed(program, numbers))
    return found


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

    program: Program
    numbers: Sequence[Any] | Array
    column: int | None = None
    is_finite: bool = True

    def data(self, port: OutputPort) -> Any:
        place = self.program.places.get(port)
        return None if place is None else self._own(self.numbers[place[0]])

    def trouble(self, node_id: str) -> str:
        return ""

    def cause(self, node_id: str) -> Cause | None:
        return None

    def _own(self, numbers: Any) -> Any:
        return numbers if self.column is None else numbers[self.column]


@dataclass(frozen=True)
class RunOf:
    """The run of a graph as it is."""

    trace: Trace
    is_finite: bool = False

    def data(self, port: OutputPort) -> Any:
        """Return the data of an output; None if it was not computed."""
        data = self.trace.nodes[port[0]].data
        return None if data is None else data[port[1]]

    def trouble(self, node_id: str) -> str:
        """Return the sentence that says what is wrong with an op's result; "" if nothing is."""
        return self.trace.nodes[node_id].message

    def cause(self, node_id: str) -> Cause | None:
        """Return why an op's own result is not finite; None if it is, or if what came in was not."""
        return self.trace.nodes[node_id].cause


@dataclass(frozen=True)
class _Evaluated:
    """A run of the engine, which explains a number that is not finite."""

    graph: Graph
    nudge: Nudge
    is_finite: bool = False

    @cached_property
    def _trace(self) -> Trace | None:
        """Return the trace of the run; None if the changed value itself is too large for a number."""
        value = _with(_value(self.graph, self.nudge.node), self.nudge)
        if not is_finite(value):
            return None
        return evaluate(apply(self.graph, SetValue(node=self.nudge.node, value=value.tolist())), sweeps=())

    def data(self, port: OutputPort) -> Any:
        data = None if self._trace is None else self._trace.nodes[port[0]].data
        return None if data is None else data[port[1]]

    def trouble(self, node_id: str) -> str:
        return "" if self._trace is None else self._trace.nodes[node_id].message

    def cause(self, node_id: str) -> Cause | None:
        return None if self._trace is None else self._trace.nodes[node_id].cause


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
