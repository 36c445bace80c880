from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.edits import SetFormula, apply
from engine.errors import FormulaError
from engine.evaluate import evaluate
from engine.examples import EXAMPLES
from engine.formula import formula_of
from engine.graph import Graph
from engine.parsing import graph_of_formula
from tests.engine.built import SEED, built, grad_of
from tests.strategies import graphs

EMPTY = Graph()


def read(text: str, present: Graph = EMPTY) -> Graph:
    return apply(present, SetFormula(text=text))


def node(graph: Graph, name: str) -> str:
    found = graph.node_named(name)
    assert found is not None
    return found.id


@pytest.mark.parametrize(
    ("number", "formula"),
    [
        (1, "z = x ** 2 + y ** 2"),
        (2, "y = exp(x ** 2) ** 2"),
        (3, "f = (x + y) * z"),
        (4, "f = (x * y + max(z, w)) * k"),
        (5, "y = x + x"),
        (6, "e = (a + b) * (b + one)"),
        (7, "f = a * b * (a + b)"),
        (8, "a = x ** 2; y = a ** 2 + a ** 2"),
        (9, "y = x + x; v = x + (x + x)"),
    ],
)
def test_the_lessons_formulas(number: int, formula: str) -> None:
    graph = EXAMPLES[number - 1].graph
    assert formula_of(graph) == formula
    assert read(formula, graph) == graph


@pytest.mark.parametrize("text", ["z = x**2 + y**2", "z = add(square(x), square(y))", "z = Add(Square(x), y**2)"])
def test_the_seed_graph_can_be_typed(text: str) -> None:
    graph = read(f"x = 2; y = 3\n{text}")
    trace = evaluate(graph)
    assert [node.op for node in graph.nodes() if node.op] == ["Square", "Square", "Add"]
    assert float(trace.nodes[node(graph, "z")].data[0]) == 13  # type: ignore[index]
    assert [float(trace.nodes[node(graph, name)].grad[0]) for name in "xy"] == [4, 6]  # type: ignore[arg-type]


def test_equal_names_are_shared_and_equal_expressions_are_not() -> None:
    assert len(read("z = x**2 + x**2")) == 4
    assert len(read("a = x**2; z = a + a")) == 3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("y = 2*x + 1", 7.0),
        ("y = -x**2", -9.0),
        ("y = x**3", 27.0),
        ("y = (x - 1) / 4 - +x", -2.5),
        ("y = max(x, 5) * minimum(x, 2)", 10.0),
        ("m = min_max(x, 1); y = m.high - m.low", 2.0),
        ("low, high = min_max(x, 1); y = high - low", 2.0),
        ("y = np.log(np.exp(x))", 3.0),
        ("a = x; y = a * a", 9.0),
        ("  y = 1e1 * x\n", 30.0),
    ],
)
def test_it_computes_what_python_would(text: str, value: float) -> None:
    graph = read(f"x = 3\n{text}")
    assert float(evaluate(graph).nodes[node(graph, "y")].data[0]) == pytest.approx(value)  # type: ignore[index]


def test_a_number_becomes_an_input_that_is_named_after_it() -> None:
    graph = read("y = 2*x + 0.5 + 2*z")
    assert [(each.name, each.value) for each in graph.nodes() if each.is_input and each.name.startswith("c")] == [
        ("c2", 2.0),
        ("c0_5", 0.5),
    ]


def test_values_may_be_given_before_or_after() -> None:
    for text in ("x = [1, 2]; y = x**2", "y = x**2; x = [1, 2]", "y = x**2\nx = [1, 2]"):
        graph = read(text)
        assert graph.node(node(graph, "x")).value == (1.0, 2.0)
    assert read("x = -1.5; y = x").node_named("x").value == -1.5  # type: ignore[union-attr]


def test_the_unchanged_part_keeps_ids_names_values_and_places() -> None:
    before = EXAMPLES[0].graph
    after = read("z = x**2 + y**2 * x", before)
    for name in ("x", "y", "a", "b"):
        assert after.node_named(name) == before.node_named(name)
    trace = evaluate(after)
    assert float(trace.nodes[node(after, "z")].data[0]) == 4 + 9 * 2  # type: ignore[index]


def test_an_unchanged_formula_changes_nothing() -> None:
    for example in EXAMPLES:
        assert read(formula_of(example.graph), example.graph) == example.graph


def test_new_nodes_stand_right_of_their_inputs_and_on_nobody() -> None:
    after = read("z = x**2 + y**2 * x + sin(y)", EXAMPLES[0].graph)
    for edge in after.edges():
        assert after.node(edge.source).x < after.node(edge.target).x
    places = [(each.x, each.y) for each in after.nodes()]
    for index, (x, y) in enumerate(places):
        assert all(abs(x - other[0]) > 150 or abs(y - other[1]) > 90 for other in places[:index])


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("", 1, "A formula is needed"),
        ("z = x +", 8, "not a formula"),
        ("z = (x + y", 5, "not a formula"),
        ("z = x^2", 7, r"write \*\* for a power"),
        ("z = foo(x)", 5, "no op named “foo”"),
        ("z = square(x, y)", 5, "takes 1 inputs, and here are 2"),
        ("z = add(x0=x, x1=y)", 5, "in order"),
        ("z = x if y else 2", 5, "no meaning"),
        ("z = z + 1", 1, "z is used before"),
        ("z = x**2; z = y**2", 11, "each name is assigned once"),
        ("x + y = z", 1, "not a formula"),
        ("a.b = x", 1, "A name stands on the left"),
        ("z = m.low", 5, "no output m.low"),
        ("z = min_max(x, y) + 1", 5, "several outputs: name one by .low or .high"),
        ("z = __import__('os')", 16, "Quotes"),
        ("import os", 1, "consists of lines such as"),
        ("z = x.__class__", 5, "no output"),
        ("z = [x for x in y]", 5, "no meaning"),
        ("z = lambda: x", 5, "no meaning"),
        ("z = exec(x)", 5, "no op named “exec”"),
        ("z = x ** True", 10, "no meaning"),
        ("z = 1e999", 5, "not a finite number"),
        ("x = [1, [2]]", 5, "rows of the array differ"),
        ("ö = ä + foo(x)", 9, "no op named “foo”"),
        ("a, b = square(x)", 8, "does not have 2 outputs"),
    ],
)
def test_a_fault_is_told_with_its_column(text: str, column: int, sentence: str) -> None:
    with pytest.raises(FormulaError, match=sentence) as caught:
        read(text)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_a_fault_on_a_later_line_names_the_line() -> None:
    with pytest.raises(FormulaError) as caught:
        read("a = x\n   b = a ? 2")
    assert (caught.value.line, caught.value.column) == (2, 10)


@pytest.mark.parametrize("text", ["(" * 3000, "-" * 20_000 + "x", "x" + "+x" * 20_000, "f(" * 100, "x" * 60_000, "\0"])
def test_hostile_texts_are_refused_like_any_other(text: str) -> None:
    with pytest.raises(FormulaError):
        graph_of_formula(text, EMPTY)


@settings(deadline=None)
@given(st.text(alphabet="xyz=+-*/().,;2 \n[]…~@", max_size=30))
def test_any_text_makes_a_graph_or_a_sentence(text: str) -> None:
    try:
        graph = graph_of_formula(text, EXAMPLES[0].graph)
    except FormulaError as error:
        assert str(error).endswith(".")
        assert error.line >= 1
        assert error.column >= 1
    else:
        assert evaluate(graph).nodes.keys() == {each.id for each in graph.nodes()}


@settings(deadline=None, max_examples=200)
@given(graphs(max_nodes=9))
def test_any_graph_is_read_back_from_its_formula(graph: Graph) -> None:
    formula = formula_of(graph)
    assert graph_of_formula(formula, graph) == graph
    # And by somebody who does not know the graph: the same ops on the same inputs.
    again = graph_of_formula(formula, EMPTY)
    assert sorted(str(each.op) for each in again.nodes()) == sorted(str(each.op) for each in graph.nodes())
    assert len(again.edges()) == len(graph.edges())
    assert formula_of(again).count("=") == formula.count("=")


def test_a_long_chain_is_written_on_several_lines_and_read_back() -> None:
    words = ["x=1", "v0=Sin(x)", *(f"v{i + 1}=Sin(v{i})" for i in range(300))]
    graph = built(" ".join(words))
    assert graph_of_formula(formula_of(graph), graph) == graph


def test_a_chosen_output_stays_chosen_as_long_as_it_is_there() -> None:
    chosen = Graph.of(SEED.nodes(), SEED.edges(), ("a", 0))
    assert read("z = x**2 + y**2 + x", chosen).output == ("a", 0)
    assert read("z = sin(x)", chosen).output is None
    assert grad_of(evaluate(chosen), "x") == 4.0


def test_node_names_that_are_ops_too_do_no_harm() -> None:
    graph = built("exp=2 sin=Exp(exp) y=Sin(sin)")
    assert formula_of(graph) == "y = sin(exp(exp))"
    assert graph_of_formula(formula_of(graph), graph) == graph


def test_of_equal_parts_each_name_keeps_its_node() -> None:
    """Both squares fit both names; what is typed as b stays b, and a, which is typed within, is found as well."""
    graph = built("x=3 a=Square(x) b=Square(x) c=Add(a,b) d=Add(b,c)")
    assert formula_of(graph) == "b = x ** 2; d = b + (x ** 2 + b)"
    assert graph_of_formula(formula_of(graph), graph) == graph
