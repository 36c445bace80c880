"""What a refusal says to write instead opens, and gives the numbers of what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.document import Graph
from engine.errors import FormulaError
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from engine.formula.vocabulary import FEWER_DIGITS, INSTEAD
from tools.messages.extract import messages_of_sources

X = np.array([-600.0, -2.0, -1e-9, 0.5, 3.0, 600.0])
POSITIVE = np.array([1e-300, 1e-9, 0.5, 3.0, 1e300])
Z = np.array([5.0, 1.0, -2.0, 0.25, 3.0, -7.0])
CHOICES = np.array([0, 1, 0, 1, 1, 0])
BY_NAME: dict[str, tuple[str, Callable[..., Any], dict[str, Any]]] = {
    "log2": ("np.log2(x)", np.log2, {"x": POSITIVE}),
    "log10": ("np.log10(x)", np.log10, {"x": POSITIVE}),
    "log1p": ("np.log1p(x)", np.log1p, {"x": np.array([-0.75, -0.01, 0.0, 3.0, 1e300])}),
    "expm1": ("np.expm1(x)", np.expm1, {"x": X}),
    "exp2": ("np.exp2(x)", np.exp2, {"x": X}),
    "sinh": ("np.sinh(x)", np.sinh, {"x": X}),
    "cosh": ("np.cosh(x)", np.cosh, {"x": X}),
    "hypot": ("np.hypot(x, z)", np.hypot, {"x": X, "z": Z}),
    "reciprocal": ("np.reciprocal(x)", np.reciprocal, {"x": X}),
    "rsqrt": ("torch.rsqrt(x)", lambda x: x**-0.5, {"x": POSITIVE}),
    "cbrt": ("np.cbrt(x)", np.cbrt, {"x": np.append(X, 0.0)}),
    "select": ("np.select([c], [x], z)", lambda c, x, z: np.select([c != 0], [x], z), {"c": CHOICES, "x": X, "z": Z}),
    "choose": ("np.choose(c, [x, z])", lambda c, x, z: np.choose(c, [x, z]), {"c": CHOICES, "x": X, "z": Z}),
    "silu": ("torch.nn.functional.silu(x)", lambda x: x / (1 + np.exp(-x)), {"x": X}),
    "logsigmoid": (
        "torch.nn.functional.logsigmoid(x)",
        lambda x: np.minimum(x, 0) - np.log1p(np.exp(-abs(x))),
        {"x": X},
    ),
    "elu": ("F.elu(x)", lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1), {"x": X}),
    "relu6": ("F.relu6(x)", lambda x: np.minimum(np.maximum(x, 0), 6), {"x": X}),
    "hardtanh": ("F.hardtanh(x)", lambda x: np.minimum(np.maximum(x, -1), 1), {"x": X}),
    "softsign": ("F.softsign(x)", lambda x: x / (1 + abs(x)), {"x": X}),
    "mish": ("F.mish(x)", lambda x: x * np.tanh(np.logaddexp(x, 0)), {"x": X}),
    "logit": ("torch.logit(x)", lambda x: np.log(x) - np.log1p(-x), {"x": np.array([1e-9, 0.25, 0.875])}),
    "lerp": ("torch.lerp(x, z, c)", lambda c, x, z: (1 - c) * x + c * z, {"c": CHOICES, "x": X, "z": Z}),
    "addmm": (
        "torch.addmm(c, x, z)",
        lambda c, x, z: c + np.dot(x, z),
        {"c": np.eye(2), "x": np.eye(2), "z": np.ones((2, 2))},
    ),
    "diff": ("np.diff(x)", np.diff, {"x": X}),
    "flip": ("np.flip(x)", np.flip, {"x": X}),
    "ptp": ("np.ptp(x)", np.ptp, {"x": X}),
    "sum_to": ("sum_to(x, (1, 3))", lambda x: np.array([[3.0, 5.0, 7.0]]), {"x": np.arange(6.0).reshape(2, 3)}),
    "l1_loss": ("F.l1_loss(x, z)", lambda x, z: np.linalg.norm(x - z, 1) / len(x), {"x": X, "z": Z}),
    "nll_loss": (
        "F.nll_loss(x, t)",
        lambda x, t: -(x[0, 2] + x[1, 0]) / 2,
        {"x": np.log([[0.25, 0.25, 0.5], [0.125, 0.5, 0.375]]), "t": np.array([[0, 0, 1], [1, 0, 0]])},
    ),
    "binary_cross_entropy_with_logits": (
        "F.binary_cross_entropy_with_logits(x, t)",
        lambda x, t: np.mean(np.logaddexp(0, -x) * t + np.logaddexp(0, x) * (1 - t)),
        {"x": Z, "t": CHOICES},
    ),
    "binary_cross_entropy": (
        "torch.nn.functional.binary_cross_entropy(p, t)",
        lambda p, t: np.mean([-np.log(p[0]), -np.log(1 - p[1]), -0.5 * np.log(p[2]) - 0.5 * np.log(1 - p[2])]),
        {"p": np.array([0.25, 0.125, 0.75]), "t": np.array([1.0, 0.0, 0.5])},
    ),
    "randn": ("np.random.randn(2, 3)", lambda: None, {}),
    "rand": ("np.random.rand(2, 3)", lambda: None, {}),
    "normal": ("np.random.normal(size=(2, 3))", lambda: None, {}),
    "stack": ("stack(x, z)", lambda x, z: np.stack([x, z]), {"x": X, "z": Z}),
    "hstack": ("hstack(x, z)", lambda x, z: np.hstack([x, z]), {"x": X, "z": Z}),
    "vstack": ("vstack(x, z)", lambda x, z: np.vstack([x, z]), {"x": X, "z": Z}),
    "column_stack": ("column_stack(x, z)", lambda x, z: np.column_stack([x, z]), {"x": X, "z": Z}),
    "outer": ("outer(x, z)", np.outer, {"x": X, "z": Z}),
    "inner": ("inner(x, z)", np.inner, {"x": X, "z": Z}),
    "tensordot": ("tensordot(x, z)", np.tensordot, {"x": X.reshape(2, 3), "z": Z.reshape(2, 3)}),
    "repeat": ("repeat(x, 2)", lambda x: np.repeat(x, 2), {"x": X.reshape(2, 3)}),
    "tile": ("tile(x, 2)", lambda x: np.tile(x, 2), {"x": X.reshape(2, 3)}),
    "take": ("take(x, 0)", lambda x: np.take(x, 0), {"x": X.reshape(2, 3)}),
    "var": ("var(x)", np.var, {"x": X}),
    "std": ("std(x)", np.std, {"x": X}),
    "norm": ("norm(x)", np.linalg.norm, {"x": X.reshape(2, 3)}),
    "logaddexp": ("logaddexp(x, z)", np.logaddexp, {"x": X, "z": Z}),
}
"""For each advice: what is refused with it, what that is by an independent computation, and of what."""


def result(text: str, given: dict[str, Any]) -> Any:
    lines = [f"{name} = {np.asarray(value).tolist()}" for name, value in given.items()]
    graph = graph_of_formula("\n".join([*lines, f"result = 1 * ({text})"]), Graph())
    node = graph.node_named("result")
    assert node is not None
    data = evaluate(graph, sweeps=()).nodes[node.id].data
    assert data is not None, text
    return data[0]


def test_every_advice_is_tried() -> None:
    assert BY_NAME.keys() == INSTEAD.keys() >= FEWER_DIGITS.keys()


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_written_instead_gives_the_refused_functions_numbers(name: str) -> None:
    written, function, given = BY_NAME[name]
    with pytest.raises(FormulaError) as refusal:
        result(written, given)
    assert f"Write {INSTEAD[name]}" in str(refusal.value)
    found = result(INSTEAD[name], given)
    if given:
        np.testing.assert_allclose(found, function(*given.values()), rtol=1e-12, atol=0)
    else:
        assert np.shape(found) == (2, 3)


@pytest.mark.parametrize(("called", "expected"), [("torch.max(x, 1)", [3, 6]), ("torch.min(x, dim=0)", [1, -5, 3])])
def test_what_gives_places_too_in_pytorch_is_refused_with_the_op_that_gives_the_values(
    called: str, expected: list[float]
) -> None:
    x = {"x": np.array([[1.0, 2.0, 3.0], [4.0, -5.0, 6.0]])}
    with pytest.raises(FormulaError) as refusal:
        result(called, x)
    np.testing.assert_array_equal(result(str(refusal.value).partition("Write ")[2].rstrip("."), x), expected)


X3 = {"x": np.array([1.0, -2.0, 3.0]), "z": np.array([4.0, 5.0, 6.0]), "c": np.array(0.0)}
TORCH = (
    "import torch\nx = torch.tensor([1.0, -2.0, 3.0])\nz = torch.tensor([4.0, 5.0, 6.0])\n"
    "c = torch.tensor([0.0, 2.0, 0.0])\n"
)
SCRIPT = "import numpy as np\nx = np.array([1.0, -2.0, 3.0])\nz = np.array([4.0, 5.0, 6.0])\n"
BY_SENTENCE: dict[str, tuple[str, str, Any]] = {
    "PyTorch chooses by true and false: write {instead}.": (
        f"{TORCH}y = torch.where(c, x, z)",
        f"{TORCH}y = torch.where(c != 0, x, z)",
        [4, -2, 6],
    ),
    "A choice by if has no meaning in a formula: write where(c, x, z).": (
        "y = x if c else z",
        "y = where(c, x, z)",
        [4, 5, 6],
    ),
    "A loop in brackets has no meaning in a formula: write its terms out.": (
        f"{SCRIPT}y = sum([i * x for i in (1, 2)])",
        f"{SCRIPT}y = sum([1 * x, 2 * x])",
        [3, -6, 9],
    ),
    "Square brackets hold an array of numbers: write ( ) around what belongs together.": (
        "y = 2 * [x + z]",
        "y = 2 * (x + z)",
        [10, 6, 18],
    ),
    "A graph holds no loop: write its lines out, one after another.": (
        f"{SCRIPT}y = x\nfor i in range(2):\n    y = y * x",
        f"{SCRIPT}y = x\ny = y * x\ny = y * x",
        [1, -8, 27],
    ),
    "This may change other arrays that share {name}: write {name} = {name} + … there.": (
        f"{SCRIPT}a = x\nx += z\ny = x + 0 * a",
        f"{SCRIPT}a = x\nx = x + z\ny = x + 0 * a",
        [5, 3, 9],
    ),
    "Write the digits of a number without commas.": ("y = 1,234,567 + 0 * x", "y = 1234567 + 0 * x", [1234567] * 3),
    "A name has no prime here: write another name, such as {name}1.": ("y = x' + z", "y = x1 + z; x1 = 1", [5, 6, 7]),
    "“\\{name}” of LaTeX is not read here: write it with names, + - * / ** and functions.": (
        r"y = \binom{x}{2}",
        "y = x * (x - 1) / 2",
        [0, 3, 3],
    ),
    "{name} takes its inputs as one list, such as [x, z].": (
        "y = np.stack(x, z)",
        "y = np.stack([x, z])",
        [[1, -2, 3], [4, 5, 6]],
    ),
    "A parameter is a constant, such as 3, (2, 3), None or True.": (
        "y = sum(x, axis=c)",
        "y = sum(x, axis=None, keepdims=True)",
        [2],
    ),
    "A Variable is made of numbers, such as Variable(np.array(2.0)).": (
        "a = Variable(x)\ny = Variable(a * a)",
        "a = Variable(np.array(2.0))\ny = x * a",
        [2, -4, 6],
    ),
    "einsum is read with one letter for each axis, such as {example}.": (
        f"{SCRIPT}y = np.einsum('ii', np.outer(x, z))",
        f"{SCRIPT}y = np.einsum('ij,jk->ik', np.outer(x, z), np.outer(z, x))",
        [[77, -154, 231], [-154, 308, -462], [231, -462, 693]],
    ),
    "A formula consists of lines such as z = x ** 2 + y ** 2.": ("del x", "y = x ** 2 + z ** 2", [17, 29, 45]),
    "A formula is needed, such as z = x ** 2 + y ** 2.": ("", "y = x ** 2 + z ** 2", [17, 29, 45]),
    "This makes no graph: it consists of lines such as z = x ** 2 + y ** 2.": (
        "import numpy as np",
        f"{SCRIPT}y = x ** 2 + z ** 2",
        [17, 29, 45],
    ),
    "An index is a whole number, a part such as 0:2, or alone a list such as [0, 2].": (
        "y = x[z]",
        "y = x[0:2] + x[0] + x[[0, 2]]",
        [3, 2],
    ),
    "transpose of PyTorch takes two axes, such as 0, 1.": (
        f"{TORCH}y = torch.outer(x, z).transpose()",
        f"{TORCH}y = torch.outer(x, z).transpose(0, 1)",
        [[4, -8, 12], [5, -10, 15], [6, -12, 18]],
    ),
    "How often something is repeated is a whole number from 1, such as 2.": (
        "y = np.repeat(x, 0.5)",
        "y = np.repeat(x, 2)",
        [1, 1, -2, -2, 3, 3],
    ),
    "A comparison has no meaning here: where x > z, write where(relu(x - z), a, b).": (
        "y = (0 < x) & (x < 2)",
        "y = where(relu(x - z), 1, 2) + where(relu(x + 2 - c), 10, 20)",
        [12, 22, 12],
    ),
    "A function without a name has no meaning here: write what it gives in the place of its call.": (
        f"{SCRIPT}f = lambda a: a * a\ny = f(x)",
        f"{SCRIPT}y = x * x",
        [1, 4, 9],
    ),
    "True and False have no meaning here: write 1 and 0.": ("y = x * True", "y = x * 1", [1, -2, 3]),
    "A graph holds no complex numbers; write 2 * j for a product.": ("y = x + 2j", "j = 3; y = x + 2 * j", [7, 4, 9]),
    "Σ is no sign for a sum here: write sum(x), or sum(x, axis=0).": ("y = Σ x²", "y = sum(x²) + sum(x, axis=0)", 16),
    "{name} takes what stands in brackets: write {name}(…).": ("y = mean x", "y = mean(x + 2/3 - c)", 4 / 3),
    "Backward starts from ones in the playground: for others, g, write z = sum(y * g) and z.backward().": (
        f"{TORCH}y = x * x\ny.backward(torch.tensor([1.0, 0.5, 0.1]))",
        f"{TORCH}g = torch.tensor([1.0, 0.5, 0.1])\na = x * x\ny = torch.sum(a * g)\ny.backward()",
        3.9,
    ),
}
"""For each sentence that says what to write: what is refused with it, what is then written, and what that gives."""


def test_every_sentence_that_says_what_to_write_is_tried() -> None:
    said = {
        message
        for path, messages in messages_of_sources()
        for message in ([messages] if isinstance(messages, str) else messages)
        if path.startswith(("engine/formula/", "engine/notation/"))
        and ("rite " in message or "such as" in message)
        and not message.startswith("There is no op for {name}.")
    }
    assert said == BY_SENTENCE.keys()


@pytest.mark.parametrize("sentence", BY_SENTENCE)
def test_what_a_sentence_says_to_write_is_read(sentence: str) -> None:
    refused, written, expected = BY_SENTENCE[sentence]
    beginning = "".join(f"{name} = {value.tolist()}\n" for name, value in X3.items())

    def graph(text: str) -> Graph:
        return graph_of_formula(text if "import" in text or not text else beginning + text, Graph())

    with pytest.raises(FormulaError) as refusal:
        graph(refused)
    for part in sentence.replace("{instead}", "{").replace("{name}", "{").replace("{example}", "{").split("{"):
        assert part in str(refusal.value)
    read = graph(written)
    node = read.node_named("y")
    assert node is not None
    data = evaluate(read, sweeps=()).nodes[node.id].data
    assert data is not None
    np.testing.assert_allclose(data[0], expected, rtol=1e-12)
