"""Hypothesis strategies: values, documents and edits, sound ones and hostile ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine import Function
from engine.edits import AddNode, Choose, Connect, Delete, Disconnect, Event, Move, Rename, SetFormula, SetValue
from engine.graph import Edge, Graph, Node

finite = st.floats(allow_nan=False, allow_infinity=False)
coordinates = st.floats(-1e6, 1e6)
ids = st.integers(1, 12).map("n{}".format)
"""Few enough that edits meet nodes that are there."""

_LETTERS = "abcxyzäλ変数_"
names = st.text(_LETTERS, min_size=1, max_size=8).filter(str.isidentifier)
op_names = st.sampled_from(sorted(Function.registry))


@st.composite
def values(draw: st.DrawFn) -> Any:
    """Draw a number or a rectangular array of up to three axes, as nested tuples."""
    shape = draw(st.lists(st.integers(1, 3), max_size=3))

    def nested(axes: list[int]) -> Any:
        return tuple(nested(axes[1:]) for _ in range(axes[0])) if axes else draw(finite)

    return nested(shape)


@st.composite
def graphs(
    draw: st.DrawFn,
    *,
    ops: st.SearchStrategy[str] = op_names,
    inputs: st.SearchStrategy[Any] | None = None,
    fully_wired: bool = False,
    max_nodes: int = 10,
) -> Graph:
    """Draw a sound graph: every wire leads from an earlier node to a later one."""
    count = draw(st.integers(1, max_nodes))
    labels = draw(st.lists(names, min_size=count, max_size=count, unique=True))
    nodes: list[Node] = []
    edges: list[Edge] = []
    for index, name in enumerate(labels):
        node_id = f"n{index + 1}"
        x, y = draw(coordinates), draw(coordinates)
        if index == 0 or draw(st.booleans()):
            nodes.append(Node(node_id, None, name, draw(values() if inputs is None else inputs), x=x, y=y))
            continue
        node = Node(node_id, draw(ops), name, x=x, y=y)
        for port in range(len(node.ports)):
            if fully_wired or draw(st.booleans()):
                source = draw(st.sampled_from(nodes))
                edges.append(Edge(source.id, draw(st.integers(0, source.n_outputs - 1)), node_id, port))
        nodes.append(node)
    output = None
    if draw(st.booleans()):
        chosen = draw(st.sampled_from(nodes))
        output = (chosen.id, draw(st.integers(0, chosen.n_outputs - 1)))
    return Graph.of(nodes, edges, output)


_SMOOTH = ("Add", "Sub", "Mul", "Neg", "Sin", "Cos", "Tanh", "Sigmoid")


def smooth_graphs(*more: str, max_nodes: int = 8) -> st.SearchStrategy[Graph]:
    """Draw graphs of scalars, wholly wired, that can be differentiated everywhere and stay of moderate size."""
    return graphs(
        ops=st.sampled_from([*_SMOOTH, *more]),
        inputs=st.floats(-1.5, 1.5).map(lambda value: round(value, 3)),
        fully_wired=True,
        max_nodes=max_nodes,
    )


ports = st.integers(0, 2)

formulas = st.lists(
    st.sampled_from(
        ["x", "y", "ab", "λ", "(", ")", "+", "-", "*", "**", "2", "...", "sin(", "max(x, ", "; ", " = ", "\n"]
    ),
    max_size=8,
).map("".join)

events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        AddNode,
        id=ids,
        op=st.one_of(st.just("Input"), op_names),
        name=st.none() | names,
        value=st.none() | finite,
        x=coordinates,
        y=coordinates,
    ),
    st.builds(Connect, source=ids, output=ports, target=ids, port=ports),
    st.builds(Disconnect, target=ids, port=ports),
    st.builds(SetValue, node=ids, value=values() | finite.map(repr) | st.text(max_size=6)),
    st.builds(Rename, node=ids, name=names | st.text(max_size=6)),
    st.builds(Move, positions=st.dictionaries(ids, st.tuples(coordinates, coordinates), max_size=3)),
    st.builds(Delete, nodes=st.lists(ids, max_size=2)),
    st.builds(Choose, node=st.none() | ids, output=ports),
    st.builds(SetFormula, text=formulas),
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
"""Anything that a JSON parser may hand over, NaN among it."""


@st.composite
def damaged(draw: st.DrawFn, sound: st.SearchStrategy[Any]) -> Any:
    """Draw a sound JSON value with one part of it, at any depth, replaced by anything."""

    def damage(value: Any) -> Any:
        if isinstance(value, dict) and value and draw(st.booleans()):
            key = draw(st.sampled_from(sorted(value)))
            return {**value, key: damage(value[key])}
        if isinstance(value, list) and value and draw(st.booleans()):
            index = draw(st.integers(0, len(value) - 1))
            return [*value[:index], damage(value[index]), *value[index + 1 :]]
        return draw(json_values)

    return damage(draw(sound))
