"""The compiled program of a graph as a script that runs by itself: no engine, no Variables, no Functions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.document import Graph, Node, to_json_value
from engine.errors import SymbolError
from engine.evaluation import Trace
from engine.messages import say
from engine.replay import MATH_NAMES, Line, Program, compile_graph

_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")


def program_script(graph: Graph, trace: Trace) -> list[Line]:
    """Write the program of a graph, the values of its inputs before it and the results printed after it.

    `trace` is a trace of `graph`. A node that waits or cannot be computed is a comment. If the rule of an op cannot be
    written as lines, the script is one comment that says so.
    """
    try:
        program = compile_graph(graph, trace)
    except SymbolError as error:
        return [Line(f"# {error}")]
    lines = program.lines
    values = [Line(f"{lines.data[node_id, 0]} = {_number(graph.node(node_id))}", node_id) for node_id in program.inputs]
    waiting = [
        Line("# " + say("{name}: {message}", name=graph.node(node_id).name, message=found.message), node_id)
        for node_id, found in trace.nodes.items()
        if found.state in ("waiting", "error") and (node_id, 0) not in program.places
    ]
    code = [*lines.forward, *lines.backward]
    parts = [
        _imports([*values, *code]),
        values,
        [Line("# " + say("forward")), *lines.forward, *waiting] if lines.forward or waiting else [],
        [Line("# " + say("backward")), *lines.backward] if lines.backward else [],
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


def _number(node: Node) -> str:
    assert node.value is not None
    value = repr(to_json_value(node.value))
    return f"np.array({value})" if isinstance(node.value, tuple) else value
