"""Formulas as people write them give the graph of the plain formula; where two readings are usual, both are offered."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import Graph, from_document, from_link, to_document, to_link
from engine.edits import Rename, SetValue, apply
from engine.errors import FormulaError
from engine.evaluation import evaluate
from engine.formula import formula_of, graph_of_formula, reading_of
from tests.engine.built import built, grad_of

EMPTY = Graph()


def read(text: str, present: Graph = EMPTY) -> Graph:
    return graph_of_formula(text, present)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("z = x^2 + 2x", "z = x ** 2 + 2 * x"),
        ("z = x² + x¹⁰ − x⁻¹", "z = x ** 2 + x ** 10 - x ** (-1)"),
        ("z = 2(x+1)(x-1)", "z = 2 * (x + 1) * (x - 1)"),
        ("(a+b)(a-b)", "(a + b) * (a - b)"),
        ("z = |x|·|y| + ||x|-1|", "z = abs(x) * abs(y) + abs(abs(x) - 1)"),
        ("z = |x||y|", "z = abs(x) * abs(y)"),
        ("z = √x + √(x+1)", "z = sqrt(x) + sqrt(x + 1)"),
        ("z = ∛x", "z = x ** (1 / 3)"),
        ("z = sin x + cos 2x - tan(x)", "z = sin(x) + cos(2 * x) - tan(x)"),
        ("z = sin² x + cos^2(x) + sin x cos y", "z = sin(x) ** 2 + cos(x) ** 2 + sin(x) * cos(y)"),
        ("z = ln x / ln 2", "z = log(x) / log(2)"),
        ("z = log10(x) + log₂ x + lg x", "z = log(x) / log(10) + log(x) / log(2) + log(x) / log(10)"),
        ("z = exp -x", "z = exp(-x)"),
        ("z = a · b × c ∙ d ⊙ f", "z = a * b * c * d * f"),
        ("z = a ÷ b ∕ c ⁄ d", "z = a / b / c / d"),
        ("z = a − b – c — d", "z = a - b - c - d"),
        ("ｚ　＝　（ｘ＋２）＊ｙ", "z = (x + 2) * y"),
        ("z = x₁ + w₁₂", "z = x1 + w12"),
        ("z = 𝑥 + 𝐲", "z = x + y"),
        ("f(x) = x^2 + 1", "f = x ** 2 + 1"),
        ("f(x) = x^2; y = f(x+1)·f(x)", "f = x ** 2; y = (x + 1) ** 2 * f"),
        ("f(x, y) = x - y; z = f(y, x)", "f = x - y; z = y - x"),
        ("z := x + 1", "z = x + 1"),
        ("z = x + 1 =", "z = x + 1"),
        ("= x + 1", "x + 1"),
        ("z = a\n  + b\n  - c", "z = a + b - c"),
        ("z = ½x + 2½y + 50% t", "z = 0.5 * x + 2.5 * y + 0.5 * t"),
        ("z = 0,5x + max(1,5)", "z = 0.5 * x + max(1, 5)"),
        ("z = λ w²", "z = λ * w ** 2"),
        ("z = lambda * w^2", "z = λ * w ** 2"),
        ("z = 3e2x", "z = 300 * x"),
        ("z = Wᵀ x", "z = W.T * x"),
        ("z = x·y; t = z(x+1)", "z = x * y; t = z * (x + 1)"),
        (r"z = \frac{a}{b} + x^{2} \cdot \sqrt{y}", "z = a / b + x ** 2 * sqrt(y)"),
        (r"$\sigma = \frac{1}{1+\exp(-x)}$", "σ = 1 / (1 + exp(-x))"),
        (r"L = \left(\hat{y} - y\right)^2", "L = (y_hat - y) ** 2"),
        (r"z = \sin x_1 + \log_{10} x + \mathrm{relu}(x_{12})", "z = sin(x_1) + log(x) / log(10) + relu(x_12)"),
        (r"z &= x^{10} \times 2 \\ t &= z + 1", "z = x ** 10 * 2; t = z + 1"),
        (r"z = \lvert x \rvert + \sqrt[3]{y}", "z = abs(x) + y ** (1 / 3)"),
        ("z = sin(x)y", "z = sin(x) * y"),
        ("A = 2πr² + πd", "A = 2 * pi * r ** 2 + pi * d"),
        ("z = x₁x₂", "z = x1 * x2"),
        ("z = sin(0,5x)", "z = sin(0.5 * x)"),
        ("x = 2, w = 3, z = x w", "x = 2; w = 3; z = x * w"),
        (r"z = \frac12 x + \frac1x", "z = (1 / 2) * x + 1 / x"),
        ("z = log_e x", "z = log(x)"),
        (r"\begin{align*} z &= x^2 \\ t &= z \end{align*}", "z = x ** 2; t = z"),
        ("z = -x^2", "z = -(x ** 2)"),
        ("z = 2^3^x", "z = 2 ** (3 ** x)"),
        ("z = a/b·c", "z = (a / b) * c"),
    ],
)
def test_written_as_people_do_it_is_the_same_graph(written: str, plain: str) -> None:
    assert read(written) == read(plain)


@pytest.mark.parametrize(
    ("written", "first", "second"),
    [
        ("1/2x", "1 / (2 * x)", "1 / 2 * x"),
        ("z = a/b(c+1)", "z = a / (b * (c + 1))", "z = a / b * (c + 1)"),
        ("sin x y", "sin(x * y)", "sin(x) * y"),
        ("sin x / 2", "sin(x / 2)", "sin(x) / 2"),
        ("√2x", "sqrt(2 * x)", "sqrt(2) * x"),
        ("e^2x", "e ** (2 * x)", "e ** 2 * x"),
        ("x^1/2", "x ** (1 / 2)", "x ** 1 / 2"),
        ("y = x^-1/3", "y = x ** (-1 / 3)", "y = x ** (-1) / 3"),
        ("x 2", "x ** 2", "x * 2"),
        ("W^T x", "W.T * x", "W ** T * x"),
        ("‖x‖", "sqrt(sum(x ** 2))", "abs(x)"),
        ("x = 1,5", "x = 1.5", "x = [1, 5]"),
        ("f = x^2; y = f(x+1)", "f = x ** 2; y = f * (x + 1)", "f = x ** 2; y = (x + 1) ** 2"),
        ("y = f(x+1)", "y = f * (x + 1)", "f(x) = ...; y = f(x + 1)"),
    ],
)
def test_where_two_readings_are_usual_both_are_offered(written: str, first: str, second: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        read(written)
    assert [offer.text for offer in refusal.value.offers] == [first, second]
    for offer in refusal.value.offers:
        if "..." not in offer.text:  # which leaves a function to be written
            read(offer.text)


def test_an_offer_shows_only_the_lines_that_differ() -> None:
    with pytest.raises(FormulaError) as refusal:
        read("a = x + 1\nb = 1/2a")
    assert [offer.label for offer in refusal.value.offers] == ["b = 1 / (2 * a)", "b = 1 / 2 * a"]


def test_a_function_that_calls_functions_without_end_is_refused() -> None:
    lines = ["f0(x) = x + x"] + [f"f{n + 1}(x) = f{n}(f{n}(x + 1))" for n in range(40)]
    with pytest.raises(FormulaError):
        read("; ".join(lines))


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("z = x + * y", 1, 9, "something is missing before “*”"),
        ("z = 2 · (x +", 1, 9, "opened here is not closed"),
        ("a = x\nb = |x + 1", 2, 5, "the bar | that opens here is not closed"),
        ("z = ½ + foo(x)", 1, 9, "no op named “foo”"),
        (r"z = \frac{1}{x} + foo(x)", 1, 19, "no op named “foo”"),
        (r"z = \int x", 1, 5, r"“\int” of LaTeX is not read here"),
        (r"z = \begin{pmatrix} x \end{pmatrix}", 1, 5, r"“\begin” of LaTeX is not read here"),
        ("z = x'", 1, 6, "write another name, such as x1"),
        ("z = x ? 2", 1, 7, "“?” has no meaning here"),
        ("z = 1,000,000", 1, 6, "without commas"),
        ("z = sin⁻¹ x", 1, 5, "no op for the inverse of sin"),
        ("z = [x + 1]²", 1, 5, "Square brackets hold an array of numbers"),
        ("z = (x + )", 1, 10, "something is missing after “+”"),
    ],
)
def test_an_error_points_at_its_place(text: str, line: int, column: int, sentence: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        read(text)
    assert sentence in str(refusal.value)
    assert (refusal.value.line, refusal.value.column) == (line, column)


def test_how_it_was_read_is_told_only_where_it_was_written_otherwise() -> None:
    assert reading_of("z = x**2+y", EMPTY) is None
    assert reading_of("import torch\nx = torch.tensor(1.0)", EMPTY) is None
    reading = reading_of("z = x^2 + 2x", EMPTY)
    assert reading is not None
    assert reading.text == "z = x ** 2 + 2 * x"
    several = reading_of("a = x₁\nb = a²", EMPTY)
    assert several is not None
    assert several.text == "a = x1; b = a ** 2"


@pytest.mark.parametrize(
    ("text", "name", "label", "meant"),
    [
        ("y = wx + b", "wx", "w * x", "y = w * x + b"),
        ("y = ab", "ab", "a * b", "y = a * b"),
        ("y = sinx + x", "sinx", "sin(x)", "y = sin(x) + x"),
        ("y = 1 + w1x1 + w1 + x1", "w1x1", "w1 * x1", "y = 1 + w1 * x1 + w1 + x1"),
        ("z = w1x1 + b", "w1x1", "w1 * x1", "z = w1 * x1 + b"),
        ("z = sigmoid(Wx + b)", "Wx", "W * x", "z = sigmoid(W * x + b)"),
        ("z = sin(ωt)", "ωt", "ω * t", "z = sin(ω * t)"),
        ("E = mc²", "mc", "m * c", "E = m * c ** 2"),
        ("z = 1/mc^2", "mc", "m * c", "z = 1 / (m * c ** 2)"),
        ("z = e^rt", "rt", "r * t", "z = e ** (r * t)"),
        ("z = sin2t", "sin2t", "sin(2 * t)", "z = sin(2 * t)"),
    ],
)
def test_an_unknown_name_is_an_input_and_a_hint(text: str, name: str, label: str, meant: str) -> None:
    present = built("w=2 x=3 z=Add(w,x)")
    assert read(text, present).node_named(name) is not None
    reading = reading_of(text, present)
    assert reading is not None
    assert [(hint.name, hint.offer.label, hint.offer.text) for hint in reading.hints] == [(name, label, meant)]


def test_of_a_long_formula_few_hints_are_looked_for_and_of_a_very_long_one_none() -> None:
    letters = "bcdfghjklmnop"
    names = [a + b for a in letters for b in letters]
    reading = reading_of(f"y = {' + '.join(names)}", EMPTY)
    assert reading is not None
    assert [hint.name for hint in reading.hints] == names[:3]
    assert reading_of(f"y = {' + '.join(names * 2)}", EMPTY) is None
    assert reading_of(f"y = {' + '.join(names * 9)}^2", EMPTY) is None


def test_a_word_is_no_product() -> None:
    assert reading_of("loss1 = bias + rate", EMPTY) is None
    assert reading_of("slope = dy / dx", EMPTY) is None
    logarithm = reading_of("y = log2 x", EMPTY)
    assert logarithm is not None
    assert logarithm.hints == ()


def test_pi_and_e_are_constants_unless_an_input_has_the_name() -> None:
    graph = read("y = e^x + π")
    assert [node.name for node in graph.nodes() if node.is_input] == ["x"]
    assert float(evaluate(graph).nodes[_id(graph, "y")].data[0]) == pytest.approx(2.718281828459045 + 3.141592653589793)  # type: ignore[index]
    named = read("y = e*x", built("e=7 x=1 z=Mul(e,x)"))
    assert {node.name: node.value for node in named.nodes() if node.is_input} == {"e": 7.0, "x": 1.0}
    assigned = read("e = x + 1; y = 2e")
    assert not [node for node in assigned.nodes() if node.op == "Constant" and node.parameters["value"] not in (1, 2)]


def test_every_name_is_kept() -> None:
    graph = read("y = x; z = y")
    assert formula_of(graph) == "y = x; z = y"
    assert [node.name for node in graph.nodes()] == ["x", "y", "z"]
    assert grad_of(evaluate(graph), _id(graph, "x")) == 1.0
    outputs = "m = min_max(x, y); low = m.low; z = low * m.high"
    assert formula_of(read(outputs)) == outputs


def test_names_that_were_given_keep_their_lines() -> None:
    text = "h = w * x + b; L = (h - t) ** 2"
    graph = read(text)
    assert formula_of(graph) == text
    assert formula_of(apply(graph, SetValue(node=_id(graph, "x"), value=5))) == text
    inline = read("L = (w * x + b - t) ** 2", graph)
    assert formula_of(inline) == "L = (w * x + b - t) ** 2"
    renamed = apply(inline, Rename(node=inline.wires_into(_id(inline, "L"))[0].source, name="d"))
    assert formula_of(renamed) == "d = w * x + b - t; L = d ** 2"
    for kept in (from_document(to_document(graph)), from_link(to_link(graph))[0]):
        assert formula_of(kept) == text
        assert [node.is_named for node in kept.nodes()] == [node.is_named for node in graph.nodes()]


def test_how_a_value_was_written_is_kept_in_documents_and_links() -> None:
    graph = apply(built("x=2 y=Square(x)"), SetValue(node="x", value="1/3"))
    assert (graph.node("x").value, graph.node("x").written) == (1 / 3, "1/3")
    for kept in (from_document(to_document(graph)), from_link(to_link(graph))[0]):
        found = kept.node_named("x")
        assert found is not None
        assert (found.value, found.written) == (1 / 3, "1/3")
    document = to_document(graph)
    document["nodes"][0]["written"] = "2/3"  # which is not its value
    assert from_document(document).nodes()[0].written == ""
    assert apply(graph, SetValue(node="x", value=5)).node("x").written == ""


def test_constants_are_written_by_their_names() -> None:
    assert formula_of(read("y = 2pi x + e^x")) == "y = 2 * pi * x + e ** x"
    taken = built("e=7 x=1 y=Mul(e,x)")
    assert formula_of(taken) == "e = 7; y = e * x"
    assert read(formula_of(taken)).node_named("e").value == 7.0  # type: ignore[union-attr]


def test_new_inputs_are_1_2_3_beside_those_that_are_given() -> None:
    def values(graph: Graph) -> dict[str, object]:
        return {node.name: node.value for node in graph.nodes() if node.is_input}

    assert values(read("z = a*x + b*y")) == {"a": 1.0, "x": 2.0, "b": 3.0, "y": 4.0}
    assert values(read("z = a*x + b; x = 1")) == {"a": 2.0, "x": 1.0, "b": 3.0}
    assert values(read("z = x*y*w", built("x=2 y=3 z=Mul(x,y)"))) == {"x": 2.0, "y": 3.0, "w": 1.0}


def _id(graph: Graph, name: str) -> str:
    node = graph.node_named(name)
    assert node is not None
    return node.id


# Whatever is written, and in whichever way -------------------------------------------------------------------------

_NAMES = st.sampled_from(["x", "y", "w", "x1", "a2", "θ"])
_NUMBERS = st.sampled_from(["2", "3", "0.5", "10"])
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_WIDE = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in "xyw+-*/()="})


@st.composite
def _written(draw: st.DrawFn, depth: int = 3) -> tuple[str, str]:
    """Draw an expression, plainly in Python's notation and as somebody may write it; each is one factor."""
    kind = draw(st.integers(0, 2 if depth == 0 else 10))
    if kind == 0:
        name = draw(_NAMES)
        return name, draw(st.sampled_from([name, name.translate(_SUBSCRIPTS), name.translate(_WIDE)]))
    if kind == 1:
        number = draw(_NUMBERS)
        return number, draw(st.sampled_from([number, "½" if number == "0.5" else number]))
    if kind == 2:
        return "pi", draw(st.sampled_from(["pi", "π"]))
    plain, odd = draw(_written(depth - 1))
    if kind == 3:
        return f"(-{plain})", f"({draw(st.sampled_from(['-', '−', '–']))}{odd})"
    if kind == 4:
        inner = f"({odd})" if odd.startswith("|") else odd  # ||x|| may be a norm
        return f"abs({plain})", draw(st.sampled_from([f"|{inner}|", f"abs({odd})"]))
    if kind == 5:
        return f"sqrt({plain})", draw(st.sampled_from([f"√({odd})", rf"\sqrt{{{odd}}}", f"sqrt({odd})"]))
    if kind == 6:
        return f"sin({plain})", draw(st.sampled_from([f"sin({odd})", f"(sin ({odd}))", rf"\sin({odd})"]))
    if kind == 7:
        power = draw(st.sampled_from(["2", "3"]))
        raised = draw(st.sampled_from(["²" if power == "2" else "³", f"^{power}", f" ** {power}", f"^{{{power}}}"]))
        return f"(({plain}) ** {power})", f"(({odd}){raised})"
    other, odd_other = draw(_written(depth - 1))
    if kind == 8:
        sign = draw(st.sampled_from([" · ", "×", "*", r"\cdot ", ""]))
        return f"({plain} * {other})", f"(({odd}){sign}({odd_other}))"
    if kind == 9:
        fraction = draw(st.sampled_from([f"(({odd}) ÷ ({odd_other}))", rf"\frac{{{odd}}}{{{odd_other}}}"]))
        return f"({plain} / {other})", fraction
    sign = draw(st.sampled_from("+-"))
    spaces = " " * draw(st.integers(0, 2))
    return f"({plain} {sign} {other})", f"({odd}{spaces}{sign}{spaces}{odd_other})"


@settings(deadline=None, max_examples=150)
@given(_written())
def test_every_way_to_write_it_is_the_same_graph(both: tuple[str, str]) -> None:
    plain, odd = both
    assert read(f"z = {odd} + q") == read(f"z = {plain} + q")


@settings(deadline=None, max_examples=150)
@given(_written())
def test_what_is_echoed_is_read_as_the_same_graph_and_echoes_nothing(both: tuple[str, str]) -> None:
    typed = f"z = {both[1]} + q"
    reading = reading_of(typed, EMPTY)
    if reading is not None and reading.text:
        assert read(reading.text) == read(typed)
        assert reading_of(reading.text, EMPTY) is None


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="xfe2²₁|‖√½·^(){}[]\\%'=,.; \n+−*/πsincolgᵀ…_T&$", max_size=24))
def test_whatever_is_typed_makes_a_graph_or_a_sentence_with_its_place(text: str) -> None:
    try:
        graph = read(text)
    except FormulaError as error:
        assert str(error).endswith(".")
        lines = text.split("\n")
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 2
        for offer, other in pairwise(error.offers):
            assert offer.text != other.text
    else:
        assert evaluate(graph).nodes.keys() == {each.id for each in graph.nodes()}
