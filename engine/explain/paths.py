"""The paths from a Variable to the output: one product for each path, whose sum is the gradient, and their cost.

A path goes from Variable to Variable through Functions; its product is that of the local derivatives along it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.autograd import Array, as_array
from engine.document import Edge, Graph, OutputPort
from engine.evaluation import Trace
from engine.explain.ledger import wires_to
from engine.pieces import Pieces, between, finish

MAX_LISTED = 200
"""Up to this many paths, all are listed."""
LARGEST_SHOWN = 20
"""The number of paths listed where there are more."""


@dataclass(frozen=True)
class Hop:
    """Hold one part of a path, through one Function: the wire into it, and the number of the output."""

    wire: Edge
    output: int


@dataclass(frozen=True)
class Path:
    """Hold one path to the output, the local derivative at each hop, and their product in the shape of the source."""

    hops: tuple[Hop, ...]
    factors: tuple[Array, ...]
    product: Array


@dataclass(frozen=True)
class Costs:
    """Count the multiplications, one for each hop, that give the derivatives by all inputs.

    `paths`: each path is multiplied by itself. `forward`: forward mode, one sweep for each input. `reverse`: reverse
    mode, one sweep for all inputs.
    """

    paths: int
    forward: int
    reverse: int


@dataclass(frozen=True)
class Paths:
    """Hold the number of paths, and those that are listed: all of them, or the largest by magnitude.

    `listed` is empty if there are too many and their products are arrays. `grad` is the gradient of the Variable.
    """

    count: int
    listed: tuple[Path, ...]
    is_complete: bool
    grad: Array | None

    @property
    def total(self) -> Array | None:
        """Return the sum of all products; None if there are no paths, or not all are listed."""
        if not self.listed or not self.is_complete:
            return None
        with np.errstate(all="ignore"):
            total: Array = as_array(sum(path.product for path in self.listed))
            return total


_Trail = tuple[Array, "tuple[Hop, _Trail] | None"]
"""A product from a Variable to the output, and its hops as a linked list, whose ends trails share."""


class PathFinder:
    """Find paths in an evaluated graph, from any Variable to the output that was differentiated."""

    def __init__(self, graph: Graph, trace: Trace) -> None:
        self._graph = graph
        self._trace = trace
        self._end = trace.output
        self._places = {node_id: place for place, node_id in enumerate(graph.topological_order())}
        self._hops: dict[OutputPort, list[tuple[Hop, OutputPort]]] = {}
        if self._end is not None and self._end[0] in trace.nodes and trace.nodes[self._end[0]].data is not None:
            self._collect(self._end)
        # In reverse topological order: what a Variable leads to comes before it.
        self._order = self._reverse_order()
        self._counts, self._lengths = self._count()
        self._locals: dict[OutputPort, tuple[Array, ...]] = {}

    def from_variable(self, source: OutputPort) -> Paths:
        """Return the paths from one Variable to the output."""
        return finish(self.from_variable_in_pieces(source))

    def from_variable_in_pieces(self, source: OutputPort) -> Pieces[Paths]:
        """Do the same as `from_variable` in pieces, each a Variable on a path."""
        count = self._counts.get(source, 0)
        grads = self._trace.nodes[source[0]].grad
        if count == 0:
            return Paths(0, (), True, grads[source[1]])
        complete = count <= MAX_LISTED
        reached = self._reached_from(source)
        listed: tuple[Path, ...] = ()
        if complete or self._all_scalar(reached):
            trails = yield from self._trails(source, reached, MAX_LISTED if complete else LARGEST_SHOWN)
            paths = []
            for trail in trails:
                paths.append((yield from between(0.8, 0.8, self._path(trail))))
                yield 0.8
            listed = tuple(paths)
        return Paths(count, listed, complete, grads[source[1]])

    def costs(self) -> Costs:
        """Return the cost of the derivatives by all inputs, by each of three methods."""
        inputs = [(node.id, 0) for node in self._graph.nodes() if node.is_input and (node.id, 0) in self._hops]
        by_input = [self._reached_from(source) for source in inputs]
        return Costs(
            paths=sum(self._lengths.get(source, 0) for source in inputs),
            forward=sum(len(self._hops[state]) for reached in by_input for state in reached),
            reverse=sum(len(self._hops[state]) for state in set().union(*by_input)),
        )

    # The hops ---------------------------------------------------------------------------------------------------

    def _collect(self, end: OutputPort) -> None:
        """Find every hop on a path to the output."""
        outputs: dict[str, list[int]] = {end[0]: [end[1]]}
        self._hops[end] = []
        wires = sorted(wires_to(self._graph, end[0]), key=self._depth, reverse=True)
        for wire in wires:
            source = (wire.source, wire.output)
            for output in sorted(outputs.get(wire.target, [])):
                self._hops.setdefault(source, []).append((Hop(wire, output), (wire.target, output)))
            if wire.target in outputs and wire.output not in outputs.setdefault(wire.source, []):
                outputs[wire.source].append(wire.output)

    def _depth(self, wire: Edge) -> tuple[int, int]:
        return self._places[wire.target], -wire.port

    def _reverse_order(self) -> list[OutputPort]:
        return sorted(self._hops, key=lambda state: (-self._places[state[0]], state[1]))

    def _count(self) -> tuple[dict[OutputPort, int], dict[OutputPort, int]]:
        """Return, for each Variable, the number of paths to the output and the sum of their lengths."""
        counts: dict[OutputPort, int] = {}
        lengths: dict[OutputPort, int] = {}
        for state in self._order:
            following = [after for _, after in self._hops[state]]
            here = int(state == self._end)
            counts[state] = here + sum(counts[after] for after in following)
            lengths[state] = sum(lengths[after] + counts[after] for after in following)
        return counts, lengths

    def _reached_from(self, source: OutputPort) -> set[OutputPort]:
        reached: set[OutputPort] = set()
        pending = [source]
        while pending:
            state = pending.pop()
            if state not in reached:
                reached.add(state)
                pending += [after for _, after in self._hops.get(state, [])]
        return reached

    # The products -----------------------------------------------------------------------------------------------

    def _trails(self, source: OutputPort, reached: set[OutputPort], at_most: int) -> Pieces[list[_Trail]]:
        """Return the trails from the source, or the `at_most` largest if there are more, the largest product first.

        Products that are multiplied by the same local derivative keep their order of magnitude. So it is enough to keep
        the largest ones of each Variable.
        """
        kept: dict[OutputPort, list[_Trail]] = {}
        for state in self._order:
            if state not in reached:
                continue
            with np.errstate(all="ignore"):
                trails = list(self._extended(state, kept))
            yield 0.5 * len(kept) / len(reached)
            if len(trails) > at_most:
                trails = sorted(trails, key=_magnitude, reverse=True)[:at_most]
            kept[state] = trails
        return sorted(kept[source], key=_magnitude, reverse=True)

    def _extended(self, state: OutputPort, kept: dict[OutputPort, list[_Trail]]) -> Iterator[_Trail]:
        if state == self._end:
            yield np.ones_like(self._data(state)), None
        for hop, after in self._hops[state]:
            function = self._trace.functions[hop.wire.target]
            outputs: list[Array | None] = [None] * len(self._trace.nodes[hop.wire.target].grad)
            for product, rest in kept[after]:
                outputs[hop.output] = product
                yield function.gradients(outputs)[hop.wire.port], (hop, (product, rest))

    def _path(self, trail: _Trail) -> Pieces[Path]:
        product, rest = trail
        hops, factors = [], []
        while rest is not None:
            hop, (_, rest) = rest
            hops.append(hop)
            if (hop.wire.target, hop.output) not in self._locals:
                yield 0.0
            factors.append(self.local(hop))
        return Path(tuple(hops), tuple(factors), product)

    def local(self, hop: Hop) -> Array:
        """Return the local derivative at a hop."""
        key = (hop.wire.target, hop.output)
        if key not in self._locals:
            with np.errstate(all="ignore"):
                self._locals[key] = self._trace.functions[key[0]].local_derivatives(key[1])
        return self._locals[key][hop.wire.port]

    def _data(self, state: OutputPort) -> Array:
        data = self._trace.nodes[state[0]].data
        assert data is not None
        return data[state[1]]

    def _all_scalar(self, states: set[OutputPort]) -> bool:
        return all(self._data(state).ndim == 0 for state in states)


def _magnitude(trail: _Trail) -> float:
    sizes = np.abs(trail[0])
    return float(np.max(sizes)) if sizes.size and not np.isnan(sizes).any() else float("inf")
