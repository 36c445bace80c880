"""The graph as it is shown: a closed block is one node, and the wires of its members lead to its ports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from weakref import WeakKeyDictionary

import networkx as nx

from engine.document import (
    BLOCK_SIZE,
    NODE_HEIGHT,
    Block,
    Blocks,
    Graph,
    InputPort,
    Node,
    OutputPort,
    Size,
    Wiring,
    called,
    centre,
    output_feeding,
    shown,
)
from engine.evaluation.trace import NodeTrace, Trace
from engine.messages import say, say_count

BLOCK = "Block"
"""The `op` of a closed block."""
_LETTER: Final = 12.0
"""How much room a letter of a heading is given, in canvas units."""
_MARGIN: Final = 20.0
_WIDEST: Final = 440.0
_WORST_FIRST = ("error", "trouble", "waiting", "stale")


@dataclass(frozen=True)
class BlockNode(Node):
    """Stand for a closed block in the graph as it is shown."""

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    n_members: int = 0

    @property
    def size(self) -> Size:
        """Return how large it is drawn: its heading, the name and how many nodes it has, stands on one line."""
        letters = len(self.name) + len(say_count("{count} node", "{count} nodes", self.n_members)) + 1
        return min(max(BLOCK_SIZE[0], _LETTER * letters + _MARGIN), _WIDEST), NODE_HEIGHT

    def __post_init__(self) -> None:
        """Do nothing: a block has no parameters to check."""

    @cached_property
    def function(self) -> None:
        """Return None: a block is no op."""
        return

    @cached_property
    def ports(self) -> tuple[str, ...]:
        """Return the names of its input ports."""
        return self.inputs

    @cached_property
    def output_names(self) -> tuple[str, ...]:
        """Return the names of its outputs."""
        return self.outputs


_FOLDED: WeakKeyDictionary[Wiring, tuple[Blocks, Wiring]] = WeakKeyDictionary()


def fold(graph: Graph) -> Graph:
    """Return the graph with one node for each closed block; a closed block inside another one does not show.

    A graph without closed blocks is returned itself. Graphs with the same wiring and the same blocks share one folded
    wiring.
    """
    if all(block.is_open for block in graph.blocks):
        return graph
    known = _FOLDED.get(graph.wiring)
    if known is None or known[0] != graph.blocks:
        known = _FOLDED[graph.wiring] = (graph.blocks, _folded_wiring(graph))
    nodes: dict[str, Node] = {}
    for node_id, place in shown(graph).items():
        block = graph.block(place)
        if block is None:
            nodes[place] = graph.node(node_id)
        elif place not in nodes:
            nodes[place] = _block_node(graph, block)
    output = None if graph.output is None else shown_output(graph, graph.output)
    return Graph(nodes, known[1], output)


def _folded_wiring(graph: Graph) -> Wiring:
    places = shown(graph)
    network = nx.MultiDiGraph()
    network.add_nodes_from(dict.fromkeys(places.values()))
    for edge in graph.edges():
        target = shown_port(graph, (edge.target, edge.port), places)
        source = shown_output(graph, (edge.source, edge.output), places)
        if source[0] != target[0]:
            network.add_edge(source[0], target[0], key=target[1], output=source[1])
    return Wiring(network)


def shown_output(graph: Graph, output: OutputPort, places: dict[str, str] | None = None) -> OutputPort:
    """Return where an output is shown: itself, or the output of the closed block that it is in.

    An output that is hidden in the block is shown as the block's first. `places` is what `shown` returns, if known.
    """
    place = (shown(graph) if places is None else places)[output[0]]
    block = graph.block(place)
    if block is None:
        return output
    return place, block.outputs.index(output) if output in block.outputs else 0


def shown_port(graph: Graph, port: InputPort, places: dict[str, str] | None = None) -> InputPort:
    """Return where an input port is shown: itself, or the port of the closed block that it is in.

    The port number is −1 if its wire comes from inside the block. `places` is what `shown` returns, if known.
    """
    place = (shown(graph) if places is None else places)[port[0]]
    block = graph.block(place)
    if block is None:
        return port
    return place, next((index for index, group in enumerate(block.inputs) if port in group), -1)


def _block_node(graph: Graph, block: Block) -> BlockNode:
    inputs = tuple(_port_name(graph, group) for group in block.inputs)
    outputs = tuple(_output_name(graph, output) for output in block.outputs)
    x, y = centre(graph, block)
    return BlockNode(
        block.id, BLOCK, block.name, x=x, y=y, inputs=inputs, outputs=outputs, n_members=len(block.members)
    )


def _port_name(graph: Graph, group: tuple[InputPort, ...]) -> str:
    """Name a port of a block after the output that feeds it; without a wire, after the port inside."""
    source = output_feeding(graph, group[0])
    if source is not None:
        return _output_name(graph, source)
    node = graph.node(group[0][0])
    return f"{node.name}.{node.ports[group[0][1]]}"


def _output_name(graph: Graph, output: OutputPort) -> str:
    return graph.node(output[0]).output_name(output[1])


def fold_trace(graph: Graph, trace: Trace) -> Trace:
    """Return the trace of the graph as it is shown: one NodeTrace for each closed block, see `fold_node`."""
    folded = fold(graph)
    if folded is graph:
        return trace
    nodes = {
        node.id: fold_node(graph, block, trace.nodes) if (block := graph.block(node.id)) else trace.nodes[node.id]
        for node in folded.nodes()
    }
    functions = {node_id: function for node_id, function in trace.functions.items() if node_id in nodes}
    output = None if trace.output is None else shown_output(graph, trace.output)
    sweeps = tuple(shown_output(graph, start) for start in trace.sweeps if start[0] in graph)
    return Trace(nodes, trace.steps, output, trace.variant, sweeps, functions, trace.stopped, trace.stale)


def fold_node(graph: Graph, block: Block, nodes: dict[str, NodeTrace]) -> NodeTrace:
    """Return what a closed block shows: the data and grads of its outputs, and the worst state of its members."""
    data: list[Any] = []
    grads: list[Any] = []
    for node_id, output in block.outputs:
        found = nodes[node_id]
        data.append(None if found.data is None else found.data[output])
        grads.append(found.grad[output])
    whole = None if any(array is None for array in data) else tuple(data)
    for state in _WORST_FIRST:
        for member in block.members:
            found = nodes[member]
            if found.state == state:
                message = found.message
                if state != "stale":
                    message = say("{name}: {message}", name=called(graph, member), message=message)
                return NodeTrace(whole, tuple(grads), state, message)
    return NodeTrace(whole, tuple(grads))
