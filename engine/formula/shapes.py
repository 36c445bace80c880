"""Know the shapes of what is read: an index, a stack and `np.dot` mean different ops for different shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.document import Graph, OutputPort, Value
from engine.errors import EngineError
from engine.formula.rebuild import Rebuilder

Shape = tuple[int, ...]


class ShapedRebuilder(Rebuilder):
    """Tell the shape of each output that was read so far."""

    def __init__(
        self, present: Graph, used_names: set[str], assigned_names: set[str], values: Mapping[str, Value]
    ) -> None:
        super().__init__(present, used_names, assigned_names)
        self._values = values
        """The values that the text gives to names, on whichever line."""
        self._shapes: dict[str, list[Shape] | None] = {}

    def shape_of(self, source: OutputPort | None) -> Shape | None:
        """Return the shape of an output; None where something is missing or does not fit together."""
        if source is None:
            return None
        for node_id in self.nodes:  # inputs come first
            if node_id not in self._shapes:
                self._shapes[node_id] = self._shapes_of(node_id)
            if node_id == source[0]:
                break
        shapes = self._shapes[source[0]]
        return None if shapes is None else shapes[source[1]]

    def forget_shape(self, source: OutputPort) -> None:
        """Forget the shape of a node that has become another one."""
        self._shapes.pop(source[0], None)
        self.sources.pop(source[0], None)

    def _shapes_of(self, node_id: str) -> list[Shape] | None:
        node = self.nodes[node_id]
        if node.is_input:
            given: Any = self._values.get(self.wanted_names.get(node_id, ""))
            return [np.shape(node.value if given is None else given)]  # type: ignore[arg-type]
        assert node.function is not None
        arrived = [self._known_shape(source) for source in self.sources[node_id]]
        if any(shape is None or 0 in shape for shape in arrived):
            return None
        shapes = [shape for shape in arrived if shape is not None]
        function: Any = node.function(**node.parameters)
        try:
            with np.errstate(all="ignore"):
                first = function.result_shape(*shapes)
                if node.n_outputs == 1:
                    return [first]
                ys = function.forward(*[np.broadcast_to(np.float64(1), shape)[()] for shape in shapes])
        except (EngineError, ValueError, IndexError):
            return None
        return [np.shape(y) for y in ys]

    def _known_shape(self, source: OutputPort | None) -> Shape | None:
        shapes = None if source is None else self._shapes.get(source[0])
        return None if shapes is None or source is None else shapes[source[1]]
