"""Write each block of a graph as a function of the script, and a call of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from engine.document import Block, Chain, Graph, Node, OutputPort, beside, by_size, chains, output_feeding
from engine.evaluation import Trace
from engine.replay import Line

_INDENT = "    "


@dataclass(frozen=True)
class Written:
    """Hold the definitions of the functions, the lines after the inputs, and the outputs that these lines name."""

    definitions: list[Line]
    body: list[Line]
    named: list[OutputPort]


def write_ops(
    graph: Graph,
    trace: Trace,
    names: Mapping[OutputPort, str],
    numbers: Collection[OutputPort],
    taken: Iterable[str],
    write: Callable[[Node], list[Line]],
) -> Written:
    """Write the lines of all ops; the ops of a block are written into a function.

    The arguments of the function are the outputs that feed the block's ports and the inputs inside it; it returns the
    outputs that are used outside. Outputs in `numbers` are written as numbers and are neither. The ops of a block that
    is not computed as a whole are written without a function. `write` writes one op.
    """
    blocks = [block for block in by_size(graph.blocks) if _is_function(graph, trace, block, names, numbers)]
    around = chains(graph.with_blocks(tuple(blocks)))
    called = _function_names(blocks, {*names.values(), *taken})
    bodies: dict[str | None, list[Line]] = {None: [], **{block.id: [] for block in blocks}}
    named: list[OutputPort] = []
    calls = {block.id: _call(graph, trace, block, names, numbers, called[block.id]) for block in blocks}
    for each in _order(graph, around, blocks):
        if each in calls:
            block = next(block for block in blocks if block.id == each)
            chain = tuple(outer for outer in around[block.members[0]] if len(outer.members) > len(block.members))
            lines, outputs = [calls[each].line], calls[each].outputs
        else:
            node, chain = graph.node(each), around[each]
            lines = [] if node.is_input else write(node)
            outputs = [(each, output) for output in range(node.n_outputs)] if lines and each in trace.functions else []
        bodies[chain[-1].id if chain else None] += lines
        named += [] if chain else outputs
    definitions: list[Line] = []
    for block in reversed(blocks):
        call = calls[block.id]
        inner = [
            Line(_INDENT + line.text, line.node)
            for line in (*bodies[block.id], Line(f"return {call.returned}", call.line.node))
        ]
        definitions += [Line(""), Line(f"def {call.called}({call.given}):", call.line.node), *inner, Line("")]
    return Written(definitions, bodies[None], named)


@dataclass(frozen=True)
class _Call:
    called: str
    given: str
    returned: str
    outputs: list[OutputPort]

    @property
    def line(self) -> Line:
        return Line(f"{self.returned} = {self.called}({self.given})", self.outputs[0][0])


def _call(
    graph: Graph,
    trace: Trace,
    block: Block,
    names: Mapping[OutputPort, str],
    numbers: Collection[OutputPort],
    called: str,
) -> _Call:
    fed = dict.fromkeys(output_feeding(graph, group[0]) for group in block.inputs)
    given = [names[source] for source in fed if source is not None and source not in numbers]
    given += [names[member, 0] for member in block.members if graph.node(member).is_input]
    outputs = _returned(graph, trace, block, numbers)
    return _Call(called, ", ".join(given), ", ".join(names[output] for output in outputs), outputs)


def _returned(graph: Graph, trace: Trace, block: Block, numbers: Collection[OutputPort]) -> list[OutputPort]:
    """Return the outputs of a block's ops that are used outside or differentiated."""
    asked = [output for output in (trace.output, *trace.sweeps) if output is not None and output[0] in block.members]
    found = dict.fromkeys((*block.outputs, *asked))
    return [output for output in found if not graph.node(output[0]).is_input and output not in numbers]


def _is_function(
    graph: Graph, trace: Trace, block: Block, names: Mapping[OutputPort, str], numbers: Collection[OutputPort]
) -> bool:
    """Return whether a block can be a function: all of it is computed, and it returns something."""
    ops = [member for member in block.members if not graph.node(member).is_input]
    return all(member in trace.functions for member in ops) and bool(_returned(graph, trace, block, numbers))


def _function_names(blocks: Iterable[Block], taken: set[str]) -> dict[str, str]:
    called: dict[str, str] = {}
    for block in blocks:
        name = block.name
        while name in taken:
            name += "_"
        taken.add(name)
        called[block.id] = name
    return called


def _order(graph: Graph, around: Mapping[str, Chain], blocks: Iterable[Block]) -> list[str]:
    """Return the ids of nodes and blocks in topological order; ties are broken by the order in the graph."""
    place = {node.id: index for index, node in enumerate(graph.nodes())}
    place |= {block.id: min(place[member] for member in block.members) for block in blocks}
    network = nx.DiGraph()
    network.add_nodes_from(place)
    network.add_edges_from(beside(graph, around))
    return list(nx.lexicographical_topological_sort(network, key=place.__getitem__))
