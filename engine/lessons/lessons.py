"""The starter graphs: the first nine lessons, each with its question and what it is there to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.document import COLUMN, ROW, Edge, Graph, Node


@dataclass(frozen=True)
class Lesson:
    """Name a graph, ask a question about it, and hold the insight behind the question."""

    title: str
    question: str
    insight: str
    graph: Graph
    by_hand: bool = False
    """Whether Forward and Backward are to be pressed."""


@dataclass(frozen=True)
class _Placed:
    """One node of an lesson: where it stands, and its value or its op with the names of its inputs."""

    name: str
    column: float
    row: float
    value: float | None = None
    op: str | None = None
    inputs: tuple[str, ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)


def _input(name: str, value: float, column: float, row: float) -> _Placed:
    return _Placed(name, column, row, value=value)


def _op(name: str, op: str, inputs: str, column: float, row: float) -> _Placed:
    return _Placed(name, column, row, op=op, inputs=tuple(inputs.split()))


def _constant(name: str, value: float, column: float, row: float) -> _Placed:
    return _Placed(name, column, row, op="Constant", parameters={"value": value})


def _graph(*placed: _Placed, output: str | None = None) -> Graph:
    ids = {each.name: f"n{number}" for number, each in enumerate(placed, start=1)}
    middle = max(each.column for each in placed) / 2
    nodes = [
        Node(
            ids[each.name],
            each.op,
            each.name,
            each.value,
            MappingProxyType(dict(each.parameters)),
            (each.column - middle) * COLUMN,
            each.row * ROW,
        )
        for each in placed
    ]
    edges = [Edge(ids[source], 0, ids[each.name], port) for each in placed for port, source in enumerate(each.inputs)]
    return Graph.of(nodes, edges, None if output is None else (ids[output], 0))


LESSONS: tuple[Lesson, ...] = (
    Lesson(
        "Sum of squares",
        "Why do a and b share a grad?",
        "Add distributes: its local derivative is 1 for both inputs, so each gets the gradient that came in.",
        _graph(
            _input("x", 2.0, 0, -0.5),
            _input("y", 3.0, 0, 0.5),
            _op("a", "Square", "x", 1, -0.5),
            _op("b", "Square", "y", 1, 0.5),
            _op("z", "Add", "a b", 2, 0),
        ),
    ),
    Lesson(
        "A chain",
        "Why is x.grad equal to a.grad?",
        "The chain rule multiplies local derivatives, and the first one, 2x, happens to be 1 at x = 0.5.",
        _graph(
            _input("x", 0.5, 0, 0),
            _op("a", "Square", "x", 1, 0),
            _op("b", "Exp", "a", 2, 0),
            _op("y", "Square", "b", 3, 0),
        ),
    ),
    Lesson(
        "Sign of a gradient",
        "Raise x a little: does f rise or fall?",
        "It falls: x.grad is −4, so f changes by about −4 times the change of x.",
        _graph(
            _input("x", -2.0, 0, -1),
            _input("y", 5.0, 0, 0),
            _input("z", -4.0, 0, 1),
            _op("q", "Add", "x y", 1, -0.5),
            _op("f", "Mul", "q z", 2, 0),
        ),
    ),
    Lesson(
        "Router and swapper",
        "Which input gets gradient 0?",
        "w: Max is a router and sends all to the winner z. Mul is a swapper: x gets y's value and y gets x's.",
        _graph(
            _input("x", 3.0, 0, -1.5),
            _input("y", -4.0, 0, -0.5),
            _input("z", 2.0, 0, 0.5),
            _input("w", -1.0, 0, 1.5),
            _op("p", "Mul", "x y", 1, -1),
            _op("m", "Max", "z w", 1, 1),
            _op("s", "Add", "p m", 2, -0.5),
            _constant("k", 2.0, 2, 1),
            _op("f", "Mul", "s k", 3, 0),
        ),
    ),
    Lesson(
        "Used twice",
        "y = x + x: is x.grad 1 or 2?",
        "2: x is used twice, each use contributes 1, and gradients accumulate.",
        _graph(_input("x", 3.0, 0, 0), _op("y", "Add", "x x", 1, 0)),
    ),
    Lesson(
        "Two paths",
        "How many paths lead from b to e?",
        "Two: by c and by d. b.grad is the sum over both, d + c = 2 + 3 = 5.",
        _graph(
            _input("a", 2.0, 0, -0.5),
            _input("b", 1.0, 0, 0.5),
            _constant("one", 1.0, 0, 1.5),
            _op("c", "Add", "a b", 1, 0),
            _op("d", "Add", "b one", 1, 1),
            _op("e", "Mul", "c d", 2, 0.5),
        ),
    ),
    Lesson(
        "Find the bug",
        "Switch to Step 13: which grads are wrong, and why?",
        "a and b feed two Functions each. Step 13 writes x.grad = gx: the second contribution wipes out the first.",
        _graph(
            _input("a", -2.0, 0, -0.5),
            _input("b", 3.0, 0, 0.5),
            _op("d", "Mul", "a b", 1, -0.5),
            _op("e", "Add", "a b", 1, 0.5),
            _op("f", "Mul", "d e", 2, 0),
        ),
    ),
    Lesson(
        "Generations",
        "May the Square of x go before both b and c have sent?",
        "No: a.grad is complete only after b and c. Step 14 goes too early and gives 96; by generation, x.grad is 64.",
        _graph(
            _input("x", 2.0, 0, 0),
            _op("a", "Square", "x", 1, 0),
            _op("b", "Square", "a", 2, -0.6),
            _op("c", "Square", "a", 2, 0.6),
            _op("y", "Add", "b c", 3, 0),
        ),
    ),
    Lesson(
        "Forgotten cleargrad",
        "Differentiate y, then v without cleargrad: whose 2 is left in x.grad?",
        "y's: Backward from v adds its 3 to the 2 that is there, which gives 5. After cleargrad it is 3.",
        _graph(
            _input("x", 3.0, 0, 0),
            _op("y", "Add", "x x", 1, -0.7),
            _op("s", "Add", "x x", 1, 0.7),
            _op("v", "Add", "x s", 2, 0.4),
            output="y",
        ),
        by_hand=True,
    ),
)
