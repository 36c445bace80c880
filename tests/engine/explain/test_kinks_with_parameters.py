"""Where the kink of an op lies can depend on its parameters; the check and the limits know them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from engine.document import Edge, Graph, Node, check_value
from engine.evaluation import evaluate
from engine.explain import check_graph


def one_op(op: str, value: Any, **parameters: Any) -> Graph:
    """Return a graph of one op on one input."""
    nodes = [
        Node("x", None, "x", check_value(value)),
        Node("y", op, "y", parameters=MappingProxyType(parameters)),
    ]
    return Graph.of(nodes, [Edge("x", 0, "y", 0)], ("y", 0))


@pytest.mark.parametrize(
    ("op", "value", "parameters"),
    [
        ("Largest", [2.0, 2.0, 1.0], {}),
        ("Largest", [[2.0, 1.0], [2.0, 3.0]], {"axis": 0}),
        ("Smallest", [5.0, 1.0, 1.0], {}),
        ("Smallest", [[1.0, 1.0], [2.0, 3.0]], {"axis": -1, "keepdims": True}),
        ("Clip", 1.0, {}),
        ("Clip", [0.0, 7.0], {"x_max": 7.0}),
        ("Clip", -3.0, {"x_min": -3.0}),
    ],
)
def test_a_kink_is_named(op: str, value: Any, parameters: dict[str, Any]) -> None:
    (checked,) = check_graph(one_op(op, value, **parameters))
    assert checked.remarks == (f"y ({op}) has a kink here: its slope jumps, and the difference mixes both sides",)


@pytest.mark.parametrize(
    ("op", "value", "parameters"),
    [
        ("Largest", [2.0, 2.0, 3.0], {}),
        ("Largest", [[2.0, 2.0], [1.0, 3.0]], {"axis": 0}),
        ("Largest", 2.0, {}),
        ("Largest", [2.0], {}),
        ("Smallest", [[1.0, 1.0], [2.0, 3.0]], {"axis": (0,)}),
        ("Smallest", 0.0, {}),
        ("Clip", 1.0, {"x_max": 7.0}),
        ("Clip", -3.0, {}),
    ],
)
def test_where_there_is_none_the_check_passes_and_names_none(op: str, value: Any, parameters: dict[str, Any]) -> None:
    (checked,) = check_graph(one_op(op, value, **parameters))
    assert checked.remarks == ()
    assert checked.relative_error < 1e-6


def test_an_axis_too_many_is_refused() -> None:
    trace = evaluate(one_op("ExpandDims", [[[[1.0]]]]))
    assert trace.nodes["y"].message == "the result would have 5 axes; the limit is 4"
    assert evaluate(one_op("ExpandDims", [[[1.0]]])).nodes["y"].state == "ok"


def test_an_axis_that_is_not_there_is_refused() -> None:
    assert evaluate(one_op("ExpandDims", [1.0], axis=3)).nodes["y"].state == "error"
    assert evaluate(one_op("Largest", 1.0, axis=2)).nodes["y"].state == "error"
