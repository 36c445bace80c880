"""The engine's own lines, as they stand in its files: shown beside the steps, with those that ran."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

from engine.autograd import Function, find_op, sweep
from engine.evaluation import Step, listing_of


@cache
def engine_sources() -> dict[str, Any]:
    """Return the lines of the engine that run forward and backward, as they stand in its files."""
    sources = {"forward": listing_of(Function.__call__), "backward": listing_of(sweep)}
    return {kind: {"first": source.first, "lines": list(source.lines)} for kind, source in sources.items()}


def telling_line(step: Step) -> int | None:
    """Return the last line that ran of those that did what the step is about; where none did, the last that ran."""
    telling = _telling_lines()[step.kind]
    return next((line for line in reversed(step.lines) if line in telling), step.lines[-1] if step.lines else None)


@cache
def _telling_lines() -> dict[str, frozenset[int]]:
    """Return the lines of the engine that compute outputs, set the seed, and set the gradient of an input."""
    return {
        "forward": _lines_that(Function.__call__, "self.forward("),
        "seed": _lines_that(sweep, "send(output, gy)"),
        "backward": _lines_that(sweep, "x._grad = "),
    }


def _lines_that(function: Callable[..., Any], does: str) -> frozenset[int]:
    """Return where in its file a function sets or calls something: `does` is "name = " or "name("."""
    source = listing_of(function)
    return frozenset(
        line
        for node in ast.walk(ast.parse("\n".join(source.lines)))
        if isinstance(node, ast.Assign | ast.Call) and ast.unparse(node).startswith(does)
        for line in range(source.first + node.lineno - 1, source.first + (node.end_lineno or node.lineno))
    )


@cache
def methods_of(op: str) -> dict[str, str]:
    """Return the source of an op's own forward and backward."""
    function = find_op(op)
    return {
        kind: textwrap.dedent(inspect.getsource(getattr(function, kind))).rstrip() for kind in ("forward", "backward")
    }
