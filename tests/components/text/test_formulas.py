"""The equations of a step in the graph's own names; every number is worked out by hand beside its equation."""

from __future__ import annotations

import pytest

from components.equations import plain_of
from components.text import backward_formulas, forward_formulas, products_of, rules_in_names
from engine import Function
from engine.autograd import Variant
from engine.document import Edge, Graph, Node
from engine.evaluation import evaluate
from engine.explain import ledgers
from engine.formula import graph_of_formula
from tests.components.equations.test_writer import squeezed
from tests.engine.built import FORK, built


def rules(graph: Graph | str, name: str, **options: object) -> tuple[str, list[str]]:
    """Return a node's equation forward, and those of its last turn backward, as text."""
    if isinstance(graph, str):
        graph = graph_of_formula(graph, Graph())
    trace = evaluate(graph, watched=True, **options)  # type: ignore[arg-type]
    known = ledgers(graph, trace)
    grads: dict[tuple[str, int], object] = {}
    forward, backward = "", [""]
    for number, step in enumerate(trace.steps):
        brought = {
            receiver: each for receiver, found in known.items() for each in found.contributions if each.step == number
        }
        grads |= {receiver: each.total for receiver, each in brought.items()}
        if graph.node(step.node).name != name or step.kind == "seed":
            continue
        if step.kind == "forward":
            forward = plain_of(forward_formulas(graph, trace, step))
        else:
            everything = [each for found in known.values() for each in found.contributions if each.step == number]
            arrived = sorted(everything, key=lambda each: each.port)
            backward = [plain_of(each) for each in backward_formulas(graph, trace, step, arrived, grads)]  # type: ignore[arg-type]
    return forward, backward


def test_a_rule_with_a_name_for_itself_is_worked_out_in_its_last_form() -> None:
    forward, (back,) = rules("x = 0; y = sigmoid(x)", "y")
    assert forward == "y = σ(x) = 1 / (1 + e^(−x)) = 1 / (1 + e⁻⁰) = 0.5"
    # σ(0) (1 − σ(0)) = 1/4
    assert back == "x.grad = y.grad · σ(x) (1 − σ(x)) = 1 × σ(0) × (1 − σ(0)) = 0.25"


def test_a_local_derivative_that_is_a_sum_or_a_case_is_written_by_its_value() -> None:
    # 1 − tanh² 0.5 = 1 − 0.4621² = 0.7864
    _, (back,) = rules("x = 0.5; y = tanh(x)", "y")
    assert back == "x.grad = y.grad · (1 − tanh² x) ≈ 1 × 0.7864 = 0.7864"
    _, (back,) = rules("x = 3; y = relu(x)", "y")
    assert back == "x.grad = y.grad · (1 if x > 0, else 0) = 1 × 1 = 1"


def test_a_parameter_is_plugged_in_too() -> None:
    forward, (back,) = rules("x = -3; y = leaky_relu(x, slope=0.1)", "y")
    assert forward == "y = x if x > 0, else 0.1x = 0.1 × (−3) = −0.3"
    assert back == "x.grad = y.grad · (1 if x > 0, else 0.1) = 1 × 0.1 = 0.1"
    # Where the slope is above 1, the larger of x and 2x is not what LeakyReLU gives.
    forward, _ = rules("x = 3; y = leaky_relu(x, slope=2)", "y")
    assert forward == "y = x if x > 0, else 2x = 3"


def test_large_and_small_factors_keep_their_brackets() -> None:
    # y = 10⁶ · (1 / x) at 2: upstream of 1/x is 10⁶, ∂(b/x)/∂x = −1/4.
    _, (_, back) = rules("x = 2; y = 1000000 * (1 / x)", "c")
    assert back == "x.grad = c.grad · (−b / x²) = 1e6 × (−0.25) = −250000"


def test_several_outputs_are_written_as_a_sum_with_zero_where_nothing_came() -> None:
    # z = low² at (3, 5): low.grad = 6, and nothing comes to high.
    forward, (x, y) = rules(built("x=3 y=5 m=MinMax(x,y) z=Square(m)"), "m")
    assert forward == "m.low = min(x, y) = min(3, 5) = 3; m.high = max(x, y) = max(3, 5) = 5"
    assert x == "x.grad = m.low.grad · (∂m.low / ∂x) + m.high.grad · (∂m.high / ∂x) = 6 × 1 + 0 × 0 = 6"
    assert y == "y.grad = m.low.grad · (∂m.low / ∂y) + m.high.grad · (∂m.high / ∂y) = 6 × 0 + 0 × 1 = 0"


def test_at_a_tie_rule_and_number_agree() -> None:
    _, (p, q) = rules("p = 2; q = 2; y = max(p, q)", "y")
    assert p == "p.grad = y.grad · (1 if p > q, 1 / 2 if p = q, else 0) = 1 × 0.5 = 0.5"
    assert q == "q.grad = y.grad · (1 if q > p, 1 / 2 if p = q, else 0) = 1 × 0.5 = 0.5"
    _, (x,) = rules("x = 0; y = abs(x)", "y")
    assert x == "x.grad = y.grad · (1 if x > 0, 0 if x = 0, else −1) = 1 × 0 = 0"


@pytest.mark.parametrize(
    ("formula", "forward", "backward"),
    [
        # Shares 1/2 each; y.grad is ones, so that y · (1 − 1) is left.
        (
            "v = [1, 1]; y = softmax(v)",
            "y = e^v / (Σ[axis −1] e^v) = [0.5, 0.5] (2,); first entry: e¹ / (e¹ + e¹) ≈ 0.5",
            [
                "v.grad = y (y.grad − Σ[axis −1] y.grad · y) = [0, 0] (2,); "
                "first entry: 0.5 × (1 − (1 × 0.5 + 1 × 0.5)) = 0"
            ],
        ),
        # (3 − 1)² + (5 − 1)² over 2
        (
            "a = [3, 5]; b = [1, 1]; y = mse(a, b)",
            "y = (1 / 2) (Σ[all entries] (a − b)²) = (1 / 2) × ((3 − 1)² + (5 − 1)²) = 10",
            [
                "a.grad = y.grad · (2 / 2) (a − b) = [2, 4] (2,); first entry: 1 × (2 / 2) × (3 − 1) = 2",
                "b.grad = y.grad · (2 / 2) (b − a) = [−2, −4] (2,); first entry: 1 × (2 / 2) × (1 − 3) = −2",
            ],
        ),
        (
            "x = [1, 2, 3]; y = slice(x, start=1, end=3)",
            "y = x[1:3] = [2, 3] (2,)",
            ["x.grad[1:3] = y.grad and 0 elsewhere"],
        ),
        (
            "a = [1, 2]; b = [3]; y = concat(a, b)",
            "y[0:2] = a; y[2:3] = b",
            ["a.grad = y.grad[0:2] = [1, 1] (2,)", "b.grad = y.grad[2:3] = [1] (1,)"],
        ),
        (
            "x = [1, 2]; y = broadcast_to(x, shape=(3, 2))",
            "y = x (repeated to shape (3, 2)) = [[1, 2], [1, …], …] (3, 2)",
            ["x.grad = Σ[axis 0] y.grad = [3, 3] (2,); first entry: 1 + 1 + 1 = 3"],
        ),
        ("x = 5; y = mean(x)", "y = x = 5", ["x.grad = y.grad = 1"]),
    ],
)  # fmt: skip
def test_a_rule_of_arrays_says_what_happens_to_arrays(formula: str, forward: str, backward: list[str]) -> None:
    assert rules(formula, "y") == (forward, backward)


def test_what_comes_more_than_once_is_named_apart_from_the_sum() -> None:
    _, (first, second) = rules("p = [1, -2, 3]; y = p * p", "y")
    assert first == "to p.grad: y.grad · p = [1, −2, 3] (3,); first entry: 1 × 1 = 1"
    assert second.endswith("p.grad = [1, −2, 3] (3,) + [1, −2, 3] (3,) = [2, −4, 6] (3,)")
    _, (back,) = rules("x = 1; y = (-x) + x", "a")
    assert back == "to x.grad: a.grad · (−1) = 1 × (−1) = −1; x.grad = 1 + (−1) = 0"


def test_what_is_no_longer_the_gradient_is_not_called_so_at_the_end() -> None:
    graph = graph_of_formula("x = 1; y = (-x) + x", Graph())
    node = graph.node_named("y")
    assert node is not None
    _, x = products_of(graph, evaluate(graph), node.id)
    assert plain_of(x) == "to x.grad: y.grad · 1 = 1 × 1 = 1"


def test_a_second_pass_is_told_in_numbers_where_the_gradient_holds_two() -> None:
    # In the second pass again 1 comes to y.grad, which then is 2.
    _, (back,) = rules(built("x=3 y=Square(x)"), "y", sweeps=(None, None))
    assert back == "to x.grad: 1 × 2 × 3 = 6; x.grad = 6 + 6 = 12"


def test_zero_to_the_power_of_zero_is_exactly_one() -> None:
    forward, _ = rules(built("x=0 p=0 y=Power(x,p)"), "y")
    assert forward == "y = x^p = 0⁰ = 1"


def test_what_was_put_before_as_an_axis_of_length_one_is_summed_over_too() -> None:
    graph = graph_of_formula("x = [[1, 2]]; W = [[1, 0], [0, 1]]; b = [1, 1]; a = linear(x, W, b); y = sum(a)", Graph())
    _, (*_, bias) = rules(graph, "a")
    assert bias.startswith("b.grad = Σ[axis 0] a.grad = [1, 1] (2,)")


def test_an_engine_that_overwrites_says_what_it_leaves() -> None:
    _, (back,) = rules(FORK, "c", variant=Variant.STEP_13)
    assert back == "a.grad = c.grad · 2a = 1 × 2 × 4 = 8"


def general(graph: Graph, name: str) -> list[str]:
    node = graph.node_named(name)
    assert node is not None
    return [squeezed(rule.latex()) for rule in rules_in_names(graph, evaluate(graph), node.id)]


def test_the_general_rules_have_the_names_of_the_graph() -> None:
    dot = graph_of_formula("y = [1, 2]; i = [3, 4]; d = dot(y, i)", Graph())
    assert general(dot, "d") == [
        r"d=\sum_\textallentriesy\,i", r"\texty.grad=\textd.grad\cdoti", r"\texti.grad=\textd.grad\cdoty",
    ]  # fmt: skip
    assert general(built("x=2 a=Square(x)"), "a") == ["a=x^2", r"\frac\partiala\partialx=2x"]


def test_the_general_rules_of_a_node_that_waits_have_the_names_of_its_ports() -> None:
    waiting = Graph.of([Node("m", "Mul", "m"), Node("x", None, "x", 2.0)], [Edge("x", 0, "m", 1)])
    assert general(waiting, "m") == [
        r"m=x_0\,x", r"\frac\partialm\partialx_0=x", r"\frac\partialm\partialx=x_0",
    ]  # fmt: skip


@pytest.mark.parametrize("op", sorted(Function.registry))
def test_the_general_rules_of_every_op_can_be_written_before_it_is_wired(op: str) -> None:
    assert general(Graph.of([Node("a", op, "a")], []), "a")


def test_an_op_whose_rule_cannot_be_read_is_told_by_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Function.registry["Square"], "formula", r"y = \heartsuit x")
    monkeypatch.setattr(Function.registry["Square"], "local", (r"\heartsuit",))
    forward, (back,) = rules(built("x=3 y=Square(x)"), "y")
    assert (forward, back) == ("y = 9", "x.grad = y.grad · (∂y / ∂x) = 1 × 6 = 6")


def test_a_rule_with_a_name_that_nobody_has_explained_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Function.registry["Square"], "formula", "y = k x")
    monkeypatch.setattr(Function.registry["Square"], "local", ("k x",))
    forward, (back,) = rules(built("x=3 y=Square(x)"), "y")
    assert (forward, back) == ("y = 9", "x.grad = 6")


def test_a_rule_that_is_not_true_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Function.registry["Square"], "local", ("3x",))
    _, (back,) = rules(built("x=3 y=Square(x)"), "y")
    assert back == "x.grad = 6"
