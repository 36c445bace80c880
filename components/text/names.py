"""What the outputs of nodes are called."""

from __future__ import annotations

from engine.document import Edge, Graph, Node
from engine.evaluation import Trace


def output_name(node: Node, output: int) -> str:
    """Return how an output is called: its node's name, with the output's own where there are several."""
    return node.output_name(output)


def source_name(graph: Graph, wire: Edge) -> str:
    """Return the name of the output that a wire comes from."""
    return output_name(graph.node(wire.source), wire.output)


def differentiated_name(graph: Graph, trace: Trace) -> str:
    """Return the name of the output that is differentiated; empty if there is none."""
    return "" if trace.output is None else output_name(graph.node(trace.output[0]), trace.output[1])
