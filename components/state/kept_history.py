"""What Undo and Redo would do, as texts that a browser keeps over a reload and a restart of the server.

Each text holds one gesture and the difference between two graphs, so that a history stays small: how to come from the
graph after the gesture to the one before, or for Redo the other way. It is read only when somebody undoes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field

from engine.document import (
    Graph,
    Node,
    Strict,
    elements_of_inputs,
    from_document,
    holds_broken_text,
    to_block_document,
    to_document,
    to_json_quantity,
    to_json_range,
    to_node_document,
    to_training_document,
)
from engine.errors import DocumentError
from engine.messages import say

GESTURES_TOLD: Final = 60
HISTORY_CHARACTERS: Final = 60_000
"""Of all texts together; what does not fit is no longer undone after a reload."""

AS_BESIDE: Final = True
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))

Text = Annotated[str, Field(strict=True, max_length=HISTORY_CHARACTERS)]


class KeptHistory(Strict):
    """Hold the texts: of the past the oldest first, of the future the one that Redo would do first."""

    past: Annotated[tuple[Text, ...], Field(max_length=GESTURES_TOLD)] = ()
    future: Annotated[tuple[Text, ...], Field(max_length=GESTURES_TOLD)] = ()


@dataclass(frozen=True)
class Told:
    """Hold what stands in a text."""

    label: str
    number: int | None
    lesson: int | str | bool | None
    """How the lesson is referred to (`lesson_references`); `AS_BESIDE` for that of the graph beside it."""
    opening: int
    """By how much the opening differs from that of the graph beside it."""
    difference: dict[str, Any]


def written(told: Told) -> str:
    """Return the text that holds this."""
    return _ENCODER.encode(vars(told))


def read(text: str) -> Told:
    """Return what a text holds; raises DocumentError where it holds something else."""
    try:
        data = json.loads(text)
        told = Told(**data)
        sound = isinstance(told.label, str) and isinstance(told.opening, int) and isinstance(told.difference, dict)
        sound = sound and (told.number is None or type(told.number) is int)
        sound = sound and isinstance(told.lesson, int | str | None) and told.lesson is not False
        if sound and not holds_broken_text(data):
            return told
    except (ValueError, TypeError, RecursionError):
        pass
    raise DocumentError(say("What was to be undone is damaged."))


def is_too_long(base: Graph, other: Graph) -> bool:
    """Return whether the numbers of what differs alone take more room than there is; such a text is not written."""
    # Each has a digit and a comma at least.
    return 2 * elements_of_inputs(_changed_nodes(base, other)) > HISTORY_CHARACTERS


def _changed_nodes(base: Graph, other: Graph) -> list[Node]:
    return [node for node in other.nodes() if node.id not in base or base.node(node.id) is not node]


def difference(base: Graph, other: Graph) -> dict[str, Any]:
    """Return what has to be changed in the document of one graph to have that of another."""
    # Only of changed nodes a document is made: one of all of them would be as long as the graph.
    documents = {node.id: to_node_document(node) for node in _changed_nodes(base, other)}
    before, order = [node.id for node in base.nodes()], [node.id for node in other.nodes()]
    found: dict[str, Any] = {"nodes": {**documents, **{node_id: None for node_id in before if node_id not in other}}}
    if order != before:
        found["order"] = order
    if base.wiring is not other.wiring and base.edges() != other.edges():
        found["edges"] = [
            {"from": edge.source, "output": edge.output, "to": edge.target, "port": edge.port} for edge in other.edges()
        ]
    if base.output != other.output:
        found["output"] = None if other.output is None else {"node": other.output[0], "output": other.output[1]}
    if base.blocks != other.blocks:
        found["blocks"] = [to_block_document(block) for block in other.blocks]
    if base.hidden != other.hidden:
        found["hidden"] = [to_json_quantity(each) for each in sorted(other.hidden)]
    if base.ranges != other.ranges:
        found["ranges"] = [to_json_range(*each) for each in other.ranges.items()]
    if base.training != other.training:
        found["training"] = _training_difference(base, other)
    return found


def _training_difference(base: Graph, other: Graph) -> dict[str, Any] | None:
    """Return the fields of the other's training that differ; a table that stays is not told again."""
    if other.training is None:
        return None
    written = to_training_document(other.training)
    before = {} if base.training is None else to_training_document(base.training)
    return {name: value for name, value in written.items() if name not in before or before[name] != value}


def changed(base: Graph, difference: Mapping[str, Any]) -> Graph:
    """Return the graph that differs so from another; raises DocumentError where there is none."""
    document = to_document(base)
    nodes = {node["id"]: node for node in document["nodes"]}
    try:
        nodes.update(difference.get("nodes", {}))
        order = difference.get("order", [node_id for node_id in nodes if nodes[node_id] is not None])
        document["nodes"] = [nodes[node_id] for node_id in order]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DocumentError(say("What was to be undone is damaged.")) from None
    for name in ("hidden", "ranges"):  # of a node that is gone nothing is known
        if name in document:
            document[name] = [each for each in document[name] if nodes.get(each[0]) is not None]
    document.update(
        {name: difference[name] for name in ("edges", "output", "blocks", "hidden", "ranges") if name in difference}
    )
    if "training" in difference:
        training = difference["training"]
        mended = {**document.get("training", {}), **training} if isinstance(training, dict) else None
        document["training"] = mended
    return from_document(document)
