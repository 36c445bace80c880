"""Scripts of micrograd, PyTorch, the book and this engine open as the graph that they make; nothing of them runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.errors import DocumentError, FormulaError
from engine.evaluation import evaluate
from engine.formula import graph_of_formula, graph_of_script
from tests.engine.built import SEED
from tests.engine.formula.opened import MICROGRAD, data, grad, opened


def test_micrograds_example_gives_the_numbers_that_its_authors_print() -> None:
    graph, trace = opened(MICROGRAD)
    assert float(data(graph, trace, "g")) == pytest.approx(24.7041, abs=5e-5)
    assert float(grad(graph, trace, "a")) == pytest.approx(138.8338, abs=5e-5)
    assert float(grad(graph, trace, "b")) == pytest.approx(645.5773, abs=5e-5)
    assert graph.output is not None
    assert graph.node(graph.output[0]).name == "g"


def test_micrograds_neuron() -> None:
    graph, trace = opened(
        """
        x1, x2 = Value(2.0, label='x1'), Value(0.0, label='x2')
        w1 = Value(-3.0, label='w1'); w2 = Value(1.0, label='w2')
        b = Value(6.8813735870195432, label='b')
        x1w1 = x1*w1; x1w1.label = 'x1*w1'
        x2w2 = x2*w2; x2w2.label = 'x2*w2'
        n = x1w1 + x2w2 + b; n.label = 'n'
        e = (2*n).exp()
        o = (e - 1) / (e + 1)
        o.label = 'o'
        o.backward()
        draw_dot(o)
        """
    )
    # tanh n = 0.7071, and 1 − 0.7071² is a half.
    assert float(data(graph, trace, "o")) == pytest.approx(0.5**0.5, abs=1e-4)
    assert [float(grad(graph, trace, name)) for name in ("w1", "x1", "w2", "x2")] == pytest.approx(
        [1.0, -1.5, 0.0, 0.5], abs=1e-4
    )


PYTORCH = """\
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
W = torch.tensor([[1.0, 0.0, -1.0], [0.5, 1.0, 0.0]], requires_grad=True)
t = torch.tensor([1.0, 2.0])
h = F.relu(x @ W)
y = h.mean(dim=1)
loss = F.mse_loss(y, t)
loss.backward()
print(loss.item(), x.grad)
"""


def test_a_pytorch_script() -> None:
    graph, trace = opened(PYTORCH)
    # h = relu([[2, 2, −1], [5, 4, −3]]), y = [4/3, 3], loss = ((1/3)² + 1²) / 2; ∂loss/∂y = [1/3, 1], a third each.
    assert float(data(graph, trace, "loss")) == pytest.approx((1 / 9 + 1) / 2)
    np.testing.assert_allclose(grad(graph, trace, "x"), np.outer([1 / 9, 1 / 3], [1, 1.5]), rtol=1e-12)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("torch.softmax(v, dim=0)", np.exp([0, 1, 3]) / np.exp([0, 1, 3]).sum()),
        ("v.softmax(0)", np.exp([0, 1, 3]) / np.exp([0, 1, 3]).sum()),
        ("torch.logsumexp(v, dim=0)", np.log(np.exp([0, 1, 3]).sum())),
        ("F.log_softmax(v, dim=0)", np.array([0, 1, 3]) - np.log(np.exp([0, 1, 3]).sum())),
        ("F.leaky_relu(-v)", [0, -0.01, -0.03]),
        ("F.leaky_relu(-v, 0.5)", [0, -0.5, -1.5]),
        ("torch.max(v, -v)", [0, 1, 3]),
        ("M.transpose(0, 1)", [[1, 3], [2, 4]]),
        ("M.t()", [[1, 3], [2, 4]]),
        ("M.view(-1)", [1, 2, 3, 4]),
        ("v.unsqueeze(1) * v", np.outer([0, 1, 3], [0, 1, 3])),
        ("torch.stack([v, v], dim=1)", [[0, 0], [1, 1], [3, 3]]),
        ("torch.cat((v, v))", [0, 1, 3, 0, 1, 3]),
        ("v[1:].sum()", 4),
        ("F.linear(v[:2], M)", [2, 4]),
        ("v.pow(2).sum().sqrt()", 10**0.5),
        ("v.clamp(min=1, max=2)", [1, 1, 2]),
        ("torch.dot(v, v)", 10),
        ("torch.where(v != 0, v, 7 * torch.ones(3))", [7, 1, 3]),
        ("F.softplus(0 * v)", [np.log(2)] * 3),
        ("torch.sigmoid(0 * v)", [0.5] * 3),
        ("F.cross_entropy(v, torch.tensor([0.0, 0.0, 1.0]))", np.log(np.exp([0, 1, 3]).sum()) - 3),
        ("torch.sum(M, 0, True)", [[4, 6]]),
        ("torch.tensor_split(v, 3)[2]", [3]),
        ("v.repeat(2)", [0, 1, 3, 0, 1, 3]),
        ("M.repeat_interleave(2, dim=1)", [[1, 1, 2, 2], [3, 3, 4, 4]]),
        ("M.var(dim=1)", [0.5, 0.5]),
        ("M.std(unbiased=False)", 1.25**0.5),
        ("M.max()", 4),
        ("torch.chunk(v, 2)[0]", [0, 1]),
        ("torch.norm(M, dim=0)", [10**0.5, 20**0.5]),
        ("torch.einsum('ij,ik->jk', M, M)", [[10, 14], [14, 20]]),
        ("torch.einsum('i,ij->', v[:2], M)", 7),
        ("torch.einsum('ij,ij->i', M, M)", [5, 25]),
        ("v.expand(2, 3)", [[0, 1, 3], [0, 1, 3]]),
        ("v.expand(2, -1)", [[0, 1, 3], [0, 1, 3]]),
        ("torch.amax(M, 1)", [2, 4]),
        ("M.log_softmax(-1)", np.log([[1 / (1 + np.e), 1 / (1 + 1 / np.e)]] * 2)),
        ("M.norm(p='fro')", 30**0.5),
        ("M.select(1, 0)", [1, 3]),
        ("torch.max(v, torch.tensor(2.0))", [2, 2, 3]),
        ("F.mse_loss(v, 2 * v, reduction='mean')", 10 / 3),
    ],
)
def test_pytorchs_words_are_known(line: str, value: Any) -> None:
    graph, trace = opened(
        "import torch\nimport torch.nn.functional as F\nv = torch.tensor([0., 1., 3.], requires_grad=True)\n"
        f"M = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)\ny = 1 * ({line})\n"
    )
    np.testing.assert_allclose(data(graph, trace, "y"), value, rtol=1e-12)


BOOK = """\
if '__file__' in globals():
    import os, sys
    sys.path.append(os.path.join(os.path.dirname(__file__), '..'))
import numpy as np
from dezero import Variable


def sphere(x, y):
    z = x ** 2 + y ** 2
    return z


def goldstein(x, y):
    z = (1 + (x + y + 1)**2 * (19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2)) * \\
        (30 + (2*x - 3*y)**2 * (18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))
    return z


x = Variable(np.array(1.0))
y = Variable(np.array(1.0))
z = goldstein(x, y)  # sphere(x, y) / matyas(x, y)
z.backward()
print(x.grad, y.grad)
"""


def test_step_24_of_the_book() -> None:
    graph, trace = opened(BOOK)
    assert float(data(graph, trace, "z")) == 1876.0
    assert [float(grad(graph, trace, name)) for name in "xy"] == [-5376.0, 8064.0]  # what the book prints


def test_step_9_of_the_book_makes_functions_before_they_are_called() -> None:
    graph, trace = opened(
        "A = Square()\nB = Exp()\nC = Square()\nx = Variable(np.array(0.5))\na = A(x)\nb = B(a)\ny = C(b)\n"
        "y.grad = np.array(1.0)\ny.backward()\nprint(x.grad)\n"
    )
    assert float(grad(graph, trace, "x")) == pytest.approx(3.297442541400256)  # as the book prints
    assert [node.name for node in graph.nodes()] == ["x", "a", "b", "y"]


def test_the_last_of_a_name_keeps_it_and_all_its_names_stay() -> None:
    graph, trace = opened("x = Variable(np.array(3.0))\ny = x * x\ny = y + x\ny -= 1\nz = w = y * 2\nz.backward()")
    assert float(data(graph, trace, "y")) == 11.0
    assert float(data(graph, trace, "z")) == 22.0
    assert graph.node_named("y1") is not None


def test_numbers_beside_variables_are_constants_and_values_may_be_computed() -> None:
    graph, trace = opened(
        "h = 1e-2 * 2\nn = 3\nshape = (1, 2)\ndata = np.arange(2.0).reshape(2)\n"
        "x = Variable(np.array(np.pi / 4))\nv = Variable(data)\ny = x ** n * h\nu = v.reshape(shape)\ny.backward()"
    )
    assert [node.name for node in graph.nodes() if node.is_input] == ["x", "v"]
    assert float(data(graph, trace, "y")) == pytest.approx((np.pi / 4) ** 3 * 0.02)
    assert data(graph, trace, "u").tolist() == [[0.0, 1.0]]


def test_what_changes_places_changes_places() -> None:
    graph, trace = opened(
        "x = Variable(np.array(3.0))\ny = Variable(np.array(5.0))\nx, y = y, x\nz = x - y\nz.backward()"
    )
    assert float(data(graph, trace, "z")) == 2.0


def test_lengths_are_constants() -> None:
    graph, trace = opened(
        "import torch\nx = torch.tensor([[1.0, 2.0], [3.0, 6.0]], requires_grad=True)\ny = x.sum() / len(x)\n"
        "z = x.sum() / x.shape[1] / x.shape[0]\nw = torch.sum(x, dim=())\n"
    )
    assert [float(data(graph, trace, name)) for name in "yzw"] == [6.0, 3.0, 12.0]


def test_dezeros_mean_and_softmax_go_by_rows() -> None:
    graph, trace = opened(
        "import numpy as np\nfrom dezero import Variable\nimport dezero.functions as F\n"
        "x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))\nt = Variable(np.zeros((2, 2)))\n"
        "loss = F.mean_squared_error(x, t)\nv = F.softmax(x)\n"
    )
    assert float(data(graph, trace, "loss")) == 30 / 2  # DeZero divides by the number of rows
    np.testing.assert_allclose(data(graph, trace, "v").sum(axis=1), [1, 1])


def test_a_script_may_be_pasted_into_the_formula() -> None:
    graph = graph_of_formula(MICROGRAD, SEED)
    assert float(data(graph, evaluate(graph), "g")) == pytest.approx(24.7041, abs=5e-5)


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("x = torch.tensor(2.0)\nx.requires_grad = True\n", 4.0),
        ("x = torch.tensor(2.0)\nx.requires_grad_()\n", 4.0),
        ("x = torch.Tensor([2.0]).double(); x.requires_grad = True\n", [4.0]),
        ("x = 2 * torch.ones(2)\nx.requires_grad_(True)\n", [4.0, 4.0]),
        ("x = torch.tensor(2.0, requires_grad=True)\nx.requires_grad = True\n", 4.0),
    ],
)
def test_a_gradient_may_be_asked_for_on_a_line_of_its_own(asked: str, value: object) -> None:
    graph = graph_of_script(f"import torch\n{asked}y = (x ** 2).sum()\ny.backward()\n")
    assert [node.name for node in graph.nodes() if node.is_input] == ["x"]
    assert grad(graph, evaluate(graph), "x").tolist() == value


@pytest.mark.parametrize(
    ("script", "line", "sentence"),
    [
        ("x = Variable(np.array(1.0))\nfor i in range(3):\n    x = x * 2\n", 2, "holds no loop"),
        ("x = Value(1.0)\nwhile True:\n    x = x * 2\n", 2, "holds no loop"),
        ("x = Value(1.0)\nif x.data > 0:\n    y = x\n", 2, "no choice between lines"),
        ("class Net:\n    pass\n", 1, "holds no class"),
        ("x = Value(1.0)\ny = x * q\n", 2, "q has no value before this line"),
        ("x = Value(1.0)\ny = x * x\nx.data -= 0.1 * x.grad\n", 3, "not changed by its own lines"),
        ("x = Value(1.0)\ny = x * x\ngx = x.grad\n", 3, "is what is computed"),
        ("import torch\nx = torch.randn(3)\n", 2, "There is no op for torch.randn"),
        ("import torch.nn as nn\ny = nn.Linear(2, 1)\n", 2, "There is no op named “nn.Linear”"),
        ("x = Value(1.0)\ny = x.erf()\n", 2, r"There is no op named “\.erf”"),
        ("x = Value(1.0)\ny = sum(v * x for v in [1, 2])\n", 2, "A loop in brackets"),
        ("x = Value(1.0)\ny = eval('x')\n", 2, "no op named “eval”"),
        ("x = Value(1.0)\ny = __import__('os').system('true')\n", 2, "no op"),
        ("x = Value(1.0)\ny = x +\n", 2, "cannot be read as Python"),
        ("x = Variable(np.array([1.0, 2.0, ...]))\ny = x * x\n", 1, "Numbers are left out"),
        ("x = Value(1.0)\ny = x * x\n...\n", 3, "Lines are left out"),
        ("def f(x):\n    return f(x)\nx = Value(1.0)\ny = f(x)\n", 2, "calls itself"),
        ("x = Value(1.0)\nf = lambda a: a * a\n", 2, "function without a name"),
        ("x = Value(1.0)\nwith open('f') as f:\n    y = x\n", 2, "holds no with"),
        ("x = Value(1.0)\ny = x * x\ny.backward(3)\n", 3, "starts from ones"),
        ("x = Value(1.0)\nx[0] = 3\n", 2, "part of an array is assigned"),
        (
            "import torch\nx = torch.tensor(1.0, requires_grad=True)\ny = torch.nn.functional.gelu(x)\n",
            3,
            "approximate",
        ),
        ("print('nothing')\n", 1, "makes no graph"),
        ("import os\n", 1, "consists of lines such as"),
        ("import torch\nx = torch.ones(2)\ny = x * 2\nz = y\nz += 1\n", 5, "may change other arrays that share z"),
        ("import torch\nx = torch.ones(2)\ny = x * 2\nz = y.T\ny += 1\n", 5, "may change other arrays that share y"),
        ("import torch\nx = torch.ones(4)\ny = x.split(2)\n", 3, "no op named “.split”"),
        ("x = Value(1.0)\nx.cleargrad()\ny = torch.max(x, 0)\n", 3, "no op for max"),
        ("x = Value(1.0)\ny = x * x\ny.backward()\ny.backward()\n", 4, "add to the gradients of an earlier"),
        ("x = Value(1.0)\ny = x * x\ny.backward()\nz = x * 3\nz.backward()\n", 5, "add to the gradients"),
        ("import numpy as np\nx = np.array([200, 100], dtype=np.uint8)\ny = x + x\n", 2, "numbers of 64 bits"),
        ("import torch\nx = torch.tensor([0.1], dtype=torch.float16)\ny = x * 3\n", 2, "numbers of 64 bits"),
        ("import torch\nx = torch.ones(1)\ny = x.to(torch.half) * 3\n", 3, "floating-point numbers"),
        ("import numpy as np\nx = np.array([1 + 2j])\n", 2, "no complex numbers"),
        ("x = Value(1.0)\ny = x * x\nk = y.item()\nz = k * x\n", 4, "k is no part of a graph"),
        ("x = Value(1.0)\nopt = torch.optim.SGD([x])\ny = x * x\ny.backward()\nopt.step()", 5, "up to backward"),
        ("xs = [Value(1.0)]\ny = sum((2 * x for x in xs), Value(0.0))\n", 2, "A loop in brackets"),
        ("w = Value(2.0)\ndef f():\n    global w\n    w = w * 2\nf()\ny = w * 3\n", 3, "cannot hold this line"),
        ("x = Value(1.0)\ny = x * x\nxs = [x, y]\nz = x * xs\n", 4, "xs is no part of a graph"),
        ("import torch\nx = torch.ones(2)\nx.zero_()\ny = x * 2\n", 3, r"no op named “\.zero_”"),
        (
            "import torch\nw = torch.ones(2, requires_grad=True)\nw.data.zero_()\ny = w * 2\n",
            3,
            r"no op named “\.zero_”",
        ),
        ("import numpy as np\nx = np.ones(2)\nnp.random.shuffle(x)\ny = x * 2\n", 3, "no op"),
        (
            "import torch\nfrom torch import nn\nw = nn.Parameter(torch.ones(2))\nnn.init.zeros_(w)\ny = w * 2",
            4,
            "no op",
        ),
        ("import numpy as np\nxs = [1.0]\nxs.append(2.0)\ny = np.sum(np.array(xs)) * 2\n", 3, "no op named"),
        ("x = Value(1.0)\na = x * x\ny = a * a\ny.unchain_backward()\nz = y * x\n", 4, "no op named"),
        ("x = Value(1.0)\ndef f(x, w=None):\n    return x * w\ny = f(x)\n", 3, "w is no part of a graph"),
        ("x = Value(1.0)\nprint(y := x * x)\ny.backward()\n", 3, "y is no part of a graph"),
        ("def main():\n    main()\nx = Value(1.0)\ny = x * x\nmain()\n", 2, "calls itself"),
    ],
)
def test_what_a_graph_cannot_hold_is_named_with_its_line(script: str, line: int, sentence: str) -> None:
    with pytest.raises(DocumentError, match=rf"^Line {line}: .*{sentence}"):
        graph_of_script(script)
    with pytest.raises(FormulaError, match=sentence) as caught:
        graph_of_formula(script, SEED)
    assert caught.value.line == line


def test_functions_that_double_at_every_call_end() -> None:
    lines = ["x = Value(1.0)", "def f0(x):", "    return x"]
    for number in range(1, 40):
        lines += [f"def f{number}(x):", f"    return f{number - 1}(f{number - 1}(x))"]
    with pytest.raises(DocumentError):
        graph_of_script("\n".join([*lines, "y = f39(x)"]))


# Blocks -------------------------------------------------------------------------------------------------------

CALLED_TWICE = """\
def sigmoid(x):
    return 1 / (1 + exp(-x))

def low_and_high(x, y):
    low, high = min_max(x, y)
    return low, high

x = Variable(np.array(2.0))
y = sigmoid(x)
z = sigmoid(y)
low, high = low_and_high(y, z)
f = high - low
f.backward()
"""


def test_each_call_of_a_function_is_a_block() -> None:
    graph, trace = opened(CALLED_TWICE)
    blocks = {block.name: {graph.node(each).op for each in block.members} for block in graph.blocks}
    one = {"Constant", "Neg", "Exp", "Add", "Div"}
    assert blocks == {"sigmoid": one, "sigmoid1": one, "low_and_high": {"MinMax"}}
    y = 1 / (1 + np.exp(-2))
    z = 1 / (1 + np.exp(-y))
    assert float(data(graph, trace, "f")) == pytest.approx(y - z)


def test_many_calls_are_no_blocks() -> None:
    lines = ["def f(x):", "    return x * x", "x0 = Value(0.5)", *(f"x{i + 1} = f(x{i})" for i in range(40))]
    assert graph_of_script("\n".join(lines)).blocks == ()
