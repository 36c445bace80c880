"""Build a graph out of a document whose fields are checked, holding what one place says against the others."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import networkx as nx

from engine.autograd import check_parameters, find_op
from engine.document.blocks import find_fault, refreshed_blocks
from engine.document.document_models import BlockModel, DocumentModel, EdgeModel, NodeModel
from engine.document.fields import INPUT
from engine.document.graph import Block, Edge, Graph, Node, OutputPort
from engine.document.quantities import Quantity
from engine.document.ranges import Range
from engine.document.training import Training, TrainingModel
from engine.document.typed_values import with_written
from engine.document.values import Value, shape_of
from engine.errors import DocumentError, ParameterError, TaskError
from engine.limits import MAX_ALL_ELEMENTS
from engine.messages import mark, say

_RENAMED_SINCE_1: Final = {"Pow": "Power"}
_TWICE: Final = {
    "id": mark("the id “{key}” stands twice."),
    "name": mark("the name “{key}” stands twice."),
    "node": mark("the node “{key}” stands twice."),
    "port": mark("the wire into port “{key}” stands twice."),
}


def sound_graph(model: DocumentModel) -> Graph:
    """Build the graph of a document whose fields are checked; raises DocumentError, which names the place.

    Refused is what the fields alone cannot tell: what stands twice, wires that lead nowhere, cycles, too many numbers.
    """
    renamed = _RENAMED_SINCE_1 if model.version == 1 else {}
    nodes = [_node(node, f"nodes[{index}]", renamed) for index, node in enumerate(model.nodes)]
    _refuse_duplicates(((node.id, f"nodes[{i}].id") for i, node in enumerate(nodes)), "id")
    _refuse_duplicates(((node.name, f"nodes[{i}].name") for i, node in enumerate(nodes)), "name")
    by_id = {node.id: node for node in nodes}
    edges = [_edge(edge, f"edges[{index}]", by_id) for index, edge in enumerate(model.edges)]
    ends = ((f"{edge.target}:{edge.port}", f"edges[{i}]") for i, edge in enumerate(edges))
    _refuse_duplicates(ends, "port")
    output = _output(model, by_id)
    training = None if model.training is None else _training(model.training, by_id)
    graph = Graph.of(nodes, edges, output, training=training)
    _refuse_too_many_elements(graph)
    _refuse_cycles(graph)
    whole = graph if not model.blocks else _with_blocks(graph, model.blocks)
    return whole.with_hidden(_hidden(graph, model)).with_ranges(_ranges(graph, model))


def elements_of(graph: Graph) -> int:
    """Return how many numbers the values of a graph hold together."""
    return elements_of_inputs(graph.nodes()) + (0 if graph.training is None else _elements_of_training(graph.training))


def elements_of_inputs(nodes: Iterable[Node]) -> int:
    """Return how many numbers the values of nodes hold together."""
    values = [node.value for node in nodes if node.value is not None]
    return sum(math.prod(shape_of(value)) if isinstance(value, tuple) else 1 for value in values)


def _elements_of_training(training: Training) -> int:
    kept = [*training.start.values(), *(each for state in training.optimizer_state.values() for each in state.values())]
    values = [*kept, *(cell for cells in training.columns.values() for cell in cells)]
    return sum(math.prod(shape_of(value)) for value in values)


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


def _edge(model: EdgeModel, place: str, nodes: Mapping[str, Node]) -> Edge:
    source, target = nodes.get(model.source), nodes.get(model.target)
    if source is None or target is None:
        missing = model.source if source is None else model.target
        raise DocumentError(say("there is no node with the id “{id}”.", id=missing), place)
    if model.output >= source.n_outputs:
        sentence = say("{name} has no output no. {number}.", name=source.name, number=model.output + 1)
        raise DocumentError(sentence, f"{place}.output")
    if model.port >= len(target.ports):
        sentence = say("{name} has no input no. {number}.", name=target.name, number=model.port + 1)
        raise DocumentError(sentence, f"{place}.port")
    return Edge(model.source, model.output, model.target, model.port)


def _output(model: DocumentModel, nodes: Mapping[str, Node]) -> OutputPort | None:
    if model.output is None:
        return None
    chosen = nodes.get(model.output.node)
    if chosen is None or model.output.output >= chosen.n_outputs:
        raise DocumentError(say("there is no such output to differentiate."), "output")
    return chosen.id, model.output.output


def _refuse_too_many_elements(graph: Graph) -> None:
    if (count := elements_of(graph)) > MAX_ALL_ELEMENTS:
        sentence = say(
            "the arrays have {count} elements together; the limit is {limit}.", count=count, limit=MAX_ALL_ELEMENTS
        )
        raise DocumentError(sentence, "nodes")


def _refuse_cycles(graph: Graph) -> None:
    if not nx.is_directed_acyclic_graph(graph.network):
        cycle = [graph.node(step[0]).name for step in nx.find_cycle(graph.network)]
        raise DocumentError(say("the wires close a cycle: {cycle}.", cycle=" → ".join([*cycle, cycle[0]])), "edges")


def _hidden(graph: Graph, model: DocumentModel) -> list[Quantity]:
    hidden = [Quantity(node_id, kind, output) for node_id, kind, output in model.hidden]
    for place, each in enumerate(hidden):
        if not each.is_in(graph):
            raise DocumentError(say("there is no such number to hide."), f"hidden[{place}]")
    return hidden


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


def _with_blocks(graph: Graph, models: Sequence[BlockModel]) -> Graph:
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
        _refuse_ports(graph, block, [port for group in block.inputs for port in group], f"{place}.inputs", _n_inputs)
        _refuse_ports(graph, block, block.outputs, f"{place}.outputs", _n_outputs)
    blocks = tuple(Block(b.id, b.name, b.nodes, b.open, b.inputs, b.outputs) for b in models)
    fault = find_fault(graph, blocks)
    if fault is not None:
        raise DocumentError(fault[1], places[fault[0]])
    return graph.with_blocks(refreshed_blocks(graph.with_blocks(blocks)))


def _refuse_ports(
    graph: Graph, block: BlockModel, ports: Iterable[tuple[str, int]], place: str, count: Callable[[Node], int]
) -> None:
    """Refuse ports of a block that none of its nodes has; `count` tells how many a node has of their kind."""
    for node_id, index in ports:
        if node_id not in block.nodes or index >= count(graph.node(node_id)):
            sentence = say("no node of the block has the port {node}, {index}.", node=node_id, index=index)
            raise DocumentError(sentence, place)


def _n_inputs(node: Node) -> int:
    return len(node.ports)


def _n_outputs(node: Node) -> int:
    return node.n_outputs


def _training(model: TrainingModel, nodes: Mapping[str, Node]) -> Training:
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


def _refuse_duplicates(places: Iterable[tuple[str, str]], what: str) -> None:
    message, met = _TWICE[what], set[str]()
    for key, place in places:
        if key in met:
            raise DocumentError(say(message, key=key), place)
        met.add(key)
