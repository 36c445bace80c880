"""The picture beside the drawing: bars of magnitudes, palette, parameters."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from components.picture import catalogue, make_picture
from engine.document import Graph, Node
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from engine.picture import numbers
from tests.components.spoken import said_loud
from tests.engine.built import SEED, built


def bars(formula: str) -> tuple[dict[str, int], dict[str, Any]]:
    """Return the range of the bars, and log₁₀ of |grad| with the number in words by the names of nodes."""
    graph = graph_of_formula(formula, Graph())
    picture = make_picture(graph, evaluate(graph), bars=True)
    nodes = picture["nodes"].values()
    return picture["bars"], {node["name"]: (node["bar"], node["size"]) for node in nodes if "bar" in node}


@pytest.mark.parametrize(
    ("factor", "low", "high"),
    [
        (1000.0, 0, 3),  # |x.grad| = 10³, |y.grad| = 10⁰: both ends stand on powers of ten
        (2000.0, 0, 4),  # log₁₀ 2000 = 3.301, and the next power is 10⁴
        (0.001, -3, 0),
        (0.0005, -4, 0),  # log₁₀ 0.0005 = −3.301
        (-1000.0, 0, 3),
        (1.0, -1, 0),  # all alike: a range of one power, so that a bar has a length
    ],
)
def test_the_bars_range_over_whole_powers_of_ten_around_all_gradients(factor: float, low: int, high: int) -> None:
    assert bars(f"x = 1; y = {factor} * x")[0] == {"low": low, "high": high}


def test_a_bar_is_the_power_of_ten_of_the_largest_gradient() -> None:
    # y = Σ x²: x.grad = 2x = (−20, 4), and the largest is 20 = 10^1.301.
    _, found = bars("x = [-10, 2]; y = sum(x * x)")
    assert found["x"] == (1.301, "20")
    assert found["y"] == (0.0, "1")


def test_no_bar_stands_where_a_gradient_is_zero_infinite_or_not_there() -> None:
    graph = built("x=0 y=Square(x) z=Neg(x)", output="y")
    picture = make_picture(graph, evaluate(graph), bars=True)
    # x.grad = 2 · 0, z.grad is None, y.grad = 1.
    assert {node_id for node_id, node in picture["nodes"].items() if "bar" in node} == {"y"}
    assert picture["bars"] == {"low": -1, "high": 0}
    steep = built("x=0 y=Sqrt(x)")
    drawn = make_picture(steep, evaluate(steep), bars=True)
    assert "bar" not in drawn["nodes"]["x"]
    empty = make_picture(Graph(), evaluate(Graph()), bars=True)
    assert empty["bars"] == {"low": -1, "high": 0}
    assert "bars" not in make_picture(graph, evaluate(graph))


def test_several_outputs_share_a_bar_of_the_largest() -> None:
    # low · high · high at (3, 5): low.grad = 25, high.grad = 2 · 15.
    graph = built("x=3 y=5 m=MinMax(x,y) a=Mul(m,m.1) z=Mul(a,m.1)")
    assert make_picture(graph, evaluate(graph), bars=True)["nodes"]["m"]["size"] == "30"


def test_the_palette_begins_with_what_a_class_meets_first() -> None:
    groups = catalogue()
    assert [entry["op"] for entry in groups[0]["ops"]] == ["Input", "Square", "Add"]
    assert [group["group"] for group in groups[:3]] == ["", "Arithmetic", "Powers"]
    names = [entry["op"] for group in groups for entry in group["ops"]]
    assert len(names) == len(set(names))
    first = groups[0]["ops"][0]
    assert (first["description"], first["ports"], first["outputs"]) == ("A Variable whose value you choose.", [], ["y"])
    assert first["hint"].startswith("A number such as 2, 1/3 or sqrt(2), an array such as")


def test_the_palette_speaks_the_language_of_the_page() -> None:
    english = catalogue()
    with said_loud():
        loud = catalogue()
        assert loud[0]["ops"][0]["description"] == "<A VARIABLE WHOSE VALUE YOU CHOOSE.>"
        assert loud[0]["ops"][1]["description"] == "<SQUARE A VALUE ELEMENTWISE.>"
        assert loud[1]["group"] == "<ARITHMETIC>"
    assert catalogue() == english


def test_what_is_chosen_and_what_a_node_holds_is_told() -> None:
    graph = Graph.of(SEED.nodes(), SEED.edges(), ("a", 0))
    picture = make_picture(graph, evaluate(graph))
    assert picture["chosen"] == ["a", 0]
    assert (picture["nodes"]["x"]["value"], picture["nodes"]["a"]["fullData"]) == (2.0, "4")
    assert picture["nodes"]["z"]["fullGrad"] == ""
    assert "chosen" not in make_picture(SEED, evaluate(SEED))


def test_the_parameters_are_told_as_pairs_as_text_and_as_what_can_be_dragged() -> None:
    graph = Graph.of([Node("x", None, "x", 2.0), Node("y", "Pow", "y", parameters={"exponent": -0.5}),
                      Node("l", "LeakyReLU", "l", parameters={"slope": 0.1})], [])  # fmt: skip
    nodes = make_picture(graph, evaluate(graph))["nodes"]
    assert nodes["y"]["parameters"] == [("exponent", -0.5)]
    assert (nodes["y"]["typed"], nodes["y"]["typedAt"], nodes["y"]["slides"]) == ("−0.5", "heading", ["exponent", -0.5])
    assert (nodes["l"]["typed"], nodes["l"]["typedAt"]) == ("0.1", "line")
    assert "parameters" not in nodes["x"]


def test_each_number_is_written_once_in_short_and_once_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of_formula("x = 2; y = 3; z = x**2 + y**2", Graph())
    trace = evaluate(graph)
    written: Counter[str] = Counter()

    def counted(name: str) -> None:
        write = getattr(numbers, name)

        def count(number: float) -> str:
            written[name] += 1
            return str(write(number))

        monkeypatch.setattr(numbers, name, count)

    counted("short")
    counted("full")
    make_picture(graph, trace)
    each_data_and_grad = 2 * len(graph)
    assert written == {"short": each_data_and_grad, "full": each_data_and_grad}
