"""The edits of wires: connect, disconnect."""

from __future__ import annotations

from typing import Literal

from engine import limits
from engine.document import Edge, Graph, Id, Port, Strict, output_feeding
from engine.edits.node_lookup import existing_node, member_output_of, member_ports_of, name_in_label, name_shown
from engine.errors import CycleError, LimitError, PortError
from engine.messages import say, say_count

# Connect ----------------------------------------------------------------------------------------------------------


class Connect(Strict):
    """Lead an output to an input port; a wire that is there already is replaced."""

    type: Literal["connect"] = "connect"
    source: Id
    output: Port = 0
    target: Id
    port: Port


def apply_connect(graph: Graph, event: Connect) -> Graph:
    """Return the graph with one more wire; raises UnknownNodeError, PortError, CycleError and LimitError.

    Into the port of a block, wires lead to all members' ports that it feeds.
    """
    source, output = member_output_of(graph, event.source, event.output)
    for target, port in member_ports_of(graph, event.target, event.port):
        graph = _connected(graph, source, output, target, port)
    return graph


def label_connect(graph: Graph, event: Connect) -> str:
    """Return the label: "connect x → a"."""
    source, target = name_in_label(graph, event.source), name_in_label(graph, event.target)
    return say("connect {source} → {target}", source=source, target=target)


def _connected(graph: Graph, source_id: str, output: int, target_id: str, port: int) -> Graph:
    source, target = existing_node(graph, source_id), existing_node(graph, target_id)
    names = name_shown(graph, source.id), name_shown(graph, target.id)
    if output >= source.n_outputs:
        raise PortError(say("{name} has no output no. {number}.", name=source.name, number=output + 1), *names)
    if target.is_input:
        raise PortError(say("{name} is an input: nothing can be wired into it.", name=target.name), *names)
    if port >= len(target.ports):
        raise PortError(say("{name} has no input no. {number}.", name=target.name, number=port + 1), *names)
    if graph.leads_to(target.id, source.id):
        raise CycleError(_cycle_sentence(*names), *names)
    is_taken = port in graph.wires_into(target.id)
    if not is_taken and graph.network.number_of_edges() >= limits.MAX_EDGES:
        raise LimitError(
            say_count(
                "The graph has {count} wire, which is the limit.",
                "The graph has {count} wires, which is the limit.",
                limits.MAX_EDGES,
            ),
            *names,
        )
    return graph.with_edge(Edge(source.id, output, target.id, port))


def _cycle_sentence(source: str, target: str) -> str:
    if source == target:
        return say("{name} → {name} would close a cycle: it would feed itself.", name=source)
    return say(
        "{source} → {target} would close a cycle: {target} already leads to {source}.", source=source, target=target
    )


# Disconnect -------------------------------------------------------------------------------------------------------


class Disconnect(Strict):
    """Take the wire off an input port."""

    type: Literal["disconnect"] = "disconnect"
    target: Id
    port: Port


def apply_disconnect(graph: Graph, event: Disconnect) -> Graph:
    """Return the graph without a wire; raises UnknownNodeError, and PortError where no wire leads into the port."""
    for target_id, port in member_ports_of(graph, event.target, event.port):
        target = existing_node(graph, target_id)
        wire = graph.wires_into(target.id).get(port)
        if wire is None:
            name = name_shown(graph, target.id)
            number = event.port + 1
            raise PortError(say("No wire leads into input no. {number} of {name}.", number=number, name=name), name)
        graph = graph.without_edge(wire)
    return graph


def label_disconnect(graph: Graph, event: Disconnect) -> str:
    """Return the label: "disconnect x → a", or "disconnect a" where no wire leads into the port."""
    block = graph.block(event.target)
    port = (event.target, event.port)
    if block is not None:
        port = block.inputs[event.port][0] if event.port < len(block.inputs) else (block.members[0], -1)
    source, target = output_feeding(graph, port), name_in_label(graph, event.target)
    if source is None:
        return say("disconnect {target}", target=target)
    return say("disconnect {source} → {target}", source=name_in_label(graph, source[0]), target=target)
