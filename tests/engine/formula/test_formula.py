from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import Graph
from engine.edits import Rename, SetFormula, apply
from engine.errors import FormulaError
from engine.evaluation import evaluate
from engine.formula import formula_of, graph_of_formula
from engine.lessons import LESSONS
from engine.limits import MAX_FORMULA_LENGTH
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
    ("name", "formula"),
    [
        ("sum_of_squares", "z = x ** 2 + y ** 2"),
        ("a_chain", "y = exp(x ** 2) ** 2"),
        ("sign_of_a_gradient", "f = (x + y) * z"),
        ("router_and_swapper", "f = (x * y + max(z, w)) * 2"),
        ("used_twice", "y = x + x"),
        ("two_paths", "e = (a + b) * (b + 1)"),
        ("find_the_bug", "f = a * b * (a + b)"),
        ("generations", "a = x ** 2; y = a ** 2 + a ** 2"),
        ("forgotten_cleargrad", "y = x + x; v = x + (x + x)"),
    ],
)
def test_the_lessons_formulas(name: str, formula: str) -> None:
    graph = next(lesson.graph for lesson in LESSONS if lesson.name == name)
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
        ("low, high = min_max(x, 1); b = high; y = b * 2", 6.0),
        ("low, high = min_max(x, 1); b = low; y = b * 2", 2.0),
        ("y = np.log(np.exp(x))", 3.0),
        ("a = x; y = a * a", 9.0),
        ("  y = 1e1 * x\n", 30.0),
        ("y = x² + 2*x³", 63.0),
        ("y = −x ÷ 2 × 4", -6.0),
        ("y = x^2^0.5 + 1", 3**2**0.5 + 1),
    ],
)
def test_it_computes_what_python_would(text: str, value: float) -> None:
    graph = read(f"x = 3\n{text}")
    assert float(evaluate(graph).nodes[node(graph, "y")].data[0]) == pytest.approx(value)  # type: ignore[index]


def test_numbers_become_constants_and_are_written_back_as_numbers() -> None:
    graph = read("y = 2*x + 0.5 + 2*z")
    constants = [each.parameters["value"] for each in graph.nodes() if each.op == "Constant"]
    assert constants == [2.0, 0.5, 2.0]
    assert [each.name for each in graph.nodes() if each.is_input] == ["x", "z"]
    assert formula_of(graph) == "y = 2 * x + 0.5 + 2 * z"


@pytest.mark.parametrize(
    ("text", "op", "parameters"),
    [
        ("y = x**2", "Square", {}),
        ("y = x**3", "Pow", {"exponent": 3.0}),
        ("y = x**-0.5", "Pow", {"exponent": -0.5}),
        ("y = pow(x, exponent=2)", "Pow", {"exponent": 2.0}),
        ("y = pow(x, 2)", "Pow", {"exponent": 2.0}),
        ("y = x**p", "Power", {}),
        ("y = power(x, 3)", "Power", {}),
        ("y = leaky_relu(x, slope=0.1)", "LeakyReLU", {"slope": 0.1}),
        ("y = LeakyReLU(x)", "LeakyReLU", {"slope": 0.2}),
        ("y = sum(x, axis=0)", "Sum", {"axis": 0, "keepdims": False}),
        ("y = np.sum(x, axis=(0, -1), keepdims=True)", "Sum", {"axis": (0, -1), "keepdims": True}),
        ("y = np.sum(x, 0)", "Sum", {"axis": 0, "keepdims": False}),
        ("y = sum(x, axis=None)", "Sum", {"axis": None, "keepdims": False}),
        ("y = reshape(x, shape=(2, 3))", "Reshape", {"shape": (2, 3)}),
        ("y = reshape(x, [6])", "Reshape", {"shape": (6,)}),
        ("y = concat(x, z, w, axis=-1)", "Concat", {"axis": -1, "n_inputs": 3}),
        ("y = concat(x)", "Concat", {"axis": 0, "n_inputs": 1}),
        ("y = np.concatenate([x, z], axis=1)", "Concat", {"axis": 1, "n_inputs": 2}),
        ("y = concat(x, z, n_inputs=2)", "Concat", {"axis": 0, "n_inputs": 2}),
        ("y = split(x, n_outputs=3)", "Split", {"n_outputs": 3, "axis": 0}),
        ("y = x @ W", "MatMul", {}),
        ("y = np.matmul(x, W)", "MatMul", {}),
        ("y = mean_squared_error(x, t)", "MSE", {}),
        ("y = softmax_cross_entropy(x, t)", "CrossEntropy", {}),
        ("y = constant(-2)", "Constant", {"value": -2.0}),
    ],
)
def test_parameters_stand_behind_the_inputs_by_name_or_in_order(text: str, op: str, parameters: dict) -> None:
    graph = read(text)
    found = graph.node_named("y")
    assert found is not None
    assert (found.op, dict(found.parameters)) == (op, parameters)
    assert read(formula_of(graph), graph) == graph


@pytest.mark.parametrize(
    "formula",
    [
        "y = (-2) ** x",
        "y = -2 ** x",
        "y = neg(2) * x",
        "y = neg(-2)",
        "y = x ** (-0.5)",
        "y = power(x, 2)",
        "k = constant(5); y = x * k + k",
        "y = leaky_relu(x, slope=0.1) - -2",
        "s = split(x, n_outputs=3); y = s.y0 + s.y2",
        "y = concat(x, ..., z)",
        "y = sum(x, axis=(0,), keepdims=True) @ W",
        "y = reshape(x, shape=())",
    ],
)
def test_what_is_read_is_written_the_same(formula: str) -> None:
    assert formula_of(read(formula)) == formula


def test_as_many_outputs_are_split_as_there_are_names() -> None:
    graph = read("x = [1, 2, 4]; p, q, r = split(x); y = p * q + r")
    assert float(evaluate(graph).nodes[node(graph, "y")].data[0][0]) == 1 * 2 + 4  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("p, q = split([1, 2, 3, 4])", {"p": [1, 2], "q": [3, 4]}),
        ("[p, q] = split([1, 2, 3, 4])", {"p": [1, 2], "q": [3, 4]}),
        ("low, high = min_max(x, 1)", {"low": 1, "high": 3}),
        ("_, high = min_max(x, 1)", {"high": 3}),
        ("p = split([1, 2])[1]", {"p": [2]}),
        ("p = min_max(x, 1).high", {"p": 3}),
        ("p, q = 2, [1, 2]; r = p * q", {"p": 2, "q": [1, 2], "r": [2, 4]}),
        ("s_y0, s_y1 = split([1, 2]); s = s_y0", {"s": [1]}),
    ],
)
def test_names_of_several_values_stay(text: str, values: dict) -> None:
    graph = read(f"x = 3\n{text}")
    names = [each.name for each in graph.nodes()]
    assert len(names) == len(set(names))
    trace = evaluate(graph)
    for name, value in values.items():
        data = trace.nodes[node(graph, name)].data
        assert data is not None
        np.testing.assert_array_equal(data[0], value)
    assert read(formula_of(graph), graph) == graph


def test_names_as_scripts_write_them_for_the_outputs_of_a_node_name_the_node() -> None:
    graph = read("m_low, m_high = min_max(3, 2); z = m_low + m_high")
    assert [each.name for each in graph.nodes() if each.op in ("MinMax", "Add")] == ["m", "z"]
    assert len(graph) == 4


def test_another_parameter_leaves_the_node_in_its_place() -> None:
    before = read("y = leaky_relu(x, slope=0.1)")
    after = read("y = leaky_relu(x, slope=0.3)", before)
    assert [each.id for each in after.nodes()] == [each.id for each in before.nodes()]
    assert after.node_named("y").parameters == {"slope": 0.3}  # type: ignore[union-attr]


def test_random_values_may_be_asked_for() -> None:
    value = read("x = random(2, 3, seed=5); y = sum(x)").node_named("x").value  # type: ignore[union-attr]
    np.testing.assert_array_equal(value, np.random.default_rng(5).standard_normal((2, 3)))


def test_a_node_may_be_called_as_the_number_pi_is_written() -> None:
    graph = apply(read("x = 3; z = x**2"), Rename(node="n1", name="π"))
    assert read(formula_of(graph), graph) == graph
    changed = read("y = 2π + 0 * pi", graph)
    assert evaluate(changed).nodes[node(changed, "y")].data[0] == 6  # type: ignore[index]


def test_values_may_be_given_before_or_after() -> None:
    for text in ("x = [1, 2]; y = x**2", "y = x**2; x = [1, 2]", "y = x**2\nx = [1, 2]"):
        graph = read(text)
        assert graph.node(node(graph, "x")).value == (1.0, 2.0)
    assert read("x = -1.5; y = x").node_named("x").value == -1.5  # type: ignore[union-attr]


def test_the_unchanged_part_keeps_ids_names_values_and_places() -> None:
    before = LESSONS[0].graph
    after = read("z = x**2 + y**2 * x", before)
    for name in ("x", "y", "a", "b"):
        assert after.node_named(name) == before.node_named(name)
    trace = evaluate(after)
    assert float(trace.nodes[node(after, "z")].data[0]) == 4 + 9 * 2  # type: ignore[index]


def test_an_unchanged_formula_changes_nothing() -> None:
    for lesson in LESSONS:
        assert read(formula_of(lesson.graph), lesson.graph) == lesson.graph


def test_new_nodes_stand_right_of_their_inputs_and_on_nobody() -> None:
    after = read("z = x**2 + y**2 * x + sin(y)", LESSONS[0].graph)
    for edge in after.edges():
        assert after.node(edge.source).x < after.node(edge.target).x
    places = [(each.x, each.y) for each in after.nodes()]
    for index, (x, y) in enumerate(places):
        assert all(abs(x - other[0]) > 150 or abs(y - other[1]) > 90 for other in places[:index])


def test_a_formula_has_a_greatest_length() -> None:
    assert len(read(" " * (MAX_FORMULA_LENGTH - 6) + "y = -x")) == 2
    with pytest.raises(FormulaError, match=r"The formula has 50001 characters; the limit is 50000\."):
        graph_of_formula(" " * (MAX_FORMULA_LENGTH - 4) + "y = x", EMPTY)


def test_a_formula_may_have_as_many_wires_as_a_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.formula.rebuild.MAX_EDGES", 4)
    assert len(read("y = x + x; z = y * y").edges()) == 4
    with pytest.raises(FormulaError, match=r"more than 4 wires, which is the limit\."):
        read("y = x + x; z = y * y + y")


def test_a_formula_may_have_as_many_nodes_as_a_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.formula.rebuild.MAX_NODES", 3)
    assert len(read("y = sin(cos(x))")) == 3
    with pytest.raises(FormulaError, match=r"more than 3 nodes, which is the limit\."):
        read("y = sin(cos(exp(x)))")


@pytest.mark.parametrize("prefix", ["np", "numpy", "math", "engine", "F"])
def test_a_pasted_call_means_the_op(prefix: str) -> None:
    assert formula_of(read(f"y = {prefix}.sin(x)")) == "y = sin(x)"


def test_new_inputs_hold_one_and_whole_numbers_are_written_bare() -> None:
    graph = read("y = x + 2.0 + 1e14 + 1e15 - -0.0")
    assert graph.node(node(graph, "x")).value == 1.0
    assert formula_of(graph) == "y = x + 2 + 100000000000000 + 1000000000000000.0 - -0"


@pytest.mark.parametrize(
    ("depth", "lines"),
    [(12, 1), (13, 2), (24, 2)],
)
def test_an_expression_of_more_than_twelve_ops_in_each_other_is_parted(depth: int, lines: int) -> None:
    words = ["x=1", "v1=Sin(x)", *(f"v{i}=Sin(v{i - 1})" for i in range(2, depth + 1))]
    assert formula_of(built(" ".join(words))).count("=") == lines


@pytest.mark.parametrize("text", ["(" * 3000, "-" * 20_000 + "x", "x" + "+x" * 20_000, "f(" * 100, "x" * 60_000, "\0"])
def test_hostile_texts_are_refused_like_any_other(text: str) -> None:
    with pytest.raises(FormulaError):
        graph_of_formula(text, EMPTY)


@settings(deadline=None)
@given(st.text(alphabet="xyz=+-*/().,;2 \n[]…~@", max_size=30))
def test_any_text_makes_a_graph_or_a_sentence(text: str) -> None:
    try:
        graph = graph_of_formula(text, LESSONS[0].graph)
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
