"""Follow the engine's own lines while they run, so that a class sees the source and not a copy of it."""

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
    """Hold a function's lines as they stand in its file; `first` is the number of the first one."""

    first: int
    lines: tuple[str, ...]


@cache
def listing_of(function: Callable[..., Any]) -> Listing:
    """Return a function's source without its docstring, which the class does not see run."""
    lines, first = inspect.getsourcelines(function)
    text = textwrap.dedent("".join(lines))
    definition = ast.parse(text).body[0]
    assert isinstance(definition, ast.FunctionDef)
    shown = text.splitlines()
    if ast.get_docstring(definition) is not None:
        docstring = definition.body[0]
        # Blank and not cut out: a line's place is its number.
        for place in range(docstring.lineno - 1, docstring.end_lineno or docstring.lineno):
            shown[place] = ""
    return Listing(first, tuple(shown))


@contextmanager
def watching(function: Callable[..., Any]) -> Iterator[list[int]]:
    """Collect the numbers of a function's lines as they run, in order, those of functions inside it among them."""
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
