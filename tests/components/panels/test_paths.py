"""The panel of paths, on graphs whose derivatives are worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from components.panels import Look
from engine.autograd import Variant
from engine.document import Graph, Node
from engine.edits import SetValue, apply
from engine.evaluation import carry_over, evaluate
from engine.formula import graph_of_formula
from tests.components.panels.shown import explanations, shown
from tests.engine.built import FORK, SEED, built


def paths(graph: Graph, selected: str, **options: Any) -> dict[str, Any]:
    return shown(graph, "paths", selected=selected, **options)["paths"]


def test_each_path_has_its_factors_and_the_products_add_up_to_the_gradient() -> None:
    # y = a² + a², a = x² at 2: each path has 4 · 8 · 1.
    (variable,) = paths(FORK, "x")["variables"]
    assert (variable["name"], variable["count"], variable["complete"]) == ("x", "2", True)
    assert (variable["total"], variable["grad"], variable["agrees"]) == ("64", "64", True)
    first, second = variable["rows"]
    assert (first["names"], first["factors"], first["product"]) == ("x → a → c → y", "4 × 8 × 1", "32")
    assert (first["sign"], variable["sum"], variable["sign"]) == ("=", "32 + 32 = 64", "=")
    assert (second["nodes"], second["edges"]) == (["x", "a", "b", "y"], ["a:0", "b:0", "y:0"])


def test_a_wrong_gradient_does_not_agree_with_its_paths() -> None:
    (variable,) = paths(FORK, "x", variant=Variant.STEP_13)["variables"]
    assert (variable["total"], variable["grad"], variable["agrees"]) == ("64", "32", False)


def test_what_leads_nowhere_has_no_path() -> None:
    graph = built("x=1 y=2 z=Square(x)")
    (variable,) = paths(graph, "y")["variables"]
    assert (variable["count"], variable["total"], variable["grad"]) == ("0", "—", "—")
    assert (variable["rows"], variable["agrees"]) == ([], False)


def test_the_three_ways_to_all_gradients_and_what_they_cost() -> None:
    # Two inputs, each with one path of two hops; forward sweeps once for each, reverse takes four wires in all.
    found = paths(SEED, "")
    assert found == {"costs": {"paths": "4", "forward": "4", "reverse": "4"}, "output": "z"}
    # x = 2, and ten times y = y + y: 2¹⁰ paths of 10 hops; each sweep takes the 20 wires once.
    names = ["x", *(f"d{i}" for i in range(10))]
    doubled = built("x=2 " + " ".join(f"{after}=Add({before},{before})" for before, after in pairwise(names)))
    costs = paths(doubled, "")["costs"]
    assert costs == {"paths": "10\N{NARROW NO-BREAK SPACE}240", "forward": "20", "reverse": "20"}


def test_an_op_that_mixes_elements_stands_by_its_name() -> None:
    graph = graph_of_formula("x = [1, 2]; y = 3 * sum(x)", Graph())
    (x,) = [node.id for node in graph.nodes() if node.name == "x"]
    (variable,) = paths(graph, x)["variables"]
    assert [row["factors"] for row in variable["rows"]] == ["(Sum) × 3"]
    assert variable["total"] == "[3, 3] (2,)"
    # (Sum) is no number that 3 could be multiplied by.
    assert [row["sign"] for row in variable["rows"]] == ["⇒"]


def test_a_product_of_rounded_numbers_is_about() -> None:
    # 1/3 twice: 0.3333 × 0.3333 ≈ 0.1111
    (variable,) = paths(graph_of_formula("x = 1; y = x / 3 / 3", Graph()), "n1")["variables"]
    assert [(row["factors"], row["sign"], row["product"]) for row in variable["rows"]] == [
        ("0.3333 × 0.3333", "≈", "0.1111")
    ]
    assert (variable["sum"], variable["sign"]) == ("0.1111", "≈")


def test_several_outputs_have_their_own_paths() -> None:
    graph = built("x=3 y=5 m=MinMax(x,y) z=Mul(m,m.1)")
    assert [(each["name"], each["total"]) for each in paths(graph, "m")["variables"]] == [
        ("m.low", "5"),
        ("m.high", "3"),
    ]


def test_nothing_is_said_of_numbers_that_are_out_of_date_or_not_there() -> None:
    changed = apply(SEED, SetValue(node="x", value=5.0))
    stale = carry_over(evaluate(SEED), SEED, changed)
    assert stale.stale
    assert "variables" not in explanations(changed, stale, None, Look(panel="paths"), "x", None)["paths"]
    waiting = Graph.of([Node("a", "Square", "a")], [])
    assert "variables" not in paths(waiting, "a")
    assert paths(Graph(), "gone") == {"costs": {"paths": "0", "forward": "0", "reverse": "0"}, "output": ""}
