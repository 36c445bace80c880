"""The blocks in the picture: frames around the open ones, and what the closed ones hide."""

from __future__ import annotations

from typing import Any

from components.picture.wires import label_local
from engine.autograd import to_json_parameters
from engine.document import Block, Graph, Value, sealed, shown, to_json_value
from engine.evaluation import NodeTrace, Trace
from engine.explain import block_derivatives_in_pieces
from engine.messages import is_hidden_array
from engine.pieces import Pieces


def blocks_of(graph: Graph, trace: Trace) -> dict[str, Any]:
    """Return the blocks, and the nodes and wires that the closed ones hide.

    The browser keeps the whole document, and gives names and ids that are not in use.
    """
    places = shown(graph)
    found: dict[str, Any] = {"blocks": {block.id: _block(graph, block, places) for block in graph.blocks}}
    hidden = [node for node in graph.nodes() if places[node.id] != node.id]
    if not hidden:
        return found
    nodes: dict[str, dict[str, Any]] = {}
    for node in hidden:
        nodes[node.id] = {"op": node.op or "Input", "name": node.name, "x": node.x, "y": node.y}
        if node.value is not None:
            nodes[node.id]["value"] = sent_value(node.value, trace.nodes[node.id])
        if node.written and not is_sealed(trace.nodes[node.id]):
            nodes[node.id]["written"] = node.written
        if node.is_named:
            nodes[node.id]["named"] = True
        if node.role is not None:
            nodes[node.id]["role"] = node.role
        if node.parameters:
            nodes[node.id]["parameters"] = list(to_json_parameters(node.parameters).items())
    edges = {
        f"{edge.target}:{edge.port}": {"from": edge.source, "output": edge.output, "to": edge.target, "port": edge.port}
        for edge in graph.edges()
        if edge.source in nodes or edge.target in nodes
    }
    return {**found, "inside": {"nodes": nodes, "edges": edges, "order": graph.topological_order()}}


def sent_value(value: Value, result: NodeTrace) -> Any:
    """Return an input's value as the browser keeps it: one that is hidden is sealed."""
    return sealed(value) if is_sealed(result) else to_json_value(value)


def is_sealed(result: NodeTrace) -> bool:
    """Return whether a node's value is hidden, and with it the way in which somebody wrote it."""
    return any(map(is_hidden_array, result.data or ()))


def write_derivatives(edges: dict[str, dict[str, Any]], graph: Graph, trace: Trace) -> Pieces[None]:
    """Write on each wire into a closed block the derivatives of the block's outputs by what the wire brings."""
    for place in dict.fromkeys(shown(graph).values()):
        block = graph.block(place)
        if block is None or _states_hidden(graph, trace, block):
            continue
        derivatives = yield from block_derivatives_in_pieces(graph, block, trace)
        for port, by_output in enumerate(derivatives or ()):
            edge = f"{place}:{port}"
            edges[edge] = label_local(edges[edge], by_output)


def _states_hidden(graph: Graph, trace: Trace, block: Block) -> bool:
    """Return whether a number in a block, or one that comes into it, is hidden."""
    sources = {wire.source for member in block.members for wire in graph.wires_into(member).values()}
    found = [trace.nodes[node_id] for node_id in {*block.members, *sources}]
    return any(is_hidden_array(array) for each in found for array in (*(each.data or ()), *each.grad))


def _block(graph: Graph, block: Block, places: dict[str, str]) -> dict[str, Any]:
    around = list(dict.fromkeys(places[member] for member in block.members))
    blocks = [other for place in around if (other := graph.block(place)) is not None]
    # A closed block stands for itself, and a larger one that is closed for all within it.
    has_frame = all(len(other.members) < len(block.members) for other in blocks)
    return {
        "name": block.name,
        "nodes": list(block.members),
        "open": block.is_open,
        "inputs": [[list(port) for port in group] for group in block.inputs],
        "outputs": [list(output) for output in block.outputs],
        # What the frame of an open block stands around; none where a closed block hides it.
        "frame": around if has_frame else [],
    }
