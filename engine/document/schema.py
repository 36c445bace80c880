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
import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NoReturn

import networkx as nx
from pydantic import ValidationError

from engine import limits
from engine.autograd import check_parameters, find_op, to_json_parameters
from engine.document.blocks import find_fault, refreshed_blocks
from engine.document.document_models import BlockModel, DocumentModel, NodeModel
from engine.document.fields import (
    BROKEN_TEXT,
    INPUT,
    describe,
    holds_broken_text,
)
from engine.document.found import in_words
from engine.document.graph import Block, Edge, Graph, Node
from engine.document.quantities import Quantity, to_json_quantity
from engine.document.ranges import Range, to_json_range
from engine.document.training import Training, TrainingModel, to_training_document
from engine.document.typed_values import with_written
from engine.document.values import Value, shape_of, to_json_value
from engine.errors import DocumentError, ParameterError, TaskError
from engine.messages import listed, mark, say
from engine.pieces import Pieces, between, finish

FORMAT: Final = "backprop-playground"
VERSION: Final = 3
READ_VERSIONS: Final = (1, 2, VERSION)
_READABLE_ELEMENTS: Final = 2_000
"""Up to here a file is written line by line, for people."""
_RENAMED_SINCE_1: Final = {"Pow": "Power"}
_TWICE: Final = {
    "id": mark("the id “{key}” stands twice."),
    "name": mark("the name “{key}” stands twice."),
    "node": mark("the node “{key}” stands twice."),
    "port": mark("the wire into port “{key}” stands twice."),
}


def to_document(graph: Graph, lesson: str = "") -> dict[str, Any]:
    """Return the graph as a document that JSON can carry; what there is not, such as blocks, it leaves out.

    `lesson` is a lesson that travels with the graph, in the characters that `engine.lessons` makes of it.
    """
    blocks = {"blocks": [to_block_document(block) for block in graph.blocks]} if graph.blocks else {}
    return {
        "format": FORMAT,
        "version": VERSION,
        "nodes": [
            {
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
            for node in graph.nodes()
        ],
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


def elements_of(graph: Graph) -> int:
    """Return how many numbers the values of a graph hold together."""
    of_nodes = sum(math.prod(shape_of(node.value)) for node in graph.nodes() if node.value is not None)
    training = graph.training or Training()
    kept = [*training.start.values(), *(each for state in training.optimizer_state.values() for each in state.values())]
    values = [*kept, *(cell for cells in training.columns.values() for cell in cells)]
    return of_nodes + sum(math.prod(shape_of(value)) for value in values)


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
    return _sound_graph(model)


def _bytes_of(text: str | bytes) -> int:
    return len(text) if isinstance(text, bytes) or text.isascii() else len(text.encode("utf-8", "replace"))


def _refuse_constant(name: str) -> NoReturn:
    raise DocumentError(say("The file holds {name}, and a graph holds finite numbers only.", name=name))


def _sound_graph(model: DocumentModel) -> Graph:
    """Build the graph, refusing what the fields alone cannot tell: duplicates, dangling wires, cycles."""
    renamed = _RENAMED_SINCE_1 if model.version == 1 else {}
    nodes = [_node(node, f"nodes[{index}]", renamed) for index, node in enumerate(model.nodes)]
    _refuse_duplicates(((node.id, f"nodes[{i}].id") for i, node in enumerate(nodes)), "id")
    _refuse_duplicates(((node.name, f"nodes[{i}].name") for i, node in enumerate(nodes)), "name")
    by_id = {node.id: node for node in nodes}
    edges = []
    for index, edge in enumerate(model.edges):
        place = f"edges[{index}]"
        source, target = by_id.get(edge.source), by_id.get(edge.target)
        if source is None or target is None:
            missing = edge.source if source is None else edge.target
            raise DocumentError(say("there is no node with the id “{id}”.", id=missing), place)
        if edge.output >= source.n_outputs:
            raise DocumentError(
                say("{name} has no output no. {number}.", name=source.name, number=edge.output + 1), f"{place}.output"
            )
        if edge.port >= len(target.ports):
            raise DocumentError(
                say("{name} has no input no. {number}.", name=target.name, number=edge.port + 1), f"{place}.port"
            )
        edges.append(Edge(edge.source, edge.output, edge.target, edge.port))
    ends = ((f"{edge.target}:{edge.port}", f"edges[{i}]") for i, edge in enumerate(edges))
    _refuse_duplicates(ends, "port")
    output = None
    if model.output is not None:
        chosen = by_id.get(model.output.node)
        if chosen is None or model.output.output >= chosen.n_outputs:
            raise DocumentError(say("there is no such output to differentiate."), "output")
        output = (chosen.id, model.output.output)
    training = None if model.training is None else _sound_training(model.training, by_id)
    graph = Graph.of(nodes, edges, output, training=training)
    if (count := elements_of(graph)) > limits.MAX_ALL_ELEMENTS:
        raise DocumentError(
            say(
                "the arrays have {count} elements together; the limit is {limit}.",
                count=count,
                limit=limits.MAX_ALL_ELEMENTS,
            ),
            "nodes",
        )
    if not nx.is_directed_acyclic_graph(graph.network):
        cycle = [graph.node(step[0]).name for step in nx.find_cycle(graph.network)]
        raise DocumentError(say("the wires close a cycle: {cycle}.", cycle=" → ".join([*cycle, cycle[0]])), "edges")
    whole = graph if not model.blocks else _with_sound_blocks(graph, model.blocks)
    hidden = [Quantity(node_id, kind, output) for node_id, kind, output in model.hidden]
    if (unknown := next((place for place, each in enumerate(hidden) if not each.is_in(graph)), None)) is not None:
        raise DocumentError(say("there is no such number to hide."), f"hidden[{unknown}]")
    return whole.with_hidden(hidden).with_ranges(_ranges(graph, model))


def _ranges(graph: Graph, model: DocumentModel) -> dict[str, Range]:
    found = {}
    for place, (node_id, low, high, decimals) in enumerate(model.ranges):
        if node_id not in graph or not graph.node(node_id).is_input:
            raise DocumentError(say("there is no such input to draw numbers for."), f"ranges[{place}]")
        try:
            found[node_id] = Range(low, high, decimals)
        except TaskError as error:
            raise DocumentError(str(error), f"ranges[{place}]") from None
    return found


def _with_sound_blocks(graph: Graph, models: Sequence[BlockModel]) -> Graph:
    """Add the blocks, refusing unknown members and ports, names that are taken, and what cannot be a block."""
    places = [f"blocks[{index}]" for index in range(len(models))]
    for field in ("id", "name"):
        held = [(getattr(node, field), "nodes") for node in graph.nodes()]
        more = [(getattr(block, field), f"{place}.{field}") for block, place in zip(models, places, strict=True)]
        _refuse_duplicates([*held, *more], field)
    for block, place in zip(models, places, strict=True):
        _refuse_duplicates(((each, f"{place}.nodes") for each in block.nodes), "node")
        unknown = next((each for each in block.nodes if each not in graph), None)
        if unknown is not None:
            raise DocumentError(say("there is no node with the id “{id}”.", id=unknown), f"{place}.nodes")
        for what, count, ports in (
            ("inputs", lambda node: len(node.ports), [port for group in block.inputs for port in group]),
            ("outputs", lambda node: node.n_outputs, block.outputs),
        ):
            for node_id, index in ports:
                if node_id not in block.nodes or index >= count(graph.node(node_id)):
                    raise DocumentError(
                        say("no node of the block has the port {node}, {index}.", node=node_id, index=index),
                        f"{place}.{what}",
                    )
    blocks = tuple(Block(b.id, b.name, b.nodes, b.open, b.inputs, b.outputs) for b in models)
    fault = find_fault(graph, blocks)
    if fault is not None:
        raise DocumentError(fault[1], places[fault[0]])
    return graph.with_blocks(refreshed_blocks(graph.with_blocks(blocks)))


def _sound_training(model: TrainingModel, nodes: Mapping[str, Node]) -> Training:
    """Read a table of data, refusing columns of other lengths or shapes, and of what is no input."""
    training = model.training()
    for node_id, place in [
        *((node_id, f"training.columns.{node_id}") for node_id in training.columns),
        *((node_id, f"training.start.{node_id}") for node_id in training.start),
        *((node_id, f"training.memory.{node_id}") for node_id in training.optimizer_state),
    ]:
        node = nodes.get(node_id)
        if node is None:
            raise DocumentError(say("there is no node with the id “{id}”.", id=node_id), place)
        if not node.is_input:
            raise DocumentError(say("{name} is computed; this is for inputs.", name=node.name), place)
    for node_id, cells in training.columns.items():
        if len(cells) != training.rows or len({shape_of(cell) for cell in cells}) > 1:
            raise DocumentError(say("all columns need as many rows, of one shape."), f"training.columns.{node_id}")
    if training.columns and training.first + training.count > training.rows:
        raise DocumentError(say("there are not so many rows."), "training.count")
    return training


def _node(model: NodeModel, place: str, renamed: Mapping[str, str]) -> Node:
    value: Value | None = model.value
    if model.op == INPUT and value is None:
        raise DocumentError(say("an input needs a value."), f"{place}.value")
    if model.op != INPUT and value is not None:
        raise DocumentError(say("only an input has a value."), f"{place}.value")
    if model.op != INPUT and model.role is not None:
        raise DocumentError(say("only an input has a role."), f"{place}.role")
    if model.op == INPUT:
        if model.parameters:
            raise DocumentError(say("an input has no parameters."), f"{place}.parameters")
        x, y = model.position
        return with_written(Node(model.id, None, model.name, value, x=x, y=y, role=model.role), model.written)
    op = renamed.get(model.op, model.op)
    try:
        parameters = check_parameters(find_op(op), model.parameters)
    except ParameterError as error:
        raise DocumentError(str(error), f"{place}.parameters") from None
    return Node(model.id, op, model.name, None, MappingProxyType(parameters), *model.position, is_named=model.named)


def _refuse_duplicates(places: Iterable[tuple[str, str]], what: str) -> None:
    message, met = _TWICE[what], set[str]()
    for key, place in places:
        if key in met:
            raise DocumentError(say(message, key=key), place)
        met.add(key)
