"""The graph document as JSON: checked once, here, whatever it comes from.

Version 3: {"format": "backprop-playground", "version": 3, "nodes": […], "edges": […], "output": null | {…}}.
It may also hold "blocks", "training", "hidden": [["n1", "grad", 0], …], the numbers that are not shown, and
"ranges": [["n1", -5, 5, 0], …], from where to where each student's own numbers are drawn, and "lesson", what is asked
about the graph, in characters that `engine.lessons` reads.
Earlier ones are still read: in version 2 no input had a role; in version 1 no op had parameters, and Pow was what Power
is now.
"""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from pydantic import ValidationError

from engine import limits
from engine.autograd import to_json_parameters
from engine.document.document_models import DocumentModel
from engine.document.fields import (
    BROKEN_TEXT,
    INPUT,
    describe,
    holds_broken_text,
)
from engine.document.found import in_words
from engine.document.graph import Block, Graph, Node
from engine.document.quantities import to_json_quantity
from engine.document.ranges import to_json_range
from engine.document.sound_graph import elements_of, sound_graph
from engine.document.training import to_training_document
from engine.document.values import to_json_value
from engine.errors import DocumentError
from engine.messages import listed, say
from engine.pieces import Pieces, between, finish

FORMAT: Final = "backprop-playground"
VERSION: Final = 3
READ_VERSIONS: Final = (1, 2, VERSION)
_READABLE_ELEMENTS: Final = 2_000
"""Up to here a file is written line by line, for people."""


def to_document(graph: Graph, lesson: str = "") -> dict[str, Any]:
    """Return the graph as a document that JSON can carry; what there is not, such as blocks, it leaves out.

    `lesson` is a lesson that travels with the graph, in the characters that `engine.lessons` makes of it.
    """
    blocks = {"blocks": [to_block_document(block) for block in graph.blocks]} if graph.blocks else {}
    return {
        "format": FORMAT,
        "version": VERSION,
        "nodes": list(map(to_node_document, graph.nodes())),
        "edges": [
            {"from": edge.source, "output": edge.output, "to": edge.target, "port": edge.port} for edge in graph.edges()
        ],
        "output": None if graph.output is None else {"node": graph.output[0], "output": graph.output[1]},
        **blocks,
        **({"hidden": [to_json_quantity(each) for each in sorted(graph.hidden)]} if graph.hidden else {}),
        **({"ranges": [to_json_range(*each) for each in graph.ranges.items()]} if graph.ranges else {}),
        **({} if graph.training is None else {"training": to_training_document(graph.training)}),
        **({"lesson": lesson} if lesson else {}),
    }


def to_node_document(node: Node) -> dict[str, Any]:
    """Return a node as it stands in a document."""
    return {
        "id": node.id,
        "op": node.op or INPUT,
        "name": node.name,
        "value": None if node.value is None else to_json_value(node.value),
        "parameters": to_json_parameters(node.parameters),
        "position": [node.x, node.y],
        **({"named": True} if node.is_named else {}),
        **({"written": node.written} if node.written else {}),
        **({} if node.role is None else {"role": node.role}),
    }


def to_block_document(block: Block) -> dict[str, Any]:
    """Return a block as it stands in a document."""
    return {
        "id": block.id,
        "name": block.name,
        "nodes": list(block.members),
        "open": block.is_open,
        "inputs": [[list(port) for port in group] for group in block.inputs],
        "outputs": [list(output) for output in block.outputs],
    }


def to_json(graph: Graph, lesson: str = "") -> str:
    """Return the graph as JSON text that `from_json` reads back exactly; one with long arrays on a single line."""
    indent, separators = (1, None) if elements_of(graph) <= _READABLE_ELEMENTS else (None, (",", ":"))
    return json.dumps(
        to_document(graph, lesson), ensure_ascii=False, indent=indent, separators=separators, allow_nan=False
    )


def from_json(text: str | bytes) -> Graph:
    """Read a graph from JSON text; raises DocumentError, which names the place."""
    return finish(json_in_pieces(text))


def json_in_pieces(text: str | bytes) -> Pieces[Graph]:
    """Do the same as `from_json` in pieces."""
    document = parsed_json(text)
    yield 0.3
    return (yield from between(0.3, 1.0, document_in_pieces(document)))


def parsed_json(text: str | bytes) -> Any:
    """Return what the text of a file says, within the limits; raises DocumentError where it is no JSON."""
    if len(text) > limits.MAX_DOCUMENT_BYTES or _bytes_of(text) > limits.MAX_DOCUMENT_BYTES:
        raise DocumentError(
            say("The file is larger than {limit} bytes, the limit for a graph.", limit=limits.MAX_DOCUMENT_BYTES)
        )
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise DocumentError(say("The file is not text in UTF-8, so it is not a saved graph.")) from None
    except json.JSONDecodeError as error:
        start = text.lstrip()[:1]
        if not start:
            raise DocumentError(say("The file is empty.")) from None
        if start not in ("{", "[", b"{", b"["):
            raise DocumentError(
                say("This is none of what can be opened: a saved graph, a lesson, a script, a notebook or a table.")
            ) from None
        raise DocumentError(
            say("The file is not JSON: line {line}, column {column}.", line=error.lineno, column=error.colno)
        ) from None
    except (ValueError, RecursionError):
        raise DocumentError(
            say("The file is not JSON that can be read: a number too long or nested too deeply.")
        ) from None


def from_document(document: Any) -> Graph:
    """Read a graph from parsed JSON; raises DocumentError, which names the place."""
    return finish(document_in_pieces(document))


def document_in_pieces(document: Any) -> Pieces[Graph]:
    """Do the same as `from_document` in pieces."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DocumentError(
            say("This is not a graph of the playground: it does not say “format”: “{format}”.", format=FORMAT)
        )
    if holds_broken_text(document):
        raise DocumentError(say(BROKEN_TEXT))
    version = document.get("version")
    if version not in READ_VERSIONS or isinstance(version, bool):
        raise DocumentError(
            say(
                "The version is {version}, and this playground reads versions {read}.",
                version=in_words(version),
                read=listed(READ_VERSIONS),
            ),
            "version",
        )
    try:
        model = DocumentModel.model_validate(document)
    except ValidationError as error:
        place, sentence = describe(error)
        raise DocumentError(sentence, place) from None
    except RecursionError:
        raise DocumentError(say("The document is nested too deeply.")) from None
    yield 0.7
    return sound_graph(model)


def _bytes_of(text: str | bytes) -> int:
    return len(text) if isinstance(text, bytes) or text.isascii() else len(text.encode("utf-8", "replace"))


def _refuse_constant(name: str) -> NoReturn:
    raise DocumentError(say("The file holds {name}, and a graph holds finite numbers only.", name=name))
