"""The output of a graph as a function of its inputs: what gradient descent makes smaller and what plots show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.autograd import Array, as_array
from engine.document import Graph, OutputPort, to_array
from engine.errors import DescentError, SymbolError
from engine.evaluation import Trace, evaluate_in_pieces, is_finite
from engine.messages import say
from engine.pieces import Pieces, finish
from engine.replay.program import Program, compile_graph

_ARRAY_OVERHEAD = 300
"""The number of elements that NumPy computes in the time that one call costs."""


@dataclass(frozen=True)
class Objective:
    """Hold a graph whose output is a single number, and its programs.

    `replay` is the program for one run, `columns` the one for many runs at once.
    """

    graph: Graph
    replay: Program
    columns: Program
    output: OutputPort
    name: str
    """The name of the output."""
    values: Mapping[str, Array]
    """The present values of the inputs, by id."""
    cost: int
    """The cost of one run, as a number of elements computed."""

    @property
    def movable(self) -> tuple[str, ...]:
        """Return the inputs to be moved: those on which the output depends; where any has a role, weights alone."""
        reached = (node for node in self.replay.inputs if self.replay.places[node, 0][1] is not None)
        return tuple(node for node in reached if not self.has_roles or self.graph.node(node).role == "weight")

    @property
    def has_roles(self) -> bool:
        """Return whether any input has a role; without one all inputs move alike."""
        return any(node.role is not None for node in self.graph.nodes())

    def refusal(self) -> str:
        """Return why there is nothing to move."""
        if self.has_roles:
            return say("No weight leads to {name}: where inputs have roles, only weights move.", name=self.name)
        return say("No input leads to {name}: there is nothing to move.", name=self.name)

    @property
    def axes(self) -> tuple[str, ...]:
        """Return the movable inputs whose value is a single number."""
        return tuple(node for node in self.movable if self.values[node].ndim == 0)

    def at(self, values: Mapping[str, Array]) -> tuple[float, dict[str, Array]]:
        """Return the output, and the gradient of each movable input, at these values; they may be inf or nan."""
        given = [values[node] for node in self.replay.inputs]
        floats = [value.item() for value in given] if self.replay.is_in_floats else given
        program, numbers = self.replay, self.replay.run(floats)
        if numbers is None:
            # A number is not finite, perhaps one on which the output does not depend: so it is computed once more.
            program = self.columns
            numbers = _tolerant(program.function, given)
        if numbers is None:
            return np.nan, {node: np.full_like(values[node], np.nan) for node in self.movable}
        output = as_array(program.data_in(numbers, *self.output)).item()
        grads = {node: as_array(program.grad_in(numbers, node)) for node in self.movable}
        return output, grads if all(map(is_finite, grads.values())) else self._guarded(given) or grads

    def _guarded(self, given: Sequence[Array]) -> dict[str, Array]:
        """Return the gradients where ∞ may stand behind a branch that was not taken; nothing if Python raises an error.

        The program that knows of such branches is longer, and so made only where it is needed.
        """
        try:
            program = compile_graph(self.graph, is_guarded=True)
        except SymbolError:
            return {}
        numbers = _tolerant(program.function, given)
        return {} if numbers is None else {node: as_array(program.grad_in(numbers, node)) for node in self.movable}

    def over(self, columns: Mapping[str, Array]) -> Array:
        """Return the output for many values of some inputs, as an array; NaN where it is not finite.

        `columns` gives, by id, the values of an input in each run: arrays whose first axis is the number of runs.
        """
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
        """Return the output of one run of a graph of arrays; NaN if it cannot be computed."""
        own = [value[run] if node in columns else value for node, value in zip(self.columns.inputs, given, strict=True)]
        numbers = _tolerant(self.columns.forward_function, own)
        return np.nan if numbers is None else as_array(self.columns.data_in(numbers, *self.output)).item()


def objective(graph: Graph, trace: Trace | None = None) -> Objective:
    """Return the output of a graph as a function of its inputs.

    `trace` is the result of `evaluate`, if known. Raises DescentError if the output is no single finite number.
    """
    return finish(objective_in_pieces(graph, trace))


def objective_in_pieces(graph: Graph, trace: Trace | None = None) -> Pieces[Objective]:
    """Do the same as `objective` in pieces."""
    if trace is None:
        trace = yield from evaluate_in_pieces(graph)
    if trace.output is not None and not trace.stale and (data := trace.nodes[trace.output[0]].data) is not None:
        _refuse_array(graph, trace.output, data[trace.output[1]])  # before anything else is done
    try:
        replay = compile_graph(graph, trace)
        yield 0.5
        columns = compile_graph(graph, trace, columns=True)
        yield 0.8
    except SymbolError as error:
        raise DescentError(say("There is no program to run again: {reason}.", reason=error)) from None
    output = replay.lines.start
    if output is None:
        raise DescentError(say("There is no computed output to go down on yet."))
    name = _name(graph, output)
    values = {each.id: to_array(each.value) for each in graph.nodes() if each.value is not None}
    found = _tolerant(columns.function, [values[each] for each in columns.inputs])
    if found is None:
        raise DescentError(say("{name} is not finite here, so no step leads down from it.", name=name))
    _refuse_array(graph, output, as_array(columns.data_in(found, *output)))
    overhead = 0 if replay.is_in_floats else _ARRAY_OVERHEAD * len(graph)
    return Objective(graph, replay, columns, output, name, values, sum(map(np.size, found)) + overhead)


def _name(graph: Graph, output: OutputPort) -> str:
    return graph.node(output[0]).output_name(output[1])


def _refuse_array(graph: Graph, output: OutputPort, data: Array) -> None:
    if data.size != 1:
        raise DescentError(
            say(
                "{name} has shape {shape}: only a single number can go down. Take its Sum or Mean, for instance.",
                name=_name(graph, output),
                shape=data.shape,
            )
        )


def _tolerant(function: Any, values: Sequence[Array]) -> Sequence[Any] | None:
    """Return all numbers of a run, finite or not; None if Python raises an error."""
    try:
        with np.errstate(all="ignore"):
            numbers: Sequence[Any] = function(*map(as_array, values))
    except (ArithmeticError, ValueError):
        return None
    return numbers
