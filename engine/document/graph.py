"""The graph document: what somebody has built, before anything is computed of it.

A `networkx.MultiDiGraph` whose edge key is the target's input port, so that a Variable may feed two ports of one
Function (`x + x`). A Graph is never changed: `engine.edits.apply` makes a new one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import networkx as nx

from engine.autograd import Function, find_op
from engine.document.geometry import ARRAY_SIZE, FUNCTION_SIZE, INPUT_SIZE, Size
from engine.document.training import Training
from engine.document.values import Value

if TYPE_CHECKING:
    from engine.document.quantities import Quantity
    from engine.document.ranges import Range

OutputPort = tuple[str, int]
"""A node's id and which of its outputs is meant."""
InputPort = tuple[str, int]
"""A node's id and which of its input ports is meant."""

Role = Literal["data", "weight", "target"]
"""What an input is in training: data and targets are given and stay fixed, weights are trained."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True)
class Node:
    """Stand for an input (`op` is None, `value` is set) or for an op; `x` and `y` are its centre."""

    id: str
    op: str | None
    name: str
    value: Value | None = None
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    x: float = 0.0
    y: float = 0.0
    is_named: bool = False
    """Whether somebody gave this op its name; the formula then has a line for it."""
    written: str = ""
    """How somebody wrote the value, such as "1/3"; empty where its digits say the same."""
    role: Role | None = None
    """Of an input; None where it has no role."""

    def __post_init__(self) -> None:
        """Complete the parameters: what is not given has its default."""
        if self.op is not None and len(self.parameters) < len(find_op(self.op).parameters):
            complete = MappingProxyType({**find_op(self.op).defaults(), **self.parameters})
            object.__setattr__(self, "parameters", complete)

    @property
    def is_input(self) -> bool:
        """Return whether this is an input variable."""
        return self.op is None

    @cached_property
    def function(self) -> type[Function] | None:
        """Return the op's class, or None for an input."""
        return None if self.op is None else find_op(self.op)

    @cached_property
    def ports(self) -> tuple[str, ...]:
        """Return the names of the input ports."""
        return () if self.function is None else self.function.ports_with(self.parameters)

    @cached_property
    def output_names(self) -> tuple[str, ...]:
        """Return the names of the outputs; an input has one."""
        return ("y",) if self.function is None else self.function.outputs_with(self.parameters)

    def output_name(self, output: int) -> str:
        """Return how an output is called: the node's name, or "m.low" where it has several."""
        return self.name if self.n_outputs == 1 else f"{self.name}.{self.output_names[output]}"

    @cached_property
    def n_outputs(self) -> int:
        """Return how many outputs the node has."""
        return len(self.output_names)

    @property
    def size(self) -> Size:
        """Return how large it is drawn, in canvas units; of an op that computes an array, a little less."""
        if not self.is_input:
            return FUNCTION_SIZE
        return ARRAY_SIZE if isinstance(self.value, tuple) else INPUT_SIZE


@dataclass(frozen=True)
class Edge:
    """Lead an output of one node to an input port of another."""

    source: str
    output: int
    target: str
    port: int


@dataclass(frozen=True)
class Block:
    """Group some nodes under a name; while the block is closed, it is shown as one node with ports.

    It changes nothing of what is computed. `inputs` are its ports, each with the members' ports that it feeds, and
    `outputs` the members' outputs that it shows. Both are kept, so that its ports stay in the same order when it is
    copied or when a wire is taken off; after each edit `engine.document.refreshed_blocks` brings them up to date.
    """

    id: str
    name: str
    members: tuple[str, ...]
    is_open: bool = False
    inputs: tuple[tuple[InputPort, ...], ...] = ()
    outputs: tuple[OutputPort, ...] = ()


class Wiring:
    """Hold which nodes there are and how they are wired, without their names, values and positions.

    Graphs that differ only in those share one Wiring, and with it all that has been computed from it.
    """

    def __init__(self, network: nx.MultiDiGraph) -> None:
        self.network = network

    @cached_property
    def wires(self) -> dict[str, dict[int, Edge]]:
        """Return the edges by target and port, ports in order."""
        wires: dict[str, dict[int, Edge]] = {}
        for source, target, port, output in self.network.edges(keys=True, data="output"):
            wires.setdefault(target, {})[port] = Edge(source, output, target, port)
        return {target: dict(sorted(ports.items())) for target, ports in wires.items()}

    @cached_property
    def topological_order(self) -> list[str]:
        """Return the ids so that every node stands after its inputs; ties in the order nodes were added."""
        place = {node_id: index for index, node_id in enumerate(self.network)}
        return list(nx.lexicographical_topological_sort(self.network, key=place.__getitem__))

    @cached_property
    def sinks(self) -> frozenset[str]:
        """Return the ids of the nodes that feed no other."""
        return frozenset(node_id for node_id, degree in self.network.out_degree() if degree == 0)


class Graph:
    """Hold nodes in the order they were added, the wires between them, and the chosen output."""

    def __init__(
        self,
        nodes: Mapping[str, Node] | None = None,
        wiring: Wiring | None = None,
        output: OutputPort | None = None,
        blocks: tuple[Block, ...] = (),
        hidden: frozenset[Quantity] = frozenset(),
        ranges: Mapping[str, Range] | None = None,
        training: Training | None = None,
    ) -> None:
        self._nodes = {} if nodes is None else nodes
        self.wiring = Wiring(nx.MultiDiGraph()) if wiring is None else wiring
        self.output = output
        """The output chosen to be differentiated; None leaves it to the last sink."""
        self.blocks = blocks
        """The blocks in the order they were made; two share all nodes of one of them, or none."""
        self.hidden = hidden
        """The numbers that are not shown, because somebody is asked for them."""
        self.ranges = {} if ranges is None else ranges
        """From where to where each student's own numbers are drawn, by the inputs' ids."""
        self.training = training
        """The table of data and how training goes by it; None where nobody has spoken of training."""

    @classmethod
    def of(
        cls,
        nodes: Iterable[Node],
        edges: Iterable[Edge],
        output: OutputPort | None = None,
        blocks: tuple[Block, ...] = (),
        training: Training | None = None,
    ) -> Graph:
        """Build a graph from nodes and edges that are known to be sound."""
        by_id = {node.id: node for node in nodes}
        network = nx.MultiDiGraph()
        network.add_nodes_from(by_id)
        for edge in edges:
            network.add_edge(edge.source, edge.target, key=edge.port, output=edge.output)
        return cls(by_id, Wiring(network), output, blocks, training=training)

    @property
    def network(self) -> nx.MultiDiGraph:
        """Return the networkx graph of ids; to be read only."""
        return self.wiring.network

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._nodes

    def __len__(self) -> int:
        return len(self._nodes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        mine, others = (self.nodes(), self.edges(), self.output), (other.nodes(), other.edges(), other.output)
        beside = (self.blocks, self.hidden, self.ranges, self.training)
        return mine == others and beside == (other.blocks, other.hidden, other.ranges, other.training)

    __hash__ = None  # type: ignore[assignment] # compared by content, so not to be kept in a set

    def node(self, node_id: str) -> Node:
        """Return the node with this id; raises KeyError."""
        return self._nodes[node_id]

    def nodes(self) -> list[Node]:
        """Return all nodes in the order they were added."""
        return list(self._nodes.values())

    def node_named(self, name: str) -> Node | None:
        """Return the node of this name, if there is one."""
        return next((node for node in self._nodes.values() if node.name == name), None)

    def block(self, block_id: str) -> Block | None:
        """Return the block with this id, if there is one."""
        return self._blocks_by_id.get(block_id)

    @cached_property
    def _blocks_by_id(self) -> dict[str, Block]:
        return {block.id: block for block in self.blocks}

    def names(self) -> set[str]:
        """Return the names of all nodes and blocks."""
        return {node.name for node in self._nodes.values()} | {block.name for block in self.blocks}

    def edges(self) -> list[Edge]:
        """Return all edges, by target in the order of nodes, then by port."""
        return [edge for node_id in self._nodes for edge in self.wires_into(node_id).values()]

    def wires_into(self, node_id: str) -> dict[int, Edge]:
        """Return the edge at each wired input port of a node, in port order."""
        return self.wiring.wires.get(node_id, {})

    def sinks(self) -> list[Node]:
        """Return the nodes that feed no other."""
        return [node for node in self.nodes() if node.id in self.wiring.sinks]

    def topological_order(self) -> list[str]:
        """Return the ids so that every node stands after its inputs; ties in the order nodes were added."""
        return self.wiring.topological_order

    def leads_to(self, source: str, target: str) -> bool:
        """Return whether a path leads along the edges from source to target."""
        return bool(nx.has_path(self.network, source, target))

    # What edits make new graphs with -----------------------------------------------------------------------

    def _changed(self, **parts: Any) -> Graph:
        """Return this graph with some of its parts replaced."""
        own = {"nodes": self._nodes, "wiring": self.wiring, "output": self.output, "blocks": self.blocks}
        beside = {"hidden": self.hidden, "ranges": self.ranges, "training": self.training}
        return Graph(**{**own, **beside, **parts})

    def with_output(self, output: OutputPort | None) -> Graph:
        """Return this graph with another output chosen."""
        return self._changed(output=output)

    def with_nodes(self, *nodes: Node) -> Graph:
        """Return this graph with other nodes in the place of those that have their ids."""
        return self._changed(nodes={**self._nodes, **{node.id: node for node in nodes}})

    def with_new_node(self, node: Node) -> Graph:
        """Return this graph with one more node."""
        network = self.network.copy()
        network.add_node(node.id)
        return self._changed(nodes={**self._nodes, node.id: node}, wiring=Wiring(network))

    def with_edge(self, edge: Edge) -> Graph:
        """Return this graph with one more edge; one that held its port gives way."""
        network = self.network.copy()
        replaced = self.wires_into(edge.target).get(edge.port)
        if replaced is not None:
            network.remove_edge(replaced.source, edge.target, key=edge.port)
        network.add_edge(edge.source, edge.target, key=edge.port, output=edge.output)
        return self._changed(wiring=Wiring(network))

    def without_edge(self, edge: Edge) -> Graph:
        """Return this graph without one of its edges."""
        network = self.network.copy()
        network.remove_edge(edge.source, edge.target, key=edge.port)
        return self._changed(wiring=Wiring(network))

    def without_nodes(self, gone: Container[str]) -> Graph:
        """Return this graph without some nodes and their edges; a chosen output among them is no longer chosen."""
        network = self.network.copy()
        network.remove_nodes_from([node_id for node_id in self._nodes if node_id in gone])
        nodes = {node_id: node for node_id, node in self._nodes.items() if node_id not in gone}
        output = None if self.output is not None and self.output[0] in gone else self.output
        training = None if self.training is None else self.training.without(gone)
        return self._changed(nodes=nodes, wiring=Wiring(network), output=output, training=training)

    def with_blocks(self, blocks: tuple[Block, ...]) -> Graph:
        """Return this graph with other blocks."""
        return self._changed(blocks=blocks)

    def with_hidden(self, hidden: Iterable[Quantity]) -> Graph:
        """Return this graph with other numbers hidden; those that it does not have are left out."""
        known = frozenset(each for each in hidden if each.is_in(self))
        return self if known == self.hidden else self._changed(hidden=known)

    def with_ranges(self, ranges: Mapping[str, Range]) -> Graph:
        """Return this graph with other ranges; those of what is no input are left out."""
        known = {key: each for key, each in ranges.items() if key in self and self.node(key).is_input}
        return self if known == self.ranges else self._changed(ranges=known)

    def with_training(self, training: Training | None) -> Graph:
        """Return this graph with another table, or other settings or a later state of training."""
        return self._changed(training=training)
