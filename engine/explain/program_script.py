"""The compiled program of a graph as a script that runs by itself: no engine, no Variables, no Functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from engine.autograd import Constant, Variant
from engine.document import Graph, Node, python_text, to_array
from engine.errors import SymbolError
from engine.evaluation import Trace, evaluate
from engine.explain.untaken_branches import lost_gradients
from engine.messages import is_hidden_array, say
from engine.replay import MATH_NAMES, Line, Program, compile_graph

_TOLERANCE: Final = 1e-9
_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")


def program_script(graph: Graph, trace: Trace) -> list[Line]:
    """Write the program of a graph, the values of its inputs before it and the results printed after it.

    `trace` is a trace of `graph`. A node that waits or cannot be computed is a comment. If the rule of an op cannot be
    written as lines, the script is one comment that says so. Where Python's floats raise an error or give another
    number, as at a division by 0, the script computes with NumPy's. Where 0 · ∞ comes of a branch that was not taken, a
    mark goes with each gradient.
    """
    try:
        program = compile_graph(graph, trace)
        in_numpy = not _gives_the_numbers(program, graph, trace)
        is_guarded = bool(lost_gradients(graph, trace))
        if in_numpy or is_guarded:
            program = compile_graph(graph, trace, columns=True, is_guarded=is_guarded)
    except SymbolError as error:
        return [Line(f"# {error}")]
    lines = program.lines
    meaning = say("no_gx tells where nothing comes back to x: 0 · ∞ is 0 there.")
    marks_told = [Line(f"# {meaning}")] if is_guarded else []
    values = [
        Line(f"{lines.data[node_id, 0]} = {_number(graph.node(node_id), in_numpy)}", node_id)
        for node_id in program.inputs
    ]
    waiting = [
        Line("# " + say("{name}: {message}", name=graph.node(node_id).name, message=found.message), node_id)
        for node_id, found in trace.nodes.items()
        if found.state in ("waiting", "error") and (node_id, 0) not in program.places
    ]
    forward = [_in_numpy(graph, line) for line in lines.forward] if in_numpy else lines.forward
    # Of an array only its beginning: thousands of numbers have no names.
    begun = [Line(line.text.partition("([")[0]) for line in values]
    imports = _imports([*begun, *forward, *lines.backward])
    if in_numpy:
        told = say("NumPy gives inf or nan where Python's floats raise an error.")
        imports.append(Line(f'np.seterr(all="ignore")  # {told}'))
    parts = [
        imports,
        values,
        [Line("# " + say("forward")), *forward, *waiting] if forward or waiting else [],
        [Line("# " + say("backward")), *marks_told, *lines.backward] if lines.backward else [],
        _results(program),
    ]
    return [line for part in parts if part for line in (Line(""), *part)][1:]


def _imports(lines: Iterable[Line]) -> list[Line]:
    words = {word for line in lines for word in _WORD.findall(line.text)}
    functions = sorted(words & MATH_NAMES)
    return [
        *([Line(f"from math import {', '.join(functions)}")] if functions else []),
        *([Line("import numpy as np")] if "np" in words else []),
    ]


def _results(program: Program) -> list[Line]:
    """Write lines that print the output and the gradient of every input."""
    lines = program.lines
    if lines.start is None:
        return []
    output = lines.data[lines.start]
    printed = [Line(f'print("{output} =", {output})', lines.start[0])]
    for node_id in program.inputs:
        name, grad = lines.data[node_id, 0], lines.grads[node_id, 0]
        printed.append(Line(f'print("{name}.grad =", {grad})', node_id))
    return printed


def _gives_the_numbers(program: Program, graph: Graph, trace: Trace) -> bool:
    """Return whether the program, on Python's floats and on arrays, gives the numbers of the engine."""
    values = [_value(graph.node(node_id)) for node_id in program.inputs]
    if not any(isinstance(value, float) for value in values) and not any(map(_is_constant, graph.nodes())):
        return True  # arrays alone, with which NumPy computes as in the engine
    if trace.stale or trace.variant is not Variant.STEP_16 or trace.sweeps != (trace.output,):
        trace = evaluate(graph)
    try:
        numbers = program.function(*values)
    except (ArithmeticError, ValueError, TypeError):
        return False
    for (node_id, output), (place, grad_place) in program.places.items():
        found = trace.nodes[node_id]
        pairs: list[Any] = [(numbers[place], None if found.data is None else found.data[output])]
        pairs += [] if grad_place is None else [(numbers[grad_place], found.grad[output])]
        known = [pair for pair in pairs if not is_hidden_array(pair[1])]
        if not all(right is not None and np.allclose(number, right, _TOLERANCE, 0.0, True) for number, right in known):
            return False
    return True


def _in_numpy(graph: Graph, line: Line) -> Line:
    """Return a line of the forward pass whose constant is NumPy's."""
    if line.node is None or not _is_constant(graph.node(line.node)):
        return line
    name, _, number = line.text.partition(" = ")
    return Line(f"{name} = np.float64({number})", line.node)


def _is_constant(node: Node) -> bool:
    return node.function is Constant


def _value(node: Node) -> Any:
    assert node.value is not None
    return to_array(node.value) if isinstance(node.value, tuple) else node.value


def _number(node: Node, in_numpy: bool) -> str:
    assert node.value is not None
    value = python_text(node.value)
    if isinstance(node.value, tuple):
        return f"np.array({value})"
    return f"np.float64({value})" if in_numpy else value
