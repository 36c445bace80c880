"""A graph in a few hundred characters that may stand in a link.

The characters are base64url of zlib of a JSON array: version, settings, nodes, wires by the nodes' places, output, and
where there are some, blocks and an object with what else a link says (`link_fields`).
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass, field
from typing import Any, Final

from engine.autograd import Variant, to_json_parameters
from engine.document.fields import INPUT
from engine.document.graph import Graph, Node
from engine.document.link_fields import LinkFields, read_link_fields
from engine.document.schema import FORMAT, READ_VERSIONS, VERSION, from_document
from engine.document.training import to_training_document
from engine.document.values import to_json_value
from engine.errors import DocumentError, LimitError
from engine.limits import MAX_DOCUMENT_BYTES, MAX_LINK_LENGTH
from engine.messages import say, say_count
from engine.pieces import Pieces, finish

_LINK_VERSION: Final = VERSION
_COMPRESSED_AT_ONCE: Final = 256_000
# The right variant first: links that say nothing of variants mean it.
_VARIANTS: Final = (Variant.STEP_16, Variant.STEP_14, Variant.STEP_13)


@dataclass(frozen=True)
class Link:
    """Hold what a link holds: the graph, its settings, and how it is looked at."""

    graph: Graph
    automatic: bool = True
    variant: Variant = Variant.STEP_16
    fields: LinkFields = field(default_factory=LinkFields)


def to_link(
    graph: Graph, *, automatic: bool = True, variant: Variant = Variant.STEP_16, fields: LinkFields | None = None
) -> str:
    """Return the graph and its settings as characters for a link; raises LimitError when they are too many."""
    return finish(to_link_in_pieces(Link(graph, automatic, variant, fields or LinkFields())))


def to_link_in_pieces(link: Link) -> Pieces[str]:
    """Do the same as `to_link` in pieces."""
    graph = link.graph
    places = {node.id: place for place, node in enumerate(graph.nodes())}
    nodes = []
    for node in graph.nodes():
        entry: list[Any] = [node.op or INPUT, node.name, _short(node.x), _short(node.y)]
        if node.value is not None:
            entry.append(to_json_value(node.value))
        elif (more := _changed_parameters(node)) or node.is_named:
            entry.append(more)
        if node.is_named or node.written:
            entry.append(node.written or 1)
        nodes.append(entry)
        yield 0.1
    edges = [[places[edge.source], edge.output, places[edge.target], edge.port] for edge in graph.edges()]
    output = None if graph.output is None else [places[graph.output[0]], graph.output[1]]
    settings = int(link.automatic) + 2 * _VARIANTS.index(link.variant)
    whole = [_LINK_VERSION, settings, nodes, edges, output, *_rest(graph, places, link.fields)]
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    compressor, packed = zlib.compressobj(9), b""
    for start in range(0, len(text), _COMPRESSED_AT_ONCE):
        yield 0.2 + 0.8 * start / len(text)
        packed += compressor.compress(text[start : start + _COMPRESSED_AT_ONCE])
    characters = base64.urlsafe_b64encode(packed + compressor.flush()).decode().rstrip("=")
    if len(characters) > MAX_LINK_LENGTH:
        raise LimitError(
            say_count(
                "The graph is too large for a link ({count} character): save it as a file instead.",
                "The graph is too large for a link ({count} characters): save it as a file instead.",
                len(characters),
            )
        )
    return characters


def _rest(graph: Graph, places: dict[str, int], fields: LinkFields) -> list[Any]:
    """Return what not every link has: the blocks, and by their names the numbers that are hidden, ranges and fields."""
    hidden = [[places[each.node], int(each.kind == "grad"), each.output] for each in sorted(graph.hidden)]
    ranges = [[places[node_id], _short(r.low), _short(r.high), r.decimals] for node_id, r in graph.ranges.items()]
    roles = [[places[node.id], node.role] for node in graph.nodes() if node.role is not None]
    beside = {"hidden": hidden, "ranges": ranges, "roles": roles, "training": _packed_training(graph, places)}
    named = {**{name: each for name, each in beside.items() if each}, **fields.written()}
    return [*([_packed(graph, places)] if graph.blocks else []), *([named] if named else [])]


def _packed(graph: Graph, places: dict[str, int]) -> list[Any]:
    """Return the blocks: name, open, members, ports, outputs, with the nodes' places for their ids."""
    return [
        [
            block.name,
            int(block.is_open),
            [places[member] for member in block.members],
            [[[places[node_id], port] for node_id, port in group] for group in block.inputs],
            [[places[node_id], output] for node_id, output in block.outputs],
        ]
        for block in graph.blocks
    ]


def _packed_training(graph: Graph, places: dict[str, int]) -> list[Any]:
    """Return the table and the settings of training, without how far it has come; nothing where there is none."""
    if graph.training is None:
        return []
    written = to_training_document(graph.training.before_the_first())
    columns = {str(places[node_id]): cells for node_id, cells in written["columns"].items()}
    names = ("first", "count", "optimizer", "rate", "momentum", "clears")
    return [columns, *(written[name] for name in names)]


def from_link(characters: str) -> tuple[Graph, bool, Variant]:
    """Read a graph, whether it computes automatically, and by which variant, from a link; raises DocumentError."""
    link = read_link(characters)
    return link.graph, link.automatic, link.variant


def read_link(characters: str) -> Link:
    """Read all that a link holds; raises DocumentError."""
    if len(characters) > MAX_LINK_LENGTH:
        raise DocumentError(say("The link is damaged: it is longer than any that the playground makes."))
    try:
        packed = base64.b64decode(characters + "=" * (-len(characters) % 4), altchars=b"-_", validate=True)
        text = zlib.decompressobj().decompress(packed, MAX_DOCUMENT_BYTES)
        version, settings, nodes, edges, output, *more = json.loads(text)
        if version not in READ_VERSIONS or isinstance(version, bool):
            raise DocumentError(
                say(
                    "The link is of version {version}, which this playground does not read.",
                    version=str(version)[:20],
                )
            )
        automatic, variant = settings % 2 == 1, _VARIANTS[settings // 2]
        blocks, named = _lists_and_names(*more)
        document = _document(version, nodes, edges, output) | _unpacked_rest(blocks, named)
        for place, role in named.get("roles", ()):
            document["nodes"][place]["role"] = role
        fields = read_link_fields(named)
    except (binascii.Error, zlib.error, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise DocumentError(say("The link is damaged: it does not hold a whole graph.")) from None
    return Link(from_document(document), automatic, variant, fields)


def _lists_and_names(*more: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the blocks, and what stands in a link by its name."""
    blocks = more[0] if more and isinstance(more[0], list) else []
    rest = more[1:] if more and isinstance(more[0], list) else more
    named = rest[0] if rest else {}
    if len(rest) > 1 or not isinstance(named, dict):
        raise TypeError(more)
    return blocks, named


def _changed_parameters(node: Node) -> dict[str, Any]:
    """Return the parameters that are not at their defaults."""
    assert node.function is not None
    defaults = node.function.defaults()
    changed = {
        name: value
        for name, value in to_json_parameters(node.parameters).items()
        if defaults[name] != node.parameters[name]
    }
    return {name: _short(value) if isinstance(value, float) else value for name, value in changed.items()}


def _document(version: int, nodes: Any, edges: Any, output: Any) -> dict[str, Any]:
    """Write a link's contents as a document; what is wrong in them is found when the document is read."""
    return {
        "format": FORMAT,
        "version": version,
        "nodes": [
            {
                "id": f"n{place}",
                "op": op,
                "name": name,
                "value": more[0] if more and op == INPUT else None,
                "parameters": more[0] if more and op != INPUT else {},
                "position": [x, y],
                **_told(op, *more[1:]),
            }
            for place, (op, name, x, y, *more) in enumerate(nodes, start=1)
        ],
        "edges": [
            {"from": f"n{source + 1}", "output": source_output, "to": f"n{target + 1}", "port": port}
            for source, source_output, target, port in edges
        ],
        "output": None if output is None else {"node": f"n{output[0] + 1}", "output": output[1]},
    }


def _unpacked_rest(blocks: list[Any], named: dict[str, Any]) -> dict[str, Any]:
    """Return what not every link has, as a document has it."""
    found: dict[str, Any] = {"blocks": _unpacked(blocks)} if blocks else {}
    if hidden := named.get("hidden"):
        found["hidden"] = [[f"n{node + 1}", "grad" if is_grad else "data", output] for node, is_grad, output in hidden]
    if ranges := named.get("ranges"):
        found["ranges"] = [[f"n{node + 1}", low, high, decimals] for node, low, high, decimals in ranges]
    if "training" in named:
        columns, first, count, optimizer, rate, momentum, clears = named["training"]
        found["training"] = {
            "columns": {f"n{int(place) + 1}": cells for place, cells in columns.items()},
            "first": first,
            "count": count,
            "optimizer": optimizer,
            "rate": rate,
            "momentum": momentum,
            "clears": clears,
        }
    return found


def _unpacked(blocks: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": f"b{place}",
            "name": name,
            "open": is_open == 1,
            "nodes": [f"n{member + 1}" for member in members],
            "inputs": [[[f"n{node + 1}", port] for node, port in group] for group in inputs],
            "outputs": [[f"n{node + 1}", output] for node, output in outputs],
        }
        for place, (name, is_open, members, inputs, outputs) in enumerate(blocks, start=1)
    ]


def _told(op: str, *told: Any) -> dict[str, Any]:
    """Return what a link tells of how an input's value was written, or that somebody gave an op its name."""
    if not told:
        return {}
    return {"written": told[0]} if op == INPUT else {"named": told[0] == 1}


def _short(number: float) -> float | int:
    """Write a whole number without its ".0"; every character counts in a link."""
    return int(number) if number == int(number) else number
