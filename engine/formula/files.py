"""Open a Python script or a notebook as the graph that it makes; it is parsed, and nothing of it runs."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from engine.document import Graph
from engine.errors import DocumentError, FormulaError
from engine.formula.reader import graph_in_pieces
from engine.formula.typed_text import is_script
from engine.limits import MAX_DOCUMENT_BYTES, MAX_SCRIPT_LENGTH
from engine.messages import say, say_count
from engine.pieces import Pieces, finish

_MAGIC: Final = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)
"""What a notebook says to its own program, and no Python is."""


def script_in(text: bytes | str, name: str = "") -> str | None:
    """Return the script that a file holds: its text, or the code of a notebook's cells; None for any other file.

    `name` is the file's name, if it is known.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
    if text.lstrip()[:1] == "{":
        return _code_of_notebook(text)
    return text if name.lower().endswith(".py") or is_script(text) else None


def graph_of_script(script: str) -> Graph:
    """Return the graph that a script makes, with the output that it differentiates; raises DocumentError.

    The error names the line of what a graph cannot hold.
    """
    return finish(script_in_pieces(script))


def script_in_pieces(script: str) -> Pieces[Graph]:
    """Do the same as `graph_of_script` in pieces."""
    if len(script) > MAX_SCRIPT_LENGTH:
        raise DocumentError(
            say_count(
                "The script has {count} character; the limit is {limit}.",
                "The script has {count} characters; the limit is {limit}.",
                len(script),
                limit=MAX_SCRIPT_LENGTH,
            )
        )
    try:
        return (yield from graph_in_pieces(script, Graph(), script=True))
    except FormulaError as error:
        raise DocumentError(say("Line {line}: {sentence}", line=error.line, sentence=error)) from None


def _code_of_notebook(text: str) -> str | None:
    if len(text) > MAX_DOCUMENT_BYTES or '"cells"' not in text:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    cells = document.get("cells") if isinstance(document, dict) and "nbformat" in document else None
    if not isinstance(cells, list):
        return None
    code = [_source_of(cell) for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    return _MAGIC.sub("", "\n".join(code)).encode("utf-8", "replace").decode()


def _source_of(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))
