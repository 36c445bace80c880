"""Random graphs of every op, and what it means that a program computes what the sweep does."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from engine import Function
from engine.document import Edge, Graph, Node, to_array
from engine.evaluation import Trace
from engine.replay import Program

EXACT = 1e-12
"""The relative error within which `math` and NumPy agree on a number of steps."""

_SCALAR_OPS = {
    **{name: {} for name, op in Function.registry.items() if op.elementwise and not op.parameters},
    "Pow": {"exponent": 2.5},
    "LeakyReLU": {"slope": 0.2},
    "Constant": {"value": 0.75},
    "Sum": {"axis": None, "keepdims": False},
    "Mean": {"axis": None, "keepdims": False},
    "LogSumExp": {"axis": None, "keepdims": False},
    "MSE": {},
    "Dot": {},
}
"""Every op that takes single numbers and gives such, with parameters."""

_ARRAY_OPS: dict[str, list[dict[str, Any]]] = {
    **{name: [parameters] for name, parameters in _SCALAR_OPS.items()},
    "Pow": [{"exponent": 3.0}, {"exponent": 1.5}],
    "Sum": [{"axis": None, "keepdims": False}, {"axis": 0, "keepdims": True}, {"axis": -1, "keepdims": False}],
    "Mean": [{"axis": None, "keepdims": True}, {"axis": -1, "keepdims": False}],
    "LogSumExp": [{"axis": None, "keepdims": False}, {"axis": 0, "keepdims": True}],
    "Softmax": [{"axis": -1}, {"axis": 0}],
    "CrossEntropy": [{}],
    "MatMul": [{}],
    "Transpose": [{"axes": None}],
    "Reshape": [{"shape": (-1,)}],
    "BroadcastTo": [{"shape": (2, 3)}, {"shape": (2, 2, 3)}],
    "Concat": [{"axis": 0, "n_inputs": 2}, {"axis": -1, "n_inputs": 3}],
    "Split": [{"n_outputs": 2, "axis": 0}, {"n_outputs": 3, "axis": -1}],
}
_SHAPES = [(), (3,), (2, 3), (3, 2), (1, 3)]
_NAMES = ["x", "y", "gx", "ggx", "exp", "abs", "np", "pow", "e", "t1", "program", "_", "ga", "lobal", "変数", "match"]


@st.composite
def wired(draw: st.DrawFn, *, arrays: bool) -> Graph:
    """Draw a wholly wired graph of all ops there are, with forks and names that a program would use itself."""
    names = draw(st.permutations(_NAMES))
    nodes: list[Node] = []
    edges: list[Edge] = []
    for index, name in enumerate(names[: draw(st.integers(2, 10))]):
        node_id = f"n{index}"
        if index == 0 or draw(st.integers(0, 3)) == 0:
            shape = draw(st.sampled_from(_SHAPES)) if arrays else ()
            seed = draw(st.integers(0, 1000))
            drawn = np.round(np.random.default_rng(seed).uniform(-1.5, 1.5, shape), 3)
            nodes.append(Node(node_id, None, name, as_value(drawn.tolist())))
            continue
        op = draw(st.sampled_from(sorted(_ARRAY_OPS if arrays else _SCALAR_OPS)))
        parameters = draw(st.sampled_from(_ARRAY_OPS[op])) if arrays else _SCALAR_OPS[op]
        node = Node(node_id, op, name, parameters=parameters)
        for port in range(len(node.ports)):
            source = draw(st.sampled_from(nodes))
            edges.append(Edge(source.id, draw(st.integers(0, source.n_outputs - 1)), node_id, port))
        nodes.append(node)
    output = None
    if draw(st.booleans()):
        chosen = draw(st.sampled_from(nodes))
        output = (chosen.id, draw(st.integers(0, chosen.n_outputs - 1)))
    return Graph.of(nodes, edges, output)


def as_value(value: Any) -> Any:
    return tuple(map(as_value, value)) if isinstance(value, list) else value


def values_of(graph: Graph, program: Program) -> list[Any]:
    values = [graph.node(node_id).value for node_id in program.inputs]
    return [value if isinstance(value, float) else to_array(value) for value in values if value is not None]


def assert_same(found: Any, right: Any) -> None:
    if right is None:
        assert found is None
        return
    assert np.shape(found) == np.shape(right)
    scale = np.max(np.abs(right), initial=1.0)
    assert np.all(np.abs(np.asarray(found) - right) <= EXACT * scale)


def assert_replays(graph: Graph, program: Program, trace: Trace) -> None:
    numbers = program.run(values_of(graph, program))
    is_finite = all(
        np.isfinite(array).all()
        for found in trace.nodes.values()
        for array in (*(found.data or ()), *found.grad)
        if array is not None
    )
    if numbers is None:
        # Python's floats give up where NumPy goes on to inf; never where all is finite.
        assert not is_finite
        return
    assert is_finite
    computed = {(node_id, output) for node_id, found in trace.nodes.items() for output in range(len(found.data or ()))}
    assert set(program.places) == computed
    for node_id, output in computed:
        assert_same(program.data_in(numbers, node_id, output), trace.nodes[node_id].data[output])  # type: ignore[index]
        assert_same(program.grad_in(numbers, node_id, output), trace.nodes[node_id].grad[output])
