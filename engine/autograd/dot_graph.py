"""A computational graph as Graphviz draws it (Saito, steps 25 and 26)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from engine.autograd.core import Function, Variable
from engine.errors import EngineError


def get_dot_graph(output: Variable, verbose: bool = True) -> str:
    """Return the graph that computes a Variable in Graphviz's language DOT.

    Variables are ellipses, Functions boxes. With `verbose`, shapes and types stand beside the names.
    """
    lines = [_variable(output, verbose)]
    drawn: set[Variable] = {output}
    met: set[Function | None] = {None}
    waiting = [output.creator]
    while waiting:
        function = waiting.pop()
        if function is None or function in met:
            continue
        met.add(function)
        lines.append(f'{id(function)} [label="{type(function).__name__}", shape=box, style=filled, color=lightblue]')
        for x in function.inputs:
            if x not in drawn:
                drawn.add(x)
                lines.append(_variable(x, verbose))
            lines.append(f"{id(x)} -> {id(function)}")
            waiting.append(x.creator)
        lines += [f"{id(function)} -> {id(y())}" for y in function.outputs if y() is not None]
    return "\n".join(["digraph g {", *(f"  {line}" for line in lines), "}\n"])


def plot_dot_graph(output: Variable, verbose: bool = True, to_file: str = "graph.png") -> None:
    """Draw the graph that computes a Variable into a file, in the format that its name ends in.

    Raises EngineError where Graphviz, which draws it, is not installed or does not know the format.
    """
    program = shutil.which("dot")
    if program is None:
        raise EngineError("plot_dot_graph needs Graphviz's program “dot”; get_dot_graph returns the text that it draws")
    text = get_dot_graph(output, verbose)
    drawn = subprocess.run(
        [program, f"-T{Path(to_file).suffix[1:]}", "-o", to_file],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    if drawn.returncode:
        raise EngineError(f"Graphviz could not draw {to_file}: {drawn.stderr.decode('utf-8', 'replace').strip()}")


def _variable(x: Variable, verbose: bool) -> str:
    told = [x.name or ""]
    if verbose and x.data is not None:
        told += [f"{x.shape} {x.dtype}"]
    label = ": ".join(filter(None, told)).replace("\\", "\\\\").replace('"', '\\"')
    return f'{id(x)} [label="{label}", style=filled, color=orange]'
