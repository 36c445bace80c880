"""What the panel of descent is told: sentences and coordinates, all of which a browser can read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from components.panels import NO_AXIS, DescentLook, descent_of
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import SetFormula, SetValue, apply
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from tests.components.state.host import Host
from tests.engine.built import FORK, SEED
from tests.engine.replay.test_descent import ROSENBROCK
from tests.strategies import graphs, smooth_graphs


def told(graph: Graph, look: DescentLook | None = None) -> dict[str, Any]:
    return descent_of(graph, evaluate(graph), look or DescentLook(), "formula")


def test_the_first_step_in_a_sentence_and_by_its_rule() -> None:
    found = told(ROSENBROCK, DescentLook(rate=0.001, steps=3))
    assert found["rows"][0]["told"] == "Now: x0 = 0, x1 = 2, y = 401."
    assert found["rows"][1]["told"] == "Step 1: x0 = 0.002, x1 = 1.6, y ≈ 257."
    assert found["rule"] == [
        ["x0 − rate × x0.grad = 0 − 0.001 × (−2)", "0.002", "="],
        ["x1 − rate × x1.grad = 2 − 0.001 × 400", "1.6", "="],
    ]
    assert found["points"][1] == [0.002, 1.6]
    assert found["heights"][:2] == [401, pytest.approx(256.9947240016)]
    assert found["slopes"] == [-2, 400]
    assert found["way"] == "3 steps lead down: y goes from 401 to 105.8."
    assert len(found["cells"]) == found["n"] ** 2
    assert found["summary"].startswith("Contour plot over x0 from −1 to ")


def test_the_axes_are_the_first_two_inputs_until_others_are_chosen() -> None:
    graph = apply(Graph(), SetFormula(text="a = 1; b = 2; c = 3; v = [1, 2]; y = a*b*c + sum(v)"))
    ids = {node.name: node.id for node in graph.nodes()}
    assert told(graph)["names"] == ["a", "b"]
    assert told(graph)["others"] == 2
    assert told(graph, DescentLook(across=ids["c"], up=ids["a"]))["names"] == ["c", "a"]
    assert told(graph, DescentLook(across=ids["c"]))["names"] == ["c", "a"]
    assert told(graph, DescentLook(across="gone", up=ids["v"]))["names"] == ["a", "b"]
    curve = told(graph, DescentLook(across=ids["b"], up=NO_AXIS))
    assert (curve["names"], "cells" in curve, len(curve["frame"])) == (["b"], False, 2)


def test_others_move_too_unless_they_are_held() -> None:
    graph = apply(Graph(), SetFormula(text="a = 1; b = 2; c = 3; y = a*a + b*b + c*c"))
    assert told(graph, DescentLook(rate=0.25, steps=1))["rows"][1]["values"] == ["0.5", "1", "1.5"]
    held = told(graph, DescentLook(rate=0.25, steps=1, hold=True))
    assert (held["columns"], held["remark"]) == (["a", "b"], "")
    assert told(graph)["remark"] == "The map has the other inputs as they are now; on the way they move too."
    assert held["rows"][1]["told"] == "Step 1: a = 0.5, b = 1, y = 10.25."


def test_a_wrong_engine_does_not_lead_the_way() -> None:
    found = descent_of(FORK, evaluate(FORK, variant=Variant.STEP_13), DescentLook(rate=1 / 64), "")
    assert found["rule"] == [["x − rate × x.grad ≈ 2 − 0.01562 × 64", "1", "≈"]]
    assert found["remark"] == "Descent goes by the right gradients, those of Step 16."


def test_the_window_stays_while_it_serves() -> None:
    first = told(SEED)
    look = DescentLook(frame=tuple(map(tuple, first["frame"])), kind=first["kind"])
    moved = apply(SEED, SetValue(node="x", value=1.2))
    assert told(moved, look)["frame"] == first["frame"]
    assert told(moved)["frame"] != first["frame"]
    far = apply(SEED, SetValue(node="x", value=70))
    assert told(far, look)["frame"] == told(far)["frame"]
    other = DescentLook(frame=look.frame, kind=1)
    assert told(moved, other)["frame"] == told(moved)["frame"]


def test_a_rate_is_found_until_somebody_sets_one() -> None:
    assert told(ROSENBROCK)["rate"] == 0.001
    assert told(ROSENBROCK)["rule"][1] == ["x1 − rate × x1.grad = 2 − 0.001 × 400", "1.6", "="]
    assert told(ROSENBROCK, DescentLook(rate=0.1))["rate"] == 0.1
    graph = apply(Graph(), SetFormula(text="a = 1; b = 1; c = 1; y = a*a + b*b + 400*c*c"))
    assert [told(graph, DescentLook(hold=hold))["rate"] for hold in (False, True)] == [0.001, 0.1]


def test_the_curve_and_the_way_are_in_the_frame() -> None:
    graph = apply(Graph(), SetFormula(text="x = 0.05; y = log(x)"))
    for look in (DescentLook(rate=0.1), DescentLook(rate=0.0005)):
        found = told(graph, look)
        low, high = found["frame"][1]
        assert all(low < y < high for piece in found["pieces"] for _, y in piece)
        left, right = found["frame"][0]
        assert all(low < y < high for x, y in found["points"] if left <= x <= right)


looks = st.builds(
    DescentLook,
    across=st.sampled_from(["", "n1", "n2", "n3"]),
    up=st.sampled_from(["", "n1", "n2", "n3", NO_AXIS]),
    rate=st.floats(1e-8, 1e3),
    steps=st.integers(1, 12),
    hold=st.booleans(),
)


@given(graphs() | smooth_graphs(), looks)
@settings(deadline=None, max_examples=150)
def test_whatever_the_graph_a_browser_can_read_it(graph: Graph, look: DescentLook) -> None:
    found = told(graph, look)
    # Python writes NaN and Infinity into JSON, which a browser refuses: the page would be blank.
    again = json.loads(json.dumps(found, allow_nan=False))
    assert again == json.loads(json.dumps(found))
    assert found["trouble"] or found["rows"]
    if "frame" not in found:
        return
    assert len(found["frame"]) == 2
    assert all(low < high for low, high in found["frame"])
    if "cells" in found:
        assert all(-1 <= cell <= found["fine"] * max(1, len(found["levels"]) - 1) for cell in found["cells"])
    kept = DescentLook(**{**look.model_dump(), "frame": found["frame"], "kind": found["kind"]})
    json.dumps(told(graph, kept), allow_nan=False)


def test_a_curve_has_gaps_where_there_is_nothing() -> None:
    graph = apply(Graph(), SetFormula(text="x = 0.5; y = 1 / x"))
    pieces = told(graph)["pieces"]
    assert len(pieces) == 2
    assert max(x for x, _ in pieces[0]) < 0 < min(x for x, _ in pieces[1])
    json.dumps(pieces, allow_nan=False)


def test_blanks_are_told_from_heights() -> None:
    found = told(apply(Graph(), SetFormula(text="x = 0.5; y = 1; z = log(x) + y")))
    row = found["cells"][: found["n"]]
    assert set(row[: found["n"] // 4]) == {-1}
    assert min(row[found["n"] // 2 :]) >= 0


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.tuples(finite, finite))
@example((-1e-310, 1e-310))
@example((-1e308, 1e308))
@settings(deadline=None)
def test_no_window_that_is_handed_over_breaks_anything(frame: tuple[float, float]) -> None:
    graph = apply(apply(SEED, SetValue(node="x", value=0)), SetValue(node="y", value=0))
    found = told(graph, DescentLook(frame=(frame, frame), kind=told(graph)["kind"]))
    assert all(low < high for low, high in found["frame"])


@pytest.mark.parametrize(
    "part", [{"rate": 0}, {"rate": float("inf")}, {"steps": 0}, {"steps": 10**6}, {"frame": [[0, float("nan")]]}]
)
def test_a_look_that_cannot_be_meant_is_refused(part: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        DescentLook(**part)


def test_while_gradients_are_hidden_the_first_step_is_asked_as_far_as_it_is_shown() -> None:
    host = Host()
    host.do(
        {"type": "lesson", "lesson": next(place for place, each in enumerate(LESSONS) if each.name == "rosenbrock")}
    )
    told = host.show("descent", descent={"rate": 0.001})["descent"]
    assert told["asks"]
    assert [worked for worked, _, _ in told["rule"]] == [
        "x0 − rate × x0.grad = 0 − 0.001 × ?",
        "x1 − rate × x1.grad = 2 − 0.001 × ?",
    ]
    host.do({"type": "reveal", "numbers": [[each["node"], "grad", 0] for each in host.picture["asked"]]})
    assert "asks" not in host.picture["descent"]
    assert [result for _, result, _ in host.picture["descent"]["rule"]] == [
        "0.002",
        "1.6",
    ]  # 0 + 0.001 · 2 and 2 − 0.001 · 400
