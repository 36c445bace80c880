"""The output of a graph as a function of its inputs, for who asks for it again and again: descent and contour plots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.autograd import Array, as_array
from engine.document import Graph, OutputPort, to_array
from engine.errors import DescentError, SymbolError
from engine.evaluation import Trace
from engine.replay.program import Program, compile_graph

_ARRAY_OVERHEAD = 300
"""How many numbers NumPy computes in the time that it takes to begin."""


@dataclass(frozen=True)
class Objective:
    """Hold a graph whose output is a single number: `replay` is its program for one run, `columns` for many at once."""

    graph: Graph
    replay: Program
    columns: Program
    output: OutputPort
    name: str
    """How the output is called."""
    values: Mapping[str, Array]
    """What the inputs hold now, by id."""
    cost: int
    """What one run costs, in numbers computed."""

    @property
    def movable(self) -> tuple[str, ...]:
        """Return the inputs that the output hangs on: those that have a gradient."""
        return tuple(node for node in self.replay.inputs if self.replay.places[node, 0][1] is not None)

    @property
    def axes(self) -> tuple[str, ...]:
        """Return the movable inputs that hold a single number."""
        return tuple(node for node in self.movable if self.values[node].ndim == 0)

    def at(self, values: Mapping[str, Array]) -> tuple[float, dict[str, Array]]:
        """Return the output, and the gradient by each movable input, at other values; they may not be finite."""
        given = [values[node] for node in self.replay.inputs]
        floats = [value.item() for value in given] if self.replay.is_in_floats else given
        program, numbers = self.replay, self.replay.run(floats)
        if numbers is None:
            # Some number is not finite, perhaps one that the output does not hang on: here nothing is given up for it.
            program = self.columns
            numbers = _tolerant(program.function, given)
        if numbers is None:
            return np.nan, {node: np.full_like(values[node], np.nan) for node in self.movable}
        grads = {node: as_array(program.grad_in(numbers, node)) for node in self.movable}
        return as_array(program.data_in(numbers, *self.output)).item(), grads

    def over(self, columns: Mapping[str, Array]) -> Array:
        """Return the output for many values of some inputs, arrays of one length; NaN where it is not finite."""
        n = len(next(iter(columns.values())))
        given = [columns.get(node, self.values[node]) for node in self.columns.inputs]
        if self.columns.is_scalar:
            ran = self.columns.run_columns(given, n, backward=False)
            outputs = np.full(n, np.nan) if ran is None else ran[0][self.columns.places[self.output][0]].copy()
        else:
            outputs = np.array([self._output_of(given, columns, run) for run in range(n)])
        outputs[~np.isfinite(outputs)] = np.nan
        return outputs

    def _output_of(self, given: Sequence[Array], columns: Mapping[str, Array], run: int) -> float:
        """Return the output of one run, in a graph of arrays."""
        own = [value[run] if node in columns else value for node, value in zip(self.columns.inputs, given, strict=True)]
        numbers = _tolerant(self.columns.forward_function, own)
        return np.nan if numbers is None else as_array(self.columns.data_in(numbers, *self.output)).item()


def objective(graph: Graph, trace: Trace | None = None) -> Objective:
    """Return a graph's output as a function of its inputs; raises DescentError where that is no single number.

    `trace` is what `evaluate` found, if that is at hand.
    """
    try:
        replay, columns = compile_graph(graph, trace), compile_graph(graph, trace, columns=True)
    except SymbolError as error:
        raise DescentError(f"There is no program to run again: {error}.") from None
    output = replay.lines.start
    if output is None:
        raise DescentError("There is no computed output to go down on yet.")
    node = graph.node(output[0])
    name = node.name if node.n_outputs == 1 else f"{node.name}.{node.output_names[output[1]]}"
    values = {each.id: to_array(each.value) for each in graph.nodes() if each.value is not None}
    found = _tolerant(columns.function, [values[each] for each in columns.inputs])
    if found is None:
        raise DescentError(f"{name} is not finite here, so no step leads down from it.")
    data = as_array(columns.data_in(found, *output))
    if data.size != 1:
        raise DescentError(
            f"{name} has shape {data.shape}: only a single number can go down. Take its Sum or Mean, for instance."
        )
    overhead = 0 if replay.is_in_floats else _ARRAY_OVERHEAD * len(graph)
    return Objective(graph, replay, columns, output, name, values, sum(map(np.size, found)) + overhead)


def _tolerant(function: Any, values: Sequence[Array]) -> Sequence[Any] | None:
    """Return all numbers of a run, whether finite or not; None where Python itself gives up."""
    try:
        with np.errstate(all="ignore"):
            numbers: Sequence[Any] = function(*map(as_array, values))
    except (ArithmeticError, ValueError):
        return None
    return numbers
