"""A graph compiled to straight-line Python: its forward and backward pass, written once and run many times.

The lines come from the ops' own rules (`engine.replay.written_rules`), in the order in which the sweep visited the
Functions.
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
from engine.replay.expressions import MATH_NAMES, Arrays, Floats
from engine.replay.program_writer import Lines, write_lines
from engine.replay.written_rules import ARRAYS, FLOATS

_KEPT = 8
"""The number of programs kept for one wiring: one for each combination of names, parameters and shapes."""
_PROGRAMS: WeakKeyDictionary[Wiring, dict[Any, Program]] = WeakKeyDictionary()

_GLOBALS: Mapping[str, Any] = {
    "__builtins__": {"abs": abs, "float": float},
    "np": np,
    **{name: getattr(math, name) for name in MATH_NAMES},
}
"""Every name that a program can use; of Python's builtins, only two functions."""


@dataclass(frozen=True)
class Program:
    """Hold the code that computes data and grad of every node of a graph from the values of its inputs.

    `inputs` are the ids of the inputs, in the order in which values are given. Nodes that cannot be computed are left
    out. `run` returns None where a number is not finite; `function` is the bare code, which raises Python's errors.
    """

    inputs: tuple[str, ...]
    lines: Lines
    is_scalar: bool
    """Whether every node holds a single number."""
    is_in_floats: bool
    """Whether it computes with Python floats instead of NumPy arrays."""
    places: Mapping[OutputPort, tuple[int, int | None]]
    """The places of each output's data and grad in the tuple that `function` returns; None without a grad.

    Where a Function passes a gradient on as it is, both stand at one place.
    """

    @cached_property
    def function(self) -> Any:
        """Return the compiled code: it takes the inputs' values and returns all data, then all grads, each once."""
        return self._compiled([*self.lines.forward, *self.lines.backward], self.lines.returned)

    @cached_property
    def forward_function(self) -> Any:
        """Return the compiled code of the forward pass alone: it takes the inputs' values and returns all data."""
        return self._compiled(self.lines.forward, tuple(self.lines.data.values()))

    def _compiled(self, lines: Sequence[Any], returned: Sequence[str]) -> Any:
        arguments = ", ".join(self.lines.data[node_id, 0] for node_id in self.inputs)
        body = "".join(f"    {line.text}\n" for line in lines)
        source = f"def program({arguments}):\n{body}    return ({''.join(f'{name}, ' for name in returned)})\n"
        found: dict[str, Any] = {}
        # Safe: the text consists of the ops' rules, of numbers, and of names that passed `check_name` and differ from
        # every name that the code can use. Nothing else that somebody typed gets into it.
        exec(compile(source, "<program>", "exec"), dict(_GLOBALS), found)
        warns = not self.is_in_floats or "np." in body  # where Python's `math` raises
        return np.errstate(all="ignore")(found["program"]) if warns else found["program"]

    def run(self, values: Iterable[Any], *, backward: bool = True) -> Sequence[Any] | None:
        """Compute all data and grads from the inputs' values, given in the order of `inputs`.

        The values are floats if `is_in_floats`, else arrays of the shapes that the program was compiled for. `places`
        says where each number is in the result. Returns None if a number is not finite; `evaluate` then says why.
        """
        function = self.function if backward else self.forward_function
        try:
            if self.is_in_floats:
                numbers = function(*values)
                # The sum is quick, and large numbers may overflow in it alone.
                return numbers if isfinite(sum(numbers)) or all(map(isfinite, numbers)) else None
            numbers = tuple(map(as_array, function(*map(as_array, values))))
        except (ArithmeticError, ValueError):
            return None
        return numbers if all(map(is_finite, numbers)) else None

    def run_columns(self, values: Iterable[Any], n: int, *, backward: bool = True) -> tuple[Array, Array] | None:
        """Compute `n` runs of a graph of single numbers at once; each value is a number or an array of shape (n,).

        Returns a table with a row for each number that `run` returns and a column for each run, and a bool array of
        shape (n,): whether all numbers of a run are finite. Returns None if Python raises an error. The program must be
        compiled with `columns`.
        """
        function = self.function if backward else self.forward_function
        try:
            numbers = function(*map(as_array, values))
        except (ArithmeticError, ValueError):
            return None
        table = np.array([np.broadcast_to(number, n) for number in numbers], dtype=float).reshape(len(numbers), n)
        return table, np.isfinite(table).all(axis=0)

    def data_in(self, numbers: Sequence[Any], node: str, output: int = 0) -> Any:
        """Return the data of a node's output; raises KeyError for a node that could not be computed."""
        return numbers[self.places[node, output][0]]

    def grad_in(self, numbers: Sequence[Any], node: str, output: int = 0) -> Any:
        """Return the gradient of a node's output; None if the sweep did not reach it."""
        place = self.places[node, output][1]
        return None if place is None else numbers[place]


def compile_graph(
    graph: Graph, trace: Trace | None = None, *, columns: bool = False, is_guarded: bool = False
) -> Program:
    """Return the program of all nodes of a graph that can be computed, with the gradients of the Step 16 variant.

    The same program is returned as long as wiring, ops, parameters, names and shapes stay the same; values are its
    arguments. `trace` is the result of `evaluate`, if known. `columns` compiles for `run_columns`. With `is_guarded` a
    mark stands beside each gradient, so that what was not taken is 0 also beside ∞. Raises SymbolError if the rule of
    an op cannot be written as lines.
    """
    known = _PROGRAMS.setdefault(graph.wiring, {})
    key = (tuple(map(_signature, graph.nodes())), graph.output, columns, is_guarded)
    program = known.get(key)
    if program is None:
        if len(known) >= _KEPT:
            known.clear()
        program = known[key] = _compiled(graph, trace, columns or is_guarded, is_guarded)
    return program


def _compiled(graph: Graph, trace: Trace | None, columns: bool, is_guarded: bool) -> Program:
    if trace is None or not _is_plain(trace):
        trace = evaluate(graph)
    is_scalar = all(np.ndim(array) == 0 for found in trace.nodes.values() for array in found.data or ())
    notation: Floats | Arrays = FLOATS if is_scalar and not columns else ARRAYS
    lines = write_lines(graph, trace, notation, is_guarded=is_guarded)
    inputs = tuple(node.id for node in graph.nodes() if node.is_input)
    place_of = {name: place for place, name in enumerate(lines.returned)}
    places = {port: (place_of[name], place_of.get(lines.grads.get(port) or "")) for port, name in lines.data.items()}
    return Program(inputs, lines, is_scalar, notation is FLOATS, places)


def _is_plain(trace: Trace) -> bool:
    """Return whether a trace is of one right sweep from the output, in which every Function had its turn."""
    is_right = trace.variant is Variant.STEP_16 and not trace.picked
    return is_right and not trace.stale and trace.sweeps == (trace.output,)


def _signature(node: Node) -> Any:
    if node.value is None:
        return node.id, node.name, node.op, repr(sorted(node.parameters.items())) if node.parameters else ""
    return node.id, node.name, _shape(node.value)


def _shape(value: Value) -> tuple[int, ...]:
    return (len(value), *_shape(value[0])) if isinstance(value, tuple) else ()
