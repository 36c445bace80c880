"""Hypothesis strategies: values, documents and edits, sound ones and hostile ones."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from engine import Function
from engine.autograd import find_op, parameters
from engine.document import OPTIMIZERS, ROLES, Edge, Graph, Node
from engine.edits import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Descend,
    Differentiate,
    Disconnect,
    Event,
    MakeBlock,
    Move,
    Rename,
    ResetTraining,
    SetFormula,
    SetOpen,
    SetParameter,
    SetRole,
    SetTable,
    SetTraining,
    SetValue,
    ShowRows,
    Tidy,
    Train,
    Ungroup,
    apply,
)
from engine.errors import EditError
from engine.limits import MAX_AXES, MAX_ELEMENTS
from engine.replay import MAX_RATE, MIN_RATE

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


_axis_numbers = st.integers(-MAX_AXES, MAX_AXES - 1)
_axes = st.lists(_axis_numbers, max_size=MAX_AXES).map(tuple)
_PARAMETERS: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    (parameters.Number, st.floats(-1e6, 1e6) | st.integers(-4, 4).map(float)),
    (parameters.Count, st.integers(1, 8) | st.integers(1, 3)),
    (parameters.OneAxis, _axis_numbers),
    (parameters.Axis, _axis_numbers | _axes | st.none()),
    (parameters.Axes, _axes | st.none()),
    (parameters.Shape, st.lists(st.integers(-1, MAX_ELEMENTS) | st.integers(1, 3), max_size=MAX_AXES).map(tuple)),
    (parameters.Place, st.integers(0, 3)),
    (parameters.Finite, finite),
    (bool, st.booleans()),
)


_moderate = st.floats(-1.5, 1.5).map(lambda value: round(value, 3))


def parameters_of(op: str, *, moderate: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what an op may be made with, whether or not it fits any input; on request numbers of moderate size only."""
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    for parameter in find_op(op).parameters:
        if moderate and parameter.annotation in (parameters.Number, parameters.Finite):
            drawn[parameter.name] = _moderate
        else:
            drawn[parameter.name] = next(each for kind, each in _PARAMETERS if kind is parameter.annotation)
    return st.fixed_dictionaries(drawn)


@st.composite
def graphs(
    draw: st.DrawFn,
    *,
    ops: st.SearchStrategy[str] = op_names,
    inputs: st.SearchStrategy[Any] | None = None,
    fully_wired: bool = False,
    moderate: bool = False,
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
        op = draw(ops)
        node = Node(
            node_id, op, name, parameters=MappingProxyType(draw(parameters_of(op, moderate=moderate))), x=x, y=y
        )
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
        inputs=_moderate,
        fully_wired=True,
        moderate=True,
        max_nodes=max_nodes,
    )


ports = st.integers(0, 3)
parameter_names = sorted({each.name for op in Function.registry.values() for each in op.parameters})

formulas = st.lists(
    st.sampled_from(
        [
            *("x", "y", "ab", "λ", "(", ")", "+", "-", "*", "**", "2", "...", "sin(", "max(x, ", "; ", " = ", "\n"),
            *("-0.5", "@", "sum(", "axis=", "concat(", ", ", "split(x, n_outputs="),
        ]
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
    st.builds(
        SetParameter,
        node=ids,
        name=st.none() | st.sampled_from(parameter_names),
        value=st.sampled_from(["3", "−0.5", "(2, 3)", "2, 3", "0, 1", "all", "yes", "1", "8", "axis=0", ""])
        | st.integers(-1, 8)
        | st.text(max_size=6),
    ),
    st.builds(Rename, node=ids, name=names | st.text(max_size=6)),
    st.builds(Move, positions=st.dictionaries(ids, st.tuples(coordinates, coordinates), max_size=3)),
    st.builds(Delete, nodes=st.lists(ids, max_size=2)),
    st.builds(Choose, node=st.none() | ids, output=ports),
    st.builds(SetFormula, text=formulas),
    st.builds(Differentiate, node=ids, output=ports),
    st.builds(
        Descend,
        rate=st.floats(MIN_RATE, MAX_RATE),
        steps=st.integers(1, 3),
        inputs=st.none() | st.lists(ids, max_size=2),
    ),
    st.builds(SetRole, nodes=st.lists(ids, min_size=1, max_size=2), role=st.none() | st.sampled_from(ROLES)),
    st.builds(SetTable, text=st.sampled_from(["", "1\n2\n3", "1\t2\n3\t4", "x,y\n1,2", "[1, 2]\n[3, 4]", "1,,"])),
    st.builds(ShowRows, first=st.integers(0, 3), count=st.integers(1, 4)),
    st.builds(SetTraining, optimizer=st.sampled_from(OPTIMIZERS), rate=st.floats(1e-3, 10), clears=st.booleans()),
    st.builds(Train, updates=st.integers(1, 2)),
    st.just(ResetTraining()),
)

block_ids = st.integers(1, 3).map("b{}".format)
any_ids = ids | block_ids

block_events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        MakeBlock,
        id=block_ids,
        nodes=st.lists(any_ids, min_size=1, max_size=5),
        name=st.none() | names,
        open=st.booleans(),
    ),
    st.builds(SetOpen, block=block_ids, open=st.booleans()),
    st.builds(Ungroup, block=block_ids),
    st.builds(Connect, source=any_ids, output=ports, target=any_ids, port=ports),
    st.builds(Disconnect, target=any_ids, port=ports),
    st.builds(Rename, node=block_ids, name=names),
    st.builds(Move, positions=st.dictionaries(any_ids, st.tuples(coordinates, coordinates), max_size=3)),
    st.builds(Delete, nodes=st.lists(any_ids, max_size=2)),
    st.builds(Choose, node=any_ids, output=ports),
    st.builds(AddNode, id=ids, op=op_names, x=coordinates, y=coordinates, block=block_ids),
    st.just(Tidy()),
)


@st.composite
def grouped(draw: st.DrawFn, base: st.SearchStrategy[Graph], *, all_closed: bool = False) -> Graph:
    """Draw a graph with up to three blocks, in each other or side by side, closed or open."""
    graph = draw(base.filter(lambda graph: sum(not node.is_input for node in graph.nodes()) > 1))
    ops = [node.id for node in graph.nodes() if not node.is_input]
    for number in range(draw(st.integers(1, 3))):
        chosen = {draw(st.sampled_from(ops)), *draw(st.lists(st.sampled_from(list(graph.network)), max_size=4))}
        # What stands between two of them belongs to them.
        before = {each for node in chosen for each in nx.ancestors(graph.network, node)}
        after = {each for node in chosen for each in nx.descendants(graph.network, node)}
        nodes = [node.id for node in graph.nodes() if node.id in chosen | (before & after)]
        is_open = not all_closed and draw(st.booleans())
        try:
            graph = apply(graph, MakeBlock(id=f"b{number}", nodes=nodes, name=f"f{number}", open=is_open))
        except EditError:
            continue
    return graph


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
