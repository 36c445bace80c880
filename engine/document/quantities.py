"""Name a number of a graph: the data or the grad of one output of a node."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from engine.document.graph import Graph, OutputPort
from engine.errors import DocumentError
from engine.messages import say

QuantityKind = Literal["data", "grad"]
ALL_GRADS: Final = "grads"
_WRITTEN: Final = re.compile(r"(?P<name>.+)\.(?P<kind>data|grad)")


@dataclass(frozen=True, order=True)
class Quantity:
    """Say which number of a graph is meant: x.data or x.grad; of a node with several outputs, which of them."""

    node: str
    kind: QuantityKind
    output: int = 0

    @property
    def port(self) -> OutputPort:
        """Return the output whose data or grad is meant."""
        return self.node, self.output

    def is_in(self, graph: Graph) -> bool:
        """Return whether a graph has this number."""
        return self.node in graph and 0 <= self.output < graph.node(self.node).n_outputs

    def name_in(self, graph: Graph) -> str:
        """Return the number's name in a graph: "x.grad", or "m.low.grad" where a node has several outputs."""
        return f"{graph.node(self.node).output_name(self.output)}.{self.kind}"


def quantity_named(graph: Graph, written: str) -> Quantity | None:
    """Return the number that is called "x.grad", "z.data" or "m.low.grad"; None where a graph has no such number."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    kind: QuantityKind = "data" if found["kind"] == "data" else "grad"
    for node in graph.nodes():
        for output in range(node.n_outputs):
            quantity = Quantity(node.id, kind, output)
            if quantity.name_in(graph) == written:
                return quantity
    return None


def quantities_named(graph: Graph, written: Iterable[str]) -> frozenset[Quantity]:
    """Return the numbers that are called "x.grad", "z.data", or "grads", which is those of all nodes.

    Raises DocumentError for a name that no number of the graph has.
    """
    found: set[Quantity] = set()
    for name in written:
        if name == ALL_GRADS:
            found.update(all_quantities(graph, "grad"))
        elif (quantity := quantity_named(graph, name)) is not None:
            found.add(quantity)
        else:
            raise DocumentError(say("There is no number “{name}” in this graph.", name=name))
    return frozenset(found)


def all_quantities(graph: Graph, kind: QuantityKind) -> list[Quantity]:
    """Return the data or the grads of all nodes, in the order of the nodes."""
    return [Quantity(node.id, kind, output) for node in graph.nodes() for output in range(node.n_outputs)]


def to_json_quantity(quantity: Quantity) -> list[Any]:
    """Return a number's name as JSON writes it: the node's id, "data" or "grad", and which output."""
    return [quantity.node, quantity.kind, quantity.output]


QUANTITY_KINDS: Final = get_args(QuantityKind)
