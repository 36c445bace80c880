"""The program that backprop amounts to: a graph written down once as straight-line Python, and run again and again.

Forward, then the reverse sweep in the order that `engine.autograd` took, in the ops' own words (`engine.replay.rules`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from engine.autograd import Array, Variant, as_array
from engine.document import Graph, Node, OutputPort, Value, Wiring
from engine.evaluation import Trace, evaluate, is_finite
from engine.replay.expressions import MATH_WORDS, Arrays, Floats
from engine.replay.program_writer import Lines, write_lines
from engine.replay.rules import ARRAYS, FLOATS

_KEPT = 8
"""How many programs are kept of one wiring: names, parameters and shapes may change to and fro."""
_PROGRAMS: WeakKeyDictionary[Wiring, dict[Any, Program]] = WeakKeyDictionary()

_WORDS: Mapping[str, Any] = {
    "__builtins__": {"abs": abs, "float": float},
    "np": np,
    **{name: getattr(math, name) for name in MATH_WORDS},
}
"""All that a program can reach: nothing of Python's own beyond two functions."""


@dataclass(frozen=True)
class Program:
    """Hold a graph's code: data and grads of all nodes that can be computed, from the values of `inputs`, by id.

    `function` is the code itself, which raises what Python raises; `run` tells trouble by None.
    """

    inputs: tuple[str, ...]
    lines: Lines
    is_scalar: bool
    """Whether every node holds a single number."""
    is_in_floats: bool
    """Whether it computes with Python's floats, and not with NumPy."""
    places: Mapping[OutputPort, tuple[int, int | None]]
    """Where the numbers of each output stand in what `function` returns: its data, and its grad."""

    @cached_property
    def function(self) -> Any:
        """Return the compiled code: from the inputs' values to all data, and then all grads that there are."""
        return self._compiled([*self.lines.forward, *self.lines.backward], self._returned)

    @cached_property
    def forward_function(self) -> Any:
        """Return the compiled code of forward alone: from the inputs' values to all data."""
        return self._compiled(self.lines.forward, tuple(self.lines.data.values()))

    @cached_property
    def _calls_numpy(self) -> bool:
        """Return whether some op has no function of `math`; NumPy would warn where that raises."""
        return any("np." in line.text for line in (*self.lines.forward, *self.lines.backward))

    @property
    def _returned(self) -> tuple[str, ...]:
        return (*self.lines.data.values(), *filter(None, self.lines.grads.values()))

    def _compiled(self, lines: Sequence[Any], returned: Sequence[str]) -> Any:
        arguments = ", ".join(self.lines.data[node_id, 0] for node_id in self.inputs)
        body = "".join(f"    {line.text}\n" for line in lines)
        source = f"def program({arguments}):\n{body}    return ({''.join(f'{name}, ' for name in returned)})\n"
        found: dict[str, Any] = {}
        # Safe: the text is made here, of the ops' rules, of numbers, and of names that passed `check_name` and are none
        # of the words that the code can say. Nothing that somebody typed comes into it otherwise.
        exec(compile(source, "<program>", "exec"), dict(_WORDS), found)
        return found["program"]

    def run(self, values: Iterable[Any], *, backward: bool = True) -> Sequence[Any] | None:
        """Compute all data and grads from the inputs' values, in the order of `inputs`; `places` says which is which.

        Returns None where a number is not finite: `evaluate` says why. Floats for a graph of single numbers, otherwise
        arrays of the shapes that it was compiled for.
        """
        function = self.function if backward else self.forward_function
        try:
            if self.is_in_floats:
                if self._calls_numpy:
                    with np.errstate(all="ignore"):
                        numbers = function(*values)
                else:
                    numbers = function(*values)
                return numbers if isfinite(sum(numbers)) else None
            with np.errstate(all="ignore"):
                numbers = tuple(map(as_array, function(*map(as_array, values))))
        except (ArithmeticError, ValueError):
            return None
        return numbers if all(map(is_finite, numbers)) else None

    def run_columns(self, values: Iterable[Any], n: int, *, backward: bool = True) -> tuple[Array, Array] | None:
        """Compute `n` runs of a scalar graph in one pass over arrays: each value is a number, or an array of `n`.

        Returns a table with a row for each number, as `run` has them, and a column for each run; and which runs are
        finite throughout. None where Python itself gives up. The program must be compiled with `columns`.
        """
        function = self.function if backward else self.forward_function
        try:
            with np.errstate(all="ignore"):
                numbers = function(*map(as_array, values))
        except (ArithmeticError, ValueError):
            return None
        table = np.array([np.broadcast_to(number, n) for number in numbers], dtype=float).reshape(len(numbers), n)
        return table, np.isfinite(table).all(axis=0)

    def data_in(self, numbers: Sequence[Any], node: str, output: int = 0) -> Any:
        """Return the data of a node's output; raises KeyError for a node that could not be computed."""
        return numbers[self.places[node, output][0]]

    def grad_in(self, numbers: Sequence[Any], node: str, output: int = 0) -> Any:
        """Return the gradient of a node's output; None where the sweep did not come by."""
        place = self.places[node, output][1]
        return None if place is None else numbers[place]


def compile_graph(graph: Graph, trace: Trace | None = None, *, columns: bool = False) -> Program:
    """Return the program of a graph: of what can be computed of it, differentiated by the right engine.

    Kept for as long as wiring, ops, parameters, names and shapes stay the same; values are arguments. `trace` is what
    `evaluate` found, if that is at hand. `columns` is for many runs in one pass. Raises SymbolError where an op's rule
    cannot be written down.
    """
    known = _PROGRAMS.setdefault(graph.wiring, {})
    key = (tuple(map(_signature, graph.nodes())), graph.output, columns)
    program = known.get(key)
    if program is None:
        if len(known) >= _KEPT:
            known.clear()
        program = known[key] = _compiled(graph, trace, columns)
    return program


def _compiled(graph: Graph, trace: Trace | None, columns: bool) -> Program:
    if trace is None or trace.stale or trace.variant is not Variant.STEP_16 or trace.sweeps != (trace.output,):
        trace = evaluate(graph)
    is_scalar = all(np.ndim(array) == 0 for found in trace.nodes.values() for array in found.data or ())
    words: Floats | Arrays = FLOATS if is_scalar and not columns else ARRAYS
    lines = write_lines(graph, trace, words)
    inputs = tuple(node.id for node in graph.nodes() if node.is_input)
    reached = [port for port, name in lines.grads.items() if name is not None]
    grad_places = {port: place for place, port in enumerate(reached, start=len(lines.data))}
    places = {port: (place, grad_places.get(port)) for place, port in enumerate(lines.data)}
    return Program(inputs, lines, is_scalar, words is FLOATS, places)


def _signature(node: Node) -> Any:
    if node.value is None:
        return node.id, node.name, node.op, repr(sorted(node.parameters.items())) if node.parameters else ""
    return node.id, node.name, _shape(node.value)


def _shape(value: Value) -> tuple[int, ...]:
    return (len(value), *_shape(value[0])) if isinstance(value, tuple) else ()
