"""Record which lines of the engine run, so that a class sees its real source and not a copy of it."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import CodeType, FrameType
from typing import Any


@dataclass(frozen=True)
class Listing:
    """Hold the lines of a function as they are in its file; `first` is the line number of the first one."""

    first: int
    lines: tuple[str, ...]


@cache
def listing_of(function: Callable[..., Any]) -> Listing:
    """Return the source of a function without what linters read; its docstring, which never runs, is left empty."""
    lines, first = inspect.getsourcelines(function)
    text = textwrap.dedent("".join(lines))
    definition = ast.parse(text).body[0]
    assert isinstance(definition, ast.FunctionDef)
    shown = [line.partition("  # noqa")[0] for line in text.splitlines()]
    if ast.get_docstring(definition) is not None:
        docstring = definition.body[0]
        # Emptied, not cut out: the place of a line in the listing gives its number.
        for place in range(docstring.lineno - 1, docstring.end_lineno or docstring.lineno):
            shown[place] = ""
    return Listing(first, tuple(shown))


@contextmanager
def watching(function: Callable[..., Any]) -> Iterator[list[int]]:
    """Collect the line numbers of a function as they run, in order; functions defined inside it are included."""
    watched = set(_codes(function.__code__))
    ran: list[int] = []

    def follow(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code not in watched:
            return None
        if event == "line":
            ran.append(frame.f_lineno)
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        yield ran
    finally:
        sys.settrace(before)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
