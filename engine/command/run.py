"""The command: read what is to be run, run it, print what was asked for; what refuses it is said in one sentence."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from engine.autograd import Variant
from engine.command.printed import as_json, steps, table
from engine.document import Graph, from_json
from engine.edits import SetValue, apply
from engine.errors import DocumentError, EditError, PlaygroundError
from engine.evaluation import evaluate, masked_trace
from engine.formula import graph_of_formula, graph_of_script, script_in
from engine.limits import MAX_DOCUMENT_BYTES
from engine.messages import best_language, say, using_language

OPENED: Final = "PLAYGROUND_OPEN"
"""The name of the environment's variable that holds a file; a page that is opened without a link begins with it."""
_REFUSED: Final = 2
"""The exit code for what is not understood, as argparse has it."""
_STANDARD_INPUT: Final = "-"


def main(arguments: Sequence[str] | None = None, program: str = "python -m engine") -> int:
    """Run what the arguments say, and return the exit code: 0, or 2 where something is refused.

    The language is that of the environment, `LC_ALL`, `LC_MESSAGES` or `LANG`.
    """
    environment = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    with using_language(best_language([each.partition(".")[0].replace("_", "-") for each in environment])):
        asked = _parser(program).parse_args(arguments)
        try:
            print(_run(asked))
        except PlaygroundError as error:
            print(error, file=sys.stderr)
            return _REFUSED
        except BrokenPipeError:  # whoever reads has read enough, as `head` does
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 -- Python closes it at the very end
    return 0


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        program, description=say("Run a graph forward and backward, and print its numbers.")
    )
    parser.add_argument(
        "graph",
        help=say(
            "a formula, or a file with a formula, a script, a notebook or a saved graph; - reads what is piped in"
        ),
    )
    parser.add_argument(
        "values", nargs="*", metavar="name=value", help=say("the value of an input, such as x=2 or x=[1,2]")
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--steps", action="store_true", help=say("print forward and backward, one Function at a time"))
    shown.add_argument("--json", action="store_true", help=say("print JSON, with all digits"))
    parser.add_argument(
        "--engine",
        choices=[each.value.removeprefix("step ") for each in Variant],
        default=Variant.STEP_16.value.removeprefix("step "),
        help=say("the step of the book whose Backward runs; 16 is correct"),
    )
    return parser


def _run(asked: argparse.Namespace) -> str:
    graph = _with_values(_graph_of(asked.graph), asked.values)
    trace = evaluate(graph, variant=Variant(f"step {asked.engine}"))
    trace = masked_trace(graph, trace, graph.hidden)  # a file may ask for a number
    write = as_json if asked.json else steps if asked.steps else table
    return write(graph, trace)


def _graph_of(text: str) -> Graph:
    """Return the graph of a file, of what is piped in, or of a formula; raises PlaygroundError."""
    if text == _STANDARD_INPUT:
        return _graph_in(sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1), "")
    path = Path(text)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # a formula that is too long for a file's name, or holds what no name may hold
        is_file = False
    return graph_in_file(path) if is_file else graph_of_formula(text, Graph())


def graph_to_open() -> Graph | None:
    """Return the graph of the file that the environment names, or None where it names none; raises PlaygroundError."""
    named = os.environ.get(OPENED, "")
    return graph_in_file(Path(named)) if named else None


def graph_in_file(path: Path) -> Graph:
    """Return the graph of a file: a saved graph, a script, a notebook or a formula; raises PlaygroundError."""
    try:
        with path.open("rb") as file:
            return _graph_in(file.read(MAX_DOCUMENT_BYTES + 1), path.name)
    except OSError as error:
        raise DocumentError(say("{file} cannot be read: {reason}.", file=path.name, reason=error.strerror)) from None


def _graph_in(content: bytes, name: str) -> Graph:
    script = script_in(content, name)
    if script is not None:
        return graph_of_script(script)
    if content.lstrip()[:1] == b"{" or len(content) > MAX_DOCUMENT_BYTES:
        return from_json(content)
    try:
        return graph_of_formula(content.decode("utf-8-sig").strip(), Graph())
    except UnicodeDecodeError:
        raise DocumentError(say("The file is not text in UTF-8.")) from None


def _with_values(graph: Graph, values: Sequence[str]) -> Graph:
    for given in values:
        name, equals, value = given.partition("=")
        node = graph.node_named(name.strip())
        if not equals:
            raise EditError(
                say("{given} is no value: write name=value, such as x=2.", given=json.dumps(given, ensure_ascii=False))
            )
        if node is None:
            raise EditError(say("There is no input named {name}.", name=name.strip()))
        graph = apply(graph, SetValue(node=node.id, value=value))
    return graph
