"""The panels of the check and of the code: what is beside the numbers that `engine.explain` finds."""

from __future__ import annotations

from components.panels import Look
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import MakeBlock, SetValue, apply
from engine.evaluation import carry_over, evaluate
from engine.formula import graph_of_formula
from tests.components.panels.shown import explanations, shown
from tests.components.spoken import said_loud
from tests.engine.built import FORK, SEED, built


def test_the_quotient_closes_in_on_the_gradient() -> None:
    # z = x² + 9: ((2 + h)² − 4)/h = 4 + h.
    for exponent, quotient, apart in ((-1.0, "4.1", "0.1"), (-2.0, "4.01", "0.01"), (-3.0, "4.001", "1e−3")):
        nudge = shown(SEED, "check", exponent=exponent)["nudge"]
        x = nudge["rows"][0]
        assert (x["id"], x["name"], x["quotient"], x["grad"], x["apart"]) == ("x", "x", quotient, "4", apart)
        assert (nudge["output"], nudge["left"]) == ("z", 0)
    # Six digits: with four, one could not see it close in.
    assert shown(SEED, "check", exponent=-5.0)["nudge"]["rows"][0]["quotient"] == "4.00001"


def test_how_far_apart_has_no_sign_and_what_is_negative_a_true_minus() -> None:
    # y = −x²: (−(1 + h)² + 1)/h = −2 − h, below the gradient.
    row = shown(built("x=1 a=Square(x) y=Neg(a)"), "check")["nudge"]["rows"][0]
    assert (row["quotient"], row["grad"], row["apart"]) == ("−2.1", "−2", "0.1")


def test_what_nothing_reaches_changes_nothing_and_has_no_gradient() -> None:
    rows = shown(built("x=1 u=2 y=Square(x)"), "check")["nudge"]["rows"]
    assert (rows[1]["name"], rows[1]["quotient"], rows[1]["grad"], rows[1]["apart"]) == ("u", "0", "—", "—")


def test_of_an_array_the_first_entries_are_nudged_and_the_others_counted() -> None:
    graph = graph_of_formula("x = [[1, 2], [3, 4], [5, 6]]; y = sum(x)", Graph())
    nudge = shown(graph, "check")["nudge"]
    assert [row["name"] for row in nudge["rows"]] == ["x[0, 0]", "x[0, 1]", "x[1, 0]"]
    assert nudge["left"] == 3


def test_out_of_date_nothing_is_nudged() -> None:
    changed = apply(SEED, SetValue(node="x", value=5.0))
    nudge = explanations(changed, carry_over(evaluate(SEED), SEED, changed), None, Look(panel="check"), "", None)[
        "nudge"
    ]
    assert (nudge["rows"], nudge["left"]) == ([], 0)


def test_the_gradient_check_is_shown_by_input() -> None:
    (x,) = shown(FORK, "check", checked=True, variant=Variant.STEP_13)["check"]
    assert (x["id"], x["name"], x["analytical"], x["numerical"]) == ("x", "x", "32", "64")
    assert (x["agrees"], x["remarks"], x["left"]) == (False, [], 0)
    # (64 − 32) / 64
    assert x["error"] == "0.5"
    graph = graph_of_formula("v = [1, 2, 3, 4]; y = sum(v * v)", Graph())
    (v,) = shown(graph, "check", checked=True)["check"]
    assert (v["analytical"], v["agrees"]) == ("2, 4, 6, …", True)
    assert "check" not in shown(FORK, "check")


def test_a_kink_is_remarked_in_a_sentence() -> None:
    graph = built("x=0 y=ReLU(x)")
    (x,) = shown(graph, "check", checked=True)["check"]
    assert x["remarks"] == ["y (ReLU) has a kink here: its slope jumps, and the difference mixes both sides."]
    with said_loud():
        (remark,) = shown(graph, "check", checked=True)["check"][0]["remarks"]
        assert remark.startswith("<")


def test_so_is_one_that_a_nudge_starts_from() -> None:
    row = shown(built("x=0 y=ReLU(x)"), "check")["nudge"]["rows"][0]
    assert (row["quotient"], row["grad"]) == ("1", "0")
    assert row["remarks"] == ["y (ReLU) has a kink here: its slope jumps, and the quotient is the slope on one side."]
    assert shown(SEED, "check")["nudge"]["rows"][0]["remarks"] == []


def test_what_cannot_be_compared_is_told_apart_from_what_is_wrong() -> None:
    (x,) = shown(built("x=0 a=Square(x) y=Sqrt(a)"), "check", checked=True)["check"]
    assert (x["agrees"], x["answered"], x["analytical"], x["numerical"]) == (False, False, "nan", "0")
    assert len(x["remarks"]) == 2
    (x,) = shown(FORK, "check", checked=True, variant=Variant.STEP_13)["check"]
    assert (x["agrees"], x["answered"]) == (False, True)


def test_lines_of_code_point_at_what_the_picture_shows() -> None:
    graph = apply(built("x=2 a=Square(x) b=Neg(a) y=Exp(b)"), MakeBlock(id="s", nodes=["a", "b"], name="f"))
    code = shown(graph, "code")["code"]
    assert set(code) == {"engine", "torch", "program"}
    by_line = [(line.split(" =")[0], node) for line, node in code["engine"]["lines"] if " = " in line]
    assert ("x", "x") in by_line
    assert ("y", "y") in by_line
    assert "s" in {node for _, node in code["engine"]["lines"]}
    assert not {"a", "b"} & {node for _, node in code["engine"]["lines"]}
    assert code["engine"]["text"].startswith("\n".join(line for line, _ in code["engine"]["lines"])[:20])
