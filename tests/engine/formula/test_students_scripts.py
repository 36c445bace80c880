"""Scripts as students write them, with all that stands around a graph, open with the numbers that Python gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.document import Graph
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from tests.engine.formula.opened import data, grad, opened

AROUND = """\
%matplotlib inline
import argparse, time
import torch
from torch import optim
!pip install torch
def loss_of(x: torch.Tensor, w, k=2.0):
    \"\"\"Return a loss.\"\"\"
    t = w * x
    return (t - k) ** 2
def show(title, seconds, gradient):
    print(title, seconds, gradient)
def named(a, title):
    return a
def main():
    started = time.time()
    title = "a run"
    verbose, best = True, None
    losses, device = [], "cuda" if torch.cuda.is_available() else "cpu"
    x = torch.tensor(3., requires_grad=True, device=device).to(device)
    w: torch.Tensor
    w = torch.tensor(2.0, requires_grad=True)
    parameters, settings = [x, w], dict(lr=0.1)
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", default=1)
    optimizer = optim.SGD(parameters, **settings)
    optimizer.zero_grad()
    loss = named(loss_of(x, w), "loss")
    loss.backward()
    losses.append(loss.item())
    note = f"{title}: {loss.item():.3f}"
    show(note, time.time() - started, x.grad)
    x.grad, w.grad
    loss > 3
if __name__ == "__main__":
    main()
"""


def test_what_stands_around_a_graph_is_passed_over() -> None:
    graph, trace = opened(AROUND)
    # (2 · 3 − 2)² = 16; by w it is 2 · 4 · 3, by x 2 · 4 · 2.
    assert float(data(graph, trace, "loss")) == 16.0
    assert [float(grad(graph, trace, name)) for name in "wx"] == [24.0, 16.0]


@pytest.mark.parametrize(
    "typed",
    [
        ">>> import torch\n>>> x = torch.tensor(2.)\n>>> def f(a):\n...     return a * 3\n...\n"
        ">>> y = f(x)\n>>> y\ntensor(6.)",
        "\N{BYTE ORDER MARK}import torch\nx = torch.tensor(2.)\ny = x * 3",
        "import torch\n\fx\N{ZERO WIDTH SPACE} = torch.tensor(2.)\ny = x\N{THIN SPACE}* 3\nprint(“y”, ‘z’)",
    ],
)
def test_what_is_copied_from_a_terminal_or_a_page_is_read(typed: str) -> None:
    graph = graph_of_formula(typed, Graph())
    assert float(data(graph, evaluate(graph), "y")) == 6.0


TORCH = "import torch\nimport torch.nn.functional as F\n"
BOOK = "import numpy as np\nfrom dezero import Variable\nimport dezero.functions as F\n"
X32 = [[0.2, -0.4], [0.3, 0.5], [1.3, -3.2]]
CLASSES = [1, 0, 1]


@pytest.mark.parametrize(
    ("script", "value", "gradient"),
    [
        # x and y are one Variable: x² in both ways it is written.
        (f"{TORCH}x = y = torch.tensor(3., requires_grad=True)\nz = x * y\nz.backward()", 9, 6),
        (f"{TORCH}from torch import nn\nx = nn.Parameter(torch.tensor([1., 2.]))\nz = (x * x).sum()", 5, [2, 4]),
        (f"{TORCH}def f(a, w=None):\n    return a * 2\nx = torch.tensor(3., requires_grad=True)\nz = f(x)", 6, 2),
        # a default is what it was where the function was defined
        (
            f"{TORCH}k = 2.0\ndef f(x, c=k):\n    return c * x\nk = 5.0\n"
            "x = torch.tensor(3., requires_grad=True)\nz = f(x)",
            6,
            2,
        ),
        (f"{TORCH}x = torch.tensor([2., 3.], requires_grad=True)\na, b = x\nz = a * b", 6, [3, 2]),
        (f"{TORCH}x = torch.tensor([2., 4.], requires_grad=True)\na, b = x.unbind()\nz = a / b", 0.5, [0.25, -0.125]),
        (
            f"{TORCH}x = torch.tensor([[2., 4.]], requires_grad=True)\nn, m = x.shape\n"
            "z = x.sum() / n / m / x.numel() / x.size(-1) / x.dim() / x.shape[1] / (7 // 2) / (7 % 4)",
            6 / 1 / 2 / 2 / 2 / 2 / 2 / 3 / 3,
            [[1 / 288, 1 / 288]],
        ),
        (f"{TORCH}x = torch.tensor([1., 3.], requires_grad=True)\nz = x.clamp(min=-1, max=1)", [1, 1], [1, 0]),
        (f"{TORCH}x = torch.tensor(2., requires_grad=True)\nz = sum((x, x * x), 10.0)", 16, 5),
        (
            f"{TORCH}x = torch.ones(2, requires_grad=True)\nz = 2 * x\ng = torch.tensor([1., 1.])\n"
            "z.backward(gradient=g)",
            [2, 2],
            [2, 2],
        ),
        (
            f"{TORCH}x = torch.tensor(3., requires_grad=True)\ny = x * x\ny.backward()\nx.grad.data.zero_()\n"
            "z = 2 * x\nz.backward()",
            6,
            2,
        ),
        (
            "from micrograd.engine import Value\nx = Value(3.0)\ny = x * x\ny.backward()\nx.grad = 0\n"
            "z = 2 * x\nz.backward()",
            6,
            2,
        ),
        (
            f"{BOOK}x = Variable(np.array([[1.0, 2.0]]))\nz = F.sum(F.linear(x, Variable(np.array([[3.0], [4.0]]))))",
            11,
            [[3, 4]],
        ),
        (f"{BOOK}x = Variable(np.array([[1.0, 2.0]]))\nz = F.sum(F.get_item(F.get_item(x, 0), [1, 1]))", 4, [[0, 2]]),
    ],
)
def test_it_gives_pythons_numbers(script: str, value: Any, gradient: Any) -> None:
    graph, trace = opened(script)
    np.testing.assert_allclose(data(graph, trace, "z"), value)
    np.testing.assert_allclose(grad(graph, trace, "x"), gradient)


@pytest.mark.parametrize(
    "script",
    [
        f"{BOOK}x = Variable(np.array({X32}))\nt = np.array({CLASSES})\nz = F.softmax_cross_entropy(x, t)",
        f"{BOOK}x = Variable(np.array({X32}))\nt = Variable(np.array({CLASSES}))\nz = F.softmax_cross_entropy(x, t)",
        f"{TORCH}x = torch.tensor({X32}, requires_grad=True)\nt = torch.tensor({CLASSES})\nz = F.cross_entropy(x, t)",
    ],
)
def test_classes_become_rows_of_probabilities(script: str) -> None:
    graph, trace = opened(script)
    shares = np.exp(X32) / np.exp(X32).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(data(graph, trace, "z"), -np.mean(np.log(shares[[0, 1, 2], CLASSES])))
    np.testing.assert_allclose(grad(graph, trace, "x"), (shares - [[0, 1], [1, 0], [0, 1]]) / 3)
    assert data(graph, trace, "t").tolist() == [[0, 1], [1, 0], [0, 1]]


def test_one_class_alone() -> None:
    graph, trace = opened(
        f"{TORCH}x = torch.tensor([1., 2., 4.], requires_grad=True)\nz = F.cross_entropy(x, torch.tensor(2))"
    )
    assert float(data(graph, trace, "z")) == pytest.approx(np.log(np.exp([1, 2, 4]).sum()) - 4)


def test_the_name_that_a_call_is_given_goes_before_the_one_within_the_function() -> None:
    graph, trace = opened(f"{TORCH}def f(x):\n    c = x * x\n    return c\nx = torch.tensor(3.)\np = f(x)")
    assert float(data(graph, trace, "p")) == 9.0


@pytest.mark.parametrize("call", ["v.chunk(2)", "torch.tensor_split(v, 2)"])
def test_names_of_parts_stay(call: str) -> None:
    graph, trace = opened(f"{TORCH}v = torch.tensor([1., 2., 3., 4.])\np, q = {call}\nparts = {call}\nr = parts[1]")
    assert [data(graph, trace, name).tolist() for name in "pqr"] == [[1, 2], [3, 4], [3, 4]]
