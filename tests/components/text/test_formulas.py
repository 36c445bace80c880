"""The rules of a step with the numbers plugged in; every number is worked out by hand beside its formula."""

from __future__ import annotations

import pytest

from components.text import backward_formulas, forward_formula, rule_by_input
from engine import Function
from engine.document import Graph
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from tests.components.spoken import said_loud
from tests.components.text.test_latex import squeezed
from tests.engine.built import built


def rules(graph: Graph | str, name: str) -> tuple[str, list[str]]:
    """Return a node's rule forward, and those backward, without the braces that only LaTeX needs."""
    if isinstance(graph, str):
        graph = graph_of_formula(graph, Graph())
    trace = evaluate(graph, watched=True)
    steps = {step.kind: step for step in trace.steps if step.kind != "seed" and graph.node(step.node).name == name}
    backward = backward_formulas(graph, trace, steps["backward"])
    return squeezed(forward_formula(graph, trace, steps["forward"])), [squeezed(rule) for rule in backward]


def test_a_rule_with_a_name_for_itself_is_worked_out_in_its_last_form() -> None:
    forward, (back,) = rules("x = 0; y = sigmoid(x)", "y")
    assert forward == r"y=\sigma(x)=\frac11+e^-x=\frac11+e^-0=0.5"
    # σ(0) (1 − σ(0)) = 1/4
    assert back == r"\textx.grad=\textgy\cdot\sigma(x)(1-\sigma(x))=1\times\sigma(0)(1-\sigma(0))=0.25"


def test_a_local_derivative_that_is_a_sum_or_a_case_is_written_by_its_value() -> None:
    # 1 − tanh² 0.5 = 1 − 0.4621² = 0.7864
    _, (back,) = rules("x = 0.5; y = tanh(x)", "y")
    assert back == r"\textx.grad=\textgy\cdot(1-\tanh^2x)=1\times0.7864=0.7864"
    _, (back,) = rules("x = 3; y = relu(x)", "y")
    assert back == r"\textx.grad=\textgy\cdot(1\textifx>0\text,else0)=1\times1=1"


def test_a_parameter_is_plugged_in_too() -> None:
    forward, (back,) = rules("x = -3; y = leaky_relu(x, slope=0.1)", "y")
    assert forward == r"y=\max(x,0.1\,x)=\max(-3,0.1\times(-3))=-0.3"
    assert back.endswith(r"(1\textifx>0\text,else0.1)=1\times0.1=0.1")


def test_large_and_small_factors_keep_their_brackets() -> None:
    # y = 10⁶ · (1 / x) at 2: upstream of 1/x is 10⁶, ∂(b/x)/∂x = −1/4.
    _, (_, back) = rules("x = 2; y = 1000000 * (1 / x)", "c")
    assert back == (r"\textx.grad=\textgy\cdot(-\fracbx^2)=(1\times10^6)\times(-0.25)=-250000")


def test_several_outputs_are_written_as_a_sum_with_zero_where_nothing_came() -> None:
    # z = low² at (3, 5): low.grad = 6, and nothing comes to high.
    forward, (x, y) = rules(built("x=3 y=5 m=MinMax(x,y) z=Square(m)"), "m")
    assert forward == r"\textlow=\min(x,y),\quad\texthigh=\max(x,y)\quad\Rightarrow\quad3,5"
    low, high = (rf"\textm.{output}.grad\cdot\frac\partial\textm.{output}\partial" for output in ("low", "high"))
    assert x == rf"\textx.grad={low}x+{high}x=6\times1+0\times0=6"
    assert y == rf"\texty.grad={low}y+{high}y=6\times0+0\times1=0"


def test_a_rule_that_speaks_of_elements_keeps_its_own_names() -> None:
    forward, (back,) = rules("v = [1, 1]; y = softmax(v)", "y")
    assert forward == (
        r"y_i=\frace^x_i\sum_je^x_j\quad\textwherexisvofshape(2,);axis−1\quad\Rightarrow\quad\texty=[0.5,0.5](2,)"
    )
    assert back == r"\textv.grad=\text[0,0](2,)\quad\textbytherule\quad\frac\partialy\partialx=y_i\,(\delta_ij-y_j)"


def test_a_rule_of_whole_arrays_takes_the_names_of_the_graph() -> None:
    # y = Σ (a − b)²/2 at a = (3, 5), b = (1, 1): a.grad = a − b.
    _, (a, b) = rules("a = [3, 5]; b = [1, 1]; y = mse(a, b)", "y")
    assert a == r"\texta.grad=\text[2,4](2,)\quad\textbytherule\quad\frac\partialy\partiala=\frac2n(a-b)"
    assert b == r"\textb.grad=\text[−2,−4](2,)\quad\textbytherule\quad\frac\partialy\partialb=\frac2n(b-a)"


@pytest.mark.parametrize(
    ("local", "rule"),
    [
        ("x_{1,i}", r"\frac{\partial y}{\partial x_{0}} = x_{1,i}"),
        (r"w_{ij} x_1", r"\frac{\partial y}{\partial x_{0}} = w_{ij} x_1"),
        ("x_1", r"\frac{\partial y}{\partial a} = {b}"),
    ],
)
def test_an_index_tells_a_rule_of_elements(local: str, rule: str) -> None:
    class TwoInputs:
        ports = ("x0", "x1")

    TwoInputs.local = (local, "0")  # type: ignore[attr-defined]
    assert rule_by_input(TwoInputs, "x0", {"x0": "a", "x1": "b"}) == rule  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("op", "port", "rule"),
    [
        ("Square", "x", r"\frac{\partial y}{\partial x} = 2x"),
        ("Mul", "x1", r"\frac{\partial y}{\partial x_{1}} = x_0"),
        ("Concat", "x7", r"\frac{\partial y}{\partial x_{7}} = "),
    ],
)
def test_the_rule_of_an_op_by_one_input(op: str, port: str, rule: str) -> None:
    assert rule_by_input(Function.registry[op], port).startswith(rule)


def test_what_is_said_inside_a_formula_comes_through_the_door() -> None:
    graph = graph_of_formula("v = [1, 1]; y = softmax(v)", Graph())
    trace = evaluate(graph, watched=True)
    with said_loud():
        assert r"\text{<WHERE <x IS v OF SHAPE (2,)>; <axis −1>>}" in forward_formula(graph, trace, trace.steps[0])
        (back,) = backward_formulas(graph, trace, trace.steps[-1])
        assert r"\text{<BY THE RULE>}" in back
